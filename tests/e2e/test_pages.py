"""The pages of coverage in a real browser: readable by everybody, light, nothing blocked or broken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from dpg_l10n.store.uow import SqlStore
from tests.support.browser import serving, violations
from tests.support.countries import fill

MOST_BYTES = 40_000
PAGES = (
    "/", "/countries", "/countries/KE", "/compare?a=KE&b=ET", "/projects/health",
    "/projects/health/audit", "/languages/sw", "/countries/QQ",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service over three projects."""
    url = f"sqlite:///{tmp_path_factory.mktemp('site') / 'store.db'}"
    store = SqlStore(url)
    fill(store)
    store.close()
    with serving(url) as address:
        yield address


@contextmanager
def opened(
    browser: Browser, width: int, language: str = "en", scripts: bool = True
) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, locale=language, java_script_enabled=scripts
    )  # fmt: skip
    try:
        yield context
    finally:
        context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_stands_in_anybodys_way(
    browser: Browser, site: str, width: int, language: str
) -> None:
    with opened(browser, width, language) as context:
        page = context.new_page()
        for path in PAGES:
            said = listening(page)
            page.goto(site + path)
            assert page.evaluate("document.documentElement.lang") == language
            assert violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert [each for each in said if "404" not in each] == [], path


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light_on_its_first_visit(browser: Browser, site: str, path: str) -> None:
    with opened(browser, 360) as context:
        page = context.new_page()
        answers = answered(page)
        page.goto(site + path, wait_until="networkidle")
        sizes = [answer.request.sizes() for answer in answers]
        sent = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
        assert 0 < sent <= MOST_BYTES
        assert {answer.url.split("/")[2] for answer in answers} == {site.split("/")[2]}


def test_the_inspection_finds_what_is_wrong(browser: Browser) -> None:
    with opened(browser, 360) as context:
        page = context.new_page()
        page.set_content("<html lang=en><title>x</title><main><h1>x</h1><img src='data:,'></main>")
        assert [each.split(":")[0] for each in violations(page)] == ["image-alt"]


def test_a_minister_gets_from_the_list_to_the_next_step_without_scripts(
    browser: Browser, site: str
) -> None:
    with opened(browser, 360, scripts=False) as context:
        page = context.new_page()
        page.goto(site)
        page.get_by_role("link", name="Countries").click()
        page.get_by_label("Country (name or code)").fill("Kenya")
        page.get_by_role("button", name="Show").click()
        assert page.url.endswith("/countries/KE")
        expect(page.locator("main")).to_contain_text("Finish Swahili for Farm Advice")
        page.get_by_label("Usable from, in percent").fill("90")
        page.get_by_role("button", name="Count again").click()
        expect(page.locator("main")).to_contain_text("66–67%")
        page.get_by_label("Compare with (name or code)").fill("Ethiopia")
        page.get_by_role("button", name="Compare").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Kenya and Ethiopia compared")


def test_everything_is_reached_by_keyboard(browser: Browser, site: str) -> None:
    with opened(browser, 1280) as context:
        page = context.new_page()
        page.goto(f"{site}/countries/KE")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Spreadsheet"


def test_a_chosen_language_stays(browser: Browser, site: str) -> None:
    with opened(browser, 1280) as context:
        page = context.new_page()
        page.goto(f"{site}/countries/KE")
        page.get_by_role("link", name="العربية").click()
        assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
        page.goto(f"{site}/languages/sw")
        assert page.evaluate("document.documentElement.dir") == "rtl"


def test_a_print_shows_the_figures_and_no_buttons(browser: Browser, site: str) -> None:
    with opened(browser, 1280) as context:
        page = context.new_page()
        page.goto(f"{site}/countries/KE")
        page.emulate_media(media="print")
        assert page.get_by_role("heading", level=1).is_visible()
        assert page.locator("table.mx").first.is_visible()
        assert not page.get_by_role("link", name="Spreadsheet").is_visible()
        assert page.pdf(format="A4").startswith(b"%PDF")


def test_a_print_in_a_language_of_drafts_says_so(browser: Browser, site: str) -> None:
    with opened(browser, 1280) as context:
        page = context.new_page()
        page.goto(f"{site}/countries/KE?lang=am")
        page.emulate_media(media="print")
        assert page.locator("#draft-remark").is_visible()
        assert not page.locator("#draft-remark a").is_visible()


def answered(page: Page) -> list[Response]:
    """Return the list into which every answer that the browser gets will be written."""
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        answers.append(answer)

    page.on("response", keep)
    return answers


def listening(page: Page) -> list[str]:
    """Return the list into which what the browser complains of will be written."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said
