from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from dpg_l10n.domain.project import CatalogueSpec, ProjectSpec
from dpg_l10n.formats.gzipped import packed
from dpg_l10n.services.discovery import discover

PO = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Save"\nmsgstr ""\n'
XML = b'<?xml version="1.0" encoding="utf-8"?>\n<resources>\n  <string name="a">A</string>\n</resources>\n'
COLOURS = b'<resources>\n  <color name="a">#fff</color>\n</resources>\n'
JSON = b'{"save": "Save", "cancel": "Cancel it"}\n'
PROPERTIES = b"save=Save\n"
STRINGS = b'"save" = "Save";\n'
XLIFF = b'<?xml version="1.0"?>\n<xliff version="1.2">\n</xliff>\n'
PLIST = b"<plist><dict><key>a</key><string>A</string></dict></plist>"

Find = Callable[[Mapping[str, bytes]], ProjectSpec]


def yaml(language: str) -> bytes:
    return f'{language}:\n  save: "Save"\n'.encode()


def many(data: bytes, *paths: str) -> dict[str, bytes]:
    return dict.fromkeys(paths, data)


@pytest.fixture
def find(tmp_path: Path) -> Find:
    def discover_in(files: Mapping[str, bytes]) -> ProjectSpec:
        root = tmp_path / "Demo Project"
        for path, data in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        return discover(root)

    return discover_in


def brief(spec: ProjectSpec) -> dict[str, tuple[str, str | None, str | None, str]]:
    return {
        each.name: (each.format, each.source, each.pattern, languages(each))
        for each in spec.catalogues
    }


def languages(each: CatalogueSpec) -> str:
    return " ".join(file.language for file in each.targets)


def problems(spec: ProjectSpec) -> set[tuple[str, str]]:
    return {(each.code, each.path) for each in spec.problems}


def test_a_template_beside_its_translations_is_the_source(find: Find) -> None:
    spec = find(many(PO, "i18n/en.pot", "i18n/fr.po", "i18n/pt_BR.po"))
    assert brief(spec) == {"app": ("po", "i18n/en.pot", "i18n/{language}.po", "fr pt-BR")}


def test_every_odoo_module_is_a_catalogue_named_after_it(find: Find) -> None:
    spec = find(many(PO, "hr_a/i18n/hr_a.pot", "hr_a/i18n/ar.po", "hr_b/i18n/hr_b.pot"))
    assert brief(spec) == {
        "hr_a": ("po", "hr_a/i18n/hr_a.pot", "hr_a/i18n/{language}.po", "ar"),
        "hr_b": ("po", "hr_b/i18n/hr_b.pot", "hr_b/i18n/{language}.po", ""),
    }


def test_a_gnu_po_folder_without_a_template_has_no_source_file(find: Find) -> None:
    spec = find({**many(PO, "po/fr.po", "po/sr@latin.po"), "po/LINGUAS": b"fr sr@latin\n"})
    assert brief(spec) == {"app": ("po", None, "po/{language}.po", "fr sr-Latn")}
    assert spec.source_language == "en"


def test_django_apps_are_told_apart_by_their_folder(find: Find) -> None:
    names = [f"{app}/locale/{lang}/LC_MESSAGES/django.po" for app in "ab" for lang in ("en", "fr")]
    spec = find(many(PO, *names))
    assert brief(spec) == {
        f"{app}-django": (
            "po",
            f"{app}/locale/en/LC_MESSAGES/django.po",
            f"{app}/locale/{{language}}/LC_MESSAGES/django.po",
            "fr",
        )
        for app in "ab"
    }


def test_sphinx_pages_keep_their_path_even_below_a_folder_called_build(find: Find) -> None:
    spec = find(
        many(PO, *(f"docs/locale/{lang}/LC_MESSAGES/guide/build/x.po" for lang in ("es", "fr")))
    )
    assert brief(spec) == {
        "guide-build-x": (
            "po",
            None,
            "docs/locale/{language}/LC_MESSAGES/guide/build/x.po",
            "es fr",
        )
    }


def test_a_template_at_the_root_of_the_tree_serves_its_languages(find: Find) -> None:
    spec = find(many(PO, "site/i18n/site.pot", "site/i18n/am/LC_MESSAGES/site.po"))
    assert [each.source for each in spec.catalogues] == ["site/i18n/site.pot"]


def test_a_plugin_with_a_prefix_before_the_language_finds_its_template(find: Find) -> None:
    spec = find(many(PO, "languages/form.pot", "languages/form-fr_FR.po"))
    assert brief(spec) == {
        "form": ("po", "languages/form.pot", "languages/form-{language}.po", "fr-FR")
    }


def test_a_template_without_translations_says_where_the_first_will_go(find: Find) -> None:
    spec = find(many(PO, "locale/shop.pot"))
    assert brief(spec) == {
        "shop": ("po", "locale/shop.pot", "locale/{language}/LC_MESSAGES/shop.po", "")
    }


