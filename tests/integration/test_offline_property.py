"""Whatever the texts: a package that nobody touched changes nothing, and edits are all that changes."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.message import Text
from dpg_l10n.domain.query import parse
from dpg_l10n.formats.workbook import restored
from dpg_l10n.store.uow import SqlStore
from tests.support.offline import KINDS, brought, taken, written
from tests.support.projects import Workspace, json_project

_PIECES = st.sampled_from(
    ["a", "B", "é", "e\u0301", "ملف", "አ", "\n", "\n\n", "\t", " ", '"', "'", "\\", "\\n", "<b>", "&amp;", "&",
     "]]>", "=", "+", "-", "@", "%s", "{n}", "_x0041_", "\u200f", "\u00a0", "#~", "msgid", ",", ";"]
)  # fmt: skip
_TEXTS = st.lists(_PIECES, min_size=1, max_size=6).map("".join).filter(lambda text: text.strip())
_SAID = _TEXTS.filter(lambda text: restored(text) == text)
"""What a spreadsheet can tell from a formula that was made harmless."""


def said(work: Workspace) -> dict[str, Text]:
    return {key: text for key, text in work.texts("sw").items() if text}


def is_same(before: Text | None, text: str) -> bool:
    return isinstance(before, str) and normalize("NFC", before) == normalize("NFC", text)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_exactly_what_a_person_wrote_is_written(kind: str, data: st.DataObject) -> None:
    sources = data.draw(st.lists(_TEXTS, min_size=1, max_size=5, unique=True))
    source = {f"k{at}": text for at, text in enumerate(sources)}
    had = data.draw(st.dictionaries(st.sampled_from(sorted(source)), _SAID))
    new = data.draw(st.dictionaries(st.sampled_from(sources), _SAID))
    store = SqlStore("sqlite://")
    try:
        work = json_project(store, source, sw=had)
        work.push(accept_damage=True)
        package = taken(work, kind, query=parse("")).data
        before = said(work)
        unedited = brought(work, package)
        assert said(work) == before
        assert unedited.unchanged + unedited.empty == len(source)
        report = brought(work, written(package, new))
        assert (report.refused, report.suggested) == ((), ())
        wanted = {key: new[text] for key, text in source.items() if text in new}
        # a tool may compose characters, and nobody sees it: that is no edit
        edits = {key: text for key, text in wanted.items() if not is_same(before.get(key), text)}
        assert said(work) == {**before, **edits}
    finally:
        store.close()
