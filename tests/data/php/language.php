<?php
$lang['menu']['home'] = 'Home';
$lang['menu']['about'] = 'About us';
$lang['footer'] = "All rights reserved";
