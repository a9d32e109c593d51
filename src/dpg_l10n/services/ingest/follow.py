"""How translations follow their units when a pushed source changed."""

from __future__ import annotations

from collections.abc import Sequence

from dpg_l10n.domain.diff import Carried, Lent
from dpg_l10n.domain.gathering import Gathered, joined
from dpg_l10n.domain.records import StoredCatalogue
from dpg_l10n.domain.states import Made, Origin, State
from dpg_l10n.domain.unit import Translation, TranslationWrite, Unit
from dpg_l10n.ports import UnitOfWork

_FINISHED = (State.TRANSLATED, State.REVIEWED)


class Follower:
    """Lets translations follow their units in one language after the other."""

    def __init__(
        self, uow: UnitOfWork, catalogue: StoredCatalogue, action_id: int, *, minor: bool
    ) -> None:
        """Begin for one push."""
        self._uow = uow
        self._catalogue = catalogue
        self._action_id = action_id
        self._minor = minor
        self._imported = uow.projects.origin_id(Origin(Made.IMPORT))

    def follow(
        self,
        language: str,
        units: Sequence[Unit],
        changed: Sequence[tuple[Unit, Unit]],
        carried: Sequence[tuple[Carried, Unit]],
        lent: Sequence[tuple[Lent, Unit]],
        wholes: Sequence[tuple[Gathered, Unit]],
        *,
        keyed: bool,
    ) -> None:
        """Mark what no longer holds, restore what holds again, and carry texts to new units."""
        present = self._uow.translations.load(self._catalogue.id, language, units)
        writes = []
        words = {}
        for before, after in changed:
            translation = present.get(before.id)
            if translation is not None:
                follow = _still_holds if self._minor else source_changed
                writes.append(follow(translation, before, after))
                words[after.id] = after.words
        for item, unit in carried:
            translation = present.get(item.old.id)
            holds = (item.same_text and keyed) or self._minor
            if translation is None or (translation.state is State.DRAFT and not holds):
                continue
            writes.append(_carry(translation, item.old, unit, holds=holds))
            words[unit.id] = unit.words
        for found, unit in wholes:
            write = joined(found, unit, present, language, self._imported)
            if write is not None:
                writes.append(write)
                words[unit.id] = unit.words
        for like, unit in lent:
            for old in like.old if unit.id not in words else ():
                translation = present.get(old.id)
                if translation is not None and translation.state in _FINISHED:
                    writes.append(_carry(translation, old, unit, holds=False))
                    words[unit.id] = unit.words
                    break
        self._uow.translations.write(self._catalogue.id, language, self._action_id, writes, words)


def untranslated(
    uow: UnitOfWork, catalogue: StoredCatalogue, units: Sequence[Unit], languages: Sequence[str]
) -> set[int]:
    """Return the ids of the units that some language has nothing by a person for."""
    left = {unit.id for unit in units}
    everywhere = set(left)
    for language in languages:
        found = uow.translations.load(catalogue.id, language, units).values()
        everywhere &= {each.unit_id for each in found if each.state is not State.DRAFT}
    return left - everywhere


def _still_holds(translation: Translation, _before: Unit, _after: Unit) -> TranslationWrite:
    """Return the translation as it is: a step of its history says that its source changed."""
    return TranslationWrite(
        translation.unit_id, translation.text, translation.state, translation.origin_id,
        translation.revision, translation.source_text_id, translation.former, translation.copied,
    )  # fmt: skip


def source_changed(translation: Translation, before: Unit, after: Unit) -> TranslationWrite:
    """Return the translation after its source text changed, or changed back."""
    made_for = translation.source_text_id or before.text_id
    state, former = translation.state, translation.former
    if made_for == after.text_id:
        state, former, source_text_id = former or state, None, None
    else:
        source_text_id = made_for
        if state in _FINISHED:
            state, former = State.NEEDS_WORK, state
    return TranslationWrite(
        translation.unit_id,
        translation.text,
        state,
        translation.origin_id,
        expected=translation.revision,
        source_text_id=source_text_id,
        former=former,
        copied=translation.copied,
    )


def _carry(translation: Translation, old: Unit, new: Unit, *, holds: bool) -> TranslationWrite:
    if holds:
        return TranslationWrite(
            new.id, translation.text, translation.state, translation.origin_id, 0,
            translation.source_text_id, translation.former, translation.copied,
        )  # fmt: skip
    finished = translation.state in _FINISHED
    return TranslationWrite(
        new.id,
        translation.text,
        State.NEEDS_WORK,
        translation.origin_id,
        expected=0,
        source_text_id=translation.source_text_id or old.text_id,
        former=translation.state if finished else translation.former,
    )
