"""The same pages from a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from lxml import html

from betony.report import live
from betony.store import Store
from tests import report
from tests.stores import put


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = report.filled(tmp_path_factory.mktemp("live") / "s.db")
    with Store.open(str(path)) as store:
        put(store, report.hostile_record(0, "../../<b>&?id=x#y"))
    app = FastAPI()
    app.include_router(live.router(lambda: Store.open(str(path), writable=False)))
    with TestClient(app, follow_redirects=False) as client:
        yield client


def test_every_page_that_a_page_leads_to_is_there_with_its_policy(client: TestClient) -> None:
    seen: set[str] = set()
    ahead = ["/"]
    while ahead:
        address = ahead.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        if answer.headers["content-type"].startswith("text/html"):
            page = report.parsed(answer.text)
            assert report.problems(page) == []
            found = page.xpath("//@href[starts-with(., '/')] | //@src")
            ahead += [str(link).partition("#")[0] for link in found]
    assert len([address for address in seen if address.startswith("/record?")]) >= 26
    assert any(address.startswith("/difference?") for address in seen)
    assert any(address.startswith("/run?") for address in seen)
    assert "/assets/records.js" in seen


@pytest.mark.parametrize(
    "address", ["/record?id=nobody", "/difference?id=nice:ng9021&before=1&after=7", "/run?number=99"]
)
def test_what_is_not_there_is_a_page_that_says_so(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert report.problems(report.parsed(answer.text)) == []


def test_no_file_but_an_asset_is_served(client: TestClient) -> None:
    for name in ("../pages.py", "..%2fpages.py", "pages.py", "x.css"):
        assert client.get(f"/assets/{name}").status_code == 404


def test_a_page_from_the_server_says_what_the_file_says(client: TestClient, folder: Path) -> None:
    (name,) = folder.glob("records/nice-ng9021-*.html")
    file, page = report.parsed(name.read_text("utf-8")), report.parsed(client.get("/record?id=nice:ng9021").text)
    for one in (file, page):
        for element in one.iter("a", "link", "script"):
            element.attrib.clear()
    assert html.tostring(file) == html.tostring(page)
