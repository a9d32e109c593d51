from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.paths import fill
from dpg_l10n.domain.project import CatalogueSpec, ProjectSpec, TargetFile
from dpg_l10n.domain.risk import RISKS, RiskRule
from dpg_l10n.errors import ConfigError
from dpg_l10n.services.discovery import Tree, discover
from dpg_l10n.services.projectfile import load, parse, write

JSON = b'{"save": "Save"}\n'
TEXT = """\
[project]
slug = "health-tracker"
name = "Health tracker"
source_language = "en"
licence = "Apache-2.0"
registry_id = "dpg-12"
deployments = ["KE", "ET"]

[[catalogue]]
name = "app"
source = "i18n/en.json"
target = "i18n/{language}.json"
targets = { sw = "lang/kiswahili.json" }
licence = "CC0-1.0"

[languages]
xx = "fr"

[coverage]
count = "reviewed"
fail_under = { default = 80, am = 95 }

[server]
url = "https://l10n.example.org"
"""


def project(root: Path, *paths: str, data: bytes = JSON) -> Path:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


def read(root: Path, text: str) -> ProjectSpec:
    return parse(text, path="dpg-l10n.toml", tree=Tree(root))


def fault(root: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        read(root, text)
    return str(caught.value)


def test_every_key_is_read(tmp_path: Path) -> None:
    files = ("i18n/en.json", "i18n/pt_BR.json", "i18n/xx.json", "lang/kiswahili.json")
    root = project(tmp_path, *files)
    (root / "dpg-l10n.toml").write_text(TEXT)
    assert load(root) == ProjectSpec(
        slug="health-tracker",
        name="Health tracker",
        source_language="en",
        licence="Apache-2.0",
        registry_id="dpg-12",
        deployments=("KE", "ET"),
        catalogues=(
            CatalogueSpec(
                name="app",
                format="json",
                source="i18n/en.json",
                targets=(
                    TargetFile("fr", "xx", "i18n/xx.json"),
                    TargetFile("pt-BR", "pt_BR", "i18n/pt_BR.json"),
                    TargetFile("sw", "sw", "lang/kiswahili.json"),
                ),
                pattern="i18n/{language}.json",
                licence="CC0-1.0",
            ),
        ),
        languages={"xx": "fr"},
        count="reviewed",
        fail_under={"default": 80, "am": 95},
        server_url="https://l10n.example.org",
    )


def test_pyproject_is_read_where_there_is_no_file_of_our_own(tmp_path: Path) -> None:
    root = project(tmp_path, "i18n/en.json")
    (root / "pyproject.toml").write_text(
        '[project]\nname = "x"\n[tool.dpg-l10n.project]\nslug = "mine"\n'
        '[[tool.dpg-l10n.catalogue]]\nname = "app"\nsource = "i18n/en.json"\n'
    )
    spec = load(root)
    assert (spec.slug, [each.source for each in spec.catalogues]) == ("mine", ["i18n/en.json"])


def test_an_unknown_key_in_pyproject_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.dpg-l10n.project]\nslug = "x"\nslugg = "y"\n')
    with pytest.raises(ConfigError, match=r"pyproject.toml:3: Unknown key “slugg”"):
        load(tmp_path)


def test_a_pyproject_of_others_leads_to_discovery(tmp_path: Path) -> None:
    root = project(tmp_path, "i18n/en.json")
    (root / "pyproject.toml").write_text('[project]\nname = "x"\n')
    assert load(root) == discover(root)


