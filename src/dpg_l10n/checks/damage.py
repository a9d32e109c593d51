"""Texts that were damaged on their way: lost characters, double encoding, control characters."""

from __future__ import annotations

import re

from dpg_l10n.checks.spec import CheckSpec, Pair, Subject
from dpg_l10n.domain.findings import Finding, Rule, Severity
from dpg_l10n.i18n import N_

DAMAGED = Rule(
    "text.damaged",
    Severity.ERROR,
    N_("“{part}” is damaged text: a file was read or saved in the wrong encoding."),
)
CONTROL = Rule(
    "text.control",
    Severity.ERROR,
    N_("The text holds the control character {character}, which nobody can see or type."),
)

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_REPLACEMENT = "\ufffd"

# Bytes 0x80-0xbf as Windows-1252 (or ISO-8859-1 where that has no character) shows them.
_TAIL = "".join(bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0xC0))
_TAIL = "[" + re.escape(_TAIL.replace(_REPLACEMENT, "")) + "\x80-\x9f]"
# The same without what a sentence may have after a capital letter: quotes, dashes, spaces, signs.
_STRICT = "[\x80-\x9f¡-ª¬-º¼-¾Œœ€™†‡ƒ]"
_DOUBLE = re.compile(
    f"Ã{_STRICT}|Â[ \u00a0©®°±²³·»«¿¡ª]|â€(?:{_TAIL}|(?!\\w))|ï»¿|ï¿½"
    f"|(?:[ÃÂÄÅÎÏÐÑ×ØÙÚÛ]{_TAIL}){{2,}}|(?:[à-ï]{_TAIL}{{2}}){{2,}}|ðŸ{_TAIL}{{2}}"
)
"""UTF-8 read as a one-byte encoding: “Ã©” for “é”, “à¤¨à¥‡” for “ने”."""
_SUSPECT = re.compile(f"[Â-ð]{_TAIL}")
"""What every case has; a pattern that begins with one set of characters is searched fast."""


def _run(subject: Subject, pairs: tuple[Pair, ...]) -> list[Finding]:
    found: list[Finding] = []
    for label, source, target, _ in pairs:
        if not target.isascii():
            damaged = _damage(target)
            if damaged is not None and _damage(source) is None:
                start, end = damaged
                found.append(DAMAGED(variant=label, span=damaged, part=target[start:end]))
                continue
        if target.isprintable():
            continue
        control = _CONTROL.search(target)
        if control is not None and not _CONTROL.search(source):
            name = f"U+{ord(control[0]):04X}"
            found.append(CONTROL(variant=label, span=control.span(), character=name))
    return found


def _damage(text: str) -> tuple[int, int] | None:
    """Return the first damaged part."""
    lost = text.find(_REPLACEMENT)
    if lost >= 0:
        return lost, lost + 1
    if _SUSPECT.search(text) is None:
        return None
    match = _DOUBLE.search(text)
    return None if match is None else match.span()


CHECK = CheckSpec("damage", (DAMAGED, CONTROL), _run)
