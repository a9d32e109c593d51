"""New localizations, as Xcode writes them."""

from __future__ import annotations

from collections.abc import Mapping

from dpg_l10n.domain.catalogue import FUZZY, Entry
from dpg_l10n.formats._json import Document, Raw
from dpg_l10n.formats._tree import Added, Branch, Part
from dpg_l10n.formats.xcstrings.slots import (
    DEVICE,
    MAIN,
    NEEDS_REVIEW,
    NEW,
    SUBSTITUTION,
    TRANSLATED,
    branch,
)

EMPTY_OBJECT = Raw("{\n\n}")


def state_of(entry: Entry, text: str) -> str:
    """Return the state that Xcode shows for a text."""
    if not text:
        return NEW
    return NEEDS_REVIEW if FUZZY in entry.flags else TRANSLATED


def string_unit(text: str, state: str) -> dict[Part, Added]:
    """Return the members of a ``stringUnit``."""
    return {"state": state, "value": text}


def localization(
    document: Document, parts: Mapping[str, Entry], old: Branch | None, source: Branch | None
) -> dict[Part, Added]:
    """Return the localization of one string.

    Args:
        document: The file, for what is taken over from it.
        parts: The entries by slot.
        old: What stands there now, if anything.
        source: The localization of the source, which says what a substitution stands for where the
            old one does not.
    """
    value: dict[Part, Added] = {}
    devices: dict[Part, Added] = {}
    substitutions: dict[Part, Added] = {}
    for slot, entry in parts.items():
        if slot.startswith(DEVICE):
            devices[slot.removeprefix(DEVICE)] = _said(entry)
        elif slot.startswith(SUBSTITUTION):
            name = slot.removeprefix(SUBSTITUTION)
            model = branch(old, "substitutions", name) or branch(source, "substitutions", name)
            stands_for = _argument(document, model, len(substitutions) + 1)
            substitutions[name] = {**stands_for, **_said(entry)}
    main = parts.get(MAIN)
    if main is not None:
        value = _said(main)
    if substitutions:
        value = dict(
            sorted(
                {**value, "substitutions": dict(sorted(substitutions.items()))}.items(), key=_name
            )
        )
    if devices:
        value["variations"] = {"device": dict(sorted(devices.items()))}
    return value


def _name(member: tuple[Part, Added]) -> tuple[bool, str]:
    """Sort a text before its substitutions, as Xcode does."""
    return member[0] != "stringUnit", str(member[0])


def _said(entry: Entry) -> dict[Part, Added]:
    """Return a text, or its plural variants."""
    if isinstance(entry.text, str):
        return {"stringUnit": string_unit(entry.text, state_of(entry, entry.text))}
    forms: dict[Part, Added] = {
        label: {"stringUnit": string_unit(form, state_of(entry, form))}
        for label, form in sorted(entry.text.forms)
    }
    return {"variations": {"plural": forms}}


def _argument(document: Document, model: Branch | None, number: int) -> dict[Part, Added]:
    """Return which argument a substitution stands for, and how it is formatted."""
    if model is not None:
        return {
            part: Raw(document.text[node.start : node.end])
            for part, node in model.members.items()
            if part not in ("variations", "stringUnit") and not isinstance(node, Branch)
        }
    return {"argNum": Raw(str(number)), "formatSpecifier": "lld"}
