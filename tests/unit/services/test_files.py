from __future__ import annotations

from pathlib import Path

import pytest

from dpg_l10n.errors import InputError
from dpg_l10n.services.files import read_limited, write_whole


def test_the_bytes_are_returned_up_to_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\x00\r\n")
    assert read_limited(tmp_path / "a", 3, "a") == b"\x00\r\n"


def test_a_larger_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * (1024 * 1024 + 1))
    with pytest.raises(
        InputError, match=r"^i18n/a has 2 MB; .* above 1 MB .*MAX_FILE_MB=2$"
    ) as caught:
        read_limited(tmp_path / "a", 1024 * 1024, "i18n/a")
    assert caught.value.error_code == "input.size"


@pytest.mark.parametrize(("name", "code"), [(".", "input.kind"), ("none", "input.missing")])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(InputError, match="i18n/x") as caught:
        read_limited(tmp_path / name, 10, "i18n/x")
    assert caught.value.error_code == code


def test_a_file_is_written_with_its_folders_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "i18n" / "sw.json"
    write_whole(file, b"{}")
    write_whole(file, b'{"a": "b"}')
    assert file.read_bytes() == b'{"a": "b"}'
    assert list(file.parent.iterdir()) == [file]


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "sw.json").mkdir()
    with pytest.raises(OSError, match="sw"):
        write_whole(tmp_path / "sw.json", b"{}")
    assert list(tmp_path.iterdir()) == [tmp_path / "sw.json"]


def test_a_file_that_is_written_anew_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "sw.po"
    file.write_bytes(b"old")
    file.chmod(0o755)
    write_whole(file, b"new")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o755)