def test_a_template_elsewhere_serves_translations_that_have_its_messages(find: Find) -> None:
    other = PO.replace(b"Save", b"Delete")
    spec = find(
        {
            **many(PO, "docs/gettext/a.pot", "docs/src/locale/fr/LC_MESSAGES/a.po"),
            **many(PO, "docs/gettext/b.pot", "docs/src/locale/sw/LC_MESSAGES/b.po"),
            "docs/gettext/c.pot": PO, "docs/src/locale/fr/LC_MESSAGES/c.po": other,
        }
    )  # fmt: skip
    assert {(each.source, each.pattern, languages(each)) for each in spec.catalogues} == {
        ("docs/gettext/a.pot", "docs/src/locale/{language}/LC_MESSAGES/a.po", "fr"),
        ("docs/gettext/b.pot", "docs/src/locale/{language}/LC_MESSAGES/b.po", "sw"),
        ("docs/gettext/c.pot", "docs/gettext/{language}.po", ""),
        (None, "docs/src/locale/{language}/LC_MESSAGES/c.po", "fr"),
    }


def test_templates_of_one_folder_imagine_files_of_their_own(find: Find) -> None:
    spec = find(many(PO, "po/core.pot", "po/forms.pot"))
    assert {(each.source, each.pattern) for each in spec.catalogues} == {
        ("po/core.pot", "po/{language}/LC_MESSAGES/core.po"),
        ("po/forms.pot", "po/{language}/LC_MESSAGES/forms.po"),
    }


def test_the_english_file_of_this_name_in_another_folder_is_the_source(find: Find) -> None:
    spec = find(
        {
            "viewer/texts/Labels_en.properties": b"save=Save\nopen=Open\nold=Old\n",
            "editor/texts/Labels_fr.properties": b"save=Enregistrer\nopen=Ouvrir\n",
            "editor/texts/Labels_sw.properties": b"save=Hifadhi\n",
            "other/texts/Labels_en.properties": b"a=A\n",
        }
    )
    assert {(each.source, each.pattern, languages(each)) for each in spec.catalogues} == {
        ("other/texts/Labels_en.properties", "other/texts/Labels_{language}.properties", ""),
        ("viewer/texts/Labels_en.properties", "editor/texts/Labels_{language}.properties", "fr sw"),
    }
    assert ("source.guessed", "editor/texts/Labels_{language}.properties") in problems(spec)


def test_files_of_nextcloud_apps_need_no_source(find: Find) -> None:
    data = b'{ "translations": {\n    "Save" : "x"\n},"pluralForm" :"nplurals=1; plural=0;"\n}'
    spec = find(many(data, "l10n/fr.json", "l10n/id.json", "l10n/pt_BR.json"))
    assert brief(spec) == {"app": ("nextcloud", None, "l10n/{language}.json", "fr id pt-BR")}
    assert (spec.source_language, problems(spec)) == ("en", set())


def test_another_english_is_a_translation_where_files_hold_their_sources(find: Find) -> None:
    spec = find(many(PO, "po/en_GB.po", "po/fr.po"))
    assert brief(spec) == {"app": ("po", None, "po/{language}.po", "en-GB fr")}
    assert spec.source_language == "en"


def test_a_source_in_another_english_leaves_that_english_to_translations(find: Find) -> None:
    spec = find(
        {
            **many(PO, "po/app.pot", "po/en_GB/LC_MESSAGES/app.po", "po/fr/LC_MESSAGES/app.po"),
            **many(JSON, "web/locales/en_GB.json", "web/locales/fr.json"),
        }
    )
    assert spec.source_language == "en"
    assert {languages(each) for each in spec.catalogues} == {"en-GB fr", "fr"}


def test_a_source_above_the_folder_of_translations_is_found_by_its_keys(find: Find) -> None:
    spec = find(
        {
            **many(JSON, "src/i18n/extracted.json", "src/i18n/messages/ar.json"),
            **many(JSON, "src/i18n/messages/fr.json"),
            "src/i18n/other.json": b'{"a": "A"}',
        }
    )
    assert [(each.source, languages(each)) for each in spec.catalogues] == [
        ("src/i18n/extracted.json", "ar fr")
    ]


def test_folders_may_be_named_by_english_names(find: Find) -> None:
    php = b"<?php\n$lang['save'] = 'Save';\n"
    folders = ("english", "french", "portuguese-br")
    spec = find(
        {
            **many(php, *(f"application/language/{each}/form_lang.php" for each in folders)),
            **many(STRINGS, "UI/English.lproj/Localizable.strings"),
            **many(STRINGS, "UI/ChineseTaiwan.lproj/Localizable.strings"),
        }
    )
    assert {(each.source, languages(each)) for each in spec.catalogues} == {
        ("application/language/english/form_lang.php", "fr pt-BR"),
        ("UI/English.lproj/Localizable.strings", "zh-TW"),
    }
    assert spec.languages["portuguese-br"] == "pt-BR"


def test_a_second_ending_stands_behind_the_language(find: Find) -> None:
    spec = find(many(JSON, "lib/i18n/strings.i18n.json", "lib/i18n/strings_fr.i18n.json"))
    assert brief(spec) == {
        "app": ("json", "lib/i18n/strings.i18n.json", "lib/i18n/strings_{language}.i18n.json", "fr")
    }


def test_words_that_are_codes_are_languages_beside_many_others(find: Find) -> None:
    usual = ("en", "de", "es", "fi", "fr", "it", "nl", "pt", "ru", "sv", "sw")
    spec = find(many(JSON, *(f"i18n/{name}.json" for name in (*usual, "war", "new", "app"))))
    assert {"war", "new"} < set(languages(spec.catalogues[0]).split())
    assert problems(spec) == {("language.unknown", "i18n/app.json")}


