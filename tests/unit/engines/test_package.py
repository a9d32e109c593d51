from __future__ import annotations

import io
import json
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpg_l10n.engines import package
from dpg_l10n.engines.package import archive
from dpg_l10n.engines.package.lock import LOCK
from dpg_l10n.errors import PackageError, UnavailableError
from dpg_l10n.ports import Pair
from tests.support.packages import EN_ES, EN_FR, TOP, contents, with_metadata, write_archive


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "packages"


def _refusal(path: Path, folder: Path) -> str:
    with pytest.raises(PackageError) as caught:
        package.install(path, folder)
    assert str(path) in str(caught.value)
    assert not folder.exists() or list(folder.iterdir()) == []
    assert [p.name for p in folder.parent.iterdir() if p != folder] == []
    return caught.value.error_code


def test_an_installed_package_says_what_it_is(folder: Path) -> None:
    got = package.install(EN_ES, folder)
    assert (got.name, got.version, got.pair) == ("translate-en_es", "1.0", Pair("en", "es"))
    assert (got.title, got.licence, got.demonstration) == ("English → Spanish", "CC0-1.0", True)
    assert got.sha256 == package.sha256_of(EN_ES)
    assert got.path == folder / TOP
    assert package.installed([folder]) == [got]


def test_an_unpacked_folder_can_be_installed(tmp_path: Path, folder: Path) -> None:
    zipfile.ZipFile(EN_ES).extractall(tmp_path / "unpacked")
    got = package.install(tmp_path / "unpacked" / TOP, folder)
    assert got.sha256 == ""
    assert package.verify(got).intact


def test_the_same_version_is_not_installed_twice(folder: Path) -> None:
    package.install(EN_ES, folder)
    with pytest.raises(PackageError, match="installed already") as caught:
        package.install(EN_ES, folder)
    assert caught.value.error_code == "package.exists"


def test_a_checksum_that_does_not_match_refuses_the_package(folder: Path) -> None:
    with pytest.raises(PackageError) as caught:
        package.install(EN_ES, folder, sha256="00" * 32)
    assert caught.value.error_code == "package.checksum"
    assert not folder.exists()


def test_a_checksum_that_matches_is_accepted_in_capitals(folder: Path) -> None:
    got = package.install(EN_ES, folder, sha256=package.sha256_of(EN_ES).upper())
    assert got.path.is_dir()


@pytest.mark.parametrize(
    "name",
    ["../out", f"{TOP}/../../out", "/out", f"{TOP}//x", "C:/x/y", f"{TOP}\\..\\out", "./x/y", f"{TOP}/a\nb",
     "other/x", "stray.txt", f"{TOP}/METADATA.JSON"],
)  # fmt: skip
def test_an_entry_that_would_lie_elsewhere_refuses_the_archive(
    tmp_path: Path, folder: Path, name: str
) -> None:
    folder.parent.mkdir()
    path = write_archive(tmp_path / "bad.argosmodel", {**contents(), name: b"x"})
    assert _refusal(path, folder) == "package.path"


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_refuse_the_archive(tmp_path: Path, folder: Path, kind: int) -> None:
    folder.parent.mkdir()
    path = write_archive(tmp_path / "bad.argosmodel", contents())
    with zipfile.ZipFile(path, "a") as opened:
        entry = zipfile.ZipInfo(f"{TOP}/link")
        entry.external_attr = (kind | 0o777) << 16
        opened.writestr(entry, "/etc/passwd")
    assert _refusal(path, folder) == "package.path"


def test_an_encrypted_entry_refuses_the_archive(tmp_path: Path, folder: Path) -> None:
    folder.parent.mkdir()
    path = write_archive(tmp_path / "bad.argosmodel", contents())
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert _refusal(path, folder) == "package.path"


def test_an_archive_that_grows_too_much_is_refused(tmp_path: Path, folder: Path) -> None:
    folder.parent.mkdir()
    files = {f"{TOP}/metadata.json": b"{}", f"{TOP}/zeros": bytes(30_000_000)}
    path = write_archive(tmp_path / "bomb.argosmodel", files)
    assert _refusal(path, folder) == "package.size"


