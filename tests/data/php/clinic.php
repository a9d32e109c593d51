<?php
// Strings of the village clinic.
// Nobody has to run this file to read it.

defined('CLINIC_INTERNAL') || die();

$string['pluginname'] = 'Village clinic';
$string['greeting'] = 'Welcome back, {$a->name}!';
// Shown below the map.
// Keep it short.
$string['beds'] = 'There are {$a} free beds';
$string['quote'] = 'It\'s called the "red" house; C:\\clinic';

/* A longer text
 * in two paragraphs. */
$string['about_help'] = 'The clinic is open every day.

Bring your card.';
// $string['old'] = 'No longer used';
$string['double'] = "One line\nand another for \$5 \"only\" \u{2014} caf\x65";
$string['hour'] = 'From 8:00 to 16:30';   // both times local
$string['number'] = 12;
$string['long'] = <<<EOT
    First line
      second line with $5
    EOT;
$string['empty'] = '';
