"""One message: a text, or the plural variants of a text."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

CLDR_CATEGORIES = ("zero", "one", "two", "few", "many", "other")


@dataclass(frozen=True, slots=True)
class Plural:
    """The plural variants of one message.

    Args:
        forms: ``(label, text)`` in the order of the file. A label is a CLDR category
            (``zero one two few many other``) or, in gettext files, the index as text (``"0"``):
            an index is never renamed to a category, because only the file's own plural formula
            says what it means.
    """

    forms: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, **forms: str) -> Plural:
        """Return variants from keywords: ``Plural.of(one="a file", other="files")``."""
        return cls(tuple(forms.items()))

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels in file order."""
        return tuple(label for label, _ in self.forms)

    def get(self, label: str) -> str | None:
        """Return the text of a label, or None."""
        return next((text for name, text in self.forms if name == label), None)


Text = str | Plural
"""What a message says in one language."""


def texts(text: Text) -> tuple[str, ...]:
    """Return every string of a message: one, or one per variant."""
    return (text,) if isinstance(text, str) else tuple(form for _, form in text.forms)


def is_empty(text: Text | None) -> bool:
    """Tell whether nothing is said: no text, or a plural of which any variant is missing.

    A gettext message whose variants are partly filled is untranslated for ``msgfmt`` only when the
    first is empty, yet users of the empty ones read nothing: it does not count as said.
    """
    if text is None:
        return True
    if isinstance(text, str):
        return text == ""
    return not text.forms or any(form == "" for _, form in text.forms)


def is_blank(text: Text | None) -> bool:
    """Tell whether no variant holds anything but white space."""
    if isinstance(text, str):
        return not text or text.isspace()
    return text is None or all(not form or form.isspace() for _, form in text.forms)


def plain(text: Text) -> str:
    """Return one string that stands for the message: the text, or its last (general) variant."""
    return text if isinstance(text, str) else (text.forms[-1][1] if text.forms else "")


_VARIANTS = "\x1e"
"""Begins the stored form of plural variants: a text may become a plural, or cease to be one, after
it was stored, so that each stored form says itself which it is."""


def dump(text: Text) -> str:
    """Return the text as one string for storage: itself, or a marked JSON object of the variants."""
    if isinstance(text, str):
        return _VARIANTS + text if text[:1] == _VARIANTS else text
    forms = json.dumps(dict(text.forms), ensure_ascii=False, separators=(",", ":"))
    return _VARIANTS + forms


def fingerprint(text: Text) -> str:
    """Return the SHA-256 of a text in hexadecimal: what a draft was made from, in few characters."""
    return hashlib.sha256(dump(text).encode("utf-8", "surrogatepass")).hexdigest()


def load(stored: str) -> Text:
    """Return what :func:`dump` was given."""
    if stored[:1] != _VARIANTS:
        return stored
    if stored[1:2] == _VARIANTS:
        return stored[1:]
    return Plural(tuple(json.loads(stored[1:]).items()))
