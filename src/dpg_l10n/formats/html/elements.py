"""What elements and attributes of HTML are for readers."""

from __future__ import annotations

from collections.abc import Sequence

from dpg_l10n.formats.html.tokens import Attribute

INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn",
    "em", "font", "i", "img", "ins", "kbd", "mark", "q", "rb", "rp", "rt", "rtc", "ruby", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
"""Elements that stand within a sentence; any other one ends it."""
VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
})  # fmt: skip
"""Elements without an end."""
CODE = frozenset({"code", "kbd", "samp", "var", "tt"})
"""Inline elements whose words are none."""
LEFT_ALONE = frozenset({"pre", "svg", "math"})
"""Elements that are left alone with all that is in them."""
FOREIGN = frozenset({"svg", "math"})
"""Elements of other languages, which may close themselves."""
_READ = frozenset({
    "alt", "title", "placeholder", "aria-label", "aria-description", "aria-placeholder",
    "aria-roledescription", "aria-valuetext",
})  # fmt: skip
_META = frozenset({
    "description", "keywords", "og:title", "og:description", "og:site_name", "og:image:alt",
    "twitter:title", "twitter:description", "twitter:image:alt", "application-name",
    "apple-mobile-web-app-title",
})  # fmt: skip
_BUTTONS = frozenset({"button", "submit", "reset"})
_LABELLED = frozenset({"option", "optgroup", "track"})


def read_attributes(name: str, found: Sequence[Attribute]) -> list[Attribute]:
    """Return those attributes of an element that people read or hear."""
    values = {each.name: each.value.strip().lower() for each in found}
    wanted = set(_READ)
    if name == "meta" and _META & {values.get("name", ""), values.get("property", "")}:
        wanted.add("content")
    if name == "input" and values.get("type") in _BUTTONS:
        wanted.add("value")
    if name in _LABELLED:
        wanted.add("label")
    return [each for each in found if each.name in wanted]


def is_left_alone(name: str, found: Sequence[Attribute]) -> bool:
    """Tell whether an element is not for translation, by its name or because it says so."""
    if name in LEFT_ALONE:
        return True
    values = {each.name: each.value.strip().lower() for each in found}
    return values.get("translate") == "no" or "notranslate" in values.get("class", "").split()
