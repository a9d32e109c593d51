"""The use case: a file comes back, and each of its strings stands for itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from dpg_l10n.domain.states import State
from dpg_l10n.errors import ConflictError, DpgL10nError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Clock, Store
from dpg_l10n.services import conversation
from dpg_l10n.services.conversation import Subject
from dpg_l10n.services.offline import faults, kinds
from dpg_l10n.services.offline.content import Back, Contents
from dpg_l10n.services.offline.judging import Verdict
from dpg_l10n.services.offline.reports import Brought, Line
from dpg_l10n.services.offline.strings import Seen, see
from dpg_l10n.services.reading import Reader
from dpg_l10n.services.reviewing import Decision, decide_unit

_DOUBT = "marked as needing work in an offline package"
_UNSURE = N_("“{key}”: you marked your text as unsure. It was kept as a suggestion.")
_COUNTED = {Verdict.EMPTY: "empty", Verdict.SAME: "unchanged"}


def bring_back(
    store: Store, slug: str, language: str | None, data: bytes, actor: str, clock: Clock
) -> Brought:
    """Write what a person did to the strings of a package.

    A string whose project, language or source is another is refused; one that somebody else changed
    meanwhile becomes a suggestion. The same file twice is written once.

    Args:
        store: Where.
        slug: Project.
        language: BCP 47 tag; None takes what the file says.
        data: The file.
        actor: Pseudonym.
        clock: Gives the time.

    Raises:
        NotFoundError: There is no such project, or its source is in this language.
        FormatError: The file is broken as a whole.
        InputError: ``offline.format``: it is no package.
    """
    found = kinds.read(data)
    wanted = language or _language(found)
    with store.read() as uow:
        project = uow.projects.require(slug)
        Reader(uow, project, wanted)
    work = _Work(store, slug, wanted, actor, clock)
    for place, error in found.faults:
        work.refused.append(Line(place, None, "", error))
    for unit, lines in _by_unit(found).items():
        if unit is None:
            work.refused += (Line(line.place, None, "", faults.unmarked()) for line in lines)
        else:
            work.bring(unit, lines, found.formula)
    work.give_back(unit for unit in _by_unit(found) if unit is not None)
    return work.report()


def language_of(data: bytes) -> str:
    """Return the language that a package says it is in, as BCP 47.

    Raises:
        FormatError: The file is broken as a whole.
        InputError: ``offline.format``: it is no package.
    """
    return _language(kinds.read(data))


def _language(found: Contents) -> str:
    return next(line.mark.language for line in found.lines if line.mark)


def _by_unit(found: Contents) -> Mapping[int | None, Sequence[Back]]:
    lines: dict[int | None, list[Back]] = {}
    for line in found.lines:
        nothing = line.mark is None and not line.text
        if not nothing:
            lines.setdefault(line.mark.unit if line.mark else None, []).append(line)
    return lines


class _Work:
    """One file, string by string."""

    def __init__(self, store: Store, slug: str, language: str, actor: str, clock: Clock) -> None:
        self.store, self.slug, self.language = store, slug, language
        self.actor, self.clock = actor, clock
        self.counts: Counter[str] = Counter()
        self.suggested: list[Line] = []
        self.refused: list[Line] = []

    def bring(self, unit: int, lines: Sequence[Back], formula: str | None) -> None:
        """Do what the lines of a unit say."""
        key = ""
        try:
            seen = see(self.store, self.slug, unit, self.language, lines, formula)
            key = seen.key
            self.act(seen)
        except DpgL10nError as error:
            into = self.suggested if isinstance(error, ConflictError) else self.refused
            into.append(Line(lines[0].place, unit, key, error))

    def act(self, seen: Seen) -> None:
        """Do what one string says.

        Raises:
            DpgL10nError: It is refused, or kept as a suggestion.
        """
        if seen.verdict in _COUNTED:
            self.counts[_COUNTED[seen.verdict]] += 1
        elif seen.verdict is Verdict.DOUBTED and not seen.is_current:
            self.counts["unchanged"] += 1  # what they doubted is not there any more
        elif seen.is_known:
            self.counts["known"] += 1
        elif seen.outdated:
            self.suggest(seen, faults.OUTDATED_WHY)
            raise faults.outdated(seen.key)
        elif seen.verdict is Verdict.UNSURE:
            self.suggest(seen, "Marked as unsure by who wrote it.")
            raise ConflictError(_UNSURE, code="offline.unsure", key=seen.key)
        elif seen.verdict is Verdict.DOUBTED:
            self.decide(seen, Decision(State.NEEDS_WORK, seen.revision, self.actor, None, _DOUBT))
            self.counts["doubted"] += 1
        else:
            text, wrote = seen.text, seen.verdict is Verdict.WROTE
            self.decide(seen, Decision(State.TRANSLATED, seen.revision, self.actor, text))
            self.counts["written" if wrote else "confirmed"] += 1

    def decide(self, seen: Seen, decision: Decision) -> None:
        """Write a decision, and count the texts that have errors."""
        after = decide_unit(
            self.store, self.slug, seen.unit, self.language, decision, self.clock
        )  # fmt: skip
        self.counts["errors"] += any(found.severity == "error" for found in after.findings)

    def suggest(self, seen: Seen, why: str) -> None:
        """Keep a text beside the current one."""
        if seen.text is not None and not seen.is_current:
            subject = Subject(self.slug, seen.unit, self.language, self.actor)
            conversation.suggest(self.store, subject, seen.text, why, self.clock)

    def give_back(self, units: Iterable[int]) -> None:
        """End the time for which the strings were kept: the file is back."""
        with self.store.write() as uow:
            uow.talk.release(list(units), self.language, self.actor)
            uow.commit()

    def report(self) -> Brought:
        """Return what was done."""
        count = self.counts
        return Brought(
            self.slug, self.language, count["written"], count["confirmed"], count["doubted"],
            count["unchanged"], count["empty"], count["known"], count["errors"],
            tuple(self.suggested), tuple(self.refused),
        )  # fmt: skip
