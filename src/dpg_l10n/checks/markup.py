"""HTML and XML tags that a translation broke, lost or gained."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from dpg_l10n.checks.spec import CheckSpec, Pair, Subject, When
from dpg_l10n.domain.findings import Finding, Rule, Severity
from dpg_l10n.domain.placeholders import Placeholder, find, icu
from dpg_l10n.i18n import N_

BROKEN = Rule(
    "markup.broken",
    Severity.ERROR,
    N_("The tag {tag} is not opened and closed in order; in the source all tags are."),
)
LOST = Rule("markup.lost", Severity.WARNING, N_("The tag {tag} of the source is missing."))
ADDED = Rule("markup.added", Severity.WARNING, N_("The source has no tag {tag}."))

_TAGS = frozenset({"tag", "numbered"})
_NAME = re.compile(r"<(/?)\s*([\w:.-]+)(?:.*\bid\s*=\s*[\"']([^\"']*)[\"'])?", re.DOTALL)
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})
_ALONE = _VOID | {"p", "li"}
"""Elements that need no closing tag to be markup."""
_INLINE = frozenset({"x", "g", "ph", "bx", "ex", "bpt", "ept", "it", "pc", "sc", "ec"})
"""Elements of XLIFF, which are told apart by their ids."""


class _Tag:
    """One tag: what it is called and what it does."""

    __slots__ = ("closes", "name", "opens", "place", "text")

    def __init__(self, place: Placeholder) -> None:
        match = _NAME.match(place.text)
        slash, name, identity = match.groups() if match else ("", "", None)
        self.place = place
        # HTML ignores case; components of an interface do not (<LinkToDocs>).
        self.name = name.lower() if name.isupper() else name
        single = place.text.endswith("/>") or self.name in _VOID
        self.closes = bool(slash)
        self.opens = not slash and not single
        if identity is not None and self.name in _INLINE:
            self.text = f'<{name} id="{identity}">'
        else:
            self.text = f"<{slash}{self.name}>"


def _run(subject: Subject, pairs: tuple[Pair, ...]) -> list[Finding]:
    found: list[Finding] = []
    for pair in pairs:
        if ("<" in pair.source or "<" in pair.target) and "tag" in subject.kinds:
            found += _compare(pair, placeholders="inline" in subject.kinds)
    return found


def _compare(pair: Pair, *, placeholders: bool) -> list[Finding]:
    """Compare the tags of a text with those of its source.

    Args:
        pair: Both.
        placeholders: True where inline elements of XLIFF are told as lost placeholders.
    """
    label, source, target, _ = pair
    before, after = _tags(source), _tags(target)
    known = _elements(before) | _elements(after)
    wrong = _unnested(tag for tag in after if tag.name in known)
    if wrong is not None and _unnested(tag for tag in before if tag.name in known) is None:
        place = wrong.place
        return [BROKEN(variant=label, span=(place.start, place.end), tag=place.text)]
    spans = {tag.text: (tag.place.start, tag.place.end) for tag in after}
    if "{" in source:  # every case of an ICU text repeats its tags, and languages have more or less
        before, after = _tags(icu.flatten(source)), _tags(icu.flatten(target))
    known -= _INLINE if placeholders else frozenset()
    wanted = Counter(tag.text for tag in before if tag.name in known)
    present = Counter(tag.text for tag in after if tag.name in known)
    if wanted == present:
        return []
    return [LOST(variant=label, tag=text) for text in wanted - present if _counts(text)] + [
        ADDED(variant=label, span=spans[text], tag=text) for text in present - wanted if _counts(text)
    ]  # fmt: skip


def _counts(text: str) -> bool:
    """Tell whether a missing tag is worth a line of its own: its opening one says it already.

    A numbered tag is a placeholder, and told as one.
    """
    return text[1] != "/" and not text[1].isdigit()


def _tags(text: str) -> list[_Tag]:
    return [_Tag(found) for found in find(text, _TAGS) if found.text[1] != "!"]


def _elements(tags: Iterable[_Tag]) -> set[str]:
    """Return the names that are markup and not words in angle brackets (``<your name>``)."""
    return {
        tag.name
        for tag in tags
        if tag.closes or not tag.opens or tag.name in _ALONE or "=" in tag.place.text
    }


def _unnested(tags: Iterable[_Tag]) -> _Tag | None:
    """Return the first tag that does not close what was opened last, or was never closed."""
    opened: list[_Tag] = []
    for tag in tags:
        if tag.opens:
            opened.append(tag)
        elif tag.closes and (not opened or opened.pop().name != tag.name):
            return tag
    return opened[-1] if opened else None


CHECK = CheckSpec("markup", (BROKEN, LOST, ADDED), _run, when=When.SIGNS)
