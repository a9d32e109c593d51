"""Undo of a push or a bulk accept: what it wrote goes back to what it was, as new revisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from dpg_l10n.domain.records import Project, StoredCatalogue
from dpg_l10n.domain.states import State
from dpg_l10n.domain.unit import (
    Touched,
    Translation,
    TranslationWrite,
    Unit,
    UnitBefore,
    count_words,
)
from dpg_l10n.errors import NotFoundError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Clock, Store, UnitOfWork
from dpg_l10n.services.checker import Checker
from dpg_l10n.services.ingest.follow import source_changed
from dpg_l10n.services.reports import KeptText, UndoneCatalogue, UndoReport
from dpg_l10n.services.terminology import of_project


def undo(
    store: Store, slug: str, push_id: int, clock: Clock, *, actor: str, dry_run: bool = False,
    receipt: Callable[[UndoReport], None] = lambda _report: None,
) -> UndoReport:  # fmt: skip
    """Take a push back: texts, states, sources, units and files are again what they were before it.

    Nothing is deleted: each text that goes back is a new revision. A text that somebody wrote after
    the push stays and is listed; where its source goes back it needs work. A unit or file that a
    later push changed too stays as well.

    Args:
        store: Where.
        slug: Project.
        push_id: Number of the push, or of the bulk accept.
        clock: Gives the time of the undoing.
        actor: Pseudonym for the history.
        dry_run: Report and write nothing.
        receipt: See :func:`dpg_l10n.services.ingest.push`.

    Raises:
        NotFoundError: There is no such project, or no such push in it.
        UsageError: ``undo.kind``: the number is that of something else than a push.
    """
    with store.write() as uow:
        project = uow.projects.require(slug)
        kind = _require_push(uow, project, push_id)
        why = f"undo of {kind} {push_id}"
        action_id = uow.projects.begin_action(project.id, actor, clock.now(), "undo", why)
        catalogues: list[UndoneCatalogue] = []
        kept: list[KeptText] = []
        files: list[str] = []
        for stored in uow.catalogues.list(project.id):
            undoing = _Undoing(uow, project, stored, push_id, action_id)
            found = undoing.run()
            if found is not None:
                catalogues.append(found)
            kept.extend(undoing.kept)
            files.extend(undoing.files)
        done = bool(catalogues or files) and not dry_run
        report = UndoReport(
            project=slug,
            push=push_id,
            catalogues=tuple(catalogues),
            kept=tuple(kept),
            files=tuple(files),
            id=action_id if done else 0,
            dry_run=dry_run,
        )
        if done:
            receipt(report)
            uow.commit()
        return report


def _require_push(uow: UnitOfWork, project: Project, push_id: int) -> str:
    """Return the kind of an action that can be undone."""
    action = uow.past.action(project.id, push_id)
    last = uow.projects.last_action(project.id, "push")
    if action is None:
        hint = (
            f"The last push of {project.slug} is {last[0]}." if last else "Nothing was pushed yet."
        )
        raise NotFoundError(kind="push", name=push_id, hint=hint)
    if action.kind not in ("push", "accept"):
        raise UsageError(
            N_("{id} is no push or bulk accept but a step of kind “{kind}”. The last push is {last}."),
            code="undo.kind", id=push_id, kind=action.kind, last=last[0] if last else 0,
        )  # fmt: skip
    return action.kind


@dataclass(slots=True)
class _Undoing:
    """The undoing of a push in one catalogue."""

    uow: UnitOfWork
    project: Project
    stored: StoredCatalogue
    push_id: int
    action_id: int
    kept: list[KeptText] = field(default_factory=list)
    files: tuple[str, ...] = ()

    def run(self) -> UndoneCatalogue | None:
        """Undo; return None when the push left nothing here to undo."""
        units = {unit.id: unit for unit in self.uow.units.load(self.stored.id)}
        languages = [row.language for row in self.uow.catalogues.coverage(self.stored.id)]
        before = self.uow.past.units_before(self.push_id, list(units))
        after, kept = self._sources(units, before)
        touched = {
            language: self.uow.past.touched(self.stored.id, language, self.push_id)
            for language in languages
        }
        concerned = set(after).union(*touched.values())
        # Texts of obsolete units are in no counter: they are woken, changed, and sent back to sleep.
        asleep = [units[unit_id] for unit_id in concerned if units[unit_id].obsolete]
        self.uow.translations.move_units(self.stored.id, asleep, sign=1)
        self._write_units(units, after)
        now = {**units, **after}
        restored = {}
        for language in languages:
            count = self._language(language, units, now, kept, touched[language])
            if count:
                restored[language] = count
        resting = [now[unit_id] for unit_id in concerned if now[unit_id].obsolete]
        self.uow.translations.move_units(self.stored.id, resting, sign=-1)
        active = [unit for unit in now.values() if not unit.obsolete]
        words = sum(unit.words for unit in active)
        self.uow.catalogues.set_totals(self.stored.id, len(active), words)
        self.files = self.uow.past.restore_files(self.stored.id, self.push_id)
        if not (after or restored or kept or self.files):
            return None
        pairs = [(units[unit_id], unit) for unit_id, unit in after.items()]
        return UndoneCatalogue(
            catalogue=self.stored.name,
            taken_out=sum(new.obsolete and not old.obsolete for old, new in pairs),
            brought_back=sum(old.obsolete and not new.obsolete for old, new in pairs),
            sources=sum(old.text_id != new.text_id for old, new in pairs),
            languages=restored,
            kept_sources=tuple(unit.key for unit in kept.values()),
        )

    def _sources(
        self, units: Mapping[int, Unit], before: Mapping[int, UnitBefore]
    ) -> tuple[dict[int, Unit], dict[int, Unit]]:
        """Return the units that go back, as they were before the push, and those that stay."""
        sources = self.uow.units.texts(b.text_id for b in before.values() if b.text_id is not None)
        left = self.uow.past.units_after(self.push_id, list(before))
        found: dict[int, Unit] = {}
        kept: dict[int, Unit] = {}
        for was in before.values():
            unit = units[was.unit_id]
            old = unit._replace(obsolete=was.obsolete or was.text_id is None)
            if was.text_id is not None and was.text_id != unit.text_id:
                source = sources[was.text_id]
                old = old._replace(
                    source=source, text_id=was.text_id, words=count_words(source)
                )  # fmt: skip
            if old == unit:
                continue
            after = left.get(unit.id, UnitBefore(unit.id, unit.text_id, unit.obsolete))
            if (after.text_id, after.obsolete) == (unit.text_id, unit.obsolete):
                found[unit.id] = old
            else:
                kept[unit.id] = old
        return found, kept

    def _write_units(self, units: Mapping[int, Unit], after: Mapping[int, Unit]) -> None:
        notes = [
            UnitBefore(unit_id, units[unit_id].text_id, units[unit_id].obsolete)
            for unit_id in after
        ]
        self.uow.past.note_units(self.action_id, notes)
        self.uow.units.update(self.stored.id, list(after.values()))
        words = {unit_id: unit.words - units[unit_id].words for unit_id, unit in after.items()}
        self.uow.translations.reword(self.stored.id, words)

    def _language(
        self,
        language: str,
        units: Mapping[int, Unit],
        now: Mapping[int, Unit],
        kept: Mapping[int, Unit],
        touched: Mapping[int, Touched],
    ) -> int:
        """Write what goes back in one language; return how many texts or states do."""
        present = self.uow.translations.load(self.stored.id, language, units.values())
        restored = []
        followed = []
        for unit_id, step in touched.items():
            current = present.get(unit_id)
            if step.wrote and step.stands:
                write = _restored(step, current, kept.get(unit_id), now[unit_id])
                if write is not None:
                    restored.append(write)
                continue
            if current is None:
                continue
            moved = units[unit_id].text_id != now[unit_id].text_id
            if moved:
                followed.append(source_changed(current, units[unit_id], now[unit_id]))
            changed = step.before is None or step.before.text != current.text
            if (step.wrote and changed) or moved or now[unit_id] != units[unit_id]:
                self.kept.append(
                    KeptText(
                        self.stored.name, language, units[unit_id].key, current.text, current.state
                    )
                )
        words = {unit.id: unit.words for unit in now.values()}
        self.uow.translations.write(
            self.stored.id, language, self.action_id, restored + followed, words
        )
        self._check(language, restored, now)
        return len(restored)

    def _check(
        self, language: str, writes: Iterable[TranslationWrite], now: Mapping[int, Unit]
    ) -> None:
        terms = of_project(self.uow, self.project)
        checker = Checker(self.stored.format, self.project.source_language, terms)
        checked = []
        rows = []
        for write in writes:
            checked.append(write.unit_id)
            if write.state is State.MISSING:
                continue
            rows += [
                (write.unit_id, found.code, found.severity.value, found.message)
                for found in checker.findings(now[write.unit_id], write.text, language)
            ]
        self.uow.translations.replace_findings(self.stored.id, language, checked, rows)


def _restored(
    step: Touched, current: Translation | None, kept: Unit | None, now: Unit
) -> TranslationWrite | None:
    """Return the write that brings a translation back, None when it is as it was.

    Args:
        step: What the push did.
        current: What is there.
        kept: The unit before the push, where it does not go back to that.
        now: The unit after the undoing.
    """
    old = step.before
    if old is None:
        if current is None:
            return None
        return TranslationWrite(
            step.unit_id, "", State.MISSING, current.origin_id, current.revision
        )  # fmt: skip
    expected = current.revision if current else 0
    if kept is not None:
        followed = source_changed(old, kept, now)
        old = old._replace(
            state=followed.state, source_text_id=followed.source_text_id, former=followed.former
        )
    if current is not None and current._replace(revision=old.revision) == old:
        return None
    return TranslationWrite(
        old.unit_id, old.text, old.state, old.origin_id, expected, old.source_text_id, old.former,
        old.copied,
    )  # fmt: skip
