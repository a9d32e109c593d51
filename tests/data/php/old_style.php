<?php defined('SYSPATH') OR die('No direct script access.');

return array(
  'not_empty'   => ':field must not be empty',
  'min_length'  => ':field must be at least :param2 long',
  'nested'      => array(
    'one.two'   => 'A key with a dot',
    'deep'      => array('a' => 'short', 'b' => 'line'),
  ),
);
?>
