<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en_US">
<context>
    <name>MainWindow</name>
    <!-- the first window -->
    <message>
        <location filename="../src/main.cpp" line="12"/>
        <location line="+8"/>
        <source>Welcome to the &quot;clinic&quot;</source>
        <extracomment>Title of the window.</extracomment>
        <translation>Bienvenue à la «&#xa0;clinique&#xa0;»</translation>
    </message>
    <message>
        <source>Open</source>
        <comment>verb</comment>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Open</source>
        <comment>adjective</comment>
        <translation type="unfinished">Ouvert</translation>
    </message>
    <message numerus="yes">
        <location filename="../src/beds.cpp" line="40"/>
        <source>%n free bed(s)</source>
        <translation>
            <numerusform>%n lit libre</numerusform>
            <numerusform>%n lits libres</numerusform>
        </translation>
    </message>
    <message>
        <source>It&apos;s late</source>
        <oldsource>Its late</oldsource>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Old text</source>
        <translation type="vanished">Ancien texte</translation>
    </message>
</context>
<context>
    <name>Visits</name>
    <message>
        <source>Two
lines</source>
        <translatorcomment>Keep both.</translatorcomment>
        <translation>Deux
lignes</translation>
    </message>
    <message>
        <source>A bell: <byte value="x7"/></source>
        <translation>Une cloche : <byte value="x7"/></translation>
    </message>
    <message>
        <source>&lt;b&gt;Bold&lt;/b&gt; %1</source>
        <translation><![CDATA[<b>Gras</b> %1]]></translation>
    </message>
</context>
</TS>