def test_a_folder_of_languages_is_none_itself(find: Find) -> None:
    names = ("en", "fr", "sw", "en-x-piglatin", "qqq", "war")
    spec = find(many(JSON, *(f"ext/i18n/ve-mw/{name}.json" for name in names)))
    assert [(each.pattern, languages(each)) for each in spec.catalogues] == [
        ("ext/i18n/ve-mw/{language}.json", "en-x-piglatin fr sw")
    ]
    assert {path for code, path in problems(spec) if code.startswith("source.")} == set()


def test_translations_in_a_format_that_is_not_read_are_told(find: Find) -> None:
    spec = find(
        {
            **many(b"export default { save: 'x' }\n", "src/locales/en.js", "src/locales/fr.js"),
            **many(b"x = {'a': 'b'}\n", "languages/ar.py", "languages/fr.py", "languages/sw.py"),
            **many(b"import x\n", "src/app/is.py", "src/app/to.py", "src/app/en.py"),
        }
    )
    assert problems(spec) == {
        ("format.unknown", "src/locales/{language}.js"),
        ("format.unknown", "languages/{language}.py"),
    }


def test_folders_of_build_results_are_taken_where_there_is_nothing_else(find: Find) -> None:
    files = many(JSON, "app/dist/i18n/en.json", "app/dist/i18n/fr.json")
    spec = find(files)
    assert [each.source for each in spec.catalogues] == ["app/dist/i18n/en.json"]
    assert problems(spec) == {("source.built", "app/dist/i18n/en.json")}
    spec = find({**files, **many(JSON, "app/i18n/en.json", "app/i18n/fr.json")})
    assert [each.source for each in spec.catalogues] == ["app/i18n/en.json"]


def test_language_files_of_web2py_need_no_source(find: Find) -> None:
    data = b"{\n'!langcode!': 'x',\n'Save': 'y',\n}\n"
    code = many(b"import os\n", "models/is.py", "languages/plural_rules/fr.py", "languages/x.py")
    spec = find({**many(data, "languages/fr.py", "languages/pt-br.py"), **code})
    assert brief(spec) == {"app": ("web2py", None, "languages/{language}.py", "fr pt-BR")}


def test_android_qualifiers_that_are_no_language_are_passed_over(find: Find) -> None:
    folders = ("", "-sw", "-b+sr+Latn", "-zh-rCN", "-night", "-sw600dp", "-car", "-land", "-v21")
    spec = find(many(XML, *(f"app/src/main/res/values{each}/strings.xml" for each in folders)))
    (catalogue,) = spec.catalogues
    assert catalogue.source == "app/src/main/res/values/strings.xml"
    assert languages(catalogue) == "sr-Latn sw zh-CN"
    assert spec.problems == ()


def test_android_resources_without_strings_are_no_catalogue(find: Find) -> None:
    spec = find(many(COLOURS, "app/src/main/res/values/colors.xml"))
    assert (spec.catalogues, spec.problems) == ((), ())


def test_android_modules_are_named_after_their_folder(find: Find) -> None:
    spec = find(many(XML, "app/src/main/res/values/strings.xml", "form/src/main/res/values/strings.xml",
                     "form/src/main/res/values-in/strings.xml"))  # fmt: skip
    assert {each.name for each in spec.catalogues} == {"app", "form"}
    assert spec.languages == {"in": "id"}


def test_java_bundles_have_their_source_in_the_file_without_a_language(find: Find) -> None:
    folder = "api/src/main/resources"
    spec = find(
        many(PROPERTIES, f"{folder}/messages.properties", f"{folder}/messages_fr.properties")
    )
    assert brief(spec) == {
        "api": (
            "properties",
            f"{folder}/messages.properties",
            folder + "/messages_{language}.properties",
            "fr",
        )
    }


def test_an_english_bundle_beside_the_base_bundle_is_reported(find: Find) -> None:
    spec = find(many(PROPERTIES, "i18n/messages.properties", "i18n/messages_en.properties",
                     "i18n/messages_fr.properties"))  # fmt: skip
    assert languages(spec.catalogues[0]) == "fr"
    assert problems(spec) == {("source.second", "i18n/messages_en.properties")}


def test_settings_are_no_catalogues(find: Find) -> None:
    names = ("application.properties", "application-it.properties", "gradle.properties")
    spec = find({
        **many(PROPERTIES, *(f"src/main/resources/{name}" for name in names)),
        **many(JSON, "package.json", "tsconfig.json", "docs/fr/package.json", "src/log-in.json"),
        "config/database.yml": b"development:\n  adapter: x\n",
    })  # fmt: skip
    assert (spec.catalogues, spec.problems) == ((), ())


def test_country_data_named_by_code_is_no_catalogue(find: Find) -> None:
    spec = find(many(JSON, *(f"src/countries/{code}.json" for code in ("de", "fr", "in", "my"))))
    assert spec.catalogues == ()


