"""Pages for people: rendered here, sent whole, usable without JavaScript."""
