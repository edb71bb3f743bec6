"""python -m tests.bench.pages: how long a page of a 150 KB document takes to open, and an index of 10,000 to filter.

Both in Chromium without a window, on made-up documents. The floor of opening is the same text as one plain paragraph.
"""

from __future__ import annotations

import random
import shutil
import statistics
import tempfile
import time
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

import betony
from betony.record import Record
from betony.report import assets, pages, site
from betony.report.links import Files
from betony.store import Store
from tests.bench import madeup, searching
from tests.stores import put

_VERBS = ("Offer", "Consider", "Do not offer", "Measure", "Discuss", "Providers should give")
_OPENING = """() => {
    const [shown] = performance.getEntriesByType("navigation");
    return shown.loadEventEnd;
}"""
_FILTERING = """([name, value]) => {
    const field = document.getElementById(name);
    const start = performance.now();
    field.value = value;
    field.dispatchEvent(new Event("input", {bubbles: true}));
    document.getElementById("records").getBoundingClientRect(); // laid out, not only listed
    return [performance.now() - start, document.getElementById("count").textContent];
}"""
_FOLLOWING = """number => new Promise(done => {
    const start = performance.now();
    document.querySelector(`#f${number} > a.number`).click();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""


def document(size: int) -> Record:
    """The record of a made-up guideline of that many characters of text."""
    chance = random.Random(11)  # noqa: S311 - no secret
    words = madeup.vocabulary()
    made, length, number = ["<h1>A guideline made up to be long</h1>"], 0, 0
    while length < size:
        number += 1
        heading = " ".join(chance.choices(words, k=4)).capitalize()
        made.append(f"<h2>Recommendations</h2><h3>{number}.1 {heading}</h3>")
        for item in range(1, 9):
            text = f"{number}.1.{item} {chance.choice(_VERBS)} {' '.join(chance.choices(words, k=22))}."
            made.append(f"<p>{text}</p>")
            length += len(text)
        text = ". ".join(" ".join(chance.choices(words, k=18)).capitalize() for _ in range(20))
        made.append(f"<h3>Why the committee made the recommendations</h3><p>{text}.</p>")
        length += len(text)
    page = f"<html lang=en><title>Made up</title><main>{''.join(made)}</main></html>".encode()
    return betony.structure(page, url="https://www.nice.org.uk/guidance/ng999999", media_type="text/html")


def opening(browser: Browser, folder: Path, rounds: int = 7) -> None:
    """Prints how long the page takes to open, against its text alone."""
    record = document(150_000)
    with Store.open(str(folder / "long.db"), create=True) as store:
        put(store, record.model_dump(mode="json"))
        start = time.process_time()
        pages.record(store, record.id, Files("../"))
        made = time.process_time() - start
        site.write(store, str(folder / "long"))
    (path,) = (folder / "long" / "records").glob("*.html")
    plain = folder / "plain.html"
    plain.write_text(f"<!DOCTYPE html><meta charset=utf-8><title>x</title><p>{escape(record.text)}</p>", "utf-8")
    floor, taken = [], []
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    for _ in range(rounds):
        floor.append(_opened(page, plain))
        taken.append(_opened(page, path))
    links = page.locator(".fact > a.number").all_text_contents()
    follow = [page.evaluate(_FOLLOWING, number) for number in links[:: max(1, len(links) // 20)]]
    context.close()
    median = statistics.median(taken)
    print(
        f"a page of {len(record.text):,} characters and {len(links):,} facts with words ({path.stat().st_size:,} bytes): "
        f"made in {1_000 * made:.0f} ms of processor time; opens in {median:.0f} ms, slowest {max(taken):.0f} ms of "
        f"{rounds}, {median / statistics.median(floor):.1f} times its text alone (goal: under 1,000 ms); "
        f"from a fact to its words: median {statistics.median(follow):.0f} ms, slowest {max(follow):.0f} ms"
    )


def _opened(page: Page, path: Path) -> float:
    page.goto(path.as_uri())
    return float(page.evaluate(_OPENING))


def filtering(browser: Browser, folder: Path, number: int = 10_000) -> None:
    """Prints how long the index takes from a key to the rows that it leaves."""
    out = folder / "index"
    (out / "assets").mkdir(parents=True)
    with Store.open(str(folder / "many.db"), create=True) as store:
        texts = searching._fill(store, number)
        start = time.process_time()
        (out / "index.html").write_text(pages.index(store, Files()), "utf-8")
        (out / "assets" / "records.js").write_text(pages.index_data(store, Files()), "utf-8")
        made = time.process_time() - start
        titles = [one.title or "" for one in store.catalogue()]
    for asset in assets.every():
        (out / "assets" / asset.name).write_bytes(asset.body)
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    opened = _opened(page, out / "index.html")
    chance = random.Random(13)  # noqa: S311 - no secret
    word = chance.choice(titles).split()[0]
    asked = [("query", word[:end]) for end in range(1, len(word) + 1)]
    asked += [("query", " ".join(chance.choice(texts).split()[:2])) for _ in range(10)]
    asked += [("query", ""), ("status", "retired"), ("section", "research"), ("status", "*"), ("section", "*")]
    taken = [page.evaluate(_FILTERING, list(one))[0] for one in asked for _ in range(3)]
    context.close()
    print(
        f"an index of {number:,} records: made in {made:.1f} s of processor time; opens in {opened:.0f} ms; filters in "
        f"{statistics.median(taken):.0f} ms, slowest {max(taken):.0f} ms of {len(taken)} (goal: under 200 ms)"
    )


def report() -> None:
    """Prints both."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        opening(browser, Path(folder))
        filtering(browser, Path(folder))
        browser.close()


if __name__ == "__main__":
    report()
