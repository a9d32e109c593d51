"""Bring ``locales/dpg-l10n.pot`` to the messages of the code: ``python tools/messages.py``.

Babel collects what is marked with ``N_`` in the code, and the texts of the pages' templates. Translations are merged with the toolkit itself: push the
checkout, translate, export.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "locales" / "dpg-l10n.pot"
_METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
_TRIMMED = {"**/templates/**.html": {"trimmed": "true", "newstyle_gettext": "true"}}
_MARKS = {"N_": None, "_": None, "gettext": None, "ngettext": (1, 2)}
_HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def template() -> bytes:
    """Return the template: every message once, sorted, without places or dates that only churn."""
    catalogue = Catalog()
    for folder in ("src", "cli", "api"):
        found = extract_from_dir(str(ROOT / folder), _METHODS, _TRIMMED, _MARKS)
        for _, _, message, _, _ in found:
            catalogue.add(message)
    text = io.BytesIO()
    write_po(text, catalogue, omit_header=True, no_location=True, sort_output=True, width=100)
    return _HEADER.encode() + text.getvalue()


if __name__ == "__main__":
    TEMPLATE.write_bytes(template())
