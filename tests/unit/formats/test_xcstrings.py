"""Reading and writing Apple string catalogues."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.xcstrings import FORMAT

SAMPLES = Path(__file__).parents[2] / "data" / "xcstrings"
CLINIC = (SAMPLES / "Localizable.xcstrings").read_bytes()
ONE_LINE = (SAMPLES / "one_line.xcstrings").read_bytes()
FILES = "files.in.folders|==|substitutions.files"
FOLDERS = "files.in.folders|==|substitutions.folders"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def read(data: bytes, language: str | None = None) -> Catalogue:
    if language is None:
        return FORMAT.parse(data)
    assert FORMAT.multilingual
    return FORMAT.multilingual.parse(data, language)


def said(data: bytes, language: str | None = None) -> dict[str, Text]:
    return {entry.key: entry.text for entry in read(data, language).entries}


def fuzzy(data: bytes, language: str) -> set[str]:
    return {entry.key for entry in read(data, language).entries if "fuzzy" in entry.flags}


def changed(data: bytes, language: str | None, **texts: Text) -> bytes:
    """Return the file with texts of a language settled by a person."""
    catalogue = read(data, language)
    entries = tuple(
        entry._replace(text=texts[entry.key], flags=entry.flags - {"fuzzy"})
        if entry.key in texts
        else entry
        for entry in catalogue.entries
    )
    return FORMAT.serialize(Catalogue("xcstrings", entries, catalogue.language), data)


def loaded(data: bytes, key: str) -> Any:
    return json.loads(data)["strings"][key]


def refused(data: bytes) -> FormatError:
    with pytest.raises(FormatError) as caught:
        FORMAT.parse(data)
    return caught.value


def catalogue_of(strings: object, source: str = "en") -> bytes:
    whole = {"sourceLanguage": source, "strings": strings, "version": "1.0"}
    return json.dumps(whole, indent=2, separators=(",", " : "), ensure_ascii=False).encode()


def unit(value: str, state: str = "translated") -> dict[str, object]:
    return {"stringUnit": {"state": state, "value": value}}


class TestReading:
    def test_the_source_is_what_its_language_says_or_the_key(self) -> None:
        assert said(CLINIC) == {
            "%lld visits": Plural.of(one="%lld visit", other="%lld visits"),
            "Save": "Save",
            "files.in.folders": "%#@files@ in %#@folders@",
            FILES: Plural.of(one="%arg file", other="%arg files"),
            FOLDERS: Plural.of(one="%arg folder", other="%arg folders"),
            "old.title": 'Gone "title"\n1/2',
            "tap.to.save|==|device.iphone": "Tap to save",
            "tap.to.save|==|device.mac": "Click to save",
            "tap.to.save|==|device.other": "Choose to save",
            "Welcome, %@!": "Welcome, %@!",
        }
        assert read(CLINIC).language == "en"

    def test_comments_are_notes_and_stale_strings_are_marked(self) -> None:
        entries = read(CLINIC).by_key()
        assert entries["%lld visits"].notes == "Number of visits on a card."
        assert [key for key, entry in entries.items() if entry.flags] == ["old.title"]
        assert entries["old.title"].flags == {"stale"}
        lines = CLINIC.decode().split("\n")
        assert all(
            json.dumps(e.key.partition("|")[0]) in lines[e.line - 1] for e in entries.values()
        )

    def test_the_languages_beside_the_source(self) -> None:
        assert FORMAT.multilingual
        assert FORMAT.multilingual.languages(CLINIC) == ("ar", "fr", "sw")
        assert FORMAT.multilingual.languages(ONE_LINE) == ()

    def test_a_translation_has_the_keys_of_the_source(self) -> None:
        french = said(CLINIC, "fr")
        assert list(french) == list(said(CLINIC))
        assert {key: text for key, text in french.items() if text} == {
            "%lld visits": Plural.of(one="%lld visite", other="%lld visites"),
            "Save": "Enregistrer",
            "files.in.folders": "%#@files@ dans %#@folders@",
            FILES: Plural.of(one="%arg fichier", other="%arg fichiers"),
            FOLDERS: Plural.of(one="%arg dossier", other="%arg dossiers"),
            "tap.to.save|==|device.iphone": "Touchez pour enregistrer",
            "tap.to.save|==|device.mac": "Touchez pour enregistrer",
            "tap.to.save|==|device.other": "Touchez pour enregistrer",
        }
        assert read(CLINIC, "fr").language == "fr"
        assert set(said(CLINIC, "am").values()) == {""}
        assert said(CLINIC, "en") == said(CLINIC)

    def test_what_needs_review_or_is_new_is_fuzzy_and_a_new_copy_is_nothing(self) -> None:
        assert fuzzy(CLINIC, "sw") == {"Save"}
        assert fuzzy(CLINIC, "ar") == {"%lld visits"}
        assert fuzzy(CLINIC, "fr") == {
            f"tap.to.save|==|device.{d}" for d in ("iphone", "mac", "other")
        }
        assert said(CLINIC, "fr")["old.title"] == ""

    def test_a_new_plural_keeps_what_differs_from_the_source(self) -> None:
        forms = {"one": unit("%d x", "new"), "other": unit("%d ys", "new")}
        source = {"one": unit("%d x"), "other": unit("%d xs")}
        data = catalogue_of({"k": {"localizations": {
            "en": {"variations": {"plural": source}}, "fr": {"variations": {"plural": forms}},
        }}})  # fmt: skip
        assert said(data, "fr") == {"k": Plural.of(one="", other="%d ys")}
        assert fuzzy(data, "fr") == {"k"}

    def test_a_translation_may_vary_where_the_source_does_not(self) -> None:
        data = catalogue_of({"%d x": {"localizations": {
            "fr": {"variations": {"plural": {"one": unit("1"), "other": unit("%d")}}},
            "sw": {"variations": {"device": {"mac": unit("M"), "other": unit("O")}}},
            "am": {"variations": {"device": {"mac": {"variations": {"plural": {"other": unit("P")}}}}}},
        }}})  # fmt: skip
        assert said(data, "fr") == {"%d x": Plural.of(one="1", other="%d")}
        assert said(data, "sw") == {"%d x": "O"}
        assert said(data, "am") == {"%d x": Plural.of(other="P")}

    def test_odd_members_are_passed_over(self) -> None:
        data = catalogue_of({
            "a": 1, "b": [], "c": {"localizations": []}, "d": {"localizations": {"en": []}},
            "e": {"localizations": {"en": {"stringUnit": {"value": 1}}}},
            "f": {"localizations": {"en": {"variations": {"plural": {"some": unit("x"), "one": 1}}}}},
            "g": {"shouldTranslate": True}, "h": {"shouldTranslate": False}, "": {},
        })  # fmt: skip
        assert said(data) == {key: key for key in "cdefg"}
        for language in ("en", "fr"):
            for key in "cdefg":
                assert said(changed(data, language, **{key: "new"}), language)[key] == "new"


class TestRefusing:
    @pytest.mark.parametrize(
        ("data", "code", "line"),
        [
            (b"", "empty", 0),
            (b"[]", "root", 1),
            (b"{}", "structure", 1),
            (b'\n{"sourceLanguage": "en"}', "structure", 2),
            (b'{"strings": {}}', "structure", 1),
            (b'{"sourceLanguage": "en", "strings": []}', "structure", 1),
            (b'{"sourceLanguage": "en",\n"strings": {"a": {}, "a": {}}}', "duplicate", 2),
            (b'{"sourceLanguage": "en",\n"strings": {"a": {}}', "syntax", 2),
        ],
    )
    def test_a_broken_file_says_where(self, data: bytes, code: str, line: int) -> None:
        error = refused(data)
        assert (error.error_code, error.line) == (f"format.{code}", line)

    def test_a_string_that_is_called_like_a_part_of_another(self) -> None:
        device = {"variations": {"device": {"mac": unit("M")}}}
        data = catalogue_of({"a": {"localizations": {"en": device}}, "a|==|device.mac": {}})
        assert refused(data).error_code == "format.duplicate"


class TestWriting:
    def test_an_unedited_language_returns_the_bytes(self) -> None:
        for language in (None, "en", "fr", "ar", "sw", "am"):
            catalogue = read(CLINIC, language)
            assert FORMAT.serialize(catalogue, CLINIC) == CLINIC
            by_hand = Catalogue("xcstrings", catalogue.entries, catalogue.language)
            assert FORMAT.serialize(by_hand, CLINIC) == CLINIC

    def test_one_edit_changes_one_line(self) -> None:
        written = changed(CLINIC, "fr", Save="Sauver")
        assert written == CLINIC.replace(b"Enregistrer", b"Sauver")

    def test_a_settled_text_is_translated_and_a_doubtful_one_needs_review(self) -> None:
        settled = changed(CLINIC, "sw", Save="Hifadhi")
        assert loaded(settled, "Save")["localizations"]["sw"] == unit("Hifadhi")
        catalogue = read(CLINIC, "fr")
        doubt = tuple(
            e._replace(flags=frozenset({"fuzzy"})) if e.key == "Save" else e
            for e in catalogue.entries
        )
        written = FORMAT.serialize(Catalogue("xcstrings", doubt, "fr"), CLINIC)
        assert loaded(written, "Save")["localizations"]["fr"] == unit("Enregistrer", "needs_review")

    def test_a_new_language_stands_in_the_order_of_names_as_xcode_writes_it(self) -> None:
        written = changed(CLINIC, "pt-BR", Save="Salvar")
        assert written == CLINIC.replace(
            b'"sw" : {\n          "stringUnit" : {\n            "state" : "needs_review"',
            b"""\
