<?xml version="1.0" ?><!DOCTYPE TS><TS version="2.1">
<context>
  <name></name>
  <message id="visit-title">
    <source>Your visits</source>
    <translation></translation>
  </message>
  <message id="visit-count" numerus="yes">
    <source>%n visit(s)</source>
    <translation><numerusform>%n visit</numerusform><numerusform>%n visits</numerusform></translation>
  </message>
</context>
</TS>
