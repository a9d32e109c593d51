from __future__ import annotations

from collections.abc import Callable

import pytest

from dpg_l10n.errors import InputError
from dpg_l10n.formats import FORMATS
from dpg_l10n.services.ingest.documentation import documented

BANANA = FORMATS["banana"]
SOURCE = BANANA.parse(b'{"@metadata": {}, "open": "Open", "close": "Close"}')


def reader(files: dict[str, bytes]) -> Callable[[str], bytes]:
    def read(path: str) -> bytes:
        if path not in files:
            raise InputError(detail=f"{path} does not exist.")
        return files[path]

    return read


def test_messages_have_the_notes_of_the_file_beside_their_source() -> None:
    read = reader({"i18n/qqq.json": b'{"@metadata": {}, "open": "A button.", "gone": "x"}'})
    found = documented(BANANA, SOURCE, "i18n/en.json", read)
    assert [(entry.key, entry.text, entry.notes) for entry in found.entries] == [
        ("open", "Open", "A button."),
        ("close", "Close", ""),
    ]


@pytest.mark.parametrize("files", [{}, {"qqq.json": b"{"}])
def test_documentation_that_cannot_be_read_refuses_nothing(files: dict[str, bytes]) -> None:
    assert documented(BANANA, SOURCE, "en.json", reader(files)) == SOURCE


def test_other_formats_have_no_such_file() -> None:
    source = FORMATS["json"].parse(b'{"open": "Open"}')
    read = reader({"qqq.json": b'{"open": "A button."}'})
    assert documented(FORMATS["json"], source, "en.json", read) is source