def test_a_file_without_catalogues_keeps_its_settings_and_finds_them(tmp_path: Path) -> None:
    root = project(tmp_path, "i18n/en.json", "i18n/fr.json")
    (root / "dpg-l10n.toml").write_text('[project]\nslug = "mine"\nsource_language = "fr"\n')
    spec = load(root)
    assert (spec.slug, spec.source_language) == ("mine", "fr")
    assert [
        (each.source, [file.language for file in each.targets]) for each in spec.catalogues
    ] == [("i18n/fr.json", ["en"])]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[projet]\n", "dpg-l10n.toml:1: Unknown key “projet” in the file. Did you mean “project”?"),
        ('[project]\nslug = "a"\nlicense = "MIT"\n', "dpg-l10n.toml:3: Unknown key “license”"),
        ('[[catalogue]]\nname = "a"\nsource = "a.json"\n[[catalogue]]\nname = "b"\nsauce = "x"\n',
         "dpg-l10n.toml:6: Unknown key “sauce” in [catalogue]. Did you mean “source”?"),
        ('[project]\nslug = "Über uns"\n', "dpg-l10n.toml:2: “Über uns” cannot be used"),
        ('[project]\nsource_language = "none"\n', "dpg-l10n.toml:2: “none” is no language code"),
        ('[project]\ndeployments = ["Kenya"]\n', "two-letter country codes"),
        ('[[catalogue]]\nsource = "a.json"\n', "dpg-l10n.toml:1: A [[catalogue]] needs a “name”."),
        ('[[catalogue]]\nname = "a"\n', "needs a “source”, or a “target”"),
        ('[[catalogue]]\nname = "a"\nsource = "../a.json"\n', "dpg-l10n.toml:3: “../a.json”"),
        ('[[catalogue]]\nname = "a"\nsource = "/etc/a.json"\n', "inside the project"),
        ('[[catalogue]]\nname = "a"\nsource = "a\\\\b.json"\n', "inside the project"),
        ('[[catalogue]]\nname = "a"\nsource = "a.json"\ntarget = "b.json"\n', "needs {language}"),
        ('[[catalogue]]\nname = "a"\nsource = "{language}.json"\n', "cannot have {language}"),
        ('[[catalogue]]\nname = "a"\nsource = "a.json"\nformat = "jsn"\n', "dpg-l10n.toml:4: Unknown format “jsn”. Known: po"),
        ('[[catalogue]]\nname = "a"\nsource = "a.bin"\n', "Nothing tells the format of a.bin. Name it"),
        ('[[catalogue]]\nname = "a"\nsource = "a.json"\nformat = "json"\n'
         'targets = { en = "b.json" }\n', "the source's"),
        ('[[catalogue]]\nname = "a"\nsource = "a.po"\n[[catalogue]]\nname = "a"\nsource = "b.po"\n',
         "dpg-l10n.toml:5: Two catalogues are named “a”."),
        ('[[catalogue]]\nname = "a"\nformat = "json"\ntarget = "{language}.json"\n',
         "of the format “json” needs a “source”"),
        ('[languages]\nxx = "none"\n', "dpg-l10n.toml:2: “none” is no language code"),
        ('[coverage]\ncount = "all"\n', "dpg-l10n.toml:2: “count” has to be one of"),
        ("[coverage]\nfail_under = { am = 120 }\n", "dpg-l10n.toml:2: “fail_under” takes"),
        ('[server]\nurl = "ftp://x"\n', "dpg-l10n.toml:2: “url” has to begin with"),
        ('[server]\nurl = "https://me:secret@x.org"\n', "must hold no user or token"),
        ("catalogue = 3\n", "dpg-l10n.toml:1: “catalogue” has to be a list of tables"),
        ("project = 3\n", "“project” has to be a table"),
        ("[project\n", "This is not valid TOML"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_its_place(
    tmp_path: Path, text: str, message: str
) -> None:
    assert message in fault(tmp_path, text)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dpg-l10n.toml").write_bytes(b'[project]\nname = "\xff"\n')
    with pytest.raises(ConfigError, match="not UTF-8"):
        load(tmp_path)


def test_a_password_is_not_repeated_in_the_message(tmp_path: Path) -> None:
    assert "secret" not in fault(tmp_path, '[server]\nurl = "https://me:secret@x.org"\n')


@given(st.text(max_size=60))
@settings(max_examples=100)
def test_any_text_is_read_or_refused(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            read(Path(folder), text)
        except ConfigError:
            return


def test_a_source_that_does_not_exist_yet_is_reported(tmp_path: Path) -> None:
    spec = read(tmp_path, '[[catalogue]]\nname = "a"\nsource = "i18n/en.pot"\n')
    assert spec.catalogues[0].format == "po"
    assert [each.code for each in spec.problems] == ["source.missing"]


def test_a_single_least_coverage_is_for_every_language(tmp_path: Path) -> None:
    assert read(tmp_path, "[coverage]\nfail_under = 75\n").fail_under == {"default": 75}


def test_a_written_file_says_no_more_than_is_needed(tmp_path: Path) -> None:
    root = project(tmp_path / "demo", "i18n/en.json", "i18n/sw.json")
    assert write(discover(root), root) == (
        "# What dpg-l10n translates in this repository. Keys: docs/configuration.md\n"
        '[project]\nslug = "demo"\nname = "demo"\nsource_language = "en"\n'
        '\n[[catalogue]]\nname = "app"\nsource = "i18n/en.json"\ntarget = "i18n/{language}.json"\n'
    )


@pytest.mark.parametrize(
    "paths",
    [
        ("i18n/en.json", "i18n/fr.json", "i18n/pt_BR.json", "i18n/null.json"),
        ("a/i18n/eng.json", "a/i18n/fra.json", "b/i18n/en.json", "b/i18n/in.json"),
        ("src/lang/src/board.json", "src/lang/fr-FR.json", "src/lang/ar-SA.json"),
        ("locales/en/common.json", "locales/en/it.json", "locales/sw/common.json"),
        ("lang/fr.json",),
        ("language/.en.json", "language/fr.json", "language/ar.json"),
    ],
)
def test_what_was_discovered_is_read_again_from_the_written_file(
    tmp_path: Path, paths: tuple[str, ...]
) -> None:
    root = project(tmp_path, *paths)
    found = discover(root)
    assert found.catalogues
    (root / "dpg-l10n.toml").write_text(write(found, root), encoding="utf-8")
    assert load(root) == found


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(str.strip)
slugs = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)
risks = st.builds(
    RiskRule, st.sampled_from(RISKS), st.lists(names, min_size=1, max_size=2).map(tuple)
)
tags = st.sampled_from(("sw", "fr", "pt-BR", "uz-Latn", "am", "zh-Hant"))


@st.composite
def catalogues(draw: st.DrawFn, name: str) -> CatalogueSpec:
    languages = draw(st.lists(tags, unique=True, max_size=4))
    pattern = draw(st.sampled_from((f"{name}/l10n/{{language}}.json", None)))
    targets = []
    for language in sorted(languages):
        usual = pattern is not None and draw(st.booleans())
        path = fill(pattern, language) if pattern and usual else f"{name}/x-{language}/odd.json"
        targets.append(TargetFile(language, language, path))
    source = f"{name}/source.json"
    licence = draw(st.none() | names)
    return CatalogueSpec(name, "json", source, tuple(targets), pattern, licence)


@st.composite
def projects(draw: st.DrawFn) -> ProjectSpec:
    found = draw(st.lists(slugs, min_size=1, max_size=3, unique=True))
    return ProjectSpec(
        slug=draw(slugs),
        name=draw(names),
        licence=draw(st.none() | names),
        registry_id=draw(st.none() | names),
        deployments=tuple(draw(st.lists(st.sampled_from(("KE", "ET", "NP")), unique=True))),
        catalogues=tuple(draw(catalogues(name)) for name in found),
        languages=draw(st.dictionaries(st.sampled_from(("xx", "a b", "null")), tags)),
        count=draw(st.sampled_from(("translated", "reviewed"))),
        draft_risk=draw(st.booleans()),
        gate_errors=draw(st.integers(0, 9)),
        gate_risk=draw(st.integers(0, 9)),
        risks=tuple(draw(st.lists(risks, max_size=2))),
        glossaries=tuple(draw(st.lists(slugs, max_size=2))),
        fail_under=draw(st.dictionaries(st.just("default") | tags, st.integers(0, 100))),
        server_url=draw(st.none() | st.just("https://l10n.example.org/é")),
    )


@given(spec=projects())
@settings(max_examples=60, deadline=None)
def test_a_project_is_the_same_after_writing_and_reading(spec: ProjectSpec) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for each in spec.catalogues:
            project(root, each.source or "", *(file.path for file in each.targets))
        (root / "dpg-l10n.toml").write_text(write(spec, root), encoding="utf-8", newline="")
        assert load(root) == spec


folders = st.lists(
    st.sampled_from(
        ("locales", "i18n", "src", "en", "fr", "values", "values-fr", "app", "to", "po")
    ),
    max_size=3,
)
stems = st.sampled_from(
    ("en", "fr", "sw", "pt_BR", "pt-BR", "in", "id", "eng", "messages", "messages_fr", "strings",
     "app.fr", "app.en", "null", "django", "sign-in", "source")
)  # fmt: skip
contents = st.sampled_from(
    (JSON, b"", b"[1]", b'{"n": 1}', b"<resources><string name='a'>A</string></resources>",
     b'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr ""\n', b"a=b\n", b"en:\n  a: b\n",
     b"key,en,fr\na,Save,\n", b"Key,French\na,b\n")
) | st.binary(max_size=12)  # fmt: skip
suffixes = st.sampled_from(("json", "po", "pot", "xml", "yml", "properties", "csv", "ts", "json5"))
trees = st.dictionaries(
    st.builds(
        lambda above, stem, end: "/".join((*above, f"{stem}.{end}")), folders, stems, suffixes
    ),
    contents,
    max_size=12,
)


@given(tree=trees)
@settings(max_examples=100, deadline=None)
def test_any_tree_is_discovered_and_read_again_as_it_was_written(tree: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, data in tree.items():
            project(root, path, data=data)
        found = discover(root)
        assert found == discover(root, files=list(reversed(tree)))
        (root / "dpg-l10n.toml").write_text(write(found, root), encoding="utf-8")
        again = load(root)
        assert again.catalogues == found.catalogues
        assert again == found


def test_a_file_of_all_languages_needs_no_target(tmp_path: Path) -> None:
    project(tmp_path, "texts.csv", data=b"key,en,French,xx\na,Save,,\n")
    text = '[[catalogue]]\nname = "app"\nsource = "texts.csv"\n[languages]\nxx = "sw"\nFrench = "fr-CA"\n'
    spec = read(tmp_path, text)
    assert spec.catalogues[0].targets == (TargetFile("fr-CA", "French", "texts.csv"),)
    assert "texts.csv" not in write(spec, tmp_path).partition("source = ")[2].partition("\n")[2]


def test_a_file_of_all_languages_that_is_broken_or_gone_has_none(tmp_path: Path) -> None:
    project(tmp_path, "texts.csv", data=b'"key')
    text = '[[catalogue]]\nname = "app"\nformat = "csv"\nsource = "texts.csv"\n'
    assert read(tmp_path, text).catalogues[0].targets == ()
    assert read(tmp_path, text.replace("texts", "gone")).catalogues[0].targets == ()