def test_rails_files_are_catalogues_by_prefix_and_folder(find: Find) -> None:
    spec = find({
        f"config/locales/{name}{lang}.yml": yaml(lang)
        for name in ("", "devise.", "models/user/")
        for lang in ("en", "pt-BR")
    })  # fmt: skip
    assert {each.name: each.pattern for each in spec.catalogues} == {
        "app": "config/locales/{language}.yml",
        "devise": "config/locales/devise.{language}.yml",
        "user": "config/locales/models/user/{language}.yml",
    }


def test_every_namespace_of_a_language_folder_is_a_catalogue(find: Find) -> None:
    spaces = ("common", "sign-in", "sign", "to")
    spec = find(
        many(
            JSON,
            *(f"public/locales/{lang}/{name}.json" for lang in ("en", "sw") for name in spaces),
        )
    )
    assert {each.name: each.pattern for each in spec.catalogues} == {
        name: f"public/locales/{{language}}/{name}.json" for name in spaces
    }


def test_packages_of_a_monorepo_are_named_after_themselves(find: Find) -> None:
    spec = find(many(JSON, *(f"packages/{name}/translations/{lang}.json" for name in ("a-app", "b-app")
                             for lang in ("en", "am"))))  # fmt: skip
    assert {each.name: languages(each) for each in spec.catalogues} == {
        "a-app": "am",
        "b-app": "am",
    }


def test_a_lone_source_in_a_folder_of_translations_is_a_catalogue(find: Find) -> None:
    assert brief(find(many(JSON, "src/i18n/en.json"))) == {
        "app": ("json", "src/i18n/en.json", "src/i18n/{language}.json", "")
    }


def test_a_language_in_folder_and_file_is_one_pattern(find: Find) -> None:
    spec = find(many(JSON, "lang/en/app.en.json", "lang/fr/app.fr.json"))
    assert [each.pattern for each in spec.catalogues] == ["lang/{language}/app.{language}.json"]


def test_a_source_of_another_name_is_found_by_its_keys_and_said_to_be_a_guess(find: Find) -> None:
    spec = find({
        "src/lang/src/board.json": JSON,
        "src/lang/src/other.json": b'{"x": "y"}',
        **many(JSON, "src/lang/fr-FR.json", "src/lang/ar-SA.json"),
    })  # fmt: skip
    (catalogue,) = spec.catalogues
    assert (catalogue.source, languages(catalogue)) == ("src/lang/src/board.json", "ar-SA fr-FR")
    assert problems(spec) == {("source.guessed", "src/lang/{language}.json")}


def test_a_source_with_another_ending_is_the_source_of_one_catalogue_only(find: Find) -> None:
    spec = find({
        "src/locales/en.json5": b"{a: 'x'}",
        **many(JSON, "src/locales/fr.json", "src/locales/sw.json"),
    })  # fmt: skip
    (catalogue,) = spec.catalogues
    assert (catalogue.source, catalogue.format) == ("src/locales/en.json5", "json5")
    assert languages(catalogue) == "fr sw"


def test_the_hidden_template_of_h5p_is_no_unknown_language(find: Find) -> None:
    spec = find({
        "semantics.json": b'[{"name": "t", "type": "text", "label": "x"}]',
        **{
            f"language/{name}.json": b'{"semantics": [{"label": "x"}]}'
            for name in (".en", "fr", "sw")
        },
    })  # fmt: skip
    assert [each.source for each in spec.catalogues] == ["semantics.json"]
    assert spec.problems == ()


@pytest.mark.parametrize("source", ["semantics.json", "semantics.json.gz"])
@pytest.mark.parametrize("ending", [".json", ".json.gz"])
def test_the_semantics_of_a_library_are_the_source_of_its_language_files(
    find: Find, source: str, ending: str
) -> None:
    semantics, mirror = (
        b'[{"name": "a", "type": "text", "label": "x"}]',
        b'{"semantics": [{"label": "x"}]}',
    )
    spec = find({
        source: packed(semantics) if source.endswith(".gz") else semantics,
        **many(
            packed(mirror) if ending == ".json.gz" else mirror,
            f"language/fr{ending}", f"language/sw{ending}",
        ),
    })  # fmt: skip
    (catalogue,) = spec.catalogues
    assert (catalogue.source, catalogue.format) == (source, "h5p")
    assert languages(catalogue) == "fr sw"


def test_translations_in_a_folder_named_after_the_sources_folder_are_its_own(find: Find) -> None:
    spec = find({"texts/en_IN/a.json": JSON, "texts-dev/hi_IN/a.json": JSON})
    (catalogue,) = spec.catalogues
    assert catalogue.source == "texts/en_IN/a.json"
    assert catalogue.pattern == "texts-dev/{language}/a.json"
    assert languages(catalogue) == "hi-IN"


def test_three_letter_names_are_understood_and_shown(find: Find) -> None:
    spec = find(many(JSON, *(f"assets/i18n/{name}.json" for name in ("eng", "fra", "hin", "es"))))
    assert spec.catalogues[0].source == "assets/i18n/eng.json"
    assert languages(spec.catalogues[0]) == "es fr hi"
    assert spec.languages == {"fra": "fr", "hin": "hi"}


