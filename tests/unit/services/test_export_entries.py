"""What of the store goes into a file whose format can mark what is in doubt."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dpg_l10n.domain.states import Made, Origin, State
from dpg_l10n.domain.unit import Translation, Unit
from dpg_l10n.formats import FORMATS
from dpg_l10n.services.export_entries import Texts, edited

_FORM = FORMATS["xcstrings"]
_LOCAL = {"stringUnit": {"state": "needs_review", "value": "Hifadhi"}}
_FILE = json.dumps(
    {"sourceLanguage": "en", "strings": {"Save": {"localizations": {"sw": _LOCAL}}}}
).encode()


def exported(text: str, state: State) -> Any:
    assert _FORM.multilingual
    units = (Unit(1, "Save", "Save", 1, 1, 0),)
    outdated = 2 if state is State.NEEDS_WORK else None
    texts = Texts(
        units, {1: Translation(1, text, state, 1, 1, outdated)}, {1: Origin(Made.PERSON)}, {}
    )
    target = _FORM.multilingual.parse(_FILE, "sw")
    made = edited(_FORM, target, _FORM.parse(_FILE), texts, None, True)
    written = json.loads(_FORM.serialize(made, _FILE))
    return written["strings"]["Save"]["localizations"]["sw"]["stringUnit"]


@pytest.mark.parametrize("text", ["Hifadhi", "Weka"])
@pytest.mark.parametrize(
    ("state", "written"),
    [
        (State.REVIEWED, "translated"),
        (State.TRANSLATED, "translated"),
        (State.NEEDS_WORK, "needs_review"),
        (State.DRAFT, "needs_review"),
    ],
)
def test_a_settled_text_loses_its_mark_and_one_in_doubt_keeps_it(
    text: str, state: State, written: str
) -> None:
    assert exported(text, state) == {"state": written, "value": text}
