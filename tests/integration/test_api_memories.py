"""Memories as files over HTTP: in by a job, out as TMX, away again."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dpg_l10n.domain.memory import ForeignEntry
from dpg_l10n.interchange.tmx import TmxReader, write
from dpg_l10n_api.main import create_app
from tests.integration.test_api_jobs import watched
from tests.support.api import API, CLINIC, problem, pushed, settings_in
from tests.support.projects import Workspace

COVID = f"{API}/memories/covid"
GETTEXT = (
    b'msgid ""\nmsgstr "Language: sw\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
    b'msgid "Wash your hands"\nmsgstr "Nawa mikono"\n\n#, fuzzy\nmsgid "Stay"\nmsgstr "Kaa"\n'
)


def tmx(*pairs: tuple[str, str], language: str = "sw") -> bytes:
    out = io.BytesIO()
    write(out.write, "en", [ForeignEntry(source, text, "en", language) for source, text in pairs])
    return out.getvalue()


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with pushed(tmp_path) as made:
        yield made


@pytest.fixture
def client(work: Workspace, tmp_path: Path) -> Iterator[TestClient]:
    """A service that does its jobs itself."""
    app = create_app(settings_in(tmp_path), works=True)
    with TestClient(app, base_url="http://127.0.0.1:8321", raise_server_exceptions=False) as made:
        yield made


def test_a_memory_comes_in_by_a_job_and_helps(client: TestClient) -> None:
    data = tmx(("Wash your hands", "Nawa mikono"), ("Stay home", "Kaa nyumbani"))
    broken = data.replace(b"</body>", b"<tu><tuv>\n</body>")
    answer = client.post(f"{COVID}/imports", content=broken, params={"licence": "CC0-1.0"})
    assert answer.status_code == 200
    job = watched(client, answer.json())
    assert (job.state, job.kind, job.report["entries"], job.report["left_out"]) == (
        "done", "memory", 2, 1,
    )  # fmt: skip
    (item,) = client.get(f"{API}/memories").json()["items"]
    assert (item["memory"], item["licence"], item["entries"]) == ("covid", "CC0-1.0", 2)
    asked = {"text": "Wash your hands", "language": "sw"}
    (hit,) = client.get(f"{API}/memory/search", params=asked).json()["items"]
    assert (hit["text"], hit["memory"]) == ("Nawa mikono", "covid")


def test_a_large_memory_comes_in_by_a_job(client: TestClient) -> None:
    data = tmx(*((f"Wash your hands {number}", f"Nawa mikono {number}") for number in range(3000)))
    answer = client.post(f"{COVID}/imports", content=data)
    assert answer.status_code == 202
    job = watched(client, answer.json())
    assert (job.state, job.done, job.report["entries"]) == ("done", 3000, 3000)


def test_a_gettext_file_is_known_by_its_name(client: TestClient) -> None:
    asked = {"filename": "old.po", "licence": "MIT"}
    answer = client.post(f"{COVID}/imports", content=GETTEXT, params=asked)
    assert watched(client, answer.json()).report["entries"] == 1


def test_an_xliff_file_becomes_a_memory(client: TestClient) -> None:
    data = (
        b'<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
        b'<file source-language="en" target-language="sw" datatype="plaintext" original="a"><body>'
        b'<trans-unit id="1" approved="yes"><source>Wash your hands</source>'
        b'<target state="final">Nawa mikono</target></trans-unit>'
        b'<trans-unit id="2"><source>Stay home</source></trans-unit></body></file></xliff>'
    )
    asked = {"filename": "old.xlf", "licence": "MIT"}
    answer = client.post(f"{COVID}/imports", content=data, params=asked)
    assert watched(client, answer.json()).report["languages"] == {"sw": 1}


def test_a_file_that_is_none_ends_the_job_with_its_problem(client: TestClient) -> None:
    answer = client.post(f"{COVID}/imports", content=b"not a memory")
    job = watched(client, answer.json())
    assert job.state == "failed"
    assert job.problem is not None
    assert job.problem.code == "format.tmx"
    assert client.get(f"{API}/memories").json()["items"] == []


def test_the_same_key_is_the_same_job(client: TestClient) -> None:
    key = {"Idempotency-Key": "once"}
    first, second = (
        client.post(f"{COVID}/imports", content=tmx(("a", "b")), headers=key).json()["id"]
        for _ in range(2)
    )
    assert first == second


def test_a_memory_goes_out_as_tmx_and_away(client: TestClient) -> None:
    answer = client.post(f"{COVID}/imports", content=tmx(("Wash", "Nawa")))
    watched(client, answer.json())
    out = client.get(f"{COVID}/file")
    assert out.headers["content-disposition"] == 'attachment; filename="covid.tmx"'
    assert [entry.text for entry in TmxReader(io.BytesIO(out.content))] == ["Nawa"]
    assert client.delete(COVID).json() == {"name": "covid", "entries": 1}
    assert problem(client.get(f"{COVID}/file")) == (404, "not_found")


def test_what_a_project_translated_goes_out_as_tmx(client: TestClient) -> None:
    out = client.get(f"{CLINIC}/memory")
    assert [e.text for e in TmxReader(io.BytesIO(out.content))] == ["Hifadhi {n}"]
    none = client.get(f"{CLINIC}/memory", params={"language": "fr"})
    assert list(TmxReader(io.BytesIO(none.content))) == []
    assert problem(client.get(f"{API}/projects/nowhere/memory")) == (404, "not_found")
