"""What was said of texts over there, and which of them were withdrawn as harmful."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dpg_l10n.domain.query import parse
from dpg_l10n.domain.records import StoredCatalogue
from dpg_l10n.domain.unit import Suggestion, Unit
from dpg_l10n.services.bundles.sides import Sides

_AT_ONCE = 500


def merge_talk(
    sides: Sides, catalogue: StoredCatalogue, own: Mapping[int, Unit], language: str
) -> None:
    """Add comments, suggestions and marks that the store lacks.

    Args:
        sides: Both sides.
        catalogue: Of the bundle.
        own: The store's units by number of those of the bundle.
        language: BCP 47.
    """
    uow, other = sides.uow, sides.other
    for unit in _with(sides, catalogue, language, "has:comment"):
        heard = {(c.text, c.actor, c.at) for c in uow.talk.comments(own[unit.id].id, language)}
        for said in other.talk.comments(unit.id, language):
            if (said.text, said.actor, said.at) not in heard:
                action = sides.act(said.actor, said.at, "comment")
                uow.talk.comment(own[unit.id].id, language, said.text, action)
                sides.report.said += 1
    for unit in _with(sides, catalogue, language, "has:suggestion"):
        known = {each.text for each in uow.translations.suggestions(own[unit.id], language)}
        for each in other.translations.suggestions(unit, language):
            if each.text not in known:
                action = sides.act(each.actor, each.at, "suggest", each.why)
                new = Suggestion(own[unit.id].id, language, each.text, each.why)
                uow.translations.suggest([new], action)
                sides.report.said += 1
    for unit in _with(sides, catalogue, language, "has:flag"):
        marked = {(mark.kind, mark.actor) for mark in uow.talk.marks(own[unit.id].id, language)}
        for mark in other.talk.marks(unit.id, language):
            if (mark.kind, mark.actor) not in marked:
                action = sides.act(mark.actor, mark.at, mark.kind, mark.why)
                uow.talk.mark(own[unit.id].id, language, mark.actor, mark.kind, action)
                sides.report.said += 1


def merge_withdrawals(sides: Sides, own: Mapping[int, Unit]) -> None:
    """Add which texts were withdrawn over there: here, too, they leave every export."""
    withdrawn = sides.uow.releases.withdrawn(sides.ours.id)
    known = {(each.unit_id, each.language, each.text) for each in withdrawn}
    for each in sides.other.releases.withdrawn(sides.theirs.id):
        unit = own[each.unit_id]
        if (unit.id, each.language, each.text) not in known:
            action = sides.act(each.actor, each.at, "withdraw", each.why)
            sides.uow.talk.withdraw(unit.id, each.language, each.text, action)
            sides.report.said += 1


def _with(sides: Sides, catalogue: StoredCatalogue, language: str, query: str) -> Iterator[Unit]:
    """Yield the units of a bundle of which something was said."""
    asked, after = parse(query), (-1, 0)
    while found := sides.other.units.page(
        catalogue.id, language, asked, after=after, limit=_AT_ONCE
    ):
        for each in found:
            yield each.unit
        after = (found[-1].unit.position, found[-1].unit.id)
