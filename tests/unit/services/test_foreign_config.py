from __future__ import annotations

from pathlib import Path

import pytest

from dpg_l10n.errors import ConfigError, NotFoundError
from dpg_l10n.services.foreign_config import Imported, import_config

JSON = b'{"save": "Save"}\n'

TX = """\
[main]
host = https://www.transifex.com
lang_map = ckb:ku_IQ, sr@latin:sr_Latn

[o:org:p:proj:r:web-app]
file_filter = web/<lang>.json
source_file = web/en.json
source_lang = en
type = KEYVALUEJSON
minimum_perc = 10
trans.sw = other/kiswahili.json

[proj.outside]
file_filter = ../x/<lang>.json
source_file = ../x/en.json
"""

CROWDIN = """\
project_id: "1"
base_path: "."
preserve_hierarchy: true
files: [
  {
    # every package
    "source": "/packages/*/i18n/en.json",
    "translation": "/%original_path%/%two_letters_code%.%file_extension%",
    "ignore": ["/packages/old/**"],
    "languages_mapping": {"two_letters_code": {"pt-BR": "br"}},
    "update_option": "update_as_unapproved"
  },
  {"source": "/docs/en.json", "translation": "/docs/%language%.json"}
]
"""


def project(root: Path, *paths: str, **files: str) -> Path:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(JSON)
    for name, text in files.items():
        place = root / {"tx": ".tx/config", "crowdin": "crowdin.yml"}.get(name, f".{name}")
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return root


def brief(found: Imported) -> dict[str, tuple[str | None, str | None, list[str]]]:
    return {
        each.name: (each.source, each.pattern, [file.path for file in each.targets])
        for each in found.spec.catalogues
    }


def left(found: Imported) -> set[str]:
    return {each.path.rpartition(": ")[2] for each in found.unmapped}


def test_transifex_resources_become_catalogues(tmp_path: Path) -> None:
    root = project(
        tmp_path, "web/en.json", "web/fr.json", "web/ku_IQ.json", "other/kiswahili.json", tx=TX
    )
    found = import_config(root)
    assert (found.tool, found.path) == ("tx", ".tx/config")
    assert brief(found) == {
        "web-app": (
            "web/en.json",
            "web/{language}.json",
            ["web/ku_IQ.json", "web/fr.json", "other/kiswahili.json"],
        )
    }
    assert found.spec.languages == {"ku_IQ": "ckb"}


def test_what_transifex_has_and_we_have_not_is_listed(tmp_path: Path) -> None:
    found = import_config(project(tmp_path, "web/en.json", tx=TX), "tx")
    assert left(found) == {
        "[main] host",
        "[o:org:p:proj:r:web-app] minimum_perc",
        "../x/en.json",
    }


def test_transifex_texts_without_keys_are_listed_and_no_catalogue(tmp_path: Path) -> None:
    (tmp_path / ".tx").mkdir()
    (tmp_path / ".tx" / "config").write_text(
        "[o:a:p:b:r:store]\nfile_filter = store/<lang>/title.txt\n"
        "source_file = store/en/title.txt\nsource_lang = en\ntype = TXT\n"
    )
    (tmp_path / "store" / "en").mkdir(parents=True)
    (tmp_path / "store" / "en" / "title.txt").write_text("Village health\n")
    found = import_config(tmp_path, "tx")
    assert found.spec.catalogues == ()
    assert any("store/en/title.txt" in each.message for each in found.unmapped)


def test_crowdin_patterns_become_a_catalogue_for_each_source(tmp_path: Path) -> None:
    paths = ("packages/a/i18n/en.json", "packages/a/i18n/br.json", "packages/b/i18n/en.json",
             "packages/old/i18n/en.json", "docs/en.json")  # fmt: skip
    found = import_config(project(tmp_path, *paths, crowdin=CROWDIN))
    assert brief(found) == {
        "a": (
            "packages/a/i18n/en.json",
            "packages/a/i18n/{language}.json",
            ["packages/a/i18n/br.json"],
        ),
        "b": ("packages/b/i18n/en.json", "packages/b/i18n/{language}.json", []),
    }
    assert found.spec.catalogues[0].targets[0].language == "pt-BR"


def test_what_crowdin_has_and_we_have_not_is_listed(tmp_path: Path) -> None:
    found = import_config(
        project(tmp_path, "packages/a/i18n/en.json", "docs/en.json", crowdin=CROWDIN)
    )
    assert left(found) == {
        "project_id",
        "preserve_hierarchy",
        "files[0].update_option",
        "files[1].translation",
    }


