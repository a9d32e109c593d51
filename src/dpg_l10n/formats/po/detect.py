"""Whether a file is a PO file, and whether its msgids are names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dpg_l10n.formats.po import grammar

_MESSAGE = re.compile(rb'(?:\A(?:\xef\xbb\xbf)?|[\n\r])[ \t]*(?:#~[ \t]*)?msg(?:id|ctxt)[ \t]*"')


def sniff(path: str, head: bytes) -> bool:
    """Tell from the POSIX path and the first 64 KiB whether a file is a PO or POT file.

    The name alone does not: ``.pot`` is also a presentation template.
    """
    if not path.lower().endswith((".po", ".pot")):
        return False
    # UTF-16 puts a zero beside each ASCII character.
    return _MESSAGE.search(head.replace(b"\0", b"")) is not None or not head.strip()


_NAME = re.compile(r"\w+(?:[._:/\-]+\w+)+")
"""``menu.file.open``, ``menu_open``, ``menu-open``."""
_WHITE = re.compile(r"\s")
_MOST_TEXTS = 0.05
"""Share of msgids that may have white space in them, which names have not."""
_LEAST_NAMES = 0.5
"""Share of msgids that are names beyond doubt; others are one word, as texts may be."""
_LEAST_SAID = 0.5
"""Share of messages with a text of their own. In a file of texts, that of the source language says
nothing or repeats them."""


def sniff_names(path: str, head: bytes) -> bool:
    """Tell whether a file has names for its msgids and texts for its msgstrs.

    So has the file of any language of such a project; that of the source language tells it from
    one whose sources happen to be names.
    """
    if not (path.lower().endswith(".po") and sniff(path, head)):
        return False
    names = texts = said = count = 0
    for source, text in _pairs(head.decode("utf-8", "replace")):
        count += 1
        texts += _WHITE.search(source) is not None
        names += _NAME.fullmatch(source) is not None
        said += text not in ("", source)
    if not count or texts > _MOST_TEXTS * count:
        return False
    return names >= _LEAST_NAMES * count and said >= _LEAST_SAID * count


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Yield msgid and first msgstr of active messages, but for the header, up to what is none."""
    for match in grammar.MESSAGE.finditer(text):
        one, said, forms, obsolete = match[3], match[4], match[6], match[7]
        if one is None and obsolete is None:
            return
        first = grammar.FORM.search(forms) if forms else None
        try:
            if one:
                raw = first[2] if first else said or ""
                yield grammar.unescape(one, "utf-8"), grammar.unescape(raw, "utf-8")
        except ValueError:
            continue  # which reading the file will say
