"""Old and new versions of real catalogues: nothing is lost, nothing wrongly stays translated."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.merge import said
from dpg_l10n.domain.message import Text, is_blank
from dpg_l10n.domain.project import CatalogueSpec, ProjectSpec, TargetFile
from dpg_l10n.domain.states import State
from dpg_l10n.formats import FORMATS
from dpg_l10n.ports import Store
from dpg_l10n.services.multilingual import parse_target
from dpg_l10n.services.undo import undo
from dpg_l10n_cli.main import run
from tests.support.corpus import require_corpus
from tests.support.projects import Workspace


@dataclass(frozen=True)
class Pair:
    """Where the files of a pair of versions are, below ``old`` and ``new``."""

    format: str
    source: str | None
    """None where the translation files are the source, each of them both."""
    targets: dict[str, str]
    """By language; the source's own path where one file holds all."""


def one_file(form: str, path: str, *languages: str) -> Pair:
    """Return a pair whose one file holds the source and all languages."""
    return Pair(form, path, dict.fromkeys(languages, path))


FORMS = "config/default/forms/contact"
CHT_LANGUAGES = ("fr", "hi", "id", "ne", "sw")
PAIRS = {  # by folder, and a word where a folder has several catalogues
    "cht-core person": one_file("xlsform", f"{FORMS}/person-create.xlsx", *CHT_LANGUAGES),
    "cht-core place": one_file("xlsform", f"{FORMS}/PLACE_TYPE-create.xlsx", *CHT_LANGUAGES),
    "coral": Pair("fluent", "locales/en-US/stream.ftl", {"fr-FR": "locales/fr-FR/stream.ftl"}),
    "dhis2-capture-app": Pair("po", "i18n/en.pot", {"ar": "i18n/ar.po", "fr": "i18n/fr.po"}),
    "hot-tasking-manager": Pair(
        "json", "frontend/src/locales/en.json", {"fr": "frontend/src/locales/fr.json"}
    ),
    "ifme": Pair("rails-yaml", "config/locales/en.yml", {"fr": "config/locales/fr.yml"}),
    "kiwix-apple": Pair(
        "strings",
        "Support/en.lproj/Localizable.strings",
        {"fr": "Support/fr.lproj/Localizable.strings"},
    ),
    "odk-collect": Pair(
        "android",
        "strings/src/main/res/values/strings.xml",
        {tag: f"strings/src/main/res/values-{tag}/strings.xml" for tag in ("ar", "sw")},
    ),
    "qfield": Pair("qt-ts", None, {"fr": "i18n/qfield_fr.ts"}),
    "opencrvs-countryconfig login": one_file("csv", "src/translations/login.csv", "fr"),
    "opencrvs-countryconfig notification": one_file(
        "csv", "src/translations/notification.csv", "fr"
    ),
    "openfoodfacts-app": Pair(
        "arb",
        "packages/smooth_app/lib/l10n/app_en.arb",
        {"fr": "packages/smooth_app/lib/l10n/app_fr.arb"},
    ),
}
KNOWN = sorted(PAIRS)
HINDI = Pair(
    "properties",
    "api/src/main/resources/messages.properties",
    {"hi": "api/src/main/resources/messages_hi.properties"},
)


def workspace(store: Store, name: str, pair: Pair) -> Workspace:
    """Return a project with the old files of a pair."""
    targets = tuple(TargetFile(tag, tag, path) for tag, path in pair.targets.items())
    catalogue = CatalogueSpec("app", pair.format, pair.source, targets)
    spec = ProjectSpec("clinic", "Clinic", catalogues=(catalogue,))
    return Workspace(store, spec, files_of(name, pair, "old"))


def files_of(name: str, pair: Pair, version: str) -> dict[str, bytes]:
    """Return the files of one version by path."""
    root: Path = require_corpus() / "versions" / name.split(maxsplit=1)[0] / version
    paths = {*pair.targets.values(), *([pair.source] if pair.source else [])}
    return {path: (root / path).read_bytes() for path in paths}


def parsed(pair: Pair, files: dict[str, bytes], language: str | None) -> Catalogue:
    """Return what the files say in a language; None is the source."""
    form = FORMATS[pair.format]
    source = form.parse(files[pair.source or next(iter(pair.targets.values()))])
    if language is None:
        return source
    path = pair.targets[language]
    target = TargetFile(language, language, path)
    return parse_target(form, files[path], target, source, in_source=path == pair.source)


def sources(pair: Pair, files: dict[str, bytes]) -> dict[str, Text]:
    """Return the source texts by key."""
    found = parsed(pair, files, None).entries
    return {entry.key: entry.text if entry.source is None else entry.source for entry in found}


