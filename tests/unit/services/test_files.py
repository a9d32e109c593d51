from __future__ import annotations

from pathlib import Path

import pytest

from dpg_l10n.errors import InputError
from dpg_l10n.services.files import read_limited


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
