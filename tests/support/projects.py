"""Small projects in memory: files by path, a specification, a store and a clock that stands still."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dpg_l10n.domain.catalogue import NO_FLAGS, Entry
from dpg_l10n.domain.coverage import Counts
from dpg_l10n.domain.message import Text
from dpg_l10n.domain.project import CatalogueSpec, ProjectSpec, TargetFile
from dpg_l10n.domain.records import Project
from dpg_l10n.domain.states import State
from dpg_l10n.domain.unit import Revision, Suggestion, Translation, Unit
from dpg_l10n.formats import FORMATS
from dpg_l10n.ports import Store
from dpg_l10n.services.coverage import coverage
from dpg_l10n.services.export import ExportOptions, export
from dpg_l10n.services.ingest import PushOptions, push
from dpg_l10n.services.reading import UnitView
from dpg_l10n.services.reports import PushReport
from dpg_l10n.services.reviewing import Decision, decide

NOON = 1_767_268_800
"""2026-01-01 12:00 UTC."""


class FixedClock:
    """A clock that a test sets."""

    def __init__(self, at: int = NOON) -> None:
        self.at = at

    def now(self) -> int:
        return self.at


@dataclass
class Workspace:
    """A project's files, and the store that they are pushed to."""

    store: Store
    spec: ProjectSpec
    files: dict[str, bytes]
    clock: FixedClock = field(default_factory=FixedClock)

    def push(self, spec: ProjectSpec | None = None, **options: Any) -> PushReport:
        """Push the files; options as in :class:`PushOptions`."""
        return push(
            self.store,
            spec or self.spec,
            self.files.__getitem__,
            self.clock,
            PushOptions(**options),
        )

    def edit_target(
        self, language: str, key: str, text: str, flags: frozenset[str] = NO_FLAGS
    ) -> None:
        """Change one entry of a translation file in the tree, or add it."""
        spec = self.spec.catalogues[0]
        target = spec.target(language)
        assert target is not None
        assert spec.source is not None
        form, before = FORMATS[spec.format], self.files[target.path]
        source = form.parse(self.files[spec.source])
        catalogue = form.parse(before, source=source)
        model = source.by_key().get(key)
        original = (model and model.source) or key
        entry = Entry(key, text, original if form.bilingual else None, flags=flags)
        entries = {**catalogue.by_key(), key: entry}
        edited = replace(catalogue, entries=tuple(entries.values()))
        self.files[target.path] = form.serialize(edited, before)

    def export(self, **options: Any) -> dict[str, bytes]:
        """Return the exported files by path."""
        written: dict[str, bytes] = {}
        export(self.store, self.spec.slug, written.__setitem__, ExportOptions(**options))
        return written

    def counts(self, language: str) -> Counts:
        """Return the units of the project by bucket."""
        rows = {row.language: row.units for row in coverage(self.store, self.spec.slug).languages}
        return rows[language]

    def decide(
        self,
        key: str,
        language: str,
        state: State = State.TRANSLATED,
        *,
        text: Text | None = None,
        revision: int | None = None,
        actor: str = "amina",
        catalogue: str = "app",
    ) -> UnitView:
        """Decide on a text as a person who saw the current revision, or the given one."""
        if revision is None:
            old = self.translation(key, language, catalogue)
            revision = old.revision if old else 0
        decision = Decision(state, revision, actor, text)
        return decide(
            self.store, self.spec.slug, catalogue, key, language, decision, self.clock
        )  # fmt: skip

    def units(self, catalogue: str = "app") -> dict[str, Unit]:
        """Return every unit by key, obsolete ones included."""
        number = self.catalogue_id(catalogue)
        with self.store.read() as uow:
            return {unit.key: unit for unit in uow.units.load(number)}

    def translations(self, language: str, catalogue: str = "app") -> dict[str, Translation]:
        """Return every translation by key, those of obsolete units included."""
        number = self.catalogue_id(catalogue)
        with self.store.read() as uow:
            units = uow.units.load(number)
            found = uow.translations.load(number, language, units)
        return {unit.key: found[unit.id] for unit in units if unit.id in found}

    def translation(self, key: str, language: str, catalogue: str = "app") -> Translation | None:
        """Return the translation of a unit, or None."""
        return self.translations(language, catalogue).get(key)

    def state(self, key: str, language: str, catalogue: str = "app") -> State:
        """Return the state of a unit in a language."""
        found = self.translation(key, language, catalogue)
        return found.state if found else State.MISSING

    def texts(self, language: str, catalogue: str = "app") -> dict[str, Text]:
        """Return the current texts by key."""
        return {key: each.text for key, each in self.translations(language, catalogue).items()}

    def history(self, key: str, language: str, catalogue: str = "app") -> tuple[Revision, ...]:
        """Return the history of a unit, newest first."""
        unit = self.units(catalogue)[key]
        with self.store.read() as uow:
            return uow.translations.history(unit, language)

    def suggestions(
        self, key: str, language: str, catalogue: str = "app"
    ) -> tuple[Suggestion, ...]:
        """Return the suggestions of a unit, oldest first."""
        unit = self.units(catalogue)[key]
        with self.store.read() as uow:
            return uow.translations.suggestions(unit, language)

    def set_risk(self, key: str, risk: str, catalogue: str = "app") -> None:
        """Mark a unit, as a rule of the project or a person would."""
        unit = self.units(catalogue)[key]
        number = self.catalogue_id(catalogue)
        with self.store.write() as uow:
            uow.units.update(number, [unit._replace(risk=risk)])
            uow.commit()

    def project(self) -> Project:
        """Return the stored project."""
        with self.store.read() as uow:
            return uow.projects.require(self.spec.slug)

    def catalogue_id(self, name: str = "app") -> int:
        """Return the number of a catalogue."""
        with self.store.read() as uow:
            project = uow.projects.require(self.spec.slug)
            return {each.name: each.id for each in uow.catalogues.list(project.id)}[name]


