"""Units that were texts of their own and are now the plural variants of one message.

A store may know ``files.one`` and ``files.other`` of a source in which ``files`` is a plural: its
object had other members before, or the format did not read such objects as one message.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dpg_l10n.domain import plurals
from dpg_l10n.domain.catalogue import Entry
from dpg_l10n.domain.message import CLDR_CATEGORIES, Plural
from dpg_l10n.domain.states import State
from dpg_l10n.domain.unit import Translation, TranslationWrite, Unit

_WORST_FIRST = (State.NEEDS_WORK, State.TRANSLATED, State.REVIEWED)
"""States of people's texts."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A new plural, and the units that were its variants."""

    entry: Entry
    position: int
    """Place of the new unit in the source order."""
    old: Mapping[str, Unit]
    """By category."""


def gathered(
    position: int, entry: Entry, removed: Mapping[str, Unit], prefixes: Iterable[str]
) -> Gathered | None:
    """Return the units that a new plural is made of, None where the general one is not there.

    Args:
        position: Place of the new message in the source order.
        entry: The new message, a plural.
        removed: Units that the source does not have any more, by key.
        prefixes: Spellings of the message's key before the name of a variant.
    """
    for prefix in prefixes:
        keys = {label: f"{prefix}.{label}" for label in CLDR_CATEGORIES}
        old = {label: removed[key] for label, key in keys.items() if key in removed}
        if "other" in old and all(isinstance(unit.source, str) for unit in old.values()):
            return Gathered(entry, position, old)
    return None


def joined(
    found: Gathered,
    unit: Unit,
    present: Mapping[int, Translation],
    language: str,
    imported: int,
) -> TranslationWrite | None:
    """Return the translation of a new plural that people's texts of its variants make, if any.

    It is as good as the worst of them, and needs work where a variant that the language needs is
    not there, or a source changed on the way. Drafts are left out: they can be made anew.

    Args:
        found: The new plural and the units it was.
        unit: The new plural's own unit.
        present: Translations of the old units in the language, by unit.
        language: BCP 47 tag.
        imported: Number of the origin of texts that came from files: it is the plural's where
            nobody touched any of its variants.
    """
    had = {
        label: translation
        for label, old in found.old.items()
        if (translation := present.get(old.id)) is not None
        and translation.state in _WORST_FIRST
        and isinstance(translation.text, str)
    }
    if not had:
        return None
    text = Plural(tuple((label, str(translation.text)) for label, translation in had.items()))
    whole = all(text.get(category) for category in plurals.required(language))
    sources = tuple((label, old.source) for label, old in found.old.items())
    same = isinstance(unit.source, Plural) and dict(unit.source.forms) == dict(sources)
    fresh = same and all(translation.source_text_id is None for translation in had.values())
    state = min((translation.state for translation in had.values()), key=_WORST_FIRST.index)
    made_by = next(
        (each.origin_id for each in had.values() if each.origin_id != imported), imported
    )
    holds = whole and fresh
    return TranslationWrite(
        unit.id,
        text,
        state if holds else State.NEEDS_WORK,
        made_by,
        expected=0,
        source_text_id=None if same else found.old["other"].text_id,
        copied=all(translation.copied for translation in had.values()),
    )