def test_sizes_are_counted_and_not_believed(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.parent.mkdir()
    monkeypatch.setattr(archive, "MAX_BYTES", 1000)
    path = write_archive(tmp_path / "big.argosmodel", contents())
    assert _refusal(path, folder) == "package.size"


def test_too_many_files_are_refused(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.parent.mkdir()
    monkeypatch.setattr(archive, "MAX_FILES", 3)
    assert (
        _refusal(write_archive(tmp_path / "many.argosmodel", contents()), folder) == "package.size"
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"from_code": None}, "package.metadata"),
        ({"to_code": "../x"}, "package.metadata"),
        ({"to_code": "xx-"}, "package.metadata"),
        ({"to_code": "und"}, "package.metadata"),
        ({"package_version": "1/2"}, "package.metadata"),
        ({"package_version": 1}, "package.metadata"),
        ({"type": "sbd"}, "package.metadata"),
    ],
)
def test_unusable_metadata_refuse_the_package(
    tmp_path: Path, folder: Path, change: dict[str, object], code: str
) -> None:
    folder.parent.mkdir()
    path = write_archive(tmp_path / "bad.argosmodel", with_metadata(contents(), **change))
    assert _refusal(path, folder) == code


@pytest.mark.parametrize("data", [b"[]", b"{", b"\xff", b"[" * 100_000])
def test_metadata_that_are_no_object_refuse_the_package(
    tmp_path: Path, folder: Path, data: bytes
) -> None:
    folder.parent.mkdir()
    files = {**contents(), f"{TOP}/metadata.json": data}
    assert _refusal(write_archive(tmp_path / "b.argosmodel", files), folder) == "package.metadata"


def test_an_archive_without_metadata_is_refused(tmp_path: Path, folder: Path) -> None:
    folder.parent.mkdir()
    files = {name: data for name, data in contents().items() if "metadata" not in name}
    assert _refusal(write_archive(tmp_path / "b.argosmodel", files), folder) == "package.metadata"


@pytest.mark.parametrize(
    "name", ["model/model.bin", "model/shared_vocabulary.json", "sentencepiece.model"]
)
def test_a_package_that_lacks_a_file_is_refused_and_the_file_named(
    tmp_path: Path, folder: Path, name: str
) -> None:
    files = contents()
    del files[f"{TOP}/{name}"]
    with pytest.raises(PackageError, match=name) as caught:
        package.install(write_archive(tmp_path / "b.argosmodel", files), folder)
    assert caught.value.error_code == "package.contents"


@pytest.mark.parametrize("name", ["model/model.bin", "sentencepiece.model"])
@pytest.mark.parametrize("data", [b"", b"garbage" * 100])
def test_a_model_that_does_not_load_is_refused(
    tmp_path: Path, folder: Path, name: str, data: bytes
) -> None:
    folder.parent.mkdir()
    files = {**contents(), f"{TOP}/{name}": data}
    assert _refusal(write_archive(tmp_path / "b.argosmodel", files), folder) == "package.model"


def test_a_truncated_archive_is_refused(tmp_path: Path, folder: Path) -> None:
    folder.parent.mkdir()
    path = tmp_path / "cut.argosmodel"
    path.write_bytes(EN_ES.read_bytes()[:-5000])
    assert _refusal(path, folder) == "package.archive"


def test_a_missing_file_is_refused(tmp_path: Path, folder: Path) -> None:
    folder.parent.mkdir()
    assert _refusal(tmp_path / "no.argosmodel", folder) == "package.archive"


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=8), st.integers(0, 900)
)
def test_any_bytes_unpack_or_are_a_package_error(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, int]], cut: int
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for name in ("metadata.json", "model/model.bin", "a/b", "a/c"):
            opened.writestr(f"{TOP}/{name}", b"text " * 20)
    data = bytearray(packed.getvalue())
    for place, value in edits:
        data[place % len(data)] = value
    tmp_path = tmp_path_factory.mktemp("any")
    path = tmp_path / "any.argosmodel"
    path.write_bytes(data[: len(data) - cut if cut > 600 else None])
    into = tmp_path / "into"
    into.mkdir()
    try:
        top = archive.unpack(path, into)
    except PackageError:
        pass
    else:
        assert top.parent == into
    assert {entry.name for entry in tmp_path.iterdir()} == {"any.argosmodel", "into"}


