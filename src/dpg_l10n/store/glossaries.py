"""Glossaries: concepts by their glossary, and the words for them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from dpg_l10n.domain.locales import fallbacks
from dpg_l10n.domain.records import Project
from dpg_l10n.domain.terms import Concept, Glossary, Term, Terminology, TermStatus, Wanted
from dpg_l10n.store.chunks import marks
from dpg_l10n.store.codes import TERM_STATUS_CODES, TERM_STATUSES, USE_CODES, USES
from dpg_l10n.store.projects import SqlProjects
from dpg_l10n.store.statements import Statements
from dpg_l10n.store.terminology import Kept

_GLOSSARY = (
    "SELECT g.name, p.slug, g.licence, g.at, g.id FROM glossary g "
    "LEFT JOIN project p ON p.id = g.project_id"
)
_SAID = "part_of_speech, definition, subject, risk, keep, status, source, licence, note"
_CONCEPT = f"id, glossary_id, key, {_SAID}, actor_id, at"
_TERM = ("id", "concept_id", "locale_id", "text", "use", "status", "position", "actor_id", "at")
_ACCEPTED = TERM_STATUS_CODES[TermStatus.ACCEPTED]
_SUGGESTED = TERM_STATUS_CODES[TermStatus.SUGGESTED]


class SqlGlossaries:
    """Repository of glossaries."""

    def __init__(self, statements: Statements, projects: SqlProjects, kept: Kept) -> None:
        """Work inside the transaction of the statements."""
        self._sql = statements
        self._projects = projects
        self._kept = kept
        self._changed = False

    def overview(self) -> tuple[tuple[Glossary, int, int], ...]:
        """Return every glossary with the number of its concepts and of those accepted, by name."""
        rows = self._sql.run(
            "SELECT glossary_id, count(*), sum(CASE WHEN status = ? THEN 1 ELSE 0 END) "
            "FROM concept GROUP BY glossary_id",
            (_ACCEPTED,),
        )
        counted = {row[0]: (row[1], row[2]) for row in rows}
        found = [_glossary(row) for row in self._sql.run(f"{_GLOSSARY} ORDER BY g.name")]
        return tuple((each, *counted.get(each.id, (0, 0))) for each in found)

    def get(self, name: str) -> Glossary | None:
        """Return a glossary, or None."""
        row = self._sql.run(f"{_GLOSSARY} WHERE g.name = ?", (name,)).first()
        return None if row is None else _glossary(row)

    def save(self, glossary: Glossary, actor: str) -> Glossary:
        """Add a glossary or bring its licence and time up to date; return it with its number."""
        actor_id = self._sql.number("actor", name=actor)
        project_id = self._projects.require(glossary.project).id if glossary.project else None
        self._sql.run(
            "INSERT INTO glossary (name, project_id, licence, actor_id, at, version) "
            "VALUES (?, ?, ?, ?, ?, 0) "
            "ON CONFLICT (name) DO UPDATE SET licence = excluded.licence, "
            "actor_id = excluded.actor_id, at = excluded.at",
            (glossary.name, project_id, glossary.licence, actor_id, glossary.at),
        )
        saved = self.get(glossary.name)
        assert saved is not None  # noqa: S101 - just written
        return saved

    def remove(self, glossary: Glossary) -> int:
        """Take a glossary with all its concepts out; return how many there were."""
        self._changed = True
        self._sql.run(
            "DELETE FROM term WHERE concept_id IN (SELECT id FROM concept WHERE glossary_id = ?)",
            (glossary.id,),
        )
        gone = self._sql.run("DELETE FROM concept WHERE glossary_id = ?", (glossary.id,)).rowcount
        self._sql.run("DELETE FROM glossary WHERE id = ?", (glossary.id,))
        return gone

    def concepts(self, wanted: Wanted) -> list[Concept]:
        """Return concepts in the order in which they came, with the terms that were asked for."""
        where, values = self._conditions(wanted)
        limit = "" if wanted.limit is None else " LIMIT ?"
        values += [] if wanted.limit is None else [wanted.limit]
        rows = self._sql.run(
            f"SELECT c.id, c.key, {_prefixed(_SAID)}, g.name, g.project_id FROM concept c "
            f"JOIN glossary g ON g.id = c.glossary_id WHERE {where} ORDER BY c.id{limit}",
            values,
        ).all()
        said = self._terms([row[0] for row in rows], wanted)
        return [_concept(row, said.get(row[0], ())) for row in rows]

    def terminology(
        self, project: Project, language: str | None, *, enforced: bool
    ) -> Terminology | None:
        """Return the terms that hold for a project, None where there are none."""
        version = self._sql.run(
            "SELECT id, version FROM glossary WHERE project_id IS NULL OR project_id = ? ORDER BY id",
            (project.id,),
        ).all()
        if not version:
            return None

        def make() -> Terminology:
            tags = dict.fromkeys(fallbacks(project.source_language))
            tags.update(dict.fromkeys(fallbacks(language) if language else ()))
            status = TermStatus.ACCEPTED if enforced else None
            wanted = Wanted(project_id=project.id, status=status, languages=tuple(tags))
            source = project.source_language
            return Terminology(self.concepts(wanted), source, language, enforced=enforced)

        if self._changed:  # what is not committed yet is for this unit of work alone
            return make() or None
        what = (project.id, project.source_language, language, enforced)
        return self._kept.get(what, tuple(version), make) or None

    def _conditions(self, wanted: Wanted) -> tuple[str, list[Any]]:
        """Return the conditions on a concept ``c`` of a glossary ``g``, and what to bind."""
        parts = ["c.id > ?"]
        values: list[Any] = [wanted.after]
        if wanted.project_id is not None:
            parts.append("(g.project_id IS NULL OR g.project_id = ?)")
            values.append(wanted.project_id)
        if wanted.glossary is not None:
            parts.append("g.name = ?")
            values.append(wanted.glossary)
        if wanted.status is not None:
            parts.append("c.status = ?")
            values.append(TERM_STATUS_CODES[wanted.status])
        if wanted.keys:
            parts.append(f"c.key IN ({marks(wanted.keys)})")
            values += wanted.keys
        if wanted.open_in is not None:
            parts.append(
                "c.id IN (SELECT t.concept_id FROM term t JOIN locale l ON l.id = t.locale_id "
                "WHERE l.tag = ? AND t.status = ?)"
            )
            values += [wanted.open_in, _SUGGESTED]
        if wanted.text:
            found = [self._sql.contains(name, wanted.text) for name in ("c.key", "c.definition")]
            term, value = self._sql.contains("t.text", wanted.text)
            within = f"c.id IN (SELECT t.concept_id FROM term t WHERE {term})"
            parts.append(f"({' OR '.join([*(sql for sql, _ in found), within])})")
            values += [*(value for _, value in found), value]
        return " AND ".join(parts), values

    def _terms(self, concept_ids: Sequence[int], wanted: Wanted) -> dict[int, list[Term]]:
        only, tags = "", wanted.languages or ()
        if wanted.languages is not None:
            only = f" AND l.tag IN ({marks(wanted.languages)})"
        said: dict[int, list[Term]] = {}
        for among, part in self._sql.among(concept_ids):
            rows = self._sql.run(
                "SELECT t.concept_id, l.tag, t.text, t.use, t.status FROM term t "
                f"JOIN locale l ON l.id = t.locale_id WHERE t.concept_id {among}{only} "
                "ORDER BY t.concept_id, t.position, t.id",
                (*part, *tags),
            )
            for row in rows:
                term = Term(row[1], row[2], USES[row[3]], TERM_STATUSES[row[4]])
                said.setdefault(row[0], []).append(term)
        return said

    def put(self, glossary: Glossary, concepts: Sequence[Concept], actor: str, at: int) -> int:
        """Write concepts by their key, as they are now; return how many were new or changed."""
        self._changed = True
        self._sql.lock(f"glossary {glossary.name}")
        # drawn and not counted: a glossary that is taken out and comes again begins with no old one
        version = secrets.randbits(62)
        self._sql.run("UPDATE glossary SET version = ? WHERE id = ?", (version, glossary.id))
        actor_id = self._sql.number("actor", name=actor)
        latest = {concept.key: concept for concept in concepts}
        old = {each.key: each for each in self._present(glossary, list(latest))}
        new = [concept for key, concept in latest.items() if key not in old]
        changed = [
            (old[key], concept)
            for key, concept in latest.items()
            if key in old and (concept.terms, _row(concept)) != (old[key].terms, _row(old[key]))
        ]
        ids = self._sql.reserve("concept", len(new))
        self._sql.insert(
            "concept",
            _CONCEPT.split(", "),
            [
                (number, glossary.id, concept.key, *_row(concept), actor_id, at)
                for number, concept in zip(ids, new, strict=True)
            ],
        )
        assignments = ", ".join(f"{name} = ?" for name in (*_SAID.split(", "), "actor_id", "at"))
        self._sql.run_many(
            f"UPDATE concept SET {assignments} WHERE id = ?",
            [(*_row(after), actor_id, at, before.id) for before, after in changed],
        )
        self._put_terms(
            [
                *((number, (), concept.terms) for number, concept in zip(ids, new, strict=True)),
                *((before.id, before.terms, after.terms) for before, after in changed),
            ],
            actor_id,
            at,
        )
        return len(new) + len(changed)

    def _present(self, glossary: Glossary, keys: Sequence[str]) -> Iterable[Concept]:
        for start in range(0, len(keys), 500):
            part = tuple(keys[start : start + 500])
            yield from self.concepts(Wanted(glossary=glossary.name, keys=part))

    def _put_terms(
        self,
        changes: Iterable[tuple[int, Sequence[Term], Sequence[Term]]],
        actor_id: int,
        at: int,
    ) -> None:
        """Write the terms of concepts: what is new, what changed, and what is gone."""
        added: list[tuple[Any, ...]] = []
        gone: list[tuple[Any, ...]] = []
        for concept_id, before, after in changes:
            known = {term: place for place, term in enumerate(before)}
            for place, term in enumerate(after):
                if known.pop(term, None) == place:
                    continue
                locale_id = self._projects.locale_id(term.language)
                gone.append((concept_id, locale_id, term.text))
                added.append(
                    (concept_id, locale_id, term.text, USE_CODES[term.use],
                     TERM_STATUS_CODES[term.status], place, actor_id, at)
                )  # fmt: skip
            kept = {(term.language, term.text) for term in after}
            gone += [
                (concept_id, self._projects.locale_id(term.language), term.text)
                for term in known
                if (term.language, term.text) not in kept
            ]
        self._sql.run_many(
            "DELETE FROM term WHERE concept_id = ? AND locale_id = ? AND text = ?", gone
        )
        ids = self._sql.reserve("term", len(added))
        self._sql.insert(
            "term", _TERM, [(number, *row) for number, row in zip(ids, added, strict=True)]
        )


def _prefixed(columns: str) -> str:
    return ", ".join(f"c.{name}" for name in columns.split(", "))


def _glossary(row: Sequence[Any]) -> Glossary:
    return Glossary(row[0], row[1] or "", row[2], row[3], row[4])


def _concept(row: Sequence[Any], terms: Iterable[Term]) -> Concept:
    return Concept(
        key=row[1],
        terms=tuple(terms),
        part_of_speech=row[2],
        definition=row[3],
        subject=row[4],
        risk=row[5],
        keep=bool(row[6]),
        status=TERM_STATUSES[row[7]],
        source=row[8],
        licence=row[9],
        note=row[10],
        glossary=row[11],
        own=row[12] is not None,
        id=row[0],
    )


def _row(concept: Concept) -> tuple[Any, ...]:
    """Return the values of the columns of ``_SAID``."""
    return (
        concept.part_of_speech, concept.definition, concept.subject, concept.risk, concept.keep,
        TERM_STATUS_CODES[concept.status], concept.source, concept.licence, concept.note,
    )  # fmt: skip