def entries(pair: Pair, files: dict[str, bytes], language: str) -> dict[str, Entry]:
    """Return what a translation says by key."""
    found = parsed(pair, files, language).entries
    return {entry.key: entry for entry in found if not is_blank(entry.text)}


def test_every_folder_of_versions_is_tried() -> None:
    folders = {each.name for each in (require_corpus() / "versions").iterdir()}
    assert folders == {name.split(maxsplit=1)[0] for name in PAIRS} | {"openmrs-core-hindi"}


@pytest.mark.parametrize("name", KNOWN)
def test_every_old_translation_is_still_found_after_the_new_version(
    store: Store, name: str
) -> None:
    pair = PAIRS[name]
    work = workspace(store, name, pair)
    work.push(accept_damage=True)
    before = {language: work.texts(language) for language in pair.targets}
    work.files = files_of(name, pair, "new")
    report = work.push(prune=True, prune_many=True, accept_damage=True)
    assert report.id
    for language, texts in before.items():
        assert texts
        now = work.texts(language)
        for key, text in texts.items():
            if now.get(key) != text:
                assert text in [step.text for step in work.history(key, language)]


@pytest.mark.parametrize("name", KNOWN)
def test_no_text_stays_translated_whose_source_changed_under_it(store: Store, name: str) -> None:
    pair = PAIRS[name]
    work = workspace(store, name, pair)
    old = work.files
    work.push(accept_damage=True)
    new = work.files = files_of(name, pair, "new")
    work.push(accept_damage=True)
    was, now = sources(pair, old), sources(pair, new)
    assert was != now
    for language in pair.targets:
        before, after = entries(pair, old, language), entries(pair, new, language)
        found = work.translations(language)
        for key, source in now.items():
            text = found.get(key)
            if text is None or text.state is not State.TRANSLATED or was.get(key) == source:
                continue
            if key in was:
                assert key not in before or before[key].text != after[key].text, key
            else:  # a new key: its own file says so, or the same source stood under another key
                assert (key in after and said(after[key])) or source in was.values(), key


@pytest.mark.parametrize("name", KNOWN)
def test_what_the_new_files_say_is_taken_in(store: Store, name: str) -> None:
    pair = PAIRS[name]
    work = workspace(store, name, pair)
    work.push(accept_damage=True)
    new = work.files = files_of(name, pair, "new")
    report = work.push(accept_damage=True)
    assert report.conflicts == ()
    wanted = sources(pair, new)
    for language in pair.targets:
        texts = work.texts(language)
        for key, entry in entries(pair, new, language).items():
            if key in wanted and not is_blank(wanted[key]) and said(entry):
                assert texts[key] == entry.text


@pytest.mark.parametrize("name", KNOWN)
def test_the_new_version_can_be_undone(store: Store, name: str) -> None:
    pair = PAIRS[name]
    work = workspace(store, name, pair)
    work.push(accept_damage=True)

    def picture() -> list[object]:
        units = {key: unit for key, unit in work.units().items() if not unit.obsolete}
        return [
            {key: unit.source for key, unit in units.items()},
            *(
                {k: (t.text, t.state) for k, t in work.translations(tag).items() if k in units}
                for tag in pair.targets
            ),
            *(work.counts(tag) for tag in pair.targets),
        ]

    before = picture()
    exported = work.export()
    work.files = files_of(name, pair, "new")
    push_id = work.push(prune=True, prune_many=True, accept_damage=True).id
    assert picture() != before
    assert not undo(store, "clinic", push_id, work.clock, actor="amina").kept
    assert picture() == before
    assert work.export() == exported


def test_a_file_that_was_encoded_twice_is_refused_and_the_old_texts_stay(store: Store) -> None:
    work = workspace(store, "openmrs-core-hindi", HINDI)
    work.push()
    before = work.texts("hi")
    work.files = files_of("openmrs-core-hindi", HINDI, "new")
    (refusal,) = work.push().refused
    assert refusal.code == "input.encoding"
    # every text of the old file that is not plain ASCII, and no other: later the file grew, and
    # 2,698 of 2,738 were damaged when its state of August 2026 was counted
    old = entries(HINDI, files_of("openmrs-core-hindi", HINDI, "old"), "hi")
    assert sum(not str(entry.text).isascii() for entry in old.values()) == 2610
    assert "2610 of 2644 texts are damaged" in refusal.message
    assert work.texts("hi") == before


def test_the_console_leaves_with_3_when_a_file_was_encoded_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DPG_L10N_STORE", str(tmp_path / "store.db"))
    root = require_corpus() / "versions" / "openmrs-core-hindi"
    assert run(["push", str(root / "old"), "-p", "openmrs"]) == 0
    capsys.readouterr()
    assert run(["push", str(root / "new"), "-p", "openmrs"]) == 3
    assert "2610 of 2644 texts are damaged" in capsys.readouterr().err
