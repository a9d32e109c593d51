"""Bundles: all of a project in another store, and the work of two stores in both."""

from __future__ import annotations

import hashlib
import io
import json
import random
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dpg_l10n.config import bundle_key
from dpg_l10n.domain.message import Text
from dpg_l10n.domain.states import Made, Origin, State
from dpg_l10n.domain.terms import TermStatus, Wanted
from dpg_l10n.domain.unit import TranslationWrite
from dpg_l10n.errors import ConfigError, ConflictError, InputError
from dpg_l10n.services import glossaries
from dpg_l10n.services.bundles import (
    BundleRead,
    BundleReport,
    read_bundle,
    verify_bundle,
    write_bundle,
)
from dpg_l10n.services.conversation import Subject, comment, mark, suggest, talk, withdraw
from dpg_l10n.services.coverage import coverage, status
from dpg_l10n.services.export import ExportOptions
from dpg_l10n.services.releases import NewRelease, release, releases, show_release
from dpg_l10n.services.trends import trend
from dpg_l10n.store.maintenance import SqlMaintenance
from dpg_l10n.store.uow import SqlStore
from tests.support.console import Console
from tests.support.projects import FixedClock, Workspace, json_project
from tests.support.stores import SERVABLE
from tests.support.terms import with_glossary

_TEXTS = {f"k{number}": f"Text number {number}" for number in range(8)}
_DAY = 86_400
_KEY = b"a key that nobody can guess"
Open = Callable[[str], SqlStore]


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Open]:
    """Open empty stores, each of its own."""
    with ExitStack() as stack:
        count = iter(range(99))

        def make(name: str) -> SqlStore:
            folder = tmp_path / str(next(count))
            folder.mkdir()
            url = stack.enter_context(SERVABLE[name](folder))
            return stack.enter_context(closing(SqlStore(url)))

        yield make


def bundle(work: Workspace, key: bytes | None = None) -> io.BytesIO:
    file = io.BytesIO()
    write_bundle(work.store, "clinic", file, work.clock, key)
    return file


def carried(source: Workspace, store: SqlStore, **options: Any) -> tuple[Workspace, BundleRead]:
    """Read a bundle of a project into a store, and see that the store holds together."""
    with closing(SqlStore("sqlite://")) as scratch:
        clock = FixedClock(source.clock.at + 60)
        read = read_bundle(store, scratch, bundle(source), "hand", clock, **options)
    whole(store)
    slug = options.get("slug", "clinic")
    return replace(source, store=store, spec=replace(source.spec, slug=slug), clock=clock), read


def whole(store: SqlStore) -> None:
    with closing(SqlMaintenance(store.url)) as kept:
        assert kept.check(repair=False)[1] == ()


def lived(store: SqlStore) -> Workspace:
    """Return a project with pushes, decisions, drafts, talk, a release and a withdrawal in it."""
    work = json_project(store, _TEXTS, sw={"k0": "Moja", "k1": "Mbili"}, ar={"k0": "واحد"})
    work.push()
    work.clock.at += _DAY
    work.decide("k0", "sw", State.REVIEWED, actor="juma")
    work.decide("k2", "sw", text="Tatu")
    work.decide("k2", "sw", text="Tatu!")
    work.clock.at += _DAY
    source = work.files["i18n/en.json"]
    work.files["i18n/en.json"] = source.replace(b"Text number 1", b"Another text 1")
    work.push()
    draft(work, "k5", "sw", "Rasimu")
    place = Subject("clinic", work.units()["k2"].id, "sw", "asha")
    suggest(store, place, "Tatu tu", "shorter", work.clock)
    comment(store, place, "Which three?", work.clock)
    mark(store, place, "flag", "look", work.clock)
    release(
        store, "clinic", NewRelease("v1", "juma"), lambda _path, _data: None, ExportOptions(),
        work.clock,
    )  # fmt: skip
    work.clock.at += _DAY
    withdraw(store, Subject("clinic", work.units()["k0"].id, "sw", "juma"), 2, "rude", work.clock)
    with_glossary(store, "terms", "clinic")
    glossaries.decide(
        store, work.clock, "terms", ("form",), TermStatus.ACCEPTED, language="sw", actor="juma"
    )
    return work


