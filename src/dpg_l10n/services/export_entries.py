"""The entries of an exported file: the store's texts put into what the file already has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dpg_l10n.domain import plurals
from dpg_l10n.domain.catalogue import (
    CONTEXT_SEPARATOR,
    FUZZY,
    REVIEWED,
    Catalogue,
    Entry,
    bilingual_key,
)
from dpg_l10n.domain.merge import DRAFT_NOTE
from dpg_l10n.domain.message import Plural, Text, fingerprint, is_blank, is_empty, plain
from dpg_l10n.domain.states import Origin, State
from dpg_l10n.domain.unit import Translation, Unit
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.spec import FormatSpec, PluralKind


class Only(StrEnum):
    """Which texts an export holds."""

    TRANSLATED = "translated"
    """Translated and reviewed ones, and those that need work, marked where the format can."""
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Texts:
    """What the store has of one catalogue in one language."""

    units: Sequence[Unit]
    """Units not obsolete, in source order."""
    translations: Mapping[int, Translation]
    origins: Mapping[int, Origin]
    previous: Mapping[int, Text]
    """Source texts that outdated translations were made for, by number."""
    withdrawn: frozenset[int] = frozenset()
    """Units whose current text is harmful and leaves the file, whatever is asked for."""


def said_units(catalogue: Catalogue, units: Sequence[Unit]) -> int:
    """Return how many units have a text in a file."""
    said = {entry.key for entry in catalogue.entries if not is_blank(entry.text)}
    if catalogue.format == "po":
        return len(said)
    return sum(unit.key in said for unit in units)


def held_revisions(
    made: Catalogue, texts: Texts, *, keyed: bool, compiled: bool = False
) -> dict[int, int]:
    """Return which revision of which unit a file holds.

    Args:
        made: What is written.
        texts: What the store has.
        keyed: True where the keys are those of the units; else the file came from :func:`as_gettext`.
        compiled: True for a file that leaves out what is marked as fuzzy.
    """
    entries = made.by_key()
    held = {}
    for unit in texts.units:
        translation = texts.translations.get(unit.id)
        entry = entries.get(unit.key if keyed else bilingual_key(unit.source, _as_context(unit)))
        if translation is None or entry is None or is_blank(entry.text):
            continue
        if (compiled and FUZZY in entry.flags) or (keyed and entry.text != translation.text):
            continue
        held[unit.id] = translation.revision
    return held


def edited(
    form: FormatSpec,
    target: Catalogue,
    source: Catalogue | None,
    texts: Texts,
    only: Only | None,
    include_drafts: bool,
) -> Catalogue:
    """Return a file's catalogue with the store's texts; what agrees stays the same object.

    Args:
        form: The file's format.
        target: The file as it was pushed, or an empty one of a new language.
        source: The source file; None where the format has none.
        texts: What the store has.
        only: Which texts are wanted, None for all that people wrote.
        include_drafts: Drafts too, marked where the format can.
    """
    if form.keys_from_text:
        target = _placed(target, texts)
    editor = _Editor(form, target, source, texts, only, include_drafts)
    return replace(target, entries=editor.entries())


def _placed(target: Catalogue, texts: Texts) -> Catalogue:
    """Return a page on which texts that the store knows have the keys of their units.

    Where the source went on without the page, its structure does not say any more what stands for
    what. The store does: the page's own words are the translations of units.
    """
    found = ((unit.key, texts.translations.get(unit.id)) for unit in texts.units)
    wanted = {
        plain(translation.text): key
        for key, translation in found
        if translation is not None and translation.state is not State.DRAFT
    }
    return target.placed(wanted, {unit.key for unit in texts.units})


def as_gettext(texts: Texts, language: str, only: Only | None, include_drafts: bool) -> Catalogue:
    """Return a gettext catalogue of keyed units: the key becomes the context.

    Args:
        texts: What the store has.
        language: BCP 47 tag.
        only: Which texts are wanted, None for all that people wrote.
        include_drafts: Drafts too, marked fuzzy.
    """
    form = FORMATS["po"]
    named = [unit._replace(context=_as_context(unit)) for unit in texts.units]
    units = [unit._replace(key=bilingual_key(unit.source, unit.context)) for unit in named]
    entries = tuple(
        Entry(unit.key, "", unit.source, unit.context, unit.notes, unit.locations) for unit in units
    )
    begun = Catalogue("po", entries)
    if form.begin is not None:
        begun = form.begin(begun, language.replace("-", "_"))
    forms = begun.header_field("Plural-Forms")
    converted = {
        unit_id: translation._replace(text=plurals.to_indexed(translation.text, language, forms))
        for unit_id, translation in texts.translations.items()
    }
    return edited(
        form,
        begun,
        None,
        replace(texts, units=units, translations=converted),
        only,
        include_drafts,
    )


def _as_context(unit: Unit) -> str:
    """Return the key of a unit as the context of a message; no character of it separates parts."""
    return unit.key.replace(CONTEXT_SEPARATOR, "|")


class _Editor:
    """Puts the store's texts into the entries of one file."""

    def __init__(
        self,
        form: FormatSpec,
        target: Catalogue,
        source: Catalogue | None,
        texts: Texts,
        only: Only | None,
        include_drafts: bool,
    ) -> None:
        self._bilingual = form.bilingual
        self._marks = form.marks_unfinished
        self._has_keys = self._marks and form.plurals is not PluralKind.GETTEXT
        self._marks_reviewed = form.marks_reviewed
        self._old = target.by_key()
        self._models = source.by_key() if source is not None else {}
        self._texts = texts
        self._only = only
        self._include_drafts = include_drafts
        self._units = {unit.key: unit for unit in texts.units}
        self._sources = {unit.id: unit.source for unit in texts.units}
        forms = plurals.gettext_plural(target.header_field("Plural-Forms"))
        self._labels = tuple(map(str, range(forms.count if forms else 2)))

    def entries(self) -> tuple[Entry, ...]:
        """Return the file's entries with the store's texts, missing ones in source order."""
        result: list[Entry] = []
        new: dict[str | None, list[Entry]] = {}
        last: str | None = None
        for unit in self._texts.units:
            if unit.key in self._old:
                last = unit.key
                continue
            entry = self._entry(unit, None)
            if entry is not None:
                new.setdefault(last, []).append(entry)
        result.extend(new.get(None, ()))
        for key, old in self._old.items():
            found = self._units.get(key)
            entry = old if found is None else self._entry(found, old)
            if entry is not None:
                result.append(entry)
            result.extend(new.get(key, ()))
        return tuple(result)

    def _entry(self, unit: Unit, old: Entry | None) -> Entry | None:
        translation = self._texts.translations.get(unit.id)
        if translation is None:
            return old
        if not self._wanted(translation):
            return self._left_out(unit, old, translation)
        marked = translation.state in (State.DRAFT, State.NEEDS_WORK)
        same = old is not None and old.text == translation.text
        if not self._marks:
            outdated = translation.state is State.NEEDS_WORK
            if outdated and (old is None or is_blank(old.text)):
                # most keyed files cannot mark what needs work: readers keep it, new ones get none
                return old
            if same and (marked or old is None or FUZZY not in old.flags):
                return old
            entry = (old or self._model(unit)).with_text(translation.text)
            flags = entry.flags | {FUZZY} if marked else entry.flags - {FUZZY}
            if self._bilingual and unit.key in self._models and not marked:
                return entry._replace(flags=flags, source=self._models[unit.key].source)
            return entry._replace(flags=flags)
        if old is not None and same and (marked is (FUZZY in old.flags) or is_empty(old.text)):
            return old
        entry = (old or self._model(unit)).with_text(translation.text)
        if self._has_keys and unit.key in self._models and not marked:
            # beside a text stands the source that it was made for
            entry = entry._replace(source=self._models[unit.key].source)
        return self._mark(entry, translation, marked=marked)

    def _wanted(self, translation: Translation) -> bool:
        if translation.unit_id in self._texts.withdrawn:
            return False
        if translation.state is State.DRAFT:
            return self._include_drafts and translation.source_text_id is None
        if translation.state is State.NEEDS_WORK:
            return self._only is None
        return self._only is not Only.REVIEWED or translation.state is State.REVIEWED

    def _left_out(self, unit: Unit, old: Entry | None, translation: Translation) -> Entry | None:
        """Return the entry of a unit whose text is not exported."""
        if old is None:
            return None
        marked_draft = FUZZY in old.flags and DRAFT_NOTE in old.notes
        if is_blank(old.text) or (marked_draft and translation.state is State.DRAFT):
            return old
        if not self._marks:
            return None
        empty: Text = ""
        if isinstance(old.text, Plural):
            empty = Plural(tuple((label, "") for label in old.text.labels))
        return old._replace(text=empty, flags=old.flags - {FUZZY}, previous=None)

    def _model(self, unit: Unit) -> Entry:
        """Return the entry that a new one is made from: the source file's, else the unit's."""
        model = self._models.get(unit.key)
        if model is not None:
            return model._replace(text=self._nothing(unit))
        source = unit.source if self._bilingual else None
        flags = frozenset(filter(None, unit.flags.split(",")))
        return Entry(
            unit.key, self._nothing(unit), source, unit.context, unit.notes, unit.locations, flags
        )

    def _nothing(self, unit: Unit) -> Text:
        if isinstance(unit.source, str) or not self._marks:
            return ""
        return Plural(tuple((label, "") for label in self._labels))

    def _mark(self, entry: Entry, translation: Translation, *, marked: bool) -> Entry:
        notes = [line for line in entry.notes.split("\n") if line and DRAFT_NOTE not in line]
        previous = None
        if translation.state is State.DRAFT:
            origin = self._texts.origins[translation.origin_id]
            notes.append(
                f"{DRAFT_NOTE} {origin.provenance(fingerprint(self._sources[translation.unit_id]))}"
            )
        elif marked and translation.source_text_id:
            previous = self._texts.previous.get(translation.source_text_id)
        flags = entry.flags - {FUZZY, REVIEWED} if self._marks_reviewed else entry.flags - {FUZZY}
        if marked:
            flags |= {FUZZY}
        elif self._marks_reviewed and translation.state is State.REVIEWED:
            flags |= {REVIEWED}
        return entry._replace(flags=flags, notes="\n".join(notes), previous=previous)
