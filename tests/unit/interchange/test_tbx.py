from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.terms import Concept, Term, TermStatus, Use
from dpg_l10n.errors import FormatError
from dpg_l10n.interchange.tbx import TbxReader, write
from tests.support.terms import concept

_OLD = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><martifHeader/><text><body>
<termEntry id="c1"><descrip type="subjectField">health</descrip>
<langSet xml:lang="en"><descrip type="definition">How much.</descrip>
<ntig><termGrp><term>dose</term><termNote type="partOfSpeech">noun</termNote></termGrp></ntig></langSet>
<langSet xml:lang="sw"><tig><term>dozi</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
<tig><term>kipimo</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
</termEntry></body></text></martif>"""
_DCT = """<?xml version="1.0"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"><tbxHeader/><text><body>
<conceptEntry id="c1"><min:subjectField>health</min:subjectField><basic:definition>How much.</basic:definition>
<langSec xml:lang="en"><termSec><term>dose</term><min:partOfSpeech>noun</min:partOfSpeech></termSec></langSec>
<langSec xml:lang="sw"><termSec><term>dozi</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec>
<termSec><term>kipimo</term><min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>"""


def read(text: str) -> tuple[list[Concept], list[tuple[int, str]]]:
    reader = TbxReader(io.BytesIO(text.encode()))
    return list(reader), [(each.line, str(each)) for each in reader.problems]


@pytest.mark.parametrize("text", [_OLD, _DCT], ids=["2008", "2019 in style DCT"])
def test_files_of_both_editions_say_the_same(text: str) -> None:
    accepted = TermStatus.ACCEPTED
    assert read(text)[0] == [
        Concept(
            "c1",
            (
                Term("en", "dose", Use.PREFERRED, accepted),
                Term("sw", "dozi", Use.PREFERRED, accepted),
                Term("sw", "kipimo", Use.FORBIDDEN, accepted),
            ),
            part_of_speech="noun",
            definition="How much.",
            subject="health",
            status=accepted,
        )
    ]


def test_broken_concepts_are_named_by_their_line_and_the_others_come() -> None:
    good = '<conceptEntry id="g{}"><langSec xml:lang="en"><termSec><term>x{}</term></termSec></langSec></conceptEntry>\n'
    bad = [
        "<conceptEntry><langSec></conceptEntry>\n",
        '<conceptEntry><langSec xml:lang="en"><termSec><term>&bomb;</term></termSec></langSec></conceptEntry>\n',
        '<conceptEntry><langSec xml:lang="1"><termSec><term>x</term></termSec></langSec></conceptEntry>\n',
        "<conceptEntry></conceptEntry>\n",
        '<conceptEntry id="g0"><langSec xml:lang="en"><termSec><term>x</term></termSec></langSec></conceptEntry>\n',
    ]
    body = "".join(good.format(n, n) + each for n, each in enumerate(bad))
    found, problems = read(f"<tbx>\n{body}</tbx>")
    assert [each.key for each in found] == ["g0", "g1", "g2", "g3", "g4"]
    assert [line for line, _ in problems] == [3, 5, 7, 9, 11]


def test_a_name_that_another_tool_marks_is_not_translated() -> None:
    text = (
        '<martif><termEntry><descrip type="Translation needed">No</descrip><langSet xml:lang="en">'
        "<tig><term>DHIS2</term></tig></langSet></termEntry></martif>"
    )
    assert read(text)[0][0].keep


def test_what_is_no_tbx_is_refused() -> None:
    with pytest.raises(FormatError) as refused:
        read("<tmx version='1.4'></tmx>")
    assert refused.value.error_code == "format.tbx"


@pytest.mark.parametrize("old", [False, True], ids=["2019", "2008"])
def test_what_is_written_is_read_back(old: bool) -> None:
    put = [
        concept("dose", "dose", sw=["dozi & co", "-kipimo"], fr=["dose"], risk="clinical"),
        concept("who", "WHO", keep=True, status=TermStatus.SUGGESTED),
        concept("bad", "ring\x07"),
    ]
    out = io.BytesIO()
    assert write(out.write, "en", put, old=old) == (2, 1)
    found, problems = read(out.getvalue().decode())
    assert problems == []
    for one, other in zip(found, put, strict=False):
        assert set(one.terms) == set(other.terms)
        assert (one.key, one.risk, one.keep, one.status) == (
            other.key, other.risk, other.keep, other.status,
        )  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='<>/="& conceptEntrymslag!-[]', max_size=120))
def test_any_body_ends_in_concepts_and_problems(text: str) -> None:
    found, _ = read(f"<tbx>{text}</tbx>")
    assert all(each.terms for each in found)