def draft(work: Workspace, key: str, language: str, text: str) -> None:
    """Write a machine draft."""
    unit = work.units()[key]
    with work.store.write() as uow:
        project = uow.projects.require(work.spec.slug)
        action = uow.projects.begin_action(project.id, "machine", work.clock.at, "draft")
        origin = uow.projects.origin_id(Origin(Made.MACHINE, (("engine", "test"),)))
        old = work.translation(key, language)
        write = TranslationWrite(unit.id, text, State.DRAFT, origin, old.revision if old else 0)
        uow.translations.write(
            work.catalogue_id(), language, action, [write], {unit.id: unit.words}
        )
        uow.commit()


def told(work: Workspace) -> Any:
    """Return all that a store says of a project, without its numbers."""
    store, slug = work.store, work.spec.slug
    views = [show_release(store, slug, each.name) for each in releases(store, slug)]
    with store.read() as uow:
        concepts = [
            replace(each, id=0)
            for glossary, _, _ in uow.glossaries.overview()
            for each in uow.glossaries.concepts(Wanted(glossary=glossary.name))
        ]
    units = work.units()
    return {
        "coverage": coverage(store, slug),
        "status": status(store, slug),
        "trend": trend(store, slug, work.clock, days=[date(2026, 1, day) for day in range(1, 9)]),
        "files": work.export(),
        "drafts": work.export(include_drafts=True),
        "history": {
            (key, language): [
                replace(step, action=0) for step in work.history(key, language)
            ]
            for key in units
            for language in ("sw", "ar")
        },
        "talk": {
            key: [
                ([replace(s, unit_id=0) for s in said.suggestions], [replace(c, id=0) for c in said.comments], said.marks)
                for said in [talk(store, Subject(slug, unit.id, "sw"), work.clock)]
            ]
            for key, unit in units.items()
        },
        "sources": {
            key: [(c.before, c.obsolete, c.action._replace(id=0)) for c in changes(work, unit)]
            for key, unit in units.items()
        },
        "releases": [
            (replace(view.release, id=0), view.files,
             [replace(each, catalogue_id=0, unit_id=0) for each in view.withdrawn])
            for view in views
        ],
        "concepts": concepts,
        "project": replace(work.project(), id=0),
    }  # fmt: skip


def changes(work: Workspace, unit: Any) -> Any:
    with work.store.read() as uow:
        return uow.past.source_changes(unit)


@pytest.mark.parametrize("there", SERVABLE)
@pytest.mark.parametrize("here", SERVABLE)
def test_a_store_that_does_not_have_the_project_has_all_of_it_afterwards(
    new: Open, here: str, there: str
) -> None:
    work = lived(new(here))
    store = new(there)
    json_project(store, {"x": "Other"}, sw={"x": "Nyingine"}).push()  # numbers are others there
    with store.write() as uow:
        uow.projects.begin_action(uow.projects.require("clinic").id, "x", 1, "review")
        uow.commit()
    other, read = carried(work, store, slug="second")
    assert (read.new, read.units, read.project) == (True, len(_TEXTS), "second")
    said, wanted = told(other), told(work)
    for part in ("coverage", "status", "project"):
        said[part] = replace(said[part], **{"slug" if part == "project" else "project": "clinic"})
    said["trend"] = replace(said["trend"], project="clinic")
    assert {each.glossary for each in said["concepts"]} == {"terms"}
    for part, value in wanted.items():
        assert said[part] == value, part


def test_the_same_project_makes_the_same_bundle(new: Open) -> None:
    work = lived(new("sqlite file"))
    assert bundle(work).getvalue() == bundle(work).getvalue()
    other, _ = carried(work, new("sqlite file"))
    rows = [dict(verify_bundle(bundle(each)).rows) for each in (work, other)]
    rows[0] = {**rows[0], "action": rows[0]["action"] + 1}  # that it was read
    rows[0]["actor"] += 1 if rows[1]["actor"] != rows[0]["actor"] else 0
    assert rows[0] == rows[1]


