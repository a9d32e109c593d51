from __future__ import annotations

import pytest

from dpg_l10n.domain.placeholders import kinds_for
from dpg_l10n.services.drafting.guard import guard_of
from dpg_l10n.services.drafting.plausible import Reason
from dpg_l10n.services.drafting.protect import draft_texts
from dpg_l10n.services.drafting.terms import TermUse, says
from tests.support.engines import FakeWeigher

KINDS = kinds_for("json")


@pytest.mark.parametrize(
    ("text", "term", "said"),
    [
        ("Guardar los formularios", "formulario", True),
        ("Guardar la forma", "formulario", False),
        ("Un conjunto de datos", "conjunto de datos", True),
        ("Un conjunto de cosas", "conjunto de datos", False),
        ("El rol", "rol", True),
        ("El rollo", "rol", False),
        ("保存表单", "表单", True),
        ("Caso", "casos", True),
        ("", "caso", False),
        ("Caso", "", False),
    ],
)
def test_a_term_is_said_in_any_of_its_forms(text: str, term: str, said: bool) -> None:
    assert says(text, term) is said


def test_a_forbidden_word_inside_an_accepted_one_is_none() -> None:
    use = TermUse(0, 4, accepted=("conjunto de datos",), forbidden=("datos",))
    assert not use.wrong("El conjunto de datos")
    assert use.wrong("El conjunto de datos y los datos")


def drafted(engine: FakeWeigher, text: str, *uses: TermUse) -> tuple[str | None, Reason | None]:
    (draft,) = draft_texts(engine, engine.pair, [text], guard_of(KINDS, lambda _: uses))
    return draft.text, draft.reason


def test_of_several_translations_one_with_the_term_is_taken() -> None:
    engine = FakeWeigher({"Save the form": ["Guardar la forma", "Guardar el formulario"]})
    use = TermUse(9, 13, ("formulario",))
    assert drafted(engine, "Save the form", use) == ("Guardar el formulario", None)
    assert engine.granted == []


def test_where_none_has_the_term_one_is_made_to_have_it() -> None:
    engine = FakeWeigher({"Save the form": ["Guardar la forma"]}, grants="Guarde el formulario")
    use = TermUse(9, 13, ("formulario",))
    assert drafted(engine, "Save the form", use) == ("Guarde el formulario", None)
    assert [wish.said for wish in engine.granted] == ["formulario"]


def test_a_draft_that_lacks_no_more_than_a_term_is_kept() -> None:
    engine = FakeWeigher({"Save the form": ["Guardar la forma"]}, grants="")
    use = TermUse(9, 13, ("formulario",))
    assert drafted(engine, "Save the form", use) == ("Guardar la forma", None)


def test_a_forbidden_word_is_no_draft() -> None:
    engine = FakeWeigher({"Save the form": ["Guardar la forma"]}, grants="")
    use = TermUse(9, 13, ("formulario",), ("forma",))
    assert drafted(engine, "Save the form", use) == (None, Reason.FORBIDDEN)


def test_a_name_that_is_not_translated_stays() -> None:
    engine = FakeWeigher({"Open {0} now": ["Abra {0} ya"]})
    assert drafted(engine, "Open Kobo now", TermUse(5, 9, keep=True)) == ("Abra Kobo ya", None)


def test_a_candidate_that_broke_a_placeholder_is_not_taken() -> None:
    engine = FakeWeigher(
        {"Hi {0}, go": ["Hola, vaya", "Hola {0}, vaya"], "Hi": ["Ay"], ", go": [""]}
    )
    assert drafted(engine, "Hi {name}, go") == ("Hola {name}, vaya", None)


def test_a_changed_number_is_carried_over_the_second_time() -> None:
    engine = FakeWeigher(
        {"Error 500": ["Fallo 50"], "Error {0}": ["Fallo {0}"], "Error": ["Fallo"]}
    )
    assert drafted(engine, "Error 500") == ("Fallo 500", None)
