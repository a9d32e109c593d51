### Texts of the village clinic.

-brand = Village clinic
    .gender = feminine

## Reception

# Said at the door.
# { $name } is a person.
welcome = Welcome to { -brand }, { $name }!
login-button =
    .aria-label = Sign in
    .title = Sign in to { -brand }
help =
    Call 116.

    The call is free:
      { $number }
search = Search
    .placeholder = Name of the child
beds = { $count ->
    [one] One free bed
   *[other] { $count } free beds
}
visits =
    { NUMBER($count) ->
        [0] No visits
       *[other] { $count } visits
    } today
blank = { "" }
sign = A brace: {"{"}
