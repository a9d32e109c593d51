"""What is begun and never ended is read in one go: with the square of the size these would take hours."""

from __future__ import annotations

import pytest

from dpg_l10n.errors import FormatError
from dpg_l10n.formats import FORMATS

_SIZE = 2_000_000
_ENDLESS = (b'"\\', b"/*", b"\n", b"\t", b"\r", b"#", b"<", b"<!--", b"[", b"'", b"=")


@pytest.mark.parametrize("unit", _ENDLESS, ids=repr)
@pytest.mark.parametrize("name", ["arb", "json", "po-keys", "po", "ini", "commcare", "php"])
def test_a_long_run_of_one_mark_is_looked_at_once(name: str, unit: bytes) -> None:
    spec = FORMATS[name]
    data = unit * (_SIZE // len(unit))
    assert spec.sniff(f"a{spec.suffixes[0]}", data) in (True, False)


@pytest.mark.parametrize("unit", _ENDLESS, ids=repr)
def test_a_bundle_of_one_mark_is_refused(unit: bytes) -> None:
    with pytest.raises(FormatError):
        FORMATS["arb"].parse(unit * (_SIZE // len(unit)))