def test_names_that_are_no_language_and_empty_files_are_reported(find: Find) -> None:
    spec = find({
        **many(JSON, "i18n/en.json", "i18n/fr.json", "i18n/xx.json", "i18n/qqq.json"),
        **many(b"", "i18n/null.json", "i18n/am.json"),
    })  # fmt: skip
    assert languages(spec.catalogues[0]) == "fr"
    assert problems(spec) == {
        ("language.unknown", "i18n/xx.json"),
        ("language.unknown", "i18n/null.json"),
        ("language.documentation", "i18n/qqq.json"),
        ("file.empty", "i18n/am.json"),
    }


def test_of_two_files_for_a_language_the_canonical_name_wins_and_both_are_named(find: Find) -> None:
    spec = find(many(JSON, "i18n/en.json", "i18n/pt_BR.json", "i18n/pt-BR.json"))
    assert [file.name for file in spec.catalogues[0].targets] == ["pt-BR"]
    (problem,) = spec.problems
    assert problem.code == "language.double"
    assert "“pt_BR”" in problem.message
    assert "“pt-BR”" in problem.message


def test_a_translation_that_is_not_of_the_sources_format_is_left_out(find: Find) -> None:
    spec = find({"i18n/en.json": JSON, "i18n/fr.json": b"<html>", "i18n/sw.json": b"{}\n"})
    assert languages(spec.catalogues[0]) == "sw"
    assert problems(spec) == {("file.format", "i18n/fr.json")}


def test_files_named_by_language_without_strings_are_reported_once(find: Find) -> None:
    spec = find(many(b"[1, 2]", "locales/en.json", "locales/fr.json"))
    assert spec.catalogues == ()
    assert problems(spec) == {("format.unknown", "locales/{language}.json")}


def test_a_lone_file_that_cannot_be_read_is_named_with_its_fault(find: Find) -> None:
    spec = find({"i18n/messages-en.properties": b"a=One\na=Two\n"})
    assert problems(spec) == {("format.duplicate", "i18n/messages-en.properties")}
    assert spec.problems[0].message.startswith("2: ")


def test_typescript_is_not_taken_for_translations_of_qt(find: Find) -> None:
    qt = b"<TS><context><name>A</name><message><source>a</source></message></context></TS>"
    code = many(b"export default {}", "src/locales/en.ts", "src/locales/fr.ts")
    spec = find({**many(qt, "ts/app_en.ts", "ts/app_fr.ts"), **code})
    assert [(each.format, each.source) for each in spec.catalogues] == [("qt-ts", "ts/app_en.ts")]
    assert problems(spec) == {("format.unknown", "src/locales/{language}.ts")}


def test_a_glossary_is_a_catalogue_of_all_its_languages(find: Find) -> None:
    section = '<langSet xml:lang="{}"><tig><term>x</term></tig></langSet>'
    sections = "".join(map(section.format, ("en", "fr", "sw")))
    glossary = f'<martif xml:lang="en"><text><body><termEntry>{sections}</termEntry></body></text></martif>'
    spec = find({"i18n/terms.tbx": glossary.encode(), "i18n/settings.xml": b"<settings/>"})
    (found,) = spec.catalogues
    assert (found.format, found.source, found.pattern) == ("tbx", "i18n/terms.tbx", None)
    assert [each.language for each in found.targets] == ["fr", "sw"]


LARAVEL = b"<?php return ['locale' => 'sw', 'fallback_locale' => env('FALLBACK', 'pt')];"


@pytest.mark.parametrize(("config", "language"), [(b"", "en"), (LARAVEL, "pt")])
def test_keys_that_are_texts_are_the_source_where_no_file_is(
    find: Find, config: bytes, language: str
) -> None:
    spec = find({
        "app/config/app.php": config,
        "app/lang/fr.json": b'{"Save": "Enregistrer", "Log in": "Connexion", "Delete it?": "x"}',
        "app/lang/sw.json": b'{"Register a birth": "Sajili uzazi"}',
        "app/lang/am.json": b"{}",
    })  # fmt: skip
    assert spec.source_language == language
    assert brief(spec) == {"app": ("json-texts", None, "app/lang/{language}.json", "am fr sw")}
    assert ("source.keys", "app/lang/{language}.json") in problems(spec)


@pytest.mark.parametrize(
    "french",
    [
        b'{"menu": {"Open it": "Ouvrir"}, "Log in": "Connexion"}',
        b'{"save_button": "Enregistrer", "auth.failed": "Perdu", "Log in": "Connexion"}',
        b'{"Save": "Enregistrer", "Cancel": "Annuler"}',
        b'{"save": "Enregistrer le fichier"}',
        b'["Log in"]',
    ],
)
def test_keys_that_may_be_names_are_no_source(find: Find, french: bytes) -> None:
    spec = find({"lang/fr.json": french, "lang/sw.json": b'{"other": "x"}'})
    assert "json-texts" not in {each.format for each in spec.catalogues}


@pytest.mark.parametrize("english", [b"{}", b'{"Log in": "Sign in"}'])
def test_an_english_file_that_says_few_texts_otherwise_is_no_source(
    find: Find, english: bytes
) -> None:
    french = b'{"Log in": "Connexion", "Delete it?": "x", "Go on": "y", "Save": "z", "Stop": "w"}'
    spec = find({"lang/en.json": english, "lang/fr.json": french})
    assert brief(spec) == {"app": ("json-texts", None, "lang/{language}.json", "fr")}
    assert problems(spec) == {
        ("source.keys", "lang/{language}.json"),
        ("source.second", "lang/en.json"),
    }