def test_a_folder_with_a_link_is_refused(tmp_path: Path, folder: Path) -> None:
    folder.parent.mkdir()
    zipfile.ZipFile(EN_ES).extractall(tmp_path / "unpacked")
    source = tmp_path / "unpacked" / TOP
    (source / "link").symlink_to("/etc/passwd")
    assert _refusal(source, folder) == "package.path"


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UnavailableError):
        package.install(EN_ES, tmp_path / "file" / "packages")


def test_a_broken_folder_is_listed_with_its_problem(folder: Path) -> None:
    package.install(EN_ES, folder)
    (folder / "broken").mkdir()
    broken, good = package.installed([folder])
    assert broken.name == "broken"
    assert broken.problem is not None
    assert good.problem is None


def test_folders_that_are_not_there_hold_nothing(tmp_path: Path) -> None:
    assert package.installed([tmp_path / "none"]) == []


def test_a_fresh_package_is_intact(folder: Path) -> None:
    result = package.verify(package.install(EN_ES, folder))
    assert result.pinned
    assert result.intact


def test_a_changed_a_missing_and_an_added_file_are_named(folder: Path) -> None:
    got = package.install(EN_ES, folder)
    (got.path / "sentencepiece.model").write_bytes(b"other")
    (got.path / "README.md").unlink()
    (got.path / "model" / "new").write_bytes(b"")
    result = package.verify(got)
    assert not result.intact
    assert result.changed == ("sentencepiece.model",)
    assert result.missing == ("README.md",)
    assert result.added == ("model/new",)


def test_a_package_that_argos_installed_is_not_pinned(folder: Path) -> None:
    folder.mkdir(parents=True)
    zipfile.ZipFile(EN_ES).extractall(folder)
    (got,) = package.installed([folder])
    assert got.problem is None
    assert not package.verify(got).pinned
    assert not package.verify(got).intact


@pytest.mark.parametrize("data", ["{", "[]", '{"packages": {"x": 1}}', '{"packages": []}'])
def test_a_damaged_lock_file_is_not_passed_over(folder: Path, data: str) -> None:
    got = package.install(EN_ES, folder)
    (folder / LOCK).write_text(data)
    with pytest.raises(PackageError) as caught:
        package.verify(got)
    assert caught.value.error_code == "package.checksum"
    assert package.installed([folder])[0].problem is not None


def test_removing_a_package_leaves_the_others_and_their_pins(folder: Path) -> None:
    first, second = package.install(EN_ES, folder), package.install(EN_FR, folder)
    package.remove(first)
    assert package.installed([folder]) == [second]
    assert package.verify(second).intact
    assert list(json.loads((folder / LOCK).read_text())["packages"]) == [second.path.name]


def test_a_broken_package_can_be_removed(folder: Path) -> None:
    (folder / "broken").mkdir(parents=True)
    package.remove(package.installed([folder])[0])
    assert package.installed([folder]) == []


def test_removing_a_link_keeps_what_it_points_to(tmp_path: Path, folder: Path) -> None:
    package.install(EN_ES, folder)
    other = tmp_path / "other"
    other.mkdir()
    (other / "linked").symlink_to(folder / TOP)
    package.remove(package.installed([other])[0])
    assert (folder / TOP / "metadata.json").is_file()


def test_removing_what_is_gone_says_so(folder: Path) -> None:
    got = package.install(EN_ES, folder)
    package.remove(got)
    with pytest.raises(UnavailableError):
        package.remove(got)


def test_versions_are_compared_by_number() -> None:
    versions = ["1.10", "1.9", "1.0.1", "2", "1.0rc1", "1.0"]
    assert sorted(versions, key=package.version_key) == [
        "1.0rc1",
        "1.0",
        "1.0.1",
        "1.9",
        "1.10",
        "2",
    ]
