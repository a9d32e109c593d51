# -*- coding: utf-8 -*-
{
'!langcode!': 'sv',
'!langname!': 'Svenska',
'%s visits': '%s besök',
"Don't": "Inte",
'Open##the_shelter_is': 'Öppet',
'Save the record': 'Spara\nposten',
}
