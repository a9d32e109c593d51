"""What every store promises of translations, their counters and the memory."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.coverage import Counts
from dpg_l10n.domain.message import Text
from dpg_l10n.domain.states import State
from dpg_l10n.domain.unit import Suggestion, Translation
from dpg_l10n.errors import StaleRevisionError
from tests.support.stores import FILES, Begun


@pytest.mark.parametrize(
    "text", ["Hifadhi", "{n} faili", '{"one":"x"}', "\x1e", "\x1e{}", FILES, "🙂"]
)
@pytest.mark.parametrize("at", [0, 1])
def test_texts_of_any_shape_come_back_whatever_the_source_is(
    begun: Begun, text: Text, at: int
) -> None:
    begun.write(begun.said(text, at=at))
    begun.uow.translations.suggest(
        [Suggestion(begun.units[at].id, "sw", text, "why")], begun.action
    )
    assert begun.load()[begun.units[at].id].text == text
    assert begun.uow.translations.history(begun.units[at], "sw")[0].text == text
    assert begun.uow.translations.suggestions(begun.units[at], "sw")[0].text == text


def test_a_translation_comes_back_as_it_was_written(begun: Begun) -> None:
    write = begun.said("Hifadhi", State.NEEDS_WORK)._replace(
        source_text_id=begun.units[1].text_id, former=State.REVIEWED, copied=True
    )
    begun.write(write)
    assert begun.load() == {
        write.unit_id: Translation(
            write.unit_id, "Hifadhi", State.NEEDS_WORK, 1, begun.origin, write.source_text_id,
            State.REVIEWED, copied=True,
        )
    }  # fmt: skip


def test_translations_are_loaded_for_the_units_asked_for_only(begun: Begun) -> None:
    begun.write(begun.said("Hifadhi"), begun.said(FILES, at=1))
    asked = begun.uow.translations.load(begun.catalogue.id, "sw", begun.units[1:])
    assert list(asked) == [begun.units[1].id]
    assert begun.uow.translations.load(begun.catalogue.id, "sw", []) == {}


def test_languages_do_not_mix(begun: Begun) -> None:
    begun.write(begun.said("Hifadhi"))
    begun.write(begun.said("Enregistrer"), language="fr")
    assert [each.text for each in begun.load("fr").values()] == ["Enregistrer"]
    assert begun.load("am") == {}


def test_history_keeps_every_text_newest_first(begun: Begun) -> None:
    begun.write(begun.said("Hifadhi"))
    begun.action = begun.uow.projects.begin_action(
        begun.project.id, "juma", 200, "review", "better"
    )
    begun.write(begun.said("Tunza", State.REVIEWED, expected=1))
    new, old = begun.uow.translations.history(begun.units[0], "sw")
    assert (new.revision, new.text, new.state, new.actor, new.at, new.kind, new.why) == (
        2, "Tunza", State.REVIEWED, "juma", 200, "review", "better",
    )  # fmt: skip
    assert (old.revision, old.text, old.actor, old.origin.made) == (1, "Hifadhi", "amina", "import")


@pytest.mark.parametrize("expected", [0, 2])
def test_a_stale_write_is_refused_with_all_others_beside_it(begun: Begun, expected: int) -> None:
    begun.write(begun.said("Hifadhi"))
    before = (begun.load(), begun.counts())
    with pytest.raises(StaleRevisionError) as caught:
        begun.write(begun.said("Faili", at=1), begun.said("Tunza", expected=expected))
    assert caught.value.params == {"expected": expected, "current": 1}
    assert (begun.load(), begun.counts()) == before


def test_a_write_on_a_text_that_is_gone_is_stale(begun: Begun) -> None:
    with pytest.raises(StaleRevisionError):
        begun.write(begun.said("Hifadhi", expected=3))


def test_counters_follow_every_write(begun: Begun) -> None:
    begun.write(begun.said("Hifadhi", State.DRAFT), begun.said(FILES, State.NEEDS_WORK, at=1))
    assert begun.counts() == (Counts(draft=1, needs_work=1), Counts(draft=3, needs_work=2))
    begun.write(begun.said("Hifadhi", State.REVIEWED, expected=1))
    assert begun.counts() == (Counts(reviewed=1, needs_work=1), Counts(reviewed=3, needs_work=2))


def test_copies_count_apart_from_translations(begun: Begun) -> None:
    begun.write(begun.said("a b c")._replace(copied=True))
    assert begun.counts()[0] == Counts(copied=1, missing=1)


def test_units_taken_out_leave_the_counters_and_come_back(begun: Begun) -> None:
    begun.write(begun.said("Hifadhi"))
    begun.uow.catalogues.set_totals(begun.catalogue.id, 1, 2)
    begun.uow.translations.move_units(begun.catalogue.id, begun.units[:1], sign=-1)
    assert begun.counts() == (Counts(missing=1), Counts(missing=2))
    begun.uow.catalogues.set_totals(begun.catalogue.id, 2, 5)
    begun.uow.translations.move_units(begun.catalogue.id, begun.units[:1], sign=1)
    assert begun.counts() == (Counts(translated=1, missing=1), Counts(translated=3, missing=2))


def test_counters_follow_a_source_with_other_words(begun: Begun) -> None:
    begun.write(begun.said("Hifadhi"))
    begun.uow.catalogues.set_totals(begun.catalogue.id, 2, 9)
    begun.uow.translations.reword(begun.catalogue.id, {begun.units[0].id: 4, begun.units[1].id: 0})
    assert begun.counts()[1] == Counts(translated=7, missing=2)


def test_a_language_with_a_file_and_no_text_is_all_missing(begun: Begun) -> None:
    begun.write_file("am.json", b"{}", "am")
    assert begun.counts("am") == (Counts(missing=2), Counts(missing=5))


def test_suggestions_are_kept_in_their_order(begun: Begun) -> None:
    unit = begun.units[0]
    made = [Suggestion(unit.id, "sw", text, "why") for text in ("b", "a")]
    for each in made:
        begun.uow.translations.suggest([each], begun.action)
    assert begun.uow.translations.suggestions(unit, "sw") == tuple(made)
    assert begun.uow.translations.suggestions(unit, "fr") == ()


def test_findings_are_replaced_for_the_checked_units_of_one_language(begun: Begun) -> None:
    replace_findings = begun.uow.translations.replace_findings
    one, two = (unit.id for unit in begun.units)
    for language in ("sw", "fr"):
        found = [(one, "c", "error", "m"), (two, "c", "warning", "m")]
        replace_findings(begun.catalogue.id, language, [one, two], found)
    assert begun.uow.catalogues.count_findings(begun.catalogue.id) == {"error": 2, "warning": 2}
    replace_findings(begun.catalogue.id, "sw", [one], [])
    assert begun.uow.catalogues.count_findings(begun.catalogue.id) == {"error": 1, "warning": 2}


def test_a_thousand_units_pass_through_every_call(begun: Begun) -> None:
    """More than the values that one statement takes."""
    sources: list[Text] = [f"text {index}" for index in range(1000)]
    begun.catalogue = begun.uow.catalogues.save(begun.stored("many"))
    begun.units = begun.add(*sources)
    for expected in (0, 1):
        begun.write(*(begun.said(f"neno {at}", at=at, expected=expected) for at in range(1000)))
    assert len(begun.load()) == 1000
    assert len(begun.uow.units.texts(unit.text_id for unit in begun.units)) == 1000
    begun.uow.translations.move_units(begun.catalogue.id, begun.units, sign=-1)
    begun.uow.translations.reword(begun.catalogue.id, {unit.id: 1 for unit in begun.units})
    wanted = {unit.text_id: unit.source for unit in begun.units}
    assert len(begun.uow.memory.exact(wanted, "sw", begun.project)) == 1000


def test_the_memory_offers_finished_texts_of_the_same_script(begun: Begun) -> None:
    unit = begun.units[0]
    wanted = {unit.text_id: unit.source}
    begun.write(begun.said("Salvar"), language="pt-BR")
    begun.write(begun.said("Draft", State.DRAFT), language="fr")
    begun.write(begun.said("Сақлаш"), language="uz-Cyrl")
    exact = begun.uow.memory.exact
    assert exact(wanted, "pt", begun.project)[unit.text_id].text == "Salvar"
    assert exact(wanted, "fr", begun.project) == {}
    assert exact(wanted, "uz", begun.project) == {}


def test_the_memory_offers_variants_for_variants_only(begun: Begun) -> None:
    begun.write(begun.said("faili", at=1))
    unit = begun.units[1]
    assert begun.uow.memory.exact({unit.text_id: unit.source}, "sw", begun.project) == {}
