"""Offline packages at the console, over HTTP and on their page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.support.api import API, pushed, running, settings_in
from tests.support.console import SWAHILI, Console
from tests.support.offline import written
from tests.support.projects import Workspace

PACKAGES = f"{API}/projects/clinic/packages/sw"
PAGE = "/p/clinic/sw/offline"


@pytest.fixture
def clinic(console: Console) -> Console:
    """A store with the small project in it, translated in part."""
    console.clinic(sw=SWAHILI)
    console("push")
    return console


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with pushed(tmp_path) as made:
        yield made


@pytest.fixture
def client(tmp_path: Path, work: Workspace) -> Iterator[TestClient]:
    with running(settings_in(tmp_path)) as made:
        yield made


def test_the_console_takes_out_and_brings_back(clinic: Console) -> None:
    ran = clinic("review", "package", "-l", "sw", "--out", "work.po", "state:missing,translated")
    assert (ran.code, ran.out) == (0, "work.po\n")
    assert "3 strings, kept for you for 7 days." in ran.err
    file = clinic.folder / "work.po"
    file.write_bytes(written(file.read_bytes(), {"Open the file": "Fungua faili"}))
    back = clinic("review", "return", "work.po")
    assert (back.code, back.out) == (0, "1 written, 2 unchanged.\n")
    listed = clinic("review", "list", "-l", "sw", "--json").json
    assert [unit["text"] for unit in listed if unit["key"] == "open"] == ["Fungua faili"]


def test_the_format_is_that_of_the_files_name(clinic: Console) -> None:
    clinic("review", "package", "-l", "sw", "--out", "work.xlsx")
    assert (clinic.folder / "work.xlsx").read_bytes().startswith(b"PK")
    report = clinic("review", "package", "-l", "sw", "--format", "xliff", "--json").json
    assert (report["path"], report["units"]) == ("clinic.sw.xlf", 1)


def test_the_console_writes_no_file_without_strings(clinic: Console) -> None:
    ran = clinic("review", "package", "-l", "sw", "state:reviewed")
    assert (ran.code, ran.out, ran.err) == (0, "", "Nothing to work on.\n")
    assert not (clinic.folder / "clinic.sw.po").exists()


def test_the_console_says_where_and_why_a_string_was_not_written(clinic: Console) -> None:
    clinic("review", "package", "-l", "sw", "--out", "work.po", "source:form")
    clinic("review", "edit", "-l", "sw", "--revision", "1", "--text", "Weka fomu", "app", "save")
    file = clinic.folder / "work.po"
    file.write_bytes(written(file.read_bytes(), {"Save the form": "Tunza fomu"}))
    ran = clinic("review", "return", "work.po")
    assert ran.code == 5
    assert "work.po:" in ran.err
    assert "[conflict.stale]" in ran.err
    report = clinic("review", "return", "work.po", "--json").json
    assert [line["code"] for line in report["suggested"]] == ["conflict.stale"]
    refused = clinic("review", "return", "work.po", "-l", "fr")
    assert refused.code == 3
    assert "[offline.language]" in refused.err


def test_the_api_takes_out_and_brings_back(client: TestClient, work: Workspace) -> None:
    answer = client.post(PACKAGES, json={"format": "xliff", "q": ""})
    assert answer.headers["x-units"] == "2"
    assert answer.headers["content-type"] == "application/x-xliff+xml"
    assert 'filename="clinic.sw.xlf"' in answer.headers["content-disposition"]
    report = client.put(PACKAGES, content=written(answer.content, {"Open": "Fungua"})).json()
    assert (report["written"], report["unchanged"]) == (1, 1)
    work.decide("b", "sw", text="Funua", actor="asha")
    other = written(answer.content, {"Open": "Fungueni"})
    (line,) = client.put(PACKAGES, content=other).json()["suggested"]
    assert line["problem"]["type"] == "urn:dpg-l10n:problem:conflict.stale"
    assert line["unit"] == work.units()["b"].id


def test_the_api_refuses_what_is_no_package(client: TestClient) -> None:
    answer = client.put(PACKAGES, content=b"hello")
    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:dpg-l10n:problem:offline.format"


def test_the_page_gives_and_takes_files_without_a_script(
    client: TestClient, work: Workspace
) -> None:
    assert f'action="{PAGE}/return"' in client.get(PAGE).text
    answer = client.post(PAGE, data={"format": "xlsx", "q": "state:missing", "limit": "5"})
    assert answer.content.startswith(b"PK")
    file = {"file": ("work.xlsx", written(answer.content, {"Open": "Fungua"}))}
    assert "Written" in client.post(f"{PAGE}/return", files=file).text
    assert work.texts("sw")["b"] == "Fungua"


def test_the_page_tells_what_was_not_written(client: TestClient, work: Workspace) -> None:
    answer = client.post(PAGE, data={"format": "po", "q": "language:sw"})
    work.decide("a", "sw", text="Weka {n}", actor="asha")
    file = {"file": ("work.po", written(answer.content, {"Save {n} files": "Tunza {n}"}))}
    page = client.post(f"{PAGE}/return", files=file).text
    assert "Your text was kept as a suggestion." in page
    assert "<bdi>a</bdi>" in page
    assert f'href="/p/clinic/sw/{work.units()["a"].id}"' in page


def test_the_page_explains_what_it_cannot_use(client: TestClient) -> None:
    assert client.post(f"{PAGE}/return", data={}).status_code == 422
    nonsense = client.post(f"{PAGE}/return", files={"file": ("a.txt", b"hello")})
    assert nonsense.status_code == 422
    assert "This is no offline package" in nonsense.text
    assert client.post(PAGE, data={"format": "docx"}).status_code == 422
    nothing = client.post(PAGE, data={"format": "po", "q": "state:reviewed"})
    assert "Nothing is left here" in nothing.text
