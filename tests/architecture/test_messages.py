"""Our own messages: what the code says is in the template, and what is translated is whole."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import polib

from dpg_l10n import i18n
from dpg_l10n.config import settings
from dpg_l10n.domain.merge import DRAFT_NOTE
from dpg_l10n.domain.project import ProjectSpec
from dpg_l10n.i18n import has_drafts, interface_languages, translate
from dpg_l10n.services.checking import check
from dpg_l10n.services.projectfile import load

ROOT = Path(__file__).resolve().parents[2]
_FIELD = re.compile(r"%\(\w+\)s|\{\w+\}")


def test_the_template_has_every_message_of_the_code() -> None:
    made = runpy.run_path(str(ROOT / "tools" / "messages.py"))["template"]()
    assert (ROOT / "locales" / "dpg-l10n.pot").read_bytes() == made, "run: make messages"


def test_our_own_translations_have_no_finding() -> None:
    spec: ProjectSpec = load(ROOT / "locales")
    assert spec.target_languages
    report = check(spec, lambda path: (ROOT / "locales" / path).read_bytes())
    assert [str(found.finding.message) for found in report.findings] == []


def test_a_message_is_said_in_the_language_of_the_reader_where_it_is_translated() -> None:
    assert translate("The file is empty.", "fr") == "Le fichier est vide."
    assert translate("The file is empty.", "sw") == "The file is empty."
    assert settings({"LANGUAGE": "fr_FR:en"}).language == "fr-FR"


def test_the_interface_is_begun_in_eight_languages() -> None:
    assert {"en", "fr", "es", "pt", "ar", "sw", "am", "hi"} <= set(interface_languages())


def test_a_draft_of_ours_is_shown_only_to_who_asks_for_drafts() -> None:
    assert i18n._DRAFT_NOTE == DRAFT_NOTE
    assert has_drafts("sw")
    assert not has_drafts("en")
    assert translate("Sign in", "sw") == "Sign in"
    assert translate("Sign in", "sw", drafts=True) == "Ingia"


def test_every_text_that_no_person_confirmed_is_marked_as_a_draft() -> None:
    for path in (ROOT / "locales").glob("*/LC_MESSAGES/*.po"):
        entries = [each for each in polib.pofile(str(path)) if not each.obsolete]
        drafts = [each for each in entries if DRAFT_NOTE in each.comment]
        assert [each.msgid for each in drafts if not each.fuzzy] == [], path
        confirmed = [each for each in entries if each.translated()]
        # only French has texts of a person yet
        assert not confirmed or "/fr/" in path.as_posix(), path


def test_a_draft_has_every_field_of_its_source() -> None:
    for path in (ROOT / "locales").glob("*/LC_MESSAGES/*.po"):
        for entry in polib.pofile(str(path)):
            fields = set(_FIELD.findall(entry.msgid_plural or entry.msgid))
            said = [entry.msgstr, *entry.msgstr_plural.values()]
            for text in filter(None, said):
                assert set(_FIELD.findall(text)) == fields, (path, entry.msgid)
