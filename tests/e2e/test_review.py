"""Review as people do it: by keys, by touch, without a script, without a line, two at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dpg_l10n.config import Settings
from dpg_l10n.domain.states import State
from dpg_l10n.store.uow import SqlStore
from tests.support.api import settings_in
from tests.support.browser import violations
from tests.support.projects import Workspace, json_project

pytestmark = pytest.mark.enable_socket
LANGUAGES = ("sw", "ar")
SOURCES = {f"k{n:02}": f"Save {{count}} files to folder {n}." for n in range(22)}
TARGETS = {f"k{n:02}": f"Hifadhi faili {{count}} katika folda {n}." for n in range(22)}
ARABIC = {f"k{n:02}": f"احفظ {{count}} ملفات في المجلد {n}." for n in range(22)}


@dataclass
class Site:
    """A service with a project to review."""

    work: Workspace
    address: str

    def at(self, language: str = "sw", more: str = "") -> str:
        return f"{self.address}/p/clinic/{language}{more}"

    def reviewed(self, language: str = "sw") -> int:
        return self.work.counts(language).reviewed


@pytest.fixture
def site(tmp_path: Path, browser: Browser, serve: Callable[[Settings], str]) -> Iterator[Site]:
    settings = settings_in(tmp_path)
    store = SqlStore(settings.store)
    work = json_project(store, SOURCES, sw=TARGETS, ar=ARABIC)
    work.push(actor="import")
    yield Site(work, serve(settings))
    store.close()


@pytest.fixture
def page(context: BrowserContext, faults: list[str]) -> Page:
    return watched(context, faults)


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What the browser complains about: a blocked style or script, an error in the module."""
    found: list[str] = []
    yield found
    assert found == []


def watched(context: BrowserContext, faults: list[str]) -> Page:
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda said: (
            faults.append(said.text)
            if said.type == "error" and "Content Security Policy" in said.text
            else None
        ),
    )
    return page


def unit_of(page: Page) -> str:
    return page.locator("#desk").get_attribute("data-unit") or ""


def test_twenty_texts_by_keyboard_alone(site: Site, page: Page) -> None:
    page.goto(site.at())
    for turn in range(20):
        before = unit_of(page)
        if turn == 5:  # correct one text on the way
            page.keyboard.press("Tab")
            page.locator("#work textarea[name=text]").first.focus()
            page.keyboard.press("Control+A")
            page.keyboard.type("Hifadhi ")
            page.keyboard.press("Alt+Shift+Digit1")
            page.keyboard.type(" hapa.")
        page.keyboard.press("Alt+Enter")
        if turn == 5:
            # the number of the folder is gone: a warning asks once
            alert = page.locator("#desk .refused[role=alert]:visible")
            expect(alert).to_contain_text("do the same again")
            assert violations(page) == []
            page.keyboard.press("Alt+Enter")
        left(page, before)
    assert site.reviewed() == 20
    assert "Hifadhi {count} hapa." in site.work.texts("sw").values()


def test_twenty_texts_by_touch_on_a_small_phone(
    site: Site, browser: Browser, faults: list[str]
) -> None:
    phone = browser.new_context(
        viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True
    )
    page = watched(phone, faults)
    page.goto(site.at())
    for _ in range(20):
        before = unit_of(page)
        page.locator("[data-act=approve]").tap()
        left(page, before)
    assert site.reviewed() == 20
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
    phone.close()


def test_twenty_texts_without_a_script(site: Site, browser: Browser) -> None:
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(site.at())
    for turn in range(20):
        if turn == 3:
            page.locator("textarea[name=text]").fill("Hifadhi faili")
            page.get_by_role("button", name="Approve and next").click()
            assert page.locator("textarea[name=text]").input_value() == "Hifadhi faili"
            assert "errors cannot be accepted" in page.content()
            page.get_by_role("button", name="Insert {count}").click()
            assert page.locator("textarea[name=text]").input_value() == "Hifadhi faili{count}"
            page.locator("textarea[name=text]").fill("Hifadhi faili {count} 3.")
            page.get_by_role("button", name="Approve and next").click()
        if page.locator(".refused[role=alert]").count():
            page.get_by_role("button", name="Approve and next").click()
            continue
        if turn != 3:
            page.get_by_role("button", name="Approve and next").click()
    assert site.reviewed() >= 19
    plain.close()


def left(page: Page, unit: str) -> None:
    """Wait until another unit is shown."""
    page.wait_for_function("u => document.querySelector('#desk')?.dataset.unit !== u", arg=unit)


def kept(page: Page, unit: str) -> list[str]:
    return list(
        page.evaluate("u => Object.keys(localStorage).filter(k => k.includes(`:${u}:`))", unit)
    )


def test_a_text_waits_for_the_line_and_is_sent_by_itself(
    site: Site, context: BrowserContext, page: Page
) -> None:
    page.goto(site.at())
    before = unit_of(page)
    page.locator("textarea[name=text]").fill("Hifadhi {count} 0, bila mtandao.")
    context.set_offline(True)
    page.keyboard.press("Alt+Enter")
    expect(page.locator("#kept")).to_contain_text("No connection")
    assert site.reviewed() == 0
    assert kept(page, before)
    context.set_offline(False)
    left(page, before)
    assert "Hifadhi {count} 0, bila mtandao." in site.work.texts("sw").values()
    assert kept(page, before) == []


