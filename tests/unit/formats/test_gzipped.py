"""Gzip around a file: damage, bombs and odd but honest members."""

from __future__ import annotations

import gzip
import zlib

import pytest

from dpg_l10n.errors import FormatError
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.gzipped import beginning, named, packed, unpacked

TEXTS = b'{"save": "Save", "open": "Open"}\n'
PACKED = gzip.compress(TEXTS, mtime=1)


def refusal(data: bytes) -> FormatError:
    with pytest.raises(FormatError) as caught:
        FORMATS["json"].parse(data)
    return caught.value


@pytest.mark.parametrize("end", range(2, len(PACKED)))
def test_a_file_that_is_cut_off_is_refused(end: int) -> None:
    assert refusal(PACKED[:end]).error_code == "format.gzip"


@pytest.mark.parametrize("at", [2, 3, 12, -8, -1])
def test_a_file_with_a_wrong_byte_is_refused(at: int) -> None:
    data = bytearray(PACKED)
    data[at] ^= 0xFF
    assert refusal(bytes(data)).error_code == "format.gzip"


def test_rubbish_behind_the_packed_file_is_refused() -> None:
    assert refusal(PACKED + b"<html>").error_code == "format.gzip"


def test_the_refusal_says_what_to_do() -> None:
    assert "Fetch it again" in str(refusal(PACKED[:-3]))


def test_several_members_are_one_file() -> None:
    assert unpacked(gzip.compress(TEXTS[:9]) + gzip.compress(TEXTS[9:])) == TEXTS


def test_zeros_that_fill_a_block_are_no_damage() -> None:
    assert unpacked(PACKED + b"\0" * 100) == TEXTS


def test_a_file_that_swells_is_refused_before_it_is_unpacked() -> None:
    bomb = gzip.compress(b" " * 8_000_000)
    refused = refusal(bomb)
    assert refused.error_code == "format.size"
    assert "2 MB" in str(refused)


def test_many_small_members_are_no_way_around_the_limit() -> None:
    member = gzip.compress(b" " * 1_000_000)
    assert refusal(member * 5).error_code == "format.size"


def test_the_beginning_of_a_bomb_is_no_longer_than_asked() -> None:
    assert beginning(gzip.compress(b" " * 8_000_000), 100) == b" " * 100


def test_the_beginning_of_a_part_is_what_the_part_gives() -> None:
    assert TEXTS.startswith(beginning(PACKED[:-9], 100))


def test_the_beginning_of_damage_is_nothing() -> None:
    assert beginning(b"\x1f\x8b\x08\xff" + b"x" * 40, 100) == b""


def test_a_damaged_workbook_that_is_packed_is_no_workbook() -> None:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    torn = squeeze.compress(b"PK\x03\x04" + bytes(99)) + squeeze.flush(zlib.Z_SYNC_FLUSH)
    assert not FORMATS["xlsx"].sniff("a.xlsx.gz", torn)


def test_a_legacy_workbook_keeps_its_packing_under_its_new_name() -> None:
    rename = FORMATS["xlsform"].path
    assert rename is not None
    assert rename("a/form.xls.gz", packed(b"PK\x03\x04")) == "a/form.xlsx.gz"


def test_a_new_file_is_packed_as_its_name_says() -> None:
    assert unpacked(named("sw.json.gz", TEXTS)) == TEXTS
    assert named("sw.JSON.GZ", PACKED) == PACKED
    assert named("sw.json", PACKED) == TEXTS
