"""Our own messages: what the code says is in the template, and what is translated is whole."""

from __future__ import annotations

import runpy
from pathlib import Path

from dpg_l10n.config import settings
from dpg_l10n.domain.project import ProjectSpec
from dpg_l10n.i18n import translate
from dpg_l10n.services.checking import check
from dpg_l10n.services.projectfile import load

ROOT = Path(__file__).resolve().parents[2]


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