@pytest.mark.parametrize(
    ("translation", "pattern"),
    [
        ("/res/values-%android_code%/%original_file_name%", "res/values-{language}/en.json"),
        ("/ios/%osx_code%/%file_name%.json", "ios/{language}.lproj/en.json"),
        ("/%locale_with_underscore%/%original_path%/x.json", "{language}/i18n/x.json"),
    ],
)
def test_crowdin_placeholders_are_filled_from_the_source(
    tmp_path: Path, translation: str, pattern: str
) -> None:
    text = f"files:\n  - source: /i18n/en.json\n    translation: {translation}\n"
    found = import_config(project(tmp_path, "i18n/en.json", crowdin=text))
    assert [each.pattern for each in found.spec.catalogues] == [pattern]


def test_wildcards_of_crowdins_translations_are_those_of_the_source(tmp_path: Path) -> None:
    text = (
        "files:\n  - source: /**/locales/*/en.json\n    translation: /**/locales/*/%locale%.json\n"
    )
    paths = ("locales/a/en.json", "web/ui/locales/b/en.json", "web/ui/locales/b/pt-BR.json")
    assert brief(import_config(project(tmp_path, *paths, crowdin=text))) == {
        "a": ("locales/a/en.json", "locales/a/{language}.json", []),
        "b": ("web/ui/locales/b/en.json", "web/ui/locales/b/{language}.json", [paths[2]]),
    }


def test_transifex_finds_the_source_among_the_translations_where_none_is_named(
    tmp_path: Path,
) -> None:
    text = "[o:a:p:b:r:web]\nfile_filter = web/<lang>.json\nsource_lang = en\ntype = YML\n"
    found = import_config(project(tmp_path, "web/en.json", "web/fr.json", tx=text))
    assert brief(found) == {"web": ("web/en.json", "web/{language}.json", ["web/fr.json"])}
    assert left(found) == set()


def test_a_configuration_of_files_that_are_not_there_is_completed_by_discovery(
    tmp_path: Path,
) -> None:
    text = "[o:a:p:b:r:x]\nfile_filter = made/<lang>.json\nsource_file = made/en.json\n"
    found = import_config(project(tmp_path, "i18n/en.json", "i18n/fr.json", tx=text))
    assert brief(found) == {"app": ("i18n/en.json", "i18n/{language}.json", ["i18n/fr.json"])}
    assert left(found) == {"made/en.json"}


def test_catalogues_that_a_configuration_does_not_name_are_told(tmp_path: Path) -> None:
    text = "files:\n  - source: /i18n/en.json\n    translation: /i18n/%locale%.json\n"
    paths = ("i18n/en.json", "i18n/fr.json", "help/locales/en.json", "help/locales/fr.json")
    found = import_config(project(tmp_path, *paths, crowdin=text))
    assert [each.source for each in found.spec.catalogues] == ["i18n/en.json"]
    assert [(each.code, each.path) for each in found.spec.problems] == [
        ("config.uncovered", "help/locales/{language}.json")
    ]


def test_weblate_names_no_files_so_they_are_discovered(tmp_path: Path) -> None:
    text = "[weblate]\nurl = https://hosted.example.org/api/\ntranslation = demo/app\n"
    found = import_config(project(tmp_path, "i18n/en.json", "i18n/fr.json", weblate=text))
    assert found.tool == "weblate"
    assert brief(found) == {"app": ("i18n/en.json", "i18n/{language}.json", ["i18n/fr.json"])}
    assert left(found) == {"[weblate] url", "[weblate] translation"}


def test_tolgee_files_are_gathered_by_namespace(tmp_path: Path) -> None:
    text = """{"projectId": 1, "push": {"forceMode": "KEEP", "files": [
      {"path": "./i18n/en.json", "language": "en"}, {"path": "./i18n/fr.json", "language": "fr"},
      {"path": "./i18n/admin/en.json", "language": "en", "namespace": "admin"}]},
      "pull": {"path": "./i18n"}}"""
    root = project(tmp_path, "i18n/en.json", "i18n/fr.json", "i18n/admin/en.json", tolgeerc=text)
    found = import_config(root)
    assert brief(found) == {
        "app": ("i18n/en.json", "i18n/{language}.json", ["i18n/fr.json"]),
        "admin": ("i18n/admin/en.json", None, []),
    }
    assert left(found) == {"projectId", "push.forceMode", "pull.path"}


def test_a_tolgee_template_is_filled_for_every_namespace(tmp_path: Path) -> None:
    text = 'push:\n  filesTemplate: "./i18n/{namespace}/{languageTag}.json"\n'
    root = project(tmp_path, "i18n/a/en.json", "i18n/a/sw.json", "i18n/b/en.json", tolgeerc=text)
    assert brief(import_config(root)) == {
        "a": ("i18n/a/en.json", "i18n/a/{language}.json", ["i18n/a/sw.json"]),
        "b": ("i18n/b/en.json", "i18n/b/{language}.json", []),
    }


