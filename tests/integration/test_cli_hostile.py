"""Bad and hostile input: a message with file, line and code, exit 3, and an unchanged store."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.console import Console
from tests.support.packages import EN_ES, contents, write_archive
from tests.support.projects import message, po_bytes


class Hostile(NamedTuple):
    """A file that is refused, in a project that is fine otherwise."""

    format: str
    path: str
    data: bytes
    code: str
    line: int
    """0 where the whole file is meant."""


_PO = po_bytes(message("Save", "Hifadhi"), message("Open", "Fungua"), language="sw")
_BOMB = "".join(f"  {name}: &{name} [{', '.join(['*' + last] * 9)}]\n" for last, name in zip(
    "abcdefgh", "bcdefghi", strict=True
))  # fmt: skip
_LAUGHS = """\
<?xml version="1.0"?>
<!DOCTYPE resources [
 <!ENTITY a "ha">
 <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
 <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
]>
<resources><string name="save">&c;</string></resources>
"""
_OUTSIDE = """\
<?xml version="1.0"?>
<!DOCTYPE resources [
 <!ENTITY secret SYSTEM "file:///etc/hostname">
]>
<resources><string name="save">&secret;</string></resources>
"""

_FILES = {
    "truncated PO": Hostile("po", "po/sw.po", _PO[:-4], "format.truncated", 11),
    "UTF-16 without a mark": Hostile(
        "po", "po/sw.po", _PO.decode().encode("utf-16-le"), "format.encoding", 1
    ),
    "one line in another encoding": Hostile(
        "properties", "l/m_sw.properties", b"a=Habari\nsave=Caf\xe9\nb=\xc3\xa9\n",
        "format.encoding", 2,
    ),
    "billion laughs": Hostile(
        "android", "res/values-sw/strings.xml", _LAUGHS.encode(), "format.entity", 2
    ),
    "external entity": Hostile(
        "android", "res/values-sw/strings.xml", _OUTSIDE.encode(), "format.entity", 2
    ),
    "YAML object": Hostile(
        "rails-yaml", "l/sw.yml", b"sw:\n  save: !!python/object/apply:os.system [id]\n",
        "format.tag", 2,
    ),
    "YAML alias bomb": Hostile(
        "rails-yaml", "l/sw.yml", f"sw:\n  a: &a [x, x]\n{_BOMB}".encode(), "format.alias", 7
    ),
    "YAML in a circle": Hostile(
        "rails-yaml", "l/sw.yml", b"sw:\n  save: &all\n    again: *all\n", "format.alias", 3
    ),
    "deep JSON": Hostile(
        "json", "l/sw.json", b'{"a":\n' + b"[" * 100_000 + b"]" * 100_000 + b"}", "format.depth", 2
    ),
    "deep YAML": Hostile(
        "rails-yaml", "l/sw.yml", b"sw:\n  save: " + b"[" * 100_000 + b"]" * 100_000,
        "format.depth", 2,
    ),
    "one JSON key twice": Hostile(
        "json", "l/sw.json", b'{\n  "save": "Hifadhi",\n  "save": "Weka"\n}\n',
        "format.duplicate", 3,
    ),
    "no text at all": Hostile("json", "l/sw.json", bytes(range(256)), "format.encoding", 0),
}  # fmt: skip
_SOURCES = {
    "po": ("po/app.pot", "po/{language}.po", po_bytes(message("Save"), message("Open"))),
    "properties": ("l/m.properties", "l/m_{language}.properties", b"a=Hello\nsave=Save\nb=Open\n"),
    "android": (
        "res/values/strings.xml", "res/values-{language}/strings.xml",
        b'<resources><string name="save">Save</string></resources>\n',
    ),
    "rails-yaml": ("l/en.yml", "l/{language}.yml", b"en:\n  save: Save\n"),
    "json": ("l/en.json", "l/{language}.json", b'{"save": "Save"}\n'),
}  # fmt: skip
_CLEAN = {
    "po": _PO,
    "properties": b"save=Hifadhi\n",
    "android": b'<resources><string name="save">Hifadhi</string></resources>\n',
    "rails-yaml": b"sw:\n  save: Hifadhi\n",
    "json": b'{"save": "Hifadhi"}\n',
}


def _project(console: Console, format_name: str) -> None:
    source, target, data = _SOURCES[format_name]
    console.write({
        source: data,
        "dpg-l10n.toml": f'[project]\nslug = "clinic"\n[[catalogue]]\nname = "app"\n'
        f'format = "{format_name}"\nsource = "{source}"\n'
        f'targets = {{ sw = "{target.format(language="sw")}" }}\n',
        target.format(language="sw"): _CLEAN[format_name],
    })  # fmt: skip


@pytest.mark.parametrize("name", _FILES)
def test_a_hostile_file_is_refused_and_the_store_stays_as_it_was(
    console: Console, name: str
) -> None:
    hostile = _FILES[name]
    _project(console, hostile.format)
    assert console("push").code == 0
    before = console.stored()
    console.write({hostile.path: hostile.data})
    ran = console("push")
    assert ran.code == 3
    place = f"{hostile.path}:{hostile.line}:" if hostile.line else hostile.path
    assert f"refused: {place}" in ran.err
    assert f"[{hostile.code}]" in ran.err
    assert "Nothing was stored" in ran.err
    assert console.stored() == before


def test_a_file_of_100_mb_is_refused_by_its_size_and_not_read(console: Console) -> None:
    _project(console, "json")
    console("push")
    before = console.stored()
    with (console.folder / "l/sw.json").open("r+b") as file:
        os.truncate(file.fileno(), 100 * 1024 * 1024)
    ran = console("push")
    assert ran.code == 3
    assert "l/sw.json has 100 MB" in ran.err
    assert "[input.size]" in ran.err
    assert console.stored() == before


def test_a_file_that_is_gone_is_told_and_takes_no_translation_away(console: Console) -> None:
    _project(console, "json")
    console("push")
    before = console.stored()[1]
    (console.folder / "l/sw.json").unlink()
    ran = console("push")
    assert ran.code == 0
    assert "l/sw.json: The file does not exist" in ran.err
    assert console.stored()[1] == before


def _slip(files: dict[str, bytes]) -> dict[str, bytes]:
    return {**files, "../../escaped.txt": b"out"}


def _absolute(files: dict[str, bytes]) -> dict[str, bytes]:
    return {**files, "/tmp/escaped.txt": b"out"}  # noqa: S108 - a name in an archive


def _two_folders(files: dict[str, bytes]) -> dict[str, bytes]:
    return {**files, "other/readme.txt": b"out"}


@pytest.mark.parametrize("change", [_slip, _absolute, _two_folders])
def test_a_package_that_would_write_elsewhere_is_refused(
    console: Console, tmp_path: Path, change: Callable[[dict[str, bytes]], dict[str, bytes]]
) -> None:
    archive = write_archive(tmp_path / "hostile.argosmodel", change(contents(EN_ES)))
    there = set(tmp_path.rglob("*"))
    ran = console("models", "install", archive)
    assert (ran.code, ran.out) == (3, "")
    assert "hostile.argosmodel" in ran.err
    assert "[package.path]" in ran.err
    assert not [path for path in set(tmp_path.rglob("*")) - there if path.is_file()]
    assert console("models", "list", "--json").json == []
