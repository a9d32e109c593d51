"""The use cases: glossaries are listed, searched and taken out."""

from __future__ import annotations

from dpg_l10n.domain.terms import Glossary, TermStatus, Wanted
from dpg_l10n.ports import Store
from dpg_l10n.services.glossaries.importing import not_there
from dpg_l10n.services.glossaries.reports import GlossaryItem, GlossaryReport


def glossaries(store: Store) -> tuple[GlossaryItem, ...]:
    """Return every glossary by name."""
    with store.read() as uow:
        return tuple(
            GlossaryItem(each.name, each.project or None, each.licence, concepts, accepted, each.at)
            for each, concepts, accepted in uow.glossaries.overview()
        )


def glossary(store: Store, name: str) -> GlossaryItem:
    """Return a glossary.

    Raises:
        NotFoundError: There is no such glossary.
    """
    known = glossaries(store)
    for item in known:
        if item.glossary == name:
            return item
    raise not_there(name, [item.glossary for item in known])


def find(store: Store, name: str) -> Glossary | None:
    """Return whose a glossary is, None where there is none of the name."""
    with store.read() as uow:
        return uow.glossaries.get(name)


def search(
    store: Store,
    text: str = "",
    *,
    glossary: str | None = None,
    project: str | None = None,
    status: TermStatus | None = None,
    open_in: str | None = None,
    languages: tuple[str, ...] | None = None,
    after: int = 0,
    limit: int = 20,
) -> GlossaryReport:
    """Return concepts that hold a text in a term, their key or their definition.

    Args:
        store: Where they are.
        text: Part of a word, without difference of case; empty for all.
        glossary: Name of one; None for all.
        project: Slug: its own glossary and those of all projects; None for every one.
        status: Of the concept; None for any.
        open_in: BCP 47 tag of a language in which words wait for a decision.
        languages: BCP 47 tags of the words that are returned with a concept; None for all.
        after: Number of the concept after which to begin.
        limit: Most concepts.

    Raises:
        NotFoundError: There is no such project.
    """
    with store.read() as uow:
        project_id = uow.projects.require(project).id if project else None
        found = uow.glossaries.concepts(
            Wanted(
                project_id=project_id, glossary=glossary, text=text, status=status,
                open_in=open_in, languages=languages, after=after, limit=limit + 1,
            )
        )  # fmt: skip
    shown = tuple(found[:limit])
    return GlossaryReport(shown, shown[-1].id if len(found) > limit else None)


def remove_glossary(store: Store, name: str) -> int:
    """Take a glossary out of the store; return how many concepts it had.

    Raises:
        NotFoundError: There is no such glossary.
    """
    with store.write() as uow:
        glossary = uow.glossaries.get(name)
        if glossary is None:
            raise not_there(name, [each.name for each, _, _ in uow.glossaries.overview()])
        gone = uow.glossaries.remove(glossary)
        uow.commit()
    return gone
