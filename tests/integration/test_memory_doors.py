"""Who sees what of the memory, through every door: licences decide, and what is withdrawn is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from dpg_l10n.domain.states import State
from dpg_l10n.interchange.tmx import TmxReader
from dpg_l10n.memory.index import GramIndex
from dpg_l10n.services import conversation
from dpg_l10n.services.conversation import Subject
from dpg_l10n.services.drafting import DraftOptions, draft
from dpg_l10n.services.memory import search
from dpg_l10n.store.uow import SqlStore
from tests.integration.test_memory import project
from tests.support.api import API, running, settings_in
from tests.support.console import Console
from tests.support.projects import FixedClock, Workspace

SAVE, LIKE = "Save the patient record", "Save the patient records"
NONE = "none"
LICENCES: dict[str, str | None] = {
    "mit": "MIT", "cc0": "CC0-1.0", "apache": "Apache-2.0", "gpl": "GPL-3.0-only",
    "agpl": "AGPL-3.0-or-later", "mpl": "MPL-2.0", "both": "GPL-2.0-only OR MIT",
    "ccbync": "CC-BY-NC-4.0", NONE: None,
}  # fmt: skip
"""By slug of a project under each, which has the text in a wording of its own."""
OPEN = {"mit", "cc0", "apache", "both"}
SAME_FAMILY = {"gpl": {"gpl", "agpl"}, "agpl": {"gpl", "agpl"}, "mpl": {"mpl"}}


def may_see(asker: str | None) -> set[str]:
    """Return whose texts somebody may see, as the table of docs/memory.md has it."""
    own = {asker} if asker else set()
    return own | OPEN | SAME_FAMILY.get(asker or "", set())


def asking(asker: str | None, **more: str) -> dict[str, str]:
    """Return what a search is asked with."""
    return {"language": "sw", "limit": "50", **({"project": asker} if asker else {}), **more}


@dataclass
class Site:
    """A store with a project under each licence, and every door to its memory."""

    store: SqlStore
    works: dict[str, Workspace]
    client: TestClient
    index: GramIndex
    console: Console

    def _texts(self, answer: object) -> set[str]:
        assert isinstance(answer, list)
        return {str(each["text"]).removeprefix("Rekodi ") for each in answer}

    def search(self, asker: str | None, **more: str) -> set[str]:
        asked = asking(asker, **{"text": LIKE, **more})
        return self._texts(self.client.get(f"{API}/memory/search", params=asked).json()["items"])

    def words(self, asker: str | None) -> set[str]:
        return self.search(asker, text="patient", words="source")

    def said_words(self, asker: str | None) -> set[str]:
        return self.search(asker, text="rekodi", words="translation")

    def from_console(self, asker: str | None) -> set[str]:
        more = ("-p", asker) if asker else ()
        ran = self.console(
            "memory", "search", LIKE, "-l", "sw", "--limit", "50", "--json", *more,
            "--store", self.store_url,
        )  # fmt: skip
        return self._texts(ran.json["hits"])

    @property
    def store_url(self) -> str:
        return str(settings_in(self.console.folder).store)

    def unit(self, asker: str | None) -> set[str] | None:
        if asker is None:
            return None
        unit = self.works[asker].units()["b"].id
        place = f"{API}/projects/{asker}/units/{unit}/translations/sw/memory"
        return self._texts(self.client.get(place, params={"limit": 50}).json()["items"])

    def tmserver(self, asker: str | None) -> set[str] | None:
        if asker is not None:
            return None
        found = self.client.get(f"/tm/en/sw/unit/{quote(LIKE)}", params={"max_candidates": 50})
        return {each["target"].removeprefix("Rekodi ") for each in found.json()}

    def exported(self, asker: str | None) -> set[str] | None:
        if asker is not None:
            return None
        out = self.console.folder / "out.tmx"
        assert self.console("memory", "export", out, "--store", self.store_url).code == 0
        with out.open("rb") as file:
            return {entry.text.removeprefix("Rekodi ") for entry in TmxReader(file)}

    def doors(self) -> dict[str, Callable[[str | None], set[str] | None]]:
        return {
            "API": self.search, "words": self.words, "words of translations": self.said_words,
            "console": self.from_console, "unit": self.unit, "tmserver": self.tmserver,
            "TMX": self.exported,
        }  # fmt: skip


@pytest.fixture
def site(tmp_path: Path, console: Console) -> Iterator[Site]:
    config = settings_in(console.folder)
    store = SqlStore(config.store)
    works = {
        slug: project(store, slug, licence, {"a": SAVE, "b": LIKE}, sw={"a": f"Rekodi {slug}"})
        for slug, licence in LICENCES.items()
    }
    with running(config) as client:
        yield Site(store, works, client, GramIndex(tmp_path / "index", few=0), console)
    store.close()


@pytest.mark.parametrize("asker", [*LICENCES, None])
def test_every_door_shows_what_the_licences_let_it(site: Site, asker: str | None) -> None:
    for name, door in site.doors().items():
        found = door(asker)
        if found is not None:
            assert found == may_see(asker), name


def test_of_what_may_not_be_shown_only_the_number_is_told(site: Site) -> None:
    for asker in (*LICENCES, None):
        answer = site.client.get(f"{API}/memory/search", params=asking(asker, text=SAVE))
        hidden = set(LICENCES) - may_see(asker)
        assert answer.json()["withheld"] == len(hidden)
        assert not any(f"Rekodi {slug}" in answer.text for slug in hidden)


@pytest.mark.parametrize("theirs", LICENCES)
@pytest.mark.parametrize("key", ["a", "b"], ids=["the same text", "one like it"])
def test_drafts_are_made_of_what_the_licences_let_them(
    store: SqlStore, theirs: str, key: str
) -> None:
    project(store, theirs, LICENCES[theirs], {"a": SAVE}, sw={"a": f"Rekodi {theirs}"})
    for ours, licence in LICENCES.items():
        asker = f"to-{ours}"
        made = project(store, asker, licence, {key: {"a": SAVE, "b": LIKE}[key]}, sw={})
        options = DraftOptions(("sw",))
        draft(store, asker, None, FixedClock(), options, index=GramIndex(None))
        seen = may_see(ours) - {ours} | ({ours} if LICENCES[ours] and ours != "ccbync" else set())
        state = made.state(key, "sw")
        assert (state is State.DRAFT) is (theirs in seen), (theirs, ours)


@pytest.mark.parametrize("how", ["needs work", "withdrawn", "source changed"])
def test_what_no_longer_holds_is_gone_from_every_door_at_once(site: Site, how: str) -> None:
    work = site.works["mit"]
    for door in site.doors().values():
        found = door(None)
        assert found is None or "mit" in found
    if how == "needs work":
        work.decide("a", "sw", State.NEEDS_WORK)
    elif how == "withdrawn":
        subject = Subject("mit", work.units()["a"].id, "sw", "amina")
        conversation.withdraw(site.store, subject, 1, "harmful", FixedClock())
    else:
        work.files["i18n/en.json"] = b'{"a": "Delete everything now", "b": "%s"}' % LIKE.encode()
        work.push()
    for name, door in site.doors().items():
        found = door(None)
        assert found is None or found == may_see(None) - {"mit"}, name


def test_a_text_whose_source_was_taken_out_still_helps_others(site: Site) -> None:
    site.works["mit"].files["i18n/en.json"] = b'{"b": "%s"}' % LIKE.encode()
    site.works["mit"].push(prune=True)
    assert site.search(None) == may_see(None)


_KEYS = ("k0", "k1", "k2")
_STEPS = st.tuples(
    st.sampled_from(_KEYS),
    st.sampled_from([State.NEEDS_WORK, State.REVIEWED, State.TRANSLATED]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[*HealthCheck])
@given(st.lists(_STEPS, max_size=5))
def test_whatever_is_decided_the_memory_has_what_is_finished_now(
    store: SqlStore, steps: list[tuple[str, State]]
) -> None:
    """Random decisions on texts; after each the index finds the finished ones and no other."""
    number = len(list(_slugs(store)))
    slug = f"p{number}"
    sources = {key: f"Record {number} of the {key}" for key in _KEYS}
    work = project(store, slug, None, sources, sw={key: f"Neno {key}" for key in sources})
    index = GramIndex(None, few=0)
    for key, state in steps:
        text = f"Neno {key}" if state is not State.NEEDS_WORK else None
        work.decide(key, "sw", state, text=text)
        finished = {
            one for one in sources if work.state(one, "sw") in (State.TRANSLATED, State.REVIEWED)
        }
        hits = search(store, index, sources["k0"], language="sw", project=slug, limit=50).hits
        assert {hit.key for hit in hits if hit.project == slug} == finished


def _slugs(store: SqlStore) -> Iterator[str]:
    with store.read() as uow:
        yield from (each.slug for each in uow.projects.list())


def test_a_draft_from_the_memory_does_not_enter_it(store: SqlStore) -> None:
    project(store, "first", "MIT", {"a": SAVE}, sw={"a": "Rekodi first"})
    second = project(store, "second", "MIT", {"a": SAVE}, sw={})
    draft(store, "second", None, FixedClock(), DraftOptions(("sw",)), index=GramIndex(None))
    assert second.state("a", "sw") is State.DRAFT
    report = search(store, GramIndex(None), SAVE, language="sw")
    assert [hit.project for hit in report.hits] == ["first"]