def test_an_english_file_with_few_names_is_the_source(find: Find) -> None:
    french = b'{"log_in": "Se connecter", "log_out": "Se deconnecter", "save_it": "Enregistrer"}'
    spec = find({"lang/en.json": b'{"log_in": "Log in"}', "lang/fr.json": french})
    assert brief(spec) == {"app": ("json", "lang/en.json", "lang/{language}.json", "fr")}


def test_an_english_file_is_the_source_whatever_its_keys_are(find: Find) -> None:
    texts = b'{"Log in": "Log in", "Save it": "Save it"}'
    spec = find(many(texts, "lang/en.json", "lang/fr.json"))
    assert brief(spec) == {"app": ("json", "lang/en.json", "lang/{language}.json", "fr")}
    assert spec.problems == ()


def test_vendored_built_and_test_folders_are_left_out(find: Find) -> None:
    folders = ("node_modules/x/", "vendor/", "dist/", "build/", "app/test/", "src/__tests__/")
    own = ("i18n/en.json", "i18n/fr.json")
    made = (f"{folder}locales/{lang}.json" for folder in folders for lang in ("en", "fr"))
    spec = find(many(JSON, *own, *made))
    assert [each.source for each in spec.catalogues] == ["i18n/en.json"]
    assert spec.problems == ()


def test_a_project_without_english_takes_its_own_language_as_the_source(find: Find) -> None:
    spec = find({"locales/fr.json": b'{"a": "b", "c": "d"}', "locales/ar.json": b'{"a": "b"}'})
    assert spec.source_language == "fr"
    assert spec.catalogues[0].source == "locales/fr.json"
    assert ("source.guessed", "source_language") in problems(spec)


def test_equally_full_files_without_english_have_no_source(find: Find) -> None:
    spec = find(many(JSON, "locales/fr.json", "locales/ar.json"))
    assert spec.catalogues == ()
    assert problems(spec) == {("source.unknown", "locales/{language}.json")}


def test_the_plain_language_is_the_source_before_its_regions(find: Find) -> None:
    spec = find(many(JSON, "i18n/en-GB.json", "i18n/en-US.json", "i18n/en.json"))
    assert spec.catalogues[0].source == "i18n/en.json"
    assert languages(spec.catalogues[0]) == "en-GB en-US"


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.json"
    outside.write_bytes(JSON)
    folder = tmp_path / "project" / "i18n"
    folder.mkdir(parents=True)
    (folder / "en.json").write_bytes(JSON)
    (folder / "fr.json").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    spec = discover(tmp_path / "project")
    assert languages(spec.catalogues[0]) == ""
    assert problems(spec) == {("file.link", "i18n/fr.json")}


def test_ignored_files_of_a_git_checkout_are_left_out(tmp_path: Path, find: Find) -> None:
    root = tmp_path / "Demo Project"
    root.mkdir()
    subprocess.run(["git", "init", "-q", str(root)], check=True)  # noqa: S603, S607 - fixed words
    spec = find({
        **many(JSON, "i18n/en.json", "copy/i18n/en.json"),
        ".gitignore": b"copy/\n",
    })  # fmt: skip
    assert [each.source for each in spec.catalogues] == ["i18n/en.json"]


def test_a_given_list_of_files_is_all_that_is_looked_at(find: Find, tmp_path: Path) -> None:
    find(many(JSON, "i18n/en.json", "i18n/fr.json", "i18n/sw.json"))
    spec = discover(tmp_path / "Demo Project", files=["i18n/fr.json", "i18n/en.json"])
    assert languages(spec.catalogues[0]) == "fr"


def test_the_project_is_named_after_its_folder(find: Find) -> None:
    spec = find({})
    assert (spec.slug, spec.name, spec.catalogues) == ("demo-project", "Demo Project", ())


def test_catalogues_that_share_every_word_still_get_names_of_their_own(find: Find) -> None:
    spec = find({**many(JSON, "app/i18n/en.json"), **many(PO, "app/i18n/fr.po")})
    assert sorted(each.name for each in spec.catalogues) == ["app", "app-po"]


def test_a_file_that_names_its_language_is_never_guessed_to_be_the_source_of_another(
    find: Find,
) -> None:
    spec = find({f"config/locales/{name}de.yml": yaml("de") for name in ("", "form.")})
    assert spec.source_language == "de"
    assert {each.name: each.source for each in spec.catalogues} == {
        "app": "config/locales/de.yml",
        "form": "config/locales/form.de.yml",
    }


def test_apples_plurals_are_a_catalogue_beside_the_texts(find: Find) -> None:
    spec = find({
        **many(STRINGS, *(f"{tag}.lproj/Localizable.strings" for tag in ("en", "fr"))),
        **many(PLIST, *(f"{tag}.lproj/Localizable.stringsdict" for tag in ("en", "fr"))),
    })  # fmt: skip
    assert {(each.format, each.source, languages(each)) for each in spec.catalogues} == {
        ("strings", "en.lproj/Localizable.strings", "fr"),
        ("stringsdict", "en.lproj/Localizable.stringsdict", "fr"),
    }


