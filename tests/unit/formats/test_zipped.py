"""ZIP archives: members read within limits, and put back without touching the others."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpg_l10n.errors import FormatError
from dpg_l10n.formats.zipped import member, members, opened, with_members

STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
FILES = {
    "README": (b"about", STORED),
    "en.json": (b"{}" * 40, DEFLATED),
    "sw.json": (b"[]", STORED),
}


def info(name: str, method: int = DEFLATED) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, (2021, 2, 3, 4, 5, 6))
    made.compress_type, made.external_attr, made.comment = method, 0o640 << 16, b"by hand"
    made.extra = b"\x99\x99\x02\x00ab"
    return made


def archive(files: dict[str, tuple[bytes, int]] | None = None) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as opened:
        opened.comment = b"of the clinic"
        for name, (data, method) in (FILES if files is None else files).items():
            opened.writestr(info(name, method), data)
    return into.getvalue()


def plain(*names: str) -> bytes:
    return archive(dict.fromkeys(names, (b"x", STORED)))


def described(data: bytes) -> dict[str, tuple[object, ...]]:
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert found.testzip() is None
        return {
            each.filename: (
                found.read(each), each.date_time, each.compress_type, each.external_attr,
                each.comment, each.extra, found.comment,
            )
            for each in found.infolist()
        }  # fmt: skip


def refused(data: bytes, name: str | None = None) -> tuple[str, str]:
    def read() -> bytes:
        found = opened(data)
        return member(found, name) if name is not None else b""

    with pytest.raises(FormatError) as caught:
        read()
    return caught.value.error_code, str(caught.value.params.get("member", ""))


def test_members_are_read_in_the_order_of_the_archive() -> None:
    found = opened(archive())
    assert members(found) == ("README", "en.json", "sw.json")
    assert member(found, "en.json") == b"{}" * 40


def test_what_did_not_change_is_the_same_archive() -> None:
    data = archive()
    assert with_members(data, {}) == data
    assert with_members(data, {"sw.json": b"[]", "en.json": b"{}" * 40}) == data


@pytest.mark.parametrize("name", ["en.json", "sw.json"])
def test_a_changed_member_keeps_all_but_what_it_holds(name: str) -> None:
    data = archive()
    before, after = described(data), described(with_members(data, {name: b"new" * 50}))
    assert list(after) == list(before)
    assert after.pop(name) == (b"new" * 50, *before.pop(name)[1:])
    assert after == before


def test_bytes_of_members_that_did_not_change_stay() -> None:
    fast = zipfile.ZipFile(io.BytesIO(), "w", DEFLATED, compresslevel=1)
    fast.writestr("en.json", bytes(range(256)) * 40)
    fast.writestr("sw.json", b"[]")
    file = fast.fp
    fast.close()
    assert isinstance(file, io.BytesIO)
    data = file.getvalue()
    place = fast.getinfo("sw.json").header_offset
    assert with_members(data, {"sw.json": b"[1]"})[:place] == data[:place]


def test_a_new_member_goes_to_the_end_dated_and_packed_like_the_last() -> None:
    data = archive()
    before, after = described(data), described(with_members(data, {"am.json": b"{}", "ti/é": b"1"}))
    assert list(after) == [*before, "am.json", "ti/é"]
    assert after["am.json"][:4] == (b"{}", *before["sw.json"][1:4])
    assert {name: after[name] for name in before} == before


def test_a_new_archive_is_the_same_at_any_time() -> None:
    made = with_members(None, {"i18n/en.json": b"{}"})
    assert described(made)["i18n/en.json"][:3] == (b"{}", (1980, 1, 1, 0, 0, 0), DEFLATED)
    assert with_members(None, {"i18n/en.json": b"{}"}) == made


@pytest.mark.parametrize(
    "name", ["/etc/en.json", "../en.json", "a/../../en.json", "C:/en.json", "a\\en.json", "a\nb"]
)
def test_names_that_lead_outside_are_refused_and_named(name: str) -> None:
    assert refused(plain("en.json", name)) == ("format.archive", name)


def test_names_that_stand_twice_are_refused() -> None:
    twice = plain("en.json", "em.json").replace(b"em.json", b"en.json")
    assert refused(twice) == ("format.archive", "en.json")


def test_two_names_of_the_same_bytes_are_refused() -> None:
    data = bytearray(plain("en.json", "sw.json"))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = bytes(4)
    assert refused(bytes(data))[0] == "format.archive"


def test_encrypted_members_are_refused_and_the_others_read() -> None:
    data = bytearray(archive())
    listed = data.index(b"PK\x01\x02")
    for place, flags in ((0, 6), (listed, 8)):
        data[place + flags] |= 1
    assert refused(bytes(data), "README") == ("format.archive", "README")
    assert member(opened(bytes(data)), "sw.json") == b"[]"


@pytest.mark.parametrize("name", ["b.zip", "b.zip/en.json", "B.ZIP"])
def test_archives_inside_of_archives_are_refused(name: str) -> None:
    assert refused(plain("b.zip", "B.ZIP"), name) == ("format.archive", name)


def test_folders_and_links_are_no_files() -> None:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as made:
        made.writestr("i18n/", b"")
        link = zipfile.ZipInfo("i18n/en.json")
        link.external_attr = 0o120777 << 16
        made.writestr(link, b"../../secret.json")
    found = opened(into.getvalue())
    assert members(found) == ()
    assert refused(into.getvalue(), "i18n/en.json") == ("format.archive", "i18n/en.json")
    assert refused(into.getvalue(), "none.json") == ("format.archive", "none.json")


def test_archives_that_swell_are_refused_before_they_are_unpacked() -> None:
    large = b"\0" * 2_000_000
    assert refused(archive({"en.json": (large, DEFLATED)}), "en.json")[0] == "format.size"
    many = plain(*map(str, range(5)))
    at = 0
    while (at := many.find(b"PK\x01\x02", at + 1)) > 0:
        many = many[: at + 24] + (60_000_000).to_bytes(4, "little") + many[at + 28 :]
    assert refused(many)[0] == "format.size"
    assert refused(plain(*map(str, range(10_001))))[0] == "format.size"


def test_damage_is_refused() -> None:
    data = archive()
    assert refused(data[:-30])[0] == "format.archive"
    assert refused(b"PK")[0] == "format.archive"
    torn = data.replace(b"{}" * 40, b"")
    crc = bytearray(torn)
    crc[data.index(b"about")] ^= 1
    assert refused(bytes(crc), "README")[0] == "format.archive"


@given(at=st.integers(0, 2000), length=st.integers(0, 12), new=st.binary(max_size=8))
def test_a_damaged_archive_is_read_or_refused(at: int, length: int, new: bytes) -> None:
    data = archive()
    at %= len(data)
    damaged = data[:at] + new + data[at + length :]
    try:
        found = opened(damaged)
        for name in members(found):
            member(found, name)
        written = with_members(damaged, {"am.json": b"{}", members(found)[0]: b"2"})
    except (FormatError, IndexError):
        return
    opened(written)
