from __future__ import annotations

from dpg_l10n.domain.catalogue import Entry
from dpg_l10n.domain.diff import diff, incoming_entries
from dpg_l10n.domain.gathering import Gathered, gathered, joined
from dpg_l10n.domain.message import Plural
from dpg_l10n.domain.states import State
from dpg_l10n.domain.unit import Translation, TranslationWrite, Unit

IMPORTED = 7
FORMS = {"one": "a file", "other": "files"}
ENTRY = Entry("files", Plural.of(**FORMS))
NEW = Unit(9, "files", ENTRY.text, 9, 1, 0)


def old(prefix: str = "files", **texts: str) -> dict[str, Unit]:
    found = {}
    for number, (label, text) in enumerate((texts or FORMS).items(), 1):
        key = f"{prefix}.{label}"
        found[key] = Unit(number, key, text, number, 1, number)
    return found


def found() -> Gathered:
    gathering = gathered(0, ENTRY, old(), ["files"])
    assert gathering is not None
    return gathering


def join(*present: Translation, language: str = "sw") -> TranslationWrite | None:
    return joined(found(), NEW, {each.unit_id: each for each in present}, language, IMPORTED)


def said(unit_id: int, text: str, state: State = State.REVIEWED, origin: int = 7) -> Translation:
    return Translation(unit_id, text, state, 1, origin)


def test_a_plural_without_its_general_text_gathers_nothing() -> None:
    assert gathered(0, ENTRY, old(one="a file"), ["files"]) is None


def test_the_state_is_that_of_the_worst_variant_and_the_origin_a_person() -> None:
    write = join(said(1, "faili"), said(2, "mafaili", State.TRANSLATED, 3))
    assert write is not None
    assert (write.text, write.state) == (Plural.of(one="faili", other="mafaili"), State.TRANSLATED)
    assert write.origin_id == 3


def test_files_remain_the_origin_of_what_nobody_touched() -> None:
    write = join(said(1, "faili"), said(2, "mafaili"))
    assert write is not None
    assert (write.origin_id, write.state) == (IMPORTED, State.REVIEWED)


def test_drafts_are_left_out() -> None:
    assert join(said(1, "faili", State.DRAFT), said(2, "mafaili", State.DRAFT)) is None
    write = join(said(1, "faili", State.DRAFT), said(2, "mafaili"))
    assert write is not None
    assert (write.text, write.state) == (Plural.of(other="mafaili"), State.NEEDS_WORK)


def test_a_language_of_more_variants_needs_work() -> None:
    write = join(said(1, "ملف"), said(2, "ملفات"), language="ar")
    assert write is not None
    assert write.state is State.NEEDS_WORK


def test_a_key_of_one_part_with_dots_finds_its_variants() -> None:
    entry = Entry("app.files", ENTRY.text)
    difference = diff(old("app\\.files"), incoming_entries([entry]), keyed=True)
    assert [part.position for part in difference.gathered] == [0]
    assert difference.removed == ()
    assert [item.entry.key for item in difference.added] == ["app.files"]


def test_a_plural_that_was_no_texts_of_their_own_gathers_nothing() -> None:
    difference = diff(old("pages"), incoming_entries([ENTRY]), keyed=True)
    assert difference.gathered == ()
    assert len(difference.removed) == 2
