first = One
second =
  Two lines
  of text
last = { -brand(case: "x") }