"""The pages in a real browser: on a phone and on a desk, without a mouse, with the demo's stories and some that mean
harm. Skipped where there is no Chromium (Debian: ``apt-get install chromium``)."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from newsig import demo, store
from newsig.serve.articles import story
from newsig.serve.rendering import link
from newsig.settings import Settings
from tests import serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
ARGUMENTS += ["--disable-component-update", "--disable-sync"]
SERIOUS = ("serious", "critical")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here: apt-get install chromium")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("browser") / "news.db"
    demo.demonstrate(path, Settings(), note=lambda _: None, on_failure=lambda failure: pytest.fail(failure.reason))
    serving.fill(path)
    return path


@pytest.fixture(scope="module")
def address(database: Path) -> Iterator[str]:
    with serving.serving(database) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that may load nothing but what the server has, and on which nothing may go wrong."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    page, wrong = context.new_page(), []
    page.set_default_timeout(10_000)
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(dialog.message) or dialog.dismiss())
    page.on("request", lambda request: None if request.url.startswith(address) else wrong.append(request.url))
    yield page
    context.close()
    assert wrong == []


def article_of_demo(database: Path) -> str:
    """The demo's story with most claims."""
    with store.open_to_read(database) as db:
        sql = (
            "SELECT article_id FROM claims_view WHERE article_id NOT LIKE 'harm%' GROUP BY 1 ORDER BY count(*) DESC, 1"
        )
        return str(db.execute(sql).fetchone()[0])


def paths(database: Path) -> list[str]:
    story_path = link("/article", article_of_demo(database))
    return [
        "/",
        "/day/2024-07-17",
        "/ask",
        "/ask?kind=statements",
        "/ask?symbol=NONE",
        story_path,
        "/article/harm-0",
        "/nowhere",
    ]


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_every_page_fits_and_axe_finds_no_serious_fault(
    width: int, scheme: str, address: str, browser: Browser, database: Path
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page, faults = context.new_page(), {}
    for path in paths(database):
        page.goto(path)
        assert fits(page), path
        found = Axe().run(page).response["violations"]
        if serious := [f"{one['id']}: {one['nodes'][0]['html'][:150]}" for one in found if one["impact"] in SERIOUS]:
            faults[path] = serious
    context.close()
    assert faults == {}


def test_pages_load_without_an_error(page: Page, database: Path) -> None:
    for path in paths(database)[:-1]:
        got = page.goto(path)
        assert got
        assert got.status == 200


def test_filter_link_and_back(page: Page) -> None:
    page.goto("/ask")
    page.get_by_label("Symbol").fill("^RUT")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url(re.compile(r"/ask\?kind=claims&symbol=%5ERUT$"))
    asked = page.url
    page.locator(".rows td[data-label=Claim] a").first.click()
    assert re.search(r"/article/[^#]+#claim-\d+$", page.url)
    assert page.locator(".note:target").count() == 1
    page.go_back()
    assert page.url == asked
    assert page.get_by_label("Symbol").input_value() == "^RUT"
    page.locator(".facets summary", has_text="Verdict").click()
    page.locator(".facets summary", has_text="Verdict").click()
    page.locator(".facets a", has_text="supported").click()
    page.wait_for_url(re.compile(r"verdict=supported"))
    assert set(page.locator("td[data-label=Verdict] .mark").all_inner_texts()) == {"✓ supported"}


@pytest.mark.parametrize("which", ["demo", "harm-0"])
def test_the_article_lights_exactly_the_stored_spans(which: str, page: Page, database: Path) -> None:
    article = article_of_demo(database) if which == "demo" else which
    with store.open_to_read(database) as db:
        told = story(db, article)
    page.goto(link("/article", article))
    pieces = page.locator(".text .lit").evaluate_all("all => all.map(one => [one.dataset.ids, one.textContent])")
    lit: dict[str, str] = {}
    for keys, text in pieces:
        for key in keys.split():
            lit[key] = lit.get(key, "") + text
    stored = {note.key: re.sub("[\r\n]", "", note.record.text) for notes in told.notes.values() for note in notes}
    assert lit == stored
    whole = page.locator(".text p").all_text_contents()
    assert "".join(whole) == re.sub("[\r\n]", "", told.version.article.text)


def test_a_span_tells_its_fields_on_hover_and_on_focus(page: Page) -> None:
    page.goto("/article/harm-1")
    rise = page.locator(".text a.claim").first
    shown = "one => getComputedStyle(one, '::after').content"
    assert "11.5" not in rise.evaluate(shown)
    rise.hover()
    assert "symbol ^RUT" in rise.evaluate(shown)
    page.mouse.move(0, 0)
    assert "11.5" not in rise.evaluate(shown)
    page.keyboard.press("Tab")
    for _ in range(100):
        if rise.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    assert "symbol ^RUT" in rise.evaluate(shown)
    page.keyboard.press("Enter")
    assert page.locator(".note:target .mark").inner_text() == "✓ supported"


def test_the_first_key_skips_to_the_page(page: Page) -> None:
    page.goto("/ask")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_stories_that_mean_harm_do_none(page: Page) -> None:
    for number, title in enumerate(serving.TITLES):
        page.goto(f"/article/harm-{number}")
        assert page.title().endswith("· newsig")
        assert page.locator("main img, main script").count() == 0
        heading = page.locator("h1").inner_text()
        assert not re.search("[\x00-\x1f\u202a-\u202e\u2066-\u2069\u200f]", heading)
        assert re.sub(r"\\x1b|\\x07|\\u[0-9a-f]{4}", "", heading) == re.sub("[\x07\x1b\u202e\u2066\u200f]", "", title)


def test_sql_is_a_link_away(page: Page) -> None:
    page.goto("/ask?symbol=^RUT")
    page.get_by_role("link", name="SQL", exact=True).click()
    page.locator("table.rows-and-columns tbody tr").first.wait_for()
    assert page.locator(".message-error").count() == 0
