"""A record by itself: in a notebook, and as one file."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html
from typer.testing import CliRunner

from betony.cli import app
from betony.record import Record
from betony.report import alone, assets
from betony.report.assets import load
from betony.store import Store
from tests.report import HOSTILE, hostile_record, parsed, problems, words
from tests.stores import golden


@pytest.fixture(scope="module")
def record() -> Record:
    return Record.model_validate(golden("nice/ng9020-september"))


def test_a_notebook_shows_the_page_with_its_style_and_nothing_to_load(record: Record) -> None:
    shown = html.fromstring(record._repr_html_())
    assert "Wrist pain" in shown.text_content()
    assert {element.tag for element in shown.iter()} & {"script", "link", "img", "iframe", "meta"} == set()
    ids = [element.get("id") for element in shown.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    (prefix,) = {str(name).partition("-")[0] for name in ids}
    targets = {link.get("href") for link in shown.iter("a") if str(link.get("href")).startswith("#")}
    assert targets <= {f"#{name}" for name in ids}
    other = Record.model_validate(golden("nice/ng9021"))._repr_html_()
    assert prefix not in other


def test_its_style_reaches_nothing_else_in_the_notebook() -> None:
    style = re.sub(r"/\*.*?\*/", "", load("record.css").body.decode(), flags=re.DOTALL)
    style = re.sub(r"@media[^{]*\{", "", style)
    selectors = [one.strip() for group in re.findall(r"([^{}]+)\{", style) for one in group.split(",")]
    assert len(selectors) > 40
    assert [one for one in selectors if not re.match(r"(\w+)?\.betony\b", one)] == []


def test_the_page_of_one_file_allows_its_own_style_alone(record: Record) -> None:
    page = parsed(alone.page(record))
    (style,) = page.iter("style")
    digest = base64.b64encode(hashlib.sha256((style.text or "").encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page.xpath("//meta[@http-equiv]/@content")[0]
    style.drop_tree()
    assert problems(page) == []
    facts = page.xpath("//li[@class='fact']/a[@class='number']/@href")
    assert facts
    assert all(page.xpath(f"//*[@id='{fact[1:]}']") for fact in facts)


def test_nothing_that_a_record_says_comes_alive_in_it() -> None:
    for place, said in enumerate(HOSTILE[::12]):
        record = Record.model_validate(hostile_record(place, said))
        page = parsed(alone.page(record))
        for style in list(page.iter("style")):
            style.drop_tree()
        assert problems(page) == [], said
        (heading,) = page.iter("h1")
        assert record.title
        assert words(heading.text_content()) == words(record.title.value), said


def test_records_are_read_without_the_templates() -> None:
    code = "import sys, betony.record; assert 'jinja2' not in sys.modules and 'betony.report' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_view_writes_the_page_and_prints_where_it_is(samples: Store, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    done = CliRunner().invoke(app, ["view", "NG9020", "--store", samples.name, "--no-open", "--out", str(out)])
    assert (done.exit_code, done.stdout.strip()) == (0, str(out))
    assert "Wrist pain" in out.read_text("utf-8")
    elsewhere = CliRunner().invoke(app, ["view", "NG9020", "--store", samples.name, "--no-open"])
    page = Path(elsewhere.stdout.strip())
    assert page.read_bytes() == out.read_bytes()
    shutil.rmtree(page.parent)


def test_there_is_no_asset_by_another_name() -> None:
    assert {asset.name for asset in assets.every()} == set(assets.NAMES)
    with pytest.raises(KeyError):
        assets.load("../pages.py")