def test_apples_folders_name_the_language_and_base_is_the_source(find: Find) -> None:
    spec = find({
        **many(STRINGS, *(f"App/{tag}.lproj/Localizable.strings" for tag in ("en", "fr", "zh-Hans"))),
        **many(STRINGS, *(f"App/{tag}.lproj/InfoPlist.strings" for tag in ("Base", "en", "fr"))),
    })  # fmt: skip
    assert brief(spec) == {
        "InfoPlist": (
            "strings", "App/Base.lproj/InfoPlist.strings",
            "App/{language}.lproj/InfoPlist.strings", "fr",
        ),
        "app": (
            "strings", "App/en.lproj/Localizable.strings",
            "App/{language}.lproj/Localizable.strings", "fr zh-Hans",
        ),
    }  # fmt: skip
    assert problems(spec) == {("source.second", "App/en.lproj/InfoPlist.strings")}


GUIDE = b"# The guide\n\nHow to use it and what to do when it does not work.\n"
GUIDE_FR = b"# Le guide\n\nComment s'en servir et quoi faire en cas de panne.\n"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("README.md", "README.fr.md"), ("README.md", "README_fr.md"), ("a.en.md", "a.fr.md"),
        ("content/en/a.md", "content/fr/a.md"), ("docs/a/b.md", "docs/fr/a/b.md"),
        ("docs/a/b.md", "i18n/fr/docusaurus-plugin-content-docs/current/a/b.md"),
        ("site/blog/b.md", "site/i18n/fr/docusaurus-plugin-content-blog/b.md"),
        ("src/pages/b.md", "i18n/fr/docusaurus-plugin-content-pages/b.md"),
        ("community/b.md", "i18n/fr/docusaurus-plugin-content-docs-community/current/b.md"),
        (
            "versioned_docs/version-2.0/b.md",
            "i18n/fr/docusaurus-plugin-content-docs/version-2.0/b.md",
        ),
    ],
)  # fmt: skip
def test_a_page_with_a_parallel_page_is_a_catalogue(find: Find, source: str, target: str) -> None:
    found = find({source: GUIDE, target: GUIDE_FR}).catalogues
    assert [(each.format, each.source, languages(each)) for each in found] == [
        ("markdown", source, "fr")
    ]


@pytest.mark.parametrize(
    "files",
    [
        {"README.md": GUIDE, "docs/guide.md": GUIDE, "CHANGELOG.md": GUIDE},
        {"examples/README.md": GUIDE, "examples/ts/README.md": GUIDE + b"It is for TypeScript.\n"},
        {"sign.md": GUIDE, "sign-in.md": b"# Sign in\n\n- One\n- Two\n- Three\n- Four\n"},
        {"fr/notes.md": GUIDE_FR},
        {"docs/formats/arb.md": GUIDE, "docs/formats/csv.md": GUIDE, "docs/formats/po.md": GUIDE},
    ],
)
def test_pages_without_a_translation_are_no_catalogues(
    find: Find, files: Mapping[str, bytes]
) -> None:
    spec = find(files)
    assert (spec.catalogues, spec.problems) == ((), ())


def test_a_table_of_languages_is_one_catalogue_and_a_table_of_data_none(find: Find) -> None:
    spec = find({
        "texts/all.csv": b"id,description,en,fr,Kiswahili\na,,Save,,\n",
        "texts/data.csv": b"id,name,price,lat,lon\n1,a,2,3,4\n",
        "texts/places.csv": b"id,name,is,to\n1,a,2,3\n",
    })  # fmt: skip
    assert brief(spec) == {"all": ("csv", "texts/all.csv", None, "fr sw")}
    assert spec.languages == {}
    assert problems(spec) == set()


def test_a_repository_of_tables_only_takes_their_language_for_its_own(find: Find) -> None:
    spec = find({"texts/all.csv": b"key,fr,wo\na,Oui,Waaw\n"})
    assert spec.source_language == "fr"
    assert brief(spec) == {"all": ("csv", "texts/all.csv", None, "wo")}


def test_tables_of_one_language_each_are_found_by_their_names(find: Find) -> None:
    spec = find({"texts/en.csv": b"Key,English\nSave,Save\n", "texts/fr.csv": b"Key,French\n"})
    assert brief(spec) == {"app": ("csv-pairs", "texts/en.csv", "texts/{language}.csv", "fr")}


@pytest.mark.parametrize(
    ("source", "pattern", "languages"),
    [
        ("locale/messages.xlf", "locale/messages.{language}.xlf", "fr pt-BR"),
        ("src/messages.xlf", "src/locale/messages.{language}.xlf", "de fr"),
        ("localization/en/Bloom.xlf", "localization/{language}/Bloom.xlf", "fr zh-CN"),
        ("Language/locallang.xlf", "Language/{language}.locallang.xlf", "de"),
    ],
)
def test_a_document_without_a_language_or_in_the_projects_is_the_source_of_xliff(
    find: Find, source: str, pattern: str, languages: str
) -> None:
    paths = [pattern.replace("{language}", name) for name in languages.split()]
    spec = find(many(XLIFF, source, *paths))
    (found,) = brief(spec).values()
    assert found == ("xliff1", source, pattern, languages)


