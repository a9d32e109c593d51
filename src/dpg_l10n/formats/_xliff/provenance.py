"""Who made a draft, as files say it for other programs: a match, a tool, how sure it is."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

from dpg_l10n.domain.merge import DRAFT_NOTE

ITS = "http://www.w3.org/2005/11/its"
MEMORY_NOTE = "memory of"
"""How the note of a draft names a memory (:meth:`dpg_l10n.domain.states.Origin.describe`)."""
_NOTE = re.compile(rf"{DRAFT_NOTE}\s*(?P<who>.*?)(?:\s*\((?P<more>[^()]*)\))?\s*")
_SHARE = re.compile(r"0(?:\.\d+)?|1(?:\.0+)?")
_TOOL = "mt-confidence|urn:x-dpg-l10n:"
_NAMES = ("xmlns:its", "its:annotatorsRef", "its:mtConfidence")


class Provenance(NamedTuple):
    """What the note of a draft says."""

    who: str
    """Engine, model and version; or the memory."""
    is_memory: bool
    confidence: str | None
    """How sure the model is, 0 to 1, as decimals; None where the engine does not say."""
    similarity: str | None
    """Of a memory's source text, 0 to 1; None for a machine's draft."""

    def its(self) -> dict[str, str | None]:
        """Return the attributes of ITS 2.0 (clause 8.18, MT Confidence) on a machine's draft."""
        if self.is_memory:
            return {}
        tool = ":".join(quote(part, safe="") for part in self.who.split())
        values = (ITS, _TOOL + tool, self.confidence)
        return dict(zip(_NAMES, values, strict=True))


def provenance(note: str) -> Provenance:
    """Return what the note of a draft says."""
    match = _NOTE.fullmatch(note)
    who, more = (match["who"], match["more"] or "") if match else (note, "")
    pairs = (part.partition(":") for part in more.split(", "))
    known = {name: value for name, _, value in pairs if _SHARE.fullmatch(value)}
    is_memory = who.startswith(MEMORY_NOTE)
    return Provenance(
        who, is_memory, None if is_memory else known.get("confidence"),
        known.get("similarity") if is_memory else None,
    )  # fmt: skip


def without_its(attributes: dict[str, str]) -> dict[str, str | None]:
    """Return the change that takes our attributes out again; others' stay."""
    if not attributes.get("its:annotatorsRef", "").startswith(_TOOL):
        return {}
    return dict.fromkeys(_NAMES)
