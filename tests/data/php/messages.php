<?php

return [

    /*
    |--------------------------------------------------------------------------
    | Visits
    |--------------------------------------------------------------------------
    */

    'visit' => [
        'title' => 'Your visits',
        'count' => '{0} No visits|{1} One visit|[2,*] :count visits', // seen on the first page
        'days' => ['Monday', 'Tuesday'],
        'limits' => ['max' => 12, 'none' => null, 'class' => Visit::class],
    ],
    'failed' => 'Wrong name or password.',
    // Said after three tries.
    'throttle' => "Too many tries, :name. Wait :seconds seconds.",
    'custom' => [],
    'note' => 'Ends without a comma'
];
