"""The draft of a segment once more, as a translation candidate (XLIFF 2, module Matches)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dpg_l10n.formats import _xml
from dpg_l10n.formats._xliff import edits
from dpg_l10n.formats._xliff.provenance import provenance
from dpg_l10n.formats._xml_patch import Patch

MATCHES = "mtc:matches"
_NAMESPACE = "urn:oasis:names:tc:xliff:matches:2.0"
_ID = "dpg-l10n"
_DATA = re.compile(r"""[ \t\r\n]+dataRef(?:Start|End)?=(?:"[^"]*"|'[^']*')""")


def segment_id(text: str) -> str:
    """Return an id that nothing in a unit has, for the segment that a candidate refers to."""
    number = 1
    while re.search(rf"""\bid=["']s{number}["']""", text):
        number += 1
    return f"s{number}"


def candidates(note: str, segment: str, source: str, target: str) -> str:
    """Return the element that holds a draft as the one candidate of a unit.

    Args:
        note: Of the draft.
        segment: Id of the segment that it is for.
        source: Content of the segment's source, as written.
        target: The draft, as written.
    """
    tag = _xml.with_attributes(f"<{MATCHES}>", {"xmlns:mtc": _NAMESPACE})
    return f"{tag}{candidate(note, segment, source, target)}</{MATCHES}>"


def candidate(note: str, segment: str, source: str, target: str) -> str:
    """Return a draft as one candidate among others; arguments as of :func:`candidates`."""
    made = provenance(note)
    similarity = f"{float(made.similarity) * 100:.2f}" if made.similarity else None
    attributes = {
        "id": _ID,
        "ref": f"#{segment}",
        "type": "tm" if made.is_memory else "mt",
        "origin": made.who,
        "similarity": similarity,
        **made.its(),
    }
    # what an inline element stands for lies in the unit's <originalData>, out of a candidate's reach
    texts = (_DATA.sub("", source), _DATA.sub("", target))
    said = "<source>{}</source><target>{}</target>".format(*texts)
    return f"{_xml.with_attributes('<mtc:match>', attributes)}{said}</mtc:match>"


def set_candidate(
    patch: Patch, inner: Sequence[_xml.Element], new: tuple[str, str, str, str] | None
) -> None:
    """Bring our candidate in a unit to a draft, or take it out; those of others stay.

    Args:
        patch: The edits.
        inner: What stands in the unit.
        new: Arguments of :func:`candidate`; None where there is no draft.
    """
    around = edits.named(inner, MATCHES)
    known = _xml.children(patch.text, around.value, around.value_end) if around else []
    own = next((e for e in known if _xml.attributes(e.attributes).get("id") == _ID), None)
    if around is None:
        if new is not None:
            patch.insert_before(inner[0].start, candidates(*new))
    elif not known:
        if new is not None:
            patch.replace(around.start, around.end, candidates(*new))
    elif new is None:
        gone = around if own is not None and len(known) == 1 else own
        if gone is not None:
            patch.remove(gone.start, gone.end)
    elif own is not None:
        patch.replace(own.start, own.end, candidate(*new))
    else:
        patch.insert_after(known[-1].start, known[-1].end, candidate(*new))
