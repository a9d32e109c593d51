"""XLIFF through the store: drafts leave marked and come back as drafts, reviews are said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from dpg_l10n.domain.states import State
from dpg_l10n.ports import Candidate, Pair, Store
from dpg_l10n.services.drafting import DraftOptions, draft
from tests.support.engines import FakeEngine, FakeWeigher
from tests.support.projects import FixedClock, Workspace, spec_of

SOURCE = "locale/messages.xlf"
TARGET = "locale/messages.sw.xlf"
XLIFF1 = """\
<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
  <file source-language="en"{language} datatype="plaintext" original="clinic">
    <body>
{units}    </body>
  </file>
</xliff>
"""
UNIT1 = """\
      <trans-unit id="{key}">
        <source>{source}</source>{target}
      </trans-unit>
"""


def xliff1(language: str = "", **units: tuple[str, str]) -> bytes:
    made = "".join(
        UNIT1.format(
            key=key, source=source, target=f"\n        <target>{text}</target>" if text else ""
        )
        for key, (source, text) in units.items()
    )
    named = f' target-language="{language}"' if language else ""
    return XLIFF1.format(language=named, units=made).encode()


XLIFF2 = """\
<?xml version="1.0" encoding="UTF-8"?>
<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en"{language}>
  <file id="clinic">
{units}  </file>
</xliff>
"""
UNIT2 = """\
    <unit id="{key}">
      <segment>
        <source>{source}</source>{target}
      </segment>
    </unit>
"""


def xliff2(language: str = "", **units: tuple[str, str]) -> bytes:
    made = "".join(
        UNIT2.format(
            key=key, source=source, target=f"\n        <target>{text}</target>" if text else ""
        )
        for key, (source, text) in units.items()
    )
    named = f' trgLang="{language}"' if language else ""
    return XLIFF2.format(language=named, units=made).encode()


Make = Callable[..., bytes]
FORMS: list[tuple[str, Make, str]] = [
    ("xliff1", xliff1, 'state="needs-review-translation" state-qualifier="mt-suggestion"'),
    ("xliff2", xliff2, 'state="initial" subState="dpg-l10n:mt-suggestion"'),
]
each_form = pytest.mark.parametrize(("name", "make", "mark"), FORMS, ids=[f[0] for f in FORMS])


def work(store: Store, name: str, make: Make) -> Workspace:
    files = {
        SOURCE: make(save=("Save", ""), open=("Open", "")),
        TARGET: make("sw", save=("Save", ""), open=("Open", "Fungua")),
    }
    made = Workspace(store, spec_of(name, SOURCE, "locale/messages.{language}.xlf", "sw"), files)
    made.push()
    return made


def drafted(store: Store, name: str, make: Make) -> Workspace:
    made = work(store, name, make)
    draft(store, "clinic", FakeEngine(), FixedClock())
    assert made.state("save", "sw") is State.DRAFT
    return made


@each_form
def test_drafts_are_left_out(store: Store, name: str, make: Make, mark: str) -> None:
    made = drafted(store, name, make)
    assert made.export() == {TARGET: made.files[TARGET]}
    assert made.counts("sw").draft == 1


@each_form
def test_drafts_asked_for_are_marked(store: Store, name: str, make: Make, mark: str) -> None:
    text = drafted(store, name, make).export(include_drafts=True)[TARGET].decode()
    assert mark in text
    assert "machine draft: fake translate-en_sw 1.0 (sha256:abababababab, source:" in text


@each_form
def test_drafts_that_come_back_are_still_drafts(
    store: Store, name: str, make: Make, mark: str
) -> None:
    made = drafted(store, name, make)
    made.files.update(made.export(include_drafts=True))
    made.push()
    made.push(accept_as=State.REVIEWED)
    assert made.state("save", "sw") is State.DRAFT
    data = made.export()[TARGET]
    assert b"sw Save" not in data or mark.encode() in data


@each_form
def test_a_draft_whose_note_a_tool_dropped_is_still_a_draft(
    store: Store, name: str, make: Make, mark: str
) -> None:
    made = drafted(store, name, make)
    text = made.export(include_drafts=True)[TARGET].decode()
    kept = [line for line in text.split("\n") if "note" not in line]
    made.files[TARGET] = "\n".join(kept).encode()
    made.push()
    assert made.state("save", "sw") is State.DRAFT


@each_form
def test_a_draft_that_a_person_accepts_is_no_longer_marked(
    store: Store, name: str, make: Make, mark: str
) -> None:
    made = drafted(store, name, make)
    made.files.update(made.export(include_drafts=True))
    made.push()
    made.decide("save", "sw", State.TRANSLATED)
    text = made.export()[TARGET].decode()
    assert ">sw Save</target>" in text
    assert (mark in text, "machine draft" in text) == (False, False)


@each_form
def test_a_text_whose_source_changed_is_marked_as_such(
    store: Store, name: str, make: Make, mark: str
) -> None:
    made = work(store, name, make)
    made.files[SOURCE] = make(save=("Save", ""), open=("Open the file", ""))
    made.push()
    assert made.state("open", "sw") is State.NEEDS_WORK
    exported = made.export()[TARGET]
    assert mark.split(" state-", maxsplit=1)[0].split(" sub", maxsplit=1)[0].encode() in exported
    made.files[TARGET] = exported
    made.push()
    assert made.state("open", "sw") is State.NEEDS_WORK


@each_form
def test_a_new_text_brings_the_source_that_it_was_made_for(
    store: Store, name: str, make: Make, mark: str
) -> None:
    made = work(store, name, make)
    made.files[SOURCE] = make(save=("Save", ""), open=("Open the file", ""))
    made.push()
    made.decide("open", "sw", text="Fungua faili")
    exported = made.export()[TARGET].decode()
    assert "<source>Open the file</source>" in exported
    assert ">Fungua faili</target>" in exported


@each_form
def test_a_language_that_nobody_began_gets_the_layout_of_the_source(
    store: Store, name: str, make: Make, mark: str
) -> None:
    made = work(store, name, make)
    (data,) = made.export(languages=("fr",)).values()
    assert data == made.files[SOURCE].replace(
        b'datatype="plaintext" original="clinic">',
        b'datatype="plaintext" original="clinic" target-language="fr">',
    ).replace(b'srcLang="en">', b'srcLang="en" trgLang="fr">')


class Sure(FakeWeigher):
    """Knows one translation, and how likely it is."""

    def candidates(self, texts: Sequence[str], *_: Any, **__: Any) -> list[list[Candidate]]:
        return [[Candidate("Hifadhi", -0.25)] for _ in texts]


@each_form
def test_a_draft_says_to_other_tools_how_sure_its_model_is(
    store: Store, name: str, make: Make, mark: str
) -> None:
    made = work(store, name, make)
    engine = Sure({})
    engine.pair = Pair("en", "sw")
    engine._pairs = (engine.pair,)
    draft(store, "clinic", engine, FixedClock(), DraftOptions(("sw",)))
    text = made.export(include_drafts=True)[TARGET].decode()
    assert 'its:mtConfidence="0.78"' in text
    assert "confidence:0.78, source:" in text
    made.files[TARGET] = text.encode()
    made.push()
    made.push(accept_as=State.REVIEWED)
    assert made.state("save", "sw") is State.DRAFT