def test_a_text_that_was_not_sent_is_back_when_the_page_is_opened_again(
    site: Site, context: BrowserContext, page: Page
) -> None:
    page.goto(site.at())
    before = unit_of(page)
    page.route("**/p/**", lambda route: route.abort())
    page.locator("textarea[name=text]").fill("Hifadhi {count} 0, nusu.")
    page.keyboard.press("Alt+Enter")
    expect(page.locator("#kept")).to_contain_text("No connection")
    page.close()
    again = context.new_page()
    again.goto(site.at())
    assert unit_of(again) == before
    expect(again.locator("textarea[name=text]")).to_have_value("Hifadhi {count} 0, nusu.")
    again.keyboard.press("Alt+Enter")
    left(again, before)
    assert "Hifadhi {count} 0, nusu." in site.work.texts("sw").values()
    assert kept(again, before) == []


def test_a_day_is_done_without_a_line_and_sent_afterwards(
    site: Site, context: BrowserContext, page: Page
) -> None:
    page.goto(site.at(more="/day"))
    assert len(page.content().encode()) < 100_000
    context.set_offline(True)
    units = page.locator("[data-item]")
    assert units.count() == 22
    units.nth(0).locator("textarea").fill("Hifadhi {count} 1 nje ya mtandao.")
    for number in range(1, 6):
        units.nth(number).get_by_label("Approve").check()
    page.get_by_role("button", name="Send what is done").click()
    expect(page.locator("#told")).to_contain_text("No connection")
    context.set_offline(False)
    expect(page.locator("[data-item]")).to_have_count(16)
    assert site.reviewed() == 5
    assert "Hifadhi {count} 1 nje ya mtandao." in site.work.texts("sw").values()


def test_two_people_on_one_text_lose_nothing(site: Site, page: Page) -> None:
    page.goto(site.at(more="?show=all"))
    unit = int(unit_of(page))
    key = next(key for key, each in site.work.units().items() if each.id == unit)
    page.locator("textarea[name=text]").fill("Hifadhi {count} yangu 0.")
    site.work.decide(key, "sw", State.TRANSLATED, text="Hifadhi {count} yake 0.", actor="juma")
    page.keyboard.press("Alt+Enter")
    card = page.locator(".conflict")
    expect(card).to_contain_text("Hifadhi {count} yake 0.")
    expect(card).to_be_focused()
    assert violations(page) == []
    expect(page.locator("textarea[name=text]")).to_have_value("Hifadhi {count} yangu 0.")
    assert [each.text for each in site.work.suggestions(key, "sw")] == ["Hifadhi {count} yangu 0."]
    page.keyboard.press("Alt+Enter")
    left(page, str(unit))
    assert site.work.texts("sw")[key] == "Hifadhi {count} yangu 0."


def test_right_to_left(site: Site, browser: Browser, faults: list[str]) -> None:
    arabic = browser.new_context(locale="ar", viewport={"width": 360, "height": 640})
    page = watched(arabic, faults)
    page.goto(site.at("ar"))
    assert page.locator("html").get_attribute("dir") == "rtl"
    field = page.locator("textarea[name=text]")
    assert field.get_attribute("dir") == "rtl"
    assert page.locator(".ph").first.get_attribute("dir") == "ltr"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    # the field cannot keep a placeholder whole between words from right to left: it is shown below
    field.fill("احفظ {count} ملفات")
    shown = page.locator("#isolated")
    expect(shown).to_be_visible()
    expect(shown.locator("bdi")).to_have_text("{count}")
    assert shown.inner_text() == "احفظ {count} ملفات"
    assert violations(page) == []
    arabic.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_has_a_barrier(
    site: Site, browser: Browser, faults: list[str], language: str
) -> None:
    for width in (360, 768, 1280):
        context = browser.new_context(locale=language, viewport={"width": width, "height": 800})
        page = watched(context, faults)
        for path in (
            "/p/clinic/sw",
            "/p/clinic/ar/list",
            "/p/clinic/sw/day",
            "/p/clinic/sw?show=flag",
            "/projects/clinic",
            "/nowhere",
            "/signin",
            "/account",
            "/setup",
        ):
            page.goto(site.address + path)
            assert violations(page) == [], f"{path} at {width}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        context.close()


def test_the_first_load_is_light(site: Site, page: Page) -> None:
    sizes: dict[str, int] = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.__setitem__(event["requestId"], int(event["encodedDataLength"])),
    )
    page.goto(site.at(), wait_until="networkidle")
    assert 0 < sum(sizes.values()) <= 40_000
    assert not re.search(r"https?://(?!127\.0\.0\.1)", page.content())


def test_a_newcomer_finds_a_text_to_translate_and_the_way_back(site: Site, page: Page) -> None:
    page.goto(site.address)
    page.get_by_role("link", name="Clinic").click()
    page.locator("a.btn[href='/p/clinic/sw']").click()
    page.locator("textarea[name=text]").wait_for()
    before = unit_of(page)
    page.get_by_role("button", name="Approve and next").click()
    left(page, before)
    page.get_by_role("link", name="List").click()
    expect(page.locator("ol.list li").first).to_contain_text("Save")
    page.get_by_role("link", name="Project").click()
    page.get_by_label("Another language (name or code)").fill("Luganda")
    page.get_by_role("button", name="Begin it").click()
    expect(page.locator("h1")).to_contain_text("Ganda")
    page.locator("textarea[name=text]").fill("Tereka {count} 0.")
    page.get_by_role("button", name="Approve and next").click()
    left(page, before)
    assert site.work.counts("lg").reviewed == 1
