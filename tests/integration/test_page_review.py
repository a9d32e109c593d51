"""The review page without a browser: what each form does, and that no text is lost by any refusal."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dpg_l10n.domain.message import Plural
from dpg_l10n.domain.states import State
from dpg_l10n.store.uow import SqlStore
from tests.support.api import pushed, running, settings_in, with_plurals
from tests.support.projects import Workspace
from tests.support.terms import with_glossary


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with pushed(tmp_path) as work:
        yield work


@pytest.fixture
def client(tmp_path: Path, work: Workspace) -> Iterator[TestClient]:
    with running(settings_in(tmp_path)) as client:
        client.follow_redirects = False
        yield client


def unit(work: Workspace, key: str = "a") -> str:
    return f"/p/clinic/sw/{work.units()[key].id}"


def test_the_page_shows_source_text_and_placeholders(client: TestClient, work: Workspace) -> None:
    page = client.get(unit(work)).text
    assert 'value="{n}"' in page
    assert "Hifadhi {n}" in page
    assert 'lang="sw"' in page


def test_an_approval_goes_on_to_the_next(client: TestClient, work: Workspace) -> None:
    said = {"act": "approve", "revision": "1", "text": "Hifadhi {n}"}
    answer = client.post(unit(work), data=said)
    assert answer.status_code == 303
    assert work.state("a", "sw") is State.REVIEWED
    assert client.get(answer.headers["location"]).status_code == 200


def test_an_error_blocks_and_gives_the_text_back(client: TestClient, work: Workspace) -> None:
    said = {"act": "approve", "revision": "1", "text": "Hifadhi <b>yote"}
    answer = client.post(unit(work), data=said)
    assert answer.status_code == 409
    assert "Hifadhi &lt;b&gt;yote</textarea>" in answer.text
    assert work.state("a", "sw") is State.TRANSLATED


def test_a_warning_asks_once(client: TestClient, work: Workspace) -> None:
    said = {"act": "approve", "revision": "1", "text": " Hifadhi {n}"}
    asked = client.post(unit(work), data=said)
    assert asked.status_code == 409
    seen = [
        html.unescape(part.partition('"')[0])
        for part in asked.text.split('name="seen" value="')[1:]
    ]
    assert seen
    again = client.post(unit(work), data={**said, "seen": seen})
    assert again.status_code == 303
    assert work.texts("sw")["a"] == " Hifadhi {n}"


def test_a_safe_correction_is_one_tap(client: TestClient, work: Workspace) -> None:
    answer = client.post(unit(work), data={"act": "fix", "revision": "1", "text": " Hifadhi {n} "})
    assert "\nHifadhi {n}</textarea>" in answer.text


def test_somebody_faster_leaves_both_texts(client: TestClient, work: Workspace) -> None:
    work.decide("a", "sw", text="Weka {n}", actor="juma")
    answer = client.post(unit(work), data={"act": "save", "revision": "1", "text": "Tunza {n}"})
    assert answer.status_code == 412
    assert "Weka {n}" in answer.text
    assert "Tunza {n}</textarea>" in answer.text
    assert [each.text for each in work.suggestions("a", "sw")] == ["Tunza {n}"]


def test_a_rejection_wants_a_reason(client: TestClient, work: Workspace) -> None:
    said = {"act": "reject", "revision": "1", "text": "Hifadhi {n}"}
    assert client.post(unit(work), data=said).status_code == 422
    assert client.post(unit(work), data={**said, "why": "Too short"}).status_code == 303
    assert work.state("a", "sw") is State.NEEDS_WORK


def test_words_marks_and_withdrawals_are_forms(client: TestClient, work: Workspace) -> None:
    said = {"revision": "1", "text": "Hifadhi {n}"}
    client.post(unit(work), data={**said, "act": "comment", "comment": "Polite form?"})
    client.post(unit(work), data={**said, "act": "flag"})
    page = client.get(unit(work)).text
    assert "Polite form?" in page
    assert "Take my flag off" in page
    client.post(unit(work), data={**said, "act": "withdraw", "why": "Insulting"})
    assert work.state("a", "sw") is State.NEEDS_WORK


def test_a_comment_does_not_lose_the_text_beside_it(client: TestClient, work: Workspace) -> None:
    said = {"act": "comment", "comment": "So?", "revision": "1", "text": "Nusu {n}"}
    assert "Nusu {n}</textarea>" in client.post(unit(work), data=said).text


def test_a_suggestion_is_taken_up_in_the_form(client: TestClient, work: Workspace) -> None:
    said = {"use": json.dumps(["Weka {n}"]), "revision": "1", "text": "Hifadhi {n}"}
    assert "Weka {n}</textarea>" in client.post(unit(work), data=said).text
    assert work.texts("sw")["a"] == "Hifadhi {n}"


def test_plural_variants_are_fields_with_numbers(client: TestClient, work: Workspace) -> None:
    forms = with_plurals(work)
    found = next(each for each in forms.units().values() if isinstance(each.source, Plural))
    address = f"/p/forms/sw/{found.id}"
    page = client.get(address).text
    assert page.count('name="text"') == 2
    assert 'data-title="0, 2+"' in page
    said = {"act": "save", "revision": "0", "text": ["faili %d", "mafaili %d"]}
    assert client.post(address, data=said).status_code == 303
    assert forms.texts("sw")[found.key] == Plural((("0", "faili %d"), ("1", "mafaili %d")))


def test_a_day_without_a_script_writes_what_is_decided(client: TestClient, work: Workspace) -> None:
    page = client.get("/p/clinic/sw/day").text
    number = work.units()["a"].id
    assert f'data-item="{number}"' in page
    work.decide("a", "sw", text="Weka {n}", actor="juma")
    said = {
        "unit": str(number), f"revision-{number}": "1", f"text-{number}": "Tunza {n}",
        f"act-{number}": "translated",
    }  # fmt: skip
    answer = client.post("/p/clinic/sw/day", data=said)
    assert "Tunza {n}</textarea>" in answer.text
    assert "1 refused" in answer.text


def test_whoever_is_not_signed_in_is_sent_to_sign_in(tmp_path: Path, work: Workspace) -> None:
    from dpg_l10n import bootstrap
    from dpg_l10n.services import accounts

    store = SqlStore(settings_in(tmp_path).store)
    secret = accounts.setup_secret(store, bootstrap.clock()) or ""
    accounts.set_up(store, secret, "hana", "four words are best", bootstrap.clock())
    store.close()
    with running(settings_in(tmp_path)) as client:
        client.follow_redirects = False
        asked = client.get("/p/clinic/sw?show=all")
        assert asked.headers["location"] == "/signin?next=/p/clinic/sw%3Fshow%3Dall"
        assert client.post(unit(work), data={"act": "skip"}).status_code == 401


def test_terms_stand_beside_the_text_with_where_they_are_from(
    client: TestClient, work: Workspace
) -> None:
    with_glossary(work.store, "terms")
    page = client.get(unit(work, "b")).text
    assert 'name="insert" value="fungua"' in page
    assert "(suggested)" in page
    assert "<bdi>terms · CC0-1.0</bdi>" in page
    after = client.post(
        unit(work, "b"), data={"insert": "fungua", "revision": "0", "text": ""}
    ).text
    assert "fungua</textarea>" in after
    assert "<h2>Terms</h2>" not in client.get(unit(work)).text


def test_a_word_that_two_glossaries_have_is_shown_once(client: TestClient, work: Workspace) -> None:
    with_glossary(work.store, "terms")
    with_glossary(work.store, "more")
    page = client.get(unit(work, "b")).text
    assert page.count('value="fungua"') == 1
