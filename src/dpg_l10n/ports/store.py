"""What the use cases need of a store. The SQL behind it is in ``dpg_l10n.store``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import TracebackType
from typing import Protocol

from dpg_l10n.domain.coverage import LanguageCoverage
from dpg_l10n.domain.message import Text
from dpg_l10n.domain.project import Problem
from dpg_l10n.domain.query import Query
from dpg_l10n.domain.records import Project, StoredCatalogue, StoredFile
from dpg_l10n.domain.states import Origin
from dpg_l10n.domain.unit import Found, Revision, Suggestion, Translation, TranslationWrite, Unit
from dpg_l10n.ports.accounts import Accounts
from dpg_l10n.ports.bundles import Bundles
from dpg_l10n.ports.glossaries import Glossaries
from dpg_l10n.ports.goods import Goods
from dpg_l10n.ports.memory import ForeignMemories, Memory
from dpg_l10n.ports.past import Past
from dpg_l10n.ports.releases import Releases
from dpg_l10n.ports.talk import Talk
from dpg_l10n.ports.webhooks import Webhooks


class Projects(Protocol):
    """Projects, and what all of them share."""

    def get(self, slug: str) -> Project | None:
        """Return a project, or None."""

    def require(self, slug: str) -> Project:
        """Return a project or raise NotFoundError."""

    def list(self) -> tuple[Project, ...]:
        """Return every project by slug."""

    def save(self, project: Project) -> Project:
        """Add or update a project; return it with its number. Its policy stays as it is."""

    def set_policy(self, slug: str, *, public: bool | None, self_review: bool | None) -> None:
        """Change what a project's owner decides on the server; None leaves it as it is."""

    def languages(self) -> tuple[str, ...]:
        """Return the BCP 47 tags of all languages that something is or was in."""

    def note_problems(self, project_id: int, problems: Sequence[Problem]) -> None:
        """Write down what the last push saw and did not take."""

    def problems(self, project_id: int) -> tuple[Problem, ...]:
        """Return what the last push saw and did not take."""

    def origin_id(self, origin: Origin) -> int:
        """Return the number of an origin, adding it when it is new."""

    def origins(self) -> dict[int, Origin]:
        """Return every origin by its number."""

    def begin_action(self, project_id: int, actor: str, at: int, kind: str, why: str = "") -> int:
        """Write down that somebody (a pseudonym) does something at a time; return its number."""

    def last_action(self, project_id: int, kind: str) -> tuple[int, int] | None:
        """Return number and time of the last action of a kind, or None."""


Covered = tuple[LanguageCoverage, ...]
"""The coverage of one catalogue, by language."""


class Catalogues(Protocol):
    """Catalogues, their files and their coverage."""

    def list(self, project_id: int) -> tuple[StoredCatalogue, ...]:
        """Return the catalogues of a project by name."""

    def save(self, catalogue: StoredCatalogue) -> StoredCatalogue:
        """Add or update a catalogue; return it with its number."""

    def set_totals(self, catalogue_id: int, units: int, words: int) -> None:
        """Write down how many units and source words the catalogue has."""

    def files(self, catalogue_id: int) -> tuple[StoredFile, ...]:
        """Return its files without their bytes, source first."""

    def read_file(self, catalogue_id: int, path: str) -> bytes | None:
        """Return the bytes of a file as they were pushed, or None."""

    def write_file(
        self,
        catalogue_id: int,
        path: str,
        data: bytes,
        *,
        language: str | None,
        spelling: str | None,
        action_id: int,
    ) -> None:
        """Keep the bytes of a file in place of those of its last push."""

    def coverage(self, catalogue_id: int) -> tuple[LanguageCoverage, ...]:
        """Return the coverage per language, read from counters."""

    def everywhere(self) -> dict[int, tuple[tuple[StoredCatalogue, Covered], ...]]:
        """Return the catalogues of each project with their coverage, by the project's number."""

    def count_findings(self, catalogue_id: int) -> dict[str, int]:
        """Return how many findings stand per severity."""