def test_a_bundle_that_lost_or_changed_a_byte_is_refused(new: Open) -> None:
    work = lived(new("sqlite file"))
    data = bundle(work).getvalue()
    good = verify_bundle(io.BytesIO(data))
    rng = random.Random(5)  # noqa: S311 - the same places each time
    judged: Counter[str] = Counter()
    for _ in range(300):
        torn = bytearray(data)
        torn[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        judged[judge(bytes(torn), good)] += 1
    # what no table says, as the time of a member, may differ: the contents may not
    assert judged.keys() <= {"bundle.damaged", "bundle.newer", "same"}
    assert judged["bundle.damaged"] > 200
    for end in (0, 10, len(data) // 2, len(data) - 1):
        assert judge(data[:end], good) == "bundle.damaged"


def judge(data: bytes, good: BundleReport) -> str:
    """Return what a bundle is told to be."""
    try:
        return "same" if verify_bundle(io.BytesIO(data)) == good else "another"
    except InputError as error:
        return error.error_code


def rewritten(data: bytes, change: Callable[[str, bytes], bytes], *, honest: bool) -> io.BytesIO:
    """Return a bundle whose members somebody changed; ``honest`` lists their new checksums."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as target:
        members = {name: old.read(name) for name in old.namelist()}
        changed = {name: change(name, body) for name, body in members.items()}
        if honest:
            listed = json.loads(changed["manifest.json"])
            listed["members"] = {
                name: hashlib.sha256(changed[name]).hexdigest() for name in listed["members"]
            }
            changed["manifest.json"] = json.dumps(listed).encode()
        for name, body in changed.items():
            target.writestr(name, body)
    return made


def test_a_key_tells_who_wrote_a_bundle(new: Open) -> None:
    work = lived(new("sqlite file"))
    signed = bundle(work, _KEY)
    assert (verify_bundle(signed, _KEY).trusted, verify_bundle(signed).trusted) == (True, False)
    assert verify_bundle(signed).signed
    forged = rewritten(
        signed.getvalue(), lambda _name, body: body.replace(b"Tatu!", b"Nne!!"), honest=True
    )
    assert verify_bundle(forged).digest != verify_bundle(signed).digest
    for file, key in ((forged, _KEY), (signed, b"another key of 16"), (bundle(work), _KEY)):
        with pytest.raises(InputError) as caught:
            verify_bundle(file, key)
        assert caught.value.error_code == "bundle.signature"


@pytest.mark.parametrize(
    "change",
    [
        lambda name, body: body.replace(b"1", b"7", 40) if name == "translation.jsonl" else body,
        lambda name, body: b"[1, 2]\n" if name == "unit.jsonl" else body,
        lambda name, body: b"" if name == "text.jsonl" else body,
        lambda name, body: b'{"a": 1}\n' if name == "action.jsonl" else body,
        lambda name, body: (
            body.replace(b'"slug"', b'"future"') if name == "project.jsonl" else body
        ),
    ],
    ids=["pointers", "no names", "empty", "no list", "newer"],
)
def test_rows_that_do_not_belong_together_are_refused_and_nothing_is_stored(
    new: Open, change: Callable[[str, bytes], bytes]
) -> None:
    work, store = lived(new("sqlite file")), new("sqlite file")
    file = rewritten(bundle(work).getvalue(), change, honest=True)
    with closing(SqlStore("sqlite://")) as scratch, pytest.raises(InputError) as caught:
        read_bundle(store, scratch, file, "hand", work.clock)
    assert caught.value.error_code in ("bundle.damaged", "bundle.newer")
    with store.read() as uow:
        assert uow.projects.list() == ()


@pytest.fixture(params=SERVABLE)
def two(request: pytest.FixtureRequest, new: Open) -> tuple[Workspace, Workspace]:
    """Return a project, and what another machine has of it."""
    work = lived(new(request.param))
    return work, carried(work, new("sqlite file"))[0]


def back(work: Workspace, other: Workspace) -> BundleRead:
    """Read what the other machine has."""
    assert isinstance(work.store, SqlStore)
    return carried(other, work.store)[1]


def test_what_was_done_there_comes_back_with_its_people_and_times(
    two: tuple[Workspace, Workspace],
) -> None:
    work, other = two
    other.clock.at += _DAY
    other.decide("k3", "sw", text="Nne", actor="asha")
    other.decide("k3", "sw", State.REVIEWED, actor="juma")
    other.decide("k2", "sw", text="Tatu.", actor="asha")
    place = Subject("clinic", other.units()["k4"].id, "sw", "asha")
    comment(other.store, place, "Five?", other.clock)
    suggest(other.store, place, "Tano", "", other.clock)
    read = back(work, other)
    assert (read.new, read.written, read.suggested, read.said) == (False, 2, 0, 2)
    for key in ("k2", "k3"):
        said = [[replace(step, action=0) for step in each.history(key, "sw")] for each in two]
        assert said[0] == said[1]
    assert work.state("k3", "sw") is State.REVIEWED
    assert told(work)["talk"]["k4"] == told(other)["talk"]["k4"]
    assert coverage(work.store, "clinic") == coverage(other.store, "clinic")


def test_what_is_newer_here_stays(two: tuple[Workspace, Workspace]) -> None:
    work, other = two
    work.decide("k2", "sw", text="Tatu hapa")
    read = back(work, other)
    assert (read.written, read.newer, read.suggested) == (0, 1, 0)
    assert work.texts("sw")["k2"] == "Tatu hapa"


def test_where_both_went_on_ours_stays_and_theirs_is_a_suggestion(
    two: tuple[Workspace, Workspace],
) -> None:
    work, other = two
    work.decide("k2", "sw", text="Tatu hapa")
    other.clock.at += 5
    other.decide("k2", "sw", text="Tatu huko", actor="asha")
    assert back(work, other).suggested == 1
    assert work.texts("sw")["k2"] == "Tatu hapa"
    (*_, made) = work.suggestions("k2", "sw")
    assert (made.text, made.actor, made.at) == ("Tatu huko", "asha", other.clock.at)
    assert back(work, other).known


def test_a_draft_gives_way_to_a_person_and_never_the_other_way_round(
    two: tuple[Workspace, Workspace],
) -> None:
    work, other = two
    draft(work, "k6", "sw", "Rasimu ya hapa")
    other.decide("k6", "sw", text="Saba", actor="asha")
    work.decide("k7", "sw", text="Nane")
    draft(other, "k7", "sw", "Rasimu ya huko")
    back(work, other)
    assert (work.texts("sw")["k6"], work.state("k6", "sw")) == ("Saba", State.TRANSLATED)
    assert (work.texts("sw")["k7"], work.suggestions("k7", "sw")) == ("Nane", ())


def test_a_text_that_was_withdrawn_there_leaves_the_exports_here(
    two: tuple[Workspace, Workspace],
) -> None:
    work, other = two
    assert b"Tatu!" in work.export()["i18n/sw.json"]
    work.decide("k2", "sw", State.REVIEWED, actor="juma")
    other.clock.at += _DAY
    place = Subject("clinic", other.units()["k2"].id, "sw", "asha")
    withdraw(other.store, place, 2, "rude", other.clock)
    back(work, other)
    assert b"Tatu!" not in work.export()["i18n/sw.json"]


def test_units_that_the_store_lacks_come_with_their_texts(
    two: tuple[Workspace, Workspace],
) -> None:
    work, other = two
    other.files["i18n/en.json"] = other.files["i18n/en.json"].replace(
        b"{\n", b'{\n  "new": "A new text",\n', 1
    )
    other.clock.at += _DAY
    other.push()
    other.decide("new", "sw", text="Mpya", actor="asha")
    read = back(work, other)
    assert (read.units, work.texts("sw")["new"]) == (1, "Mpya")
    assert coverage(work.store, "clinic").languages == coverage(other.store, "clinic").languages


def test_a_text_for_another_source_is_a_suggestion(two: tuple[Workspace, Workspace]) -> None:
    work, other = two
    other.decide("k3", "sw", text="Nne", actor="asha")
    work.files["i18n/en.json"] = work.files["i18n/en.json"].replace(
        b"Text number 3", b"Text that is new 3"
    )
    work.push()
    assert back(work, other).suggested == 1
    assert [each.text for each in work.suggestions("k3", "sw")] == ["Nne"]
    assert "k3" not in work.texts("sw")


def test_another_source_language_is_another_project(two: tuple[Workspace, Workspace]) -> None:
    _, other = two
    with closing(SqlStore("sqlite://")) as store, closing(SqlStore("sqlite://")) as scratch:
        work = json_project(store, {"x": "Autre"}, sw={})
        work.spec = replace(work.spec, source_language="fr")
        work.push()
        with pytest.raises(ConflictError) as caught:
            read_bundle(store, scratch, bundle(other), "hand", work.clock)
        assert caught.value.error_code == "bundle.language"


@pytest.mark.parametrize("seed", range(8))
def test_nothing_that_a_person_wrote_is_lost_between_two_machines(new: Open, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - the same work each time
    work = lived(new("sqlite file"))
    sides = [work, carried(work, new("sqlite file"))[0]]
    for turn in range(40):
        side = rng.choice(sides)
        key = rng.choice(list(_TEXTS))
        side.clock.at += rng.randrange(1, 5000)
        if rng.random() < 0.2:
            now = side.translation(key, "sw")
            if now is None or now.state is State.DRAFT:
                draft(side, key, "sw", f"Rasimu {turn}")
        elif rng.random() < 0.2 and side.state(key, "sw") is State.TRANSLATED:
            side.decide(key, "sw", State.REVIEWED, actor="juma")
        else:
            side.decide(key, "sw", text=f"{key} {turn}", actor=rng.choice(["asha", "juma"]))
        if rng.random() < 0.15:
            exchanged(*rng.sample(sides, 2))
    exchanged(*sides)
    exchanged(*reversed(sides))


def exchanged(work: Workspace, other: Workspace) -> None:
    """Read what another machine has: what people last wrote there, and what was here, is here."""
    before = [kept(work, key) for key in _TEXTS]
    back(work, other)
    for key, had in zip(_TEXTS, before, strict=True):
        has = kept(work, key)
        assert had <= has
        text = other.translation(key, "sw")
        if text is not None and text.state is not State.DRAFT:
            assert text.text in has
        if work.state(key, "sw") is State.DRAFT:
            assert text is None or text.state is State.DRAFT


def kept(work: Workspace, key: str) -> set[Text]:
    """Return every text that a store has for a unit."""
    texts = {step.text for step in work.history(key, "sw")}
    return texts | {each.text for each in work.suggestions(key, "sw")}


def test_the_console_writes_verifies_and_reads(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    console.clinic()
    assert console("push").code == 0
    said = console("bundle", "write", "clinic.bundle", "--json").json
    assert (said["project"], said["rows"]["unit"], said["signed"]) == ("clinic", 3, False)
    assert console("bundle", "write", "clinic.bundle").code == 2
    assert console("bundle", "write", "clinic.bundle", "--force").code == 0
    shown = console("bundle", "verify", "clinic.bundle")
    assert (shown.code, "compare the number" in shown.err) == (0, True)
    read = console("bundle", "read", "clinic.bundle", "--store", "other.db")
    assert (read.code, "clinic is new here: 3 units, 2 translations" in read.out) == (0, True)
    assert (
        "was read before" in console("bundle", "read", "clinic.bundle", "--store", "other.db").out
    )
    monkeypatch.setenv("DPG_L10N_BUNDLE_KEY", _KEY.decode())
    refused = console("bundle", "read", "clinic.bundle", "--store", "third.db")
    assert (refused.code, "[bundle.signature]" in refused.err) == (3, True)
    assert console("bundle", "write", "signed.bundle").code == 0
    assert console("bundle", "read", "signed.bundle", "--store", "third.db").code == 0
    file = console.folder / "signed.bundle"
    file.write_bytes(file.read_bytes()[:-30])
    torn = console("bundle", "verify", "signed.bundle")
    assert (torn.code, "[bundle.damaged]" in torn.err) == (3, True)
    with pytest.raises(ConfigError):
        bundle_key({"DPG_L10N_BUNDLE_KEY": "short"})
