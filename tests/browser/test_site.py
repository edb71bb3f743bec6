"""The site in a browser: it opens from files, filters, leads from facts to words and back, and shuts nobody out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from typer.testing import CliRunner

from betony.cli import app
from betony.report import site
from betony.report.links import Paths
from betony.store import Store
from tests import report
from tests.browser import ALIVE, ENDS, served, violations, watching

OURS = sorted(report.OURS)


@pytest.fixture(params=["files", "server"])
def address(request: pytest.FixtureRequest, folder: Path, store: Path) -> Iterator[str]:
    """Where the index is: in a folder, or on a server."""
    if request.param == "files":
        yield (folder / "index.html").as_uri()
        return
    with served(store) as root:
        yield root


def kinds(folder: Path) -> list[Path]:
    """One page of each kind."""
    below = ("records/nice-ng9020-*", "differences/nice-ng9020-*", "runs/1")
    return [*sorted(folder.glob("*.html")), *(next(folder.glob(f"{name}.html")) for name in below)]


@pytest.mark.timeout(3000)
def test_every_page_opens_and_every_fact_leads_to_its_words_and_back(browser: Browser, folder: Path) -> None:
    paths = sorted(folder.rglob("*.html"))
    assert len(paths) >= 30
    links = 0
    with watching(browser) as watched:
        for path in paths:
            watched.page.goto(path.as_uri())
            assert watched.page.evaluate(ALIVE, OURS) == [], path.name
            assert watched.page.evaluate(ENDS) == [], path.name
            links += watched.page.locator(".fact > a.number").count()
            assert watched.problems == [], path.name
    print(f"{len(paths)} pages, {links} facts with words")
    assert links > 100


@pytest.mark.timeout(9000)
def test_every_page_of_a_server_opens_as_well(browser: Browser, store: Path, long: bool) -> None:
    """All that pages lead to, and every record; without `--long` one page of each kind."""
    with Store.open(str(store), writable=False) as opened:
        ids = [listed.id for listed in opened.listed()] if long else [opened.find("NG9020")]
    with served(store) as root, watching(browser) as watched:
        waiting, seen, opened_kinds = ["/", *map(Paths().record, ids)], set[str](), set[str]()
        while waiting:
            address = waiting.pop(0)
            kind = urlsplit(address).path
            if address in seen or (kind in opened_kinds and not long):
                continue
            seen.add(address)
            opened_kinds.add(kind)
            answered = watched.page.goto(root + address[1:])
            assert answered is not None
            assert answered.status == 200, address
            assert watched.page.evaluate(ALIVE, OURS) == [], address
            assert watched.page.evaluate(ENDS) == [], address
            assert watched.problems == [], address
            links = watched.page.locator("a[href^='/']").evaluate_all("all => all.map(one => one.getAttribute('href'))")
            waiting += [link.partition("#")[0] for link in dict.fromkeys(links)]
    print(f"{len(seen)} pages of {len(ids)} records")
    assert {"/", "/record", "/difference", "/timeline", "/succession", "/runs", "/run"} <= opened_kinds


def test_search_and_filters_show_what_was_asked_for(browser: Browser, address: str, folder: Path) -> None:
    data = report.columns(folder)
    with watching(browser) as watched:
        page = watched.page
        page.goto(address)
        total = len(data["id"])
        expect(page.locator("#count")).to_have_text(f"{total} documents")
        page.get_by_label("Search titles").fill("WRIST pain")
        wanted = {title for title in data["title"] if "wrist" in title.lower() and "pain" in title.lower()}
        assert len(wanted) >= 2
        assert set(page.locator("#records > li > a").all_text_contents()) == wanted
        page.get_by_label("Publisher").select_option("nice")
        page.get_by_label("Status").select_option("active/update_in_progress")
        expect(page.locator("#records > li")).to_have_count(1)
        expect(page.locator("#count")).to_have_text(f"1 of {total} documents")
        page.reload()  # what was asked for stays, to go back to and to pass on
        expect(page.locator("#records > li")).to_have_count(1)
        page.get_by_role("button", name="Clear").click()
        expect(page.locator("#count")).to_have_text(f"{total} documents")
        bit = data["sectionTypes"].index("research")
        page.get_by_label("With a section of type").select_option("research")
        count = sum(sections >> bit & 1 for sections in data["sections"])
        assert 0 < count < total
        expect(page.locator("#count")).to_have_text(f"{count} of {total} documents")
        page.get_by_label("Type", exact=True).select_option("nice_guideline")
        page.get_by_label("Search titles").fill("no such words")
        expect(page.locator("#count")).to_have_text(f"0 of {total} documents")


def test_a_click_on_a_fact_shows_its_words_and_a_click_on_them_the_fact(browser: Browser, address: str) -> None:
    with watching(browser, width=1400) as watched:
        page = watched.page
        page.goto(address)
        page.get_by_label("Search titles").fill("Wrist pain from typing")
        press(page.locator("#records a").first)
        press(page.locator(".side summary", has_text="Links"))
        numbers = page.locator(".fact > a.number").all_text_contents()
        assert len(numbers) > 10
        for number in (numbers[0], numbers[len(numbers) // 2], numbers[-1]):  # the last stands in folded furniture
            both_ways(page, number)


def press(link: Locator) -> None:
    """Follow it by its key: what a busy machine lays out late slides from under a pointer between its down and its up."""
    link.press("Enter")


def both_ways(page: Page, number: str) -> None:
    press(page.locator(f"#f{number} > a.number"))
    marked = page.locator(f"mark.chosen[data-facts~='{number}']")
    expect(marked.first).to_be_in_viewport()
    assert marked.count() == page.locator(f"mark[data-facts~='{number}']").count()
    press(page.locator(f".text a.number[href='#f{number}']").first)
    expect(page.locator(f"#f{number}")).to_be_in_viewport()
    expect(page.locator(f"#f{number}")).to_have_class("fact chosen")


@pytest.mark.timeout(9000)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, folder: Path, scheme: str, long: bool) -> None:
    paths = sorted(folder.rglob("*.html")) if long and scheme == "light" else kinds(folder)
    if not long and scheme == "dark":
        paths = [path for path in paths if path.name == "index.html" or path.parent.name in ("records", "differences")]
    with watching(browser, scheme=scheme) as watched:
        for path in paths:
            watched.page.goto(path.as_uri())
            assert violations(watched.page) == [], path.name
    print(f"{len(paths)} pages, {scheme}")


def test_pages_are_read_at_400_pixels_and_by_keyboard_alone(browser: Browser, folder: Path) -> None:
    with watching(browser, width=400) as watched:
        for path in kinds(folder):
            watched.page.goto(path.as_uri())
            assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path.name
        watched.page.goto((folder / "index.html").as_uri())
        watched.page.keyboard.press("Tab")
        expect(watched.page.get_by_text("Skip to the content")).to_be_in_viewport()
        watched.page.keyboard.press("Enter")
        for _ in range(2):  # the link to the quarantine, then the search
            watched.page.keyboard.press("Tab")
        watched.page.keyboard.type("hiccups")
        expect(watched.page.locator("#records > li")).to_have_count(1)
        for _ in range(6):
            watched.page.keyboard.press("Tab")
        watched.page.keyboard.press("Enter")
        expect(watched.page.get_by_role("heading", level=1)).to_have_text(
            "Persistent hiccups in adults: recognition and management"
        )


@pytest.mark.timeout(3000)
def test_nothing_that_documents_say_comes_alive(browser: Browser, tmp_path: Path, long: bool) -> None:
    path = report.hostile(tmp_path / "hostile.db", None if long else 12)
    with Store.open(str(path), writable=False) as opened:
        site.write(opened, str(tmp_path / "out"))
    paths = sorted((tmp_path / "out").rglob("*.html"))
    titles = report.columns(tmp_path / "out")["title"]
    with watching(browser) as watched:
        for one in paths:
            watched.page.goto(one.as_uri())
            assert watched.page.evaluate(ALIVE, OURS) == [], one.name
            assert watched.page.evaluate(ENDS) == [], one.name
            assert watched.problems == [], one.name
        watched.page.goto((tmp_path / "out" / "index.html").as_uri())
        while watched.page.locator("#more").is_visible():
            watched.page.locator("#more").click()
        shown = watched.page.locator("#records > li > a").all_text_contents()
        assert shown == titles
        assert watched.page.evaluate(ALIVE, OURS) == []
    print(f"{len(titles)} strings, {len(paths)} pages")


def test_a_record_by_itself_opens_with_its_style(browser: Browser, store: Path, tmp_path: Path) -> None:

    out = tmp_path / "page.html"
    CliRunner().invoke(app, ["view", "NG9020", "--no-open", "--store", str(store), "--out", str(out)])
    with watching(browser, scheme="dark") as watched:
        watched.page.goto(out.as_uri())
        assert watched.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 25, 29)"
        assert watched.page.evaluate(ENDS) == []
        assert violations(watched.page) == []