class Units(Protocol):
    """Units and source texts."""

    def load(self, catalogue_id: int) -> list[Unit]:
        """Return every unit in source order, obsolete ones included."""

    def find(self, project_id: int, unit_id: int) -> tuple[str, Unit] | None:
        """Return a unit of a project that is not obsolete, after its catalogue's name, or None."""

    def by_key(self, catalogue_id: int, key: str) -> Unit | None:
        """Return a unit, obsolete or not, by its key, or None."""

    def page(
        self, catalogue_id: int, language: str, query: Query, *, after: tuple[int, int], limit: int
    ) -> list[Found]:
        """Return units in source order that are not obsolete and that a query asks for.

        Args:
            catalogue_id: Whose units.
            language: Language of the texts.
            query: Conditions; what it says of catalogues and languages is not looked at.
            after: Position and number of the unit after which to begin; ``(-1, 0)`` for the first.
            limit: Most units returned.
        """

    def intern(self, sources: Iterable[Text]) -> dict[Text, int]:
        """Return the number of each source text, adding new ones."""

    def texts(self, text_ids: Iterable[int]) -> dict[int, Text]:
        """Return source texts by number."""

    def add(self, catalogue_id: int, units: Sequence[Unit]) -> list[Unit]:
        """Store new units; return them with their numbers."""

    def update(self, catalogue_id: int, units: Sequence[Unit]) -> None:
        """Bring stored units up to date."""


class Translations(Protocol):
    """Translations with their history, suggestions and findings."""

    def load(
        self, catalogue_id: int, language: str, units: Iterable[Unit]
    ) -> dict[int, Translation]:
        """Return the translations of some units of a catalogue in a language by unit."""

    def write(
        self,
        catalogue_id: int,
        language: str,
        action_id: int,
        writes: Sequence[TranslationWrite],
        words: Mapping[int, int],
    ) -> None:
        """Store texts with history and counters, or raise StaleRevisionError and store none."""

    def move_units(self, catalogue_id: int, units: Sequence[Unit], *, sign: int) -> None:
        """Take units out of the counters (-1) or back in (+1)."""

    def reword(self, catalogue_id: int, changed: Mapping[int, int]) -> None:
        """Follow changed word counts of units in the counters."""

    def suggest(self, suggestions: Sequence[Suggestion], action_id: int) -> None:
        """Keep proposed texts beside the current ones."""

    def suggestions(self, unit: Unit, language: str) -> tuple[Suggestion, ...]:
        """Return the proposed texts of a unit that nobody decided on yet, oldest first."""

    def close_suggestion(self, suggestion_id: int, action_id: int) -> None:
        """Write down which action took or dismissed a proposed text."""

    def replace_findings(
        self,
        catalogue_id: int,
        language: str,
        unit_ids: Sequence[int],
        findings: Sequence[tuple[int, str, str, str]],
    ) -> None:
        """Replace the findings of some units by ``(unit, code, severity, message)`` rows."""

    def history(self, unit: Unit, language: str) -> tuple[Revision, ...]:
        """Return every text that a unit had in a language, newest first."""


class UnitOfWork(Protocol):
    """One transaction; what is not committed is undone at its end."""

    @property
    def projects(self) -> Projects:
        """Projects."""

    @property
    def catalogues(self) -> Catalogues:
        """Catalogues."""

    @property
    def units(self) -> Units:
        """Units."""

    @property
    def translations(self) -> Translations:
        """Translations."""

    @property
    def memory(self) -> Memory:
        """The memory."""

    @property
    def foreign(self) -> ForeignMemories:
        """Memories that came as files."""

    @property
    def glossaries(self) -> Glossaries:
        """Glossaries."""

    @property
    def goods(self) -> Goods:
        """The registry of digital public goods."""

    @property
    def past(self) -> Past:
        """What actions changed."""

    @property
    def releases(self) -> Releases:
        """What was released, and what speaks against it."""

    @property
    def accounts(self) -> Accounts:
        """Accounts, their secrets, and the audit log."""

    @property
    def talk(self) -> Talk:
        """What people say and do around translations."""

    @property
    def bundles(self) -> Bundles:
        """All of a project."""

    @property
    def webhooks(self) -> Webhooks:
        """Who is told what of a project."""

    def __enter__(self) -> UnitOfWork:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Undo what was not committed."""

    def commit(self) -> None:
        """Make everything since the beginning last."""


class TookLongError(Exception):
    """Reading was stopped: the caller cannot wait so long."""


class Store(Protocol):
    """Opens units of work."""

    @property
    def readers(self) -> int:
        """How many threads should read at the same time: with more of them all get slower."""

    def hurried(self, seconds: float) -> Store | None:
        """Return a view whose units of work raise TookLongError where reading takes longer.

        None where the database is another program, for which one always waits.
        """

    def read(self) -> UnitOfWork:
        """Return a unit of work that only looks."""

    def write(self) -> UnitOfWork:
        """Return a unit of work that changes things."""

    def close(self) -> None:
        """Give the database back."""


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> int:
        """Return seconds since 1970 in UTC."""
