from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dpg_l10n.errors import NotFoundError, UsageError
from dpg_l10n.registry import Registry

GROUP = "dpg_l10n.tests"


def registry() -> Registry[object]:
    return Registry("thing", GROUP, {"text": "string:digits", "late": "tests.no_such_module:X"})


@pytest.fixture
def package(tmp_path: Path) -> Iterator[Path]:
    """A folder of installed packages on the path."""
    sys.path.insert(0, str(tmp_path))
    yield tmp_path
    sys.path.remove(str(tmp_path))


def install(folder: Path, package: str, *points: str) -> None:
    info = folder / f"{package}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("\n".join([f"[{GROUP}]", *points]) + "\n")


def test_an_extension_is_imported_when_it_is_asked_for() -> None:
    assert registry()["text"] == "0123456789"
    with pytest.raises(ModuleNotFoundError):
        registry()["late"]


def test_an_extension_is_loaded_once() -> None:
    things = registry()
    assert things["text"] is things["text"]


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(NotFoundError, match=r"There is no thing named “x”\. Known: text, late\."):
        registry()["x"]


def test_built_ins_come_first_and_third_parties_after_them(package: Path) -> None:
    install(package, "other", "mine = string:ascii_lowercase")
    things = registry()
    assert things.names() == ("text", "late", "mine")
    assert things["mine"] == "abcdefghijklmnopqrstuvwxyz"


def test_every_extension_can_be_gone_through() -> None:
    assert list(Registry("thing", GROUP, {"a": "string:digits"})) == ["0123456789"]


def test_a_third_party_cannot_shadow_a_built_in(package: Path) -> None:
    install(package, "other", "text = string:ascii_lowercase")
    things = registry()
    assert things["text"] == "0123456789"
    with pytest.raises(
        UsageError, match=r"Two packages provide the thing “text”: .*digits.*lowercase"
    ):
        things.names()


def test_two_third_parties_with_one_name_are_an_error(package: Path) -> None:
    install(package, "one", "mine = string:digits")
    install(package, "two", "mine = string:ascii_lowercase")
    with pytest.raises(UsageError, match="mine"):
        registry().names()