def test_without_any_configuration_the_catalogues_are_discovered(tmp_path: Path) -> None:
    found = import_config(project(tmp_path, "i18n/en.json"))
    assert (found.tool, found.path, found.unmapped) == ("auto", None, ())
    assert len(found.spec.catalogues) == 1


def test_a_tool_that_has_no_file_here_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"crowdin\.yml"):
        import_config(tmp_path, "crowdin")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tx", "no section\n"),
        ("crowdin", "- a\n- b\n"),
        ("crowdin", "files: !!python/object/apply:os.system ['true']\n"),
        ("tolgeerc", "{"),
        ("weblate", "]["),
    ],
)
def test_a_broken_configuration_is_an_error_that_names_the_file(
    tmp_path: Path, name: str, text: str
) -> None:
    root = project(tmp_path, **{name: text})
    with pytest.raises(ConfigError, match=r"\.tx/config|crowdin\.yml|\.tolgeerc|\.weblate"):
        import_config(root)


MOZILLA = """\
basepath = "."
locales = ["de", "fr"]
[env]
    l = "{l10n_base}/locales/{locale}/"
[build]
exclude-multi-locale = ["fr"]
[[paths]]
    reference = "locales/en-US/**/*.ftl"
    l10n = "{l}**/*.ftl"
    test = ["android-dtd"]
[[paths]]
    reference = "app/*/res/values/strings.xml"
    l10n = "app/*/res/values-{android_locale}/strings.xml"
[[paths]]
    reference = "none/*.ftl"
    l10n = "{l}none/*.ftl"
[[includes]]
    path = "other/l10n.toml"
[[includes]]
    path = "gone/l10n.toml"
[[filters]]
    action = "ignore"
"""


def test_mozillas_project_configuration_is_read_with_what_it_includes(tmp_path: Path) -> None:
    files = {
        "l10n.toml": MOZILLA,
        "other/l10n.toml": 'basepath = ".."\n[[paths]]\nreference = "web/en.json"\n'
        'l10n = "web/{locale}.json"\n',
        "locales/en-US/a/main.ftl": "a = A\n",
        "locales/de/a/main.ftl": "a = Ah\n",
        "app/core/res/values/strings.xml": '<resources><string name="a">A</string></resources>',
        "app/core/res/values-pt-rBR/strings.xml": '<resources><string name="a">B</string></resources>',
        "web/en.json": "{}",
        "web/fr.json": "{}",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = import_config(tmp_path)
    assert (found.tool, found.path, found.spec.source_language) == ("mozilla", "l10n.toml", "en")
    places = {c.source: (c.pattern, [t.language for t in c.targets]) for c in found.spec.catalogues}
    assert places == {
        "locales/en-US/a/main.ftl": ("locales/{language}/a/main.ftl", ["de"]),
        "app/core/res/values/strings.xml": (
            "app/core/res/values-{language}/strings.xml", ["pt-BR"],
        ),
        "web/en.json": ("web/{language}.json", ["fr"]),
    }  # fmt: skip
    assert [problem.path for problem in found.unmapped] == [
        "l10n.toml: paths[0].test", "l10n.toml: paths[2].reference",
        "l10n.toml: includes[1].path", "l10n.toml: locales", "l10n.toml: build",
        "l10n.toml: filters",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "keys"),
    [
        ("config.yml", "token: secret\nproject-id: 12.34\n", ["token", "project-id"]),
        ("lokalise.yml", "file:\n  upload: x\ntoken: secret\n", ["file.upload", "token"]),
        ("lokalise.cfg", 'Token = "secret"\nProject = "12.34"\n', ["Token", "Project"]),
    ],
)
def test_lokalises_configuration_names_no_files_and_no_secret_is_shown(
    tmp_path: Path, name: str, text: str, keys: list[str]
) -> None:
    project(tmp_path, "i18n/en.json", "i18n/fr.json")
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = import_config(tmp_path)
    assert found.tool == "lokalise"
    assert [problem.path for problem in found.unmapped] == [f"{name}: {key}" for key in keys]
    assert all("secret" not in problem.message for problem in found.unmapped)
    assert [catalogue.source for catalogue in found.spec.catalogues] == ["i18n/en.json"]


def test_a_configuration_of_another_program_is_not_lokalises(tmp_path: Path) -> None:
    project(tmp_path, "i18n/en.json", "i18n/fr.json")
    (tmp_path / "config.yml").write_text("token: x\nport: 80\n", encoding="utf-8")
    assert import_config(tmp_path).tool == "auto"
    with pytest.raises(NotFoundError):
        import_config(tmp_path, "lokalise")


@pytest.mark.parametrize("name", ["l10n.toml", "lokalise.toml"])
def test_toml_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("a = [", encoding="utf-8")
    with pytest.raises(ConfigError):
        import_config(tmp_path)