def test_an_extracted_document_says_where_its_first_translation_will_go(find: Find) -> None:
    spec = find(many(XLIFF.replace(b"1.2", b"2.0"), "src/locale/messages.xlf", "src/logo.xlf"))
    pattern = "src/locale/messages.{language}.xlf"
    assert brief(spec) == {"app": ("xliff2", "src/locale/messages.xlf", pattern, "")}


def test_a_document_of_the_source_language_is_left_where_one_was_extracted(find: Find) -> None:
    spec = find(many(XLIFF, "i18n/messages.xlf", "i18n/messages.en.xlf", "i18n/messages.sw.xlf"))
    assert brief(spec)["app"][1] == "i18n/messages.xlf"
    assert ("source.second", "i18n/messages.en.xlf") in problems(spec)


def test_documents_without_any_source_are_a_catalogue_of_their_own(find: Find) -> None:
    spec = find(many(XLIFF, "assets/locale/messages.fr.xlf", "assets/locale/messages.de.xlf"))
    assert brief(spec) == {
        "app": ("xliff1", None, "assets/locale/messages.{language}.xlf", "de fr")
    }


def test_a_page_of_html_with_a_parallel_page_is_a_catalogue(find: Find) -> None:
    page, pagina = (
        b"<h1>The help</h1><p>Read the manual of the program.",
        b"<h1>Ayuda</h1><p>Lea el manual.",
    )
    spec = find({
        "help/en/index.html": page, "help/es/index.html": pagina, "src/app/app.component.html": page,
    })  # fmt: skip
    assert brief(spec) == {
        "index": ("html", "help/en/index.html", "help/{language}/index.html", "es")
    }


def test_names_of_wikis_and_of_polite_forms_are_languages(find: Find) -> None:
    wikis = ["nah", "map-bms", "roa-tara", "zh-min-nan", "zh-hans"]
    names = ["en", *wikis, "de-informal", "pt_PT_ao90"]
    spec = find(many(JSON, *(f"i18n/{name}.json" for name in names)))
    assert languages(spec.catalogues[0]) == (
        "de-informal jv-x-bms nah nan nap-x-tara pt-PT-ao1990 zh-Hans"
    )
    assert problems(spec) == set()


def test_polite_forms_of_plugins_are_languages(find: Find) -> None:
    spec = find(many(PO, "languages/tool.pot", "languages/tool-de_DE_formal.po"))
    assert languages(spec.catalogues[0]) == "de-DE-formal"


def names_po(*texts: str) -> bytes:
    pairs = zip(("menu.open", "menu.close", "app.title"), texts, strict=True)
    return (
        PO[: PO.index(b'\nmsgid "Save')]
        + "".join(f'\nmsgid "{name}"\nmsgstr "{text}"\n' for name, text in pairs).encode()
    )


def test_a_po_file_of_names_has_its_source_in_the_english_file(find: Find) -> None:
    files = {
        "locale/app.pot": names_po("", "", ""),
        "locale/en/LC_MESSAGES/app.po": names_po("Open", "Close", "Files"),
        "locale/sw/LC_MESSAGES/app.po": names_po("Fungua", "", ""),
        "locale/fr/LC_MESSAGES/app.po": names_po("", "", ""),
    }
    spec = find(files)
    pattern = "locale/{language}/LC_MESSAGES/app.po"
    assert brief(spec) == {
        "app": ("po-keys", "locale/en/LC_MESSAGES/app.po", pattern, "fr sw"),
    }
    assert not spec.problems


def test_names_without_a_file_of_their_texts_are_shown_and_told(find: Find) -> None:
    spec = find({"po/fr.po": names_po("Ouvrir", "Fermer", "Fichiers"), "po/sw.po": PO})
    assert brief(spec) == {"app": ("po", None, "po/{language}.po", "fr sw")}
    assert problems(spec) == {("source.unknown", "po/{language}.po")}


def test_lists_of_records_in_yaml_are_the_messages_of_a_hugo_site(find: Find) -> None:
    record = b"- id: save\n  translation: %s\n- id: open\n  translation: %s\n"
    spec = find({
        "i18n/en.yaml": record % (b"Save", b"Open"),
        "i18n/fr.yaml": record % (b"Enregistrer", b""),
        "i18n/sw.yaml": b"[]\n",
        "data/team.yaml": b"- id: ann\n  name: Ann\n",
    })  # fmt: skip
    assert brief(spec) == {"app": ("go-i18n-yaml", "i18n/en.yaml", "i18n/{language}.yaml", "fr sw")}


def test_files_whose_titles_are_codes_and_words_are_found(find: Find) -> None:
    row = b"id,%s\nsave,%s\n"
    spec = find({
        "i18n/en.csv": row % (b"en", b"Save"),
        "i18n/it.csv": row % (b"it", b"Salva"),
        "i18n/no.csv": row % (b"no", b"Lagre"),
        "texts/all.csv": b"id,en,so,is\nsave,Save,Kaydi,Vista\n",
        "data/people.csv": b"id,no,is\n1,2,3\n",
    })  # fmt: skip
    assert brief(spec) == {
        "app": ("csv-pairs", "i18n/en.csv", "i18n/{language}.csv", "it no"),
        "all": ("csv", "texts/all.csv", None, "is so"),
    }
    assert not spec.problems
