from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpg_l10n.domain.risk import RISKS, gravest
from dpg_l10n.domain.terms import Concept, Said, Term, Terminology, TermStatus, Use
from tests.support.terms import concept


def test_a_hit_says_what_to_call_the_term_and_what_never() -> None:
    worker = concept("chw", "community health worker", sw=["mhudumu wa afya", "-daktari"])
    (hit,) = Terminology([worker], "en", "sw").find("For community health workers")
    assert (hit.accepted, hit.forbidden, hit.keep) == (("mhudumu wa afya",), ("daktari",), False)


def test_only_what_people_accepted_is_enforced() -> None:
    status = TermStatus.SUGGESTED
    suggested = concept("id", "identity", status=status, sw=["utambulisho"])
    assert not Terminology([suggested], "en", "sw")
    (hit,) = Terminology([suggested], "en", "sw", enforced=False).find("identity")
    assert hit.accepted == ("utambulisho",)


def test_a_term_may_be_accepted_in_one_language_and_not_in_another() -> None:
    terms = (
        Term("en", "camp", status=TermStatus.ACCEPTED),
        Term("fr", "camp", status=TermStatus.ACCEPTED),
        Term("sw", "kambi"),
    )
    one = Concept("camp", terms, status=TermStatus.ACCEPTED)
    assert Terminology([one], "en", "fr").find("camp")[0].accepted == ("camp",)
    assert Terminology([one], "en", "sw").find("camp")[0].accepted == ()


def test_a_general_language_serves_where_its_variety_has_no_word_of_its_own() -> None:
    one = concept("task", "assignment", pt=["tarefa"], pt_PT=["trabalho"])
    said = {tag: Terminology([one], "en", tag).find("assignment")[0].accepted for tag in ("pt-BR", "pt-PT")}  # fmt: skip
    assert said == {"pt-BR": ("tarefa",), "pt-PT": ("trabalho",)}


def test_the_glossary_of_a_project_goes_before_those_of_all() -> None:
    shared = concept("a", "application", sw=["ombi"])
    own = concept("b", "application", own=True, sw=["programu"])
    assert Terminology([shared, own], "en", "sw").find("application")[0].accepted == ("programu",)


def test_a_forbidden_source_word_is_nothing_to_look_for() -> None:
    terms = (Term("en", "beneficiary", Use.FORBIDDEN, TermStatus.ACCEPTED),)
    one = Concept("b", terms, status=TermStatus.ACCEPTED)
    assert Terminology([one], "en", "sw").find("beneficiary") == []


def test_a_text_takes_the_gravest_risk_of_its_terms() -> None:
    both = [concept("a", "dose", risk="clinical"), concept("b", "law", risk="legal")]
    terminology = Terminology(both, "en", None)
    assert terminology.risk("the law on the dose") == "clinical"
    assert terminology.risk("nothing") == "normal"


@given(st.lists(st.sampled_from([*RISKS, "unheard of"])))
def test_the_gravest_risk_is_one_of_the_known_or_unchanged(risks: list[str]) -> None:
    found = gravest(risks)
    assert found in RISKS or found in risks
    assert "clinical" not in risks or found == "clinical"


@pytest.mark.parametrize(
    ("language", "text", "term"),
    [
        ("sw", "Wahudumu wa afya wafike", "mhudumu wa afya"),
        ("es", "los agentes comunitarios", "agente comunitario"),
        ("ar", "هل لديك الحساسية؟", "حساسية"),
        ("th", "ฉีดวัคซีนแล้ว", "วัคซีน"),
        ("fr", "l'allergie", "allergie"),
    ],
)
def test_a_translation_says_a_term_in_any_form(language: str, text: str, term: str) -> None:
    assert Said(text, language).says(term)


def test_a_forbidden_word_inside_an_accepted_one_is_right() -> None:
    text = "La protección de datos y los datos"
    assert Said(text, "es").wrongly("datos", ()) == (17, 22)
    assert Said("protección de datos", "es").wrongly("datos", ("protección de datos",)) is None
    assert Said(text, "es").wrongly("datos", ("protección de datos",)) == (29, 34)


@given(st.lists(st.sampled_from(["dawa", "afya", "kadi", "ya"]), min_size=1, max_size=5), st.data())
def test_a_text_says_every_run_of_its_words(parts: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(parts) - 1))
    last = data.draw(st.integers(first + 1, len(parts)))
    assert Said(" ".join(parts), "sw").says(" ".join(parts[first:last]))