"pt-BR" : {
          "stringUnit" : {
            "state" : "translated",
            "value" : "Salvar"
          }
        },
        "sw" : {
          "stringUnit" : {
            "state" : "needs_review\"""",
        )
        assert list(said(written, "pt-BR").values()).count("") == len(said(written)) - 1

    def test_the_first_localization_of_an_empty_string(self) -> None:
        written = changed(CLINIC, "am", **{"Welcome, %@!": "ሰላም %@!"})
        assert (
            '    "Welcome, %@!" : {\n      "localizations" : {\n        "am" : {\n'
            '          "stringUnit" : {\n            "state" : "translated",\n'
            '            "value" : "ሰላም %@!"\n          }\n        }\n      }\n    }\n  },'
        ) in written.decode()
        assert loaded(written, "") == {}

    def test_a_new_plural_has_its_categories_in_the_order_of_names(self) -> None:
        text = Plural.of(one="1", few="3", other="n")
        written = changed(CLINIC, "ru", **{"%lld visits": text})
        plural = loaded(written, "%lld visits")["localizations"]["ru"]["variations"]["plural"]
        assert list(plural) == ["few", "one", "other"]
        written = changed(written, "ru", **{"%lld visits": Plural.of(many="m", one="1", other="n")})
        plural = loaded(written, "%lld visits")["localizations"]["ru"]["variations"]["plural"]
        assert plural == {"many": unit("m"), "one": unit("1"), "other": unit("n")}
        assert list(plural) == ["many", "one", "other"]

    def test_a_new_substitution_stands_for_what_the_source_says(self) -> None:
        texts: dict[str, Text] = {
            "files.in.folders": "%#@folders@ / %#@files@",
            FILES: Plural.of(other="%arg f"), FOLDERS: Plural.of(other="%arg d"),
        }  # fmt: skip
        written = changed(CLINIC, "sw", **texts)
        local = loaded(written, "files.in.folders")["localizations"]["sw"]
        assert list(local) == ["stringUnit", "substitutions"]
        assert local["substitutions"]["folders"] == {
            "argNum": 2, "formatSpecifier": "lld",
            "variations": {"plural": {"other": unit("%arg d")}},
        }  # fmt: skip
        assert said(written, "sw") == {**said(CLINIC, "sw"), **texts}

    def test_one_device_of_its_own_writes_all(self) -> None:
        written = changed(CLINIC, "fr", **{"tap.to.save|==|device.mac": "Cliquez"})
        local = loaded(written, "tap.to.save")["localizations"]["fr"]
        assert local == {"variations": {"device": {
            "iphone": unit("Touchez pour enregistrer", "needs_review"),
            "mac": unit("Cliquez"),
            "other": unit("Touchez pour enregistrer", "needs_review"),
        }}}  # fmt: skip

    def test_the_device_that_is_shown_is_the_one_that_is_written(self) -> None:
        data = catalogue_of({"x": {"localizations": {
            "sw": {"variations": {"device": {"mac": unit("M"), "other": unit("O")}}},
        }}})  # fmt: skip
        assert changed(data, "sw", x="Q") == data.replace(b'"O"', b'"Q"')

    def test_a_text_taken_out_takes_its_localization_only(self) -> None:
        catalogue = read(CLINIC, "fr")
        rest = tuple(e for e in catalogue.entries if e.key not in ("Save", FILES))
        written = FORMAT.serialize(Catalogue("xcstrings", rest, "fr"), CLINIC)
        assert list(loaded(written, "Save")["localizations"]) == ["sw"]
        assert said(written, "fr") == {
            **said(CLINIC, "fr"), "Save": "", FILES: Plural.of(one="", other=""),
        }  # fmt: skip
        assert said(written, "sw") == said(CLINIC, "sw")
        alone = catalogue_of({"a": {"comment": "c", "localizations": {"fr": unit("A")}}})
        assert loaded(FORMAT.serialize(Catalogue("xcstrings", (), "fr"), alone), "a") == {
            "comment": "c"
        }

    def test_a_string_that_the_source_lost_goes_with_all_its_languages(self) -> None:
        rest = tuple(entry for entry in read(CLINIC).entries if entry.key != "Save")
        written = FORMAT.serialize(Catalogue("xcstrings", rest), CLINIC)
        strings = json.loads(written)["strings"]
        assert strings.keys() == json.loads(CLINIC)["strings"].keys() - {"Save"}

    def test_a_new_file_looks_as_xcode_makes_it(self) -> None:
        entries = (
            Entry("Save", "Save"),
            Entry("a.b", "Text", notes="Note"),
            Entry("c", "c", notes="n"),
        )
        assert FORMAT.serialize(Catalogue("xcstrings", entries, "sw")).decode() == (
            '{\n  "sourceLanguage" : "sw",\n  "strings" : {\n    "Save" : {\n\n    },\n'
            '    "a.b" : {\n      "comment" : "Note",\n      "localizations" : {\n        "sw" : {\n'
            '          "stringUnit" : {\n            "state" : "translated",\n'
            '            "value" : "Text"\n          }\n        }\n      }\n    },\n'
            '    "c" : {\n      "comment" : "n"\n    }\n  },\n  "version" : "1.0"\n}'
        )

    def test_a_new_substitution_without_a_model_counts_its_arguments(self) -> None:
        entries = (
            Entry("k", "%#@a@"), Entry("k|==|substitutions.a", Plural.of(other="%arg x")),
            Entry("k|==|substitutions.b", Plural.of(other="none")),
        )  # fmt: skip
        written = FORMAT.serialize(Catalogue("xcstrings", entries))
        found = loaded(written, "k")["localizations"]["en"]["substitutions"]
        assert (found["a"]["argNum"], found["a"]["formatSpecifier"]) == (1, "lld")
        assert (found["b"]["argNum"], found["b"]["formatSpecifier"]) == (2, "lld")

    def test_a_text_may_become_a_plural_and_back(self) -> None:
        plural = Plural.of(one="1", other="n")
        written = changed(CLINIC, "fr", Save=plural)
        assert said(written, "fr")["Save"] == plural
        assert changed(written, "fr", Save="Enregistrer") == CLINIC

    def test_a_missing_state_is_written_when_it_matters(self) -> None:
        data = catalogue_of({"a": {"localizations": {"fr": {"stringUnit": {"value": "A"}}}}})
        assert loaded(changed(data, "fr", a="B"), "a")["localizations"]["fr"]["stringUnit"] == {
            "value": "B"
        }
        assert loaded(changed(data, "fr", a=""), "a")["localizations"]["fr"] == unit("", "new")

    @settings(max_examples=150, deadline=None)
    @given(
        language=st.sampled_from(["fr", "ar", "sw", "am", "en"]),
        texts=st.dictionaries(st.sampled_from(list(said(CLINIC))), TEXTS, max_size=5),
    )
    def test_any_texts_of_a_language_are_read_back_and_no_other_language_changes(
        self, language: str, texts: dict[str, str]
    ) -> None:
        before = said(CLINIC, language)
        wanted: dict[str, Text] = {
            key: text if isinstance(before[key], str) else Plural.of(one=text, other=text + "s")
            for key, text in texts.items()
        }
        written = changed(CLINIC, language, **wanted)
        assert said(written, language) == {**before, **wanted}
        for other in {"fr", "ar", "sw", "am"} - {language}:
            if language != "en":
                assert read(written, other).content() == read(CLINIC, other).content()


def test_detection_goes_by_the_ending() -> None:
    assert FORMAT.sniff("App/Localizable.xcstrings", CLINIC)
    assert FORMAT.sniff("App/Localizable.xcstrings", b"{")
    assert not FORMAT.sniff("App/Localizable.json", CLINIC)