def json_bytes(texts: Mapping[str, object]) -> bytes:
    """Return a JSON file as people write it."""
    return (json.dumps(texts, ensure_ascii=False, indent=2) + "\n").encode()


def json_project(
    store: Store,
    source: Mapping[str, object],
    *,
    format_name: str = "json",
    languages: Mapping[str, Mapping[str, object]] | None = None,
    **more: Mapping[str, object],
) -> Workspace:
    """Return a project with one keyed catalogue ``app``: ``en.json`` and a file per language."""
    targets = {**(languages or {}), **more}
    files = {"i18n/en.json": json_bytes(source)}
    files.update({f"i18n/{name}.json": json_bytes(texts) for name, texts in targets.items()})
    spec = spec_of(format_name, "i18n/en.json", "i18n/{language}.json", *targets)
    return Workspace(store, spec, files)


def po_bytes(
    *messages: str, language: str = "", forms: str = "nplurals=2; plural=(n != 1);"
) -> bytes:
    """Return a gettext file: a header and the messages as they are given."""
    head = (
        'msgid ""\nmsgstr ""\n'
        + (f'"Language: {language}\\n"\n' if language else "")
        + '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        + f'"Plural-Forms: {forms}\\n"\n'
    )
    return "\n".join([head, *(message.rstrip("\n") + "\n" for message in messages)]).encode()


def message(msgid: str, msgstr: str = "", *before: str) -> str:
    """Return one gettext message, with lines such as ``#, fuzzy`` before it."""
    return "\n".join([*before, f"msgid {_quoted(msgid)}", f"msgstr {_quoted(msgstr)}"])


def plural_message(msgid: str, msgid_plural: str, *msgstrs: str) -> str:
    """Return one gettext message with plural variants."""
    lines = [f"msgid {_quoted(msgid)}", f"msgid_plural {_quoted(msgid_plural)}"]
    lines += [f"msgstr[{index}] {_quoted(text)}" for index, text in enumerate(msgstrs)]
    return "\n".join(lines)


def po_project(store: Store, *messages: str, **languages: list[str]) -> Workspace:
    """Return a project with one gettext catalogue ``app``: a template and a file per language."""
    files = {"po/app.pot": po_bytes(*messages)}
    files.update(
        {f"po/{name}.po": po_bytes(*texts, language=name) for name, texts in languages.items()}
    )
    return Workspace(store, spec_of("po", "po/app.pot", "po/{language}.po", *languages), files)


def spec_of(format_name: str, source: str | None, pattern: str, *languages: str) -> ProjectSpec:
    """Return the specification of a project with one catalogue."""
    targets = tuple(
        TargetFile(name, name, pattern.replace("{language}", name)) for name in languages
    )
    catalogue = CatalogueSpec("app", format_name, source, targets, pattern)
    return ProjectSpec("clinic", "Clinic", licence="Apache-2.0", catalogues=(catalogue,))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
