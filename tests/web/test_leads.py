"""What a sitemap, a feed, a listing or a product leads to."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from betony import publishers
from betony.crawl import Manners, Scope
from betony.sources import indexes
from betony.store import Outcome
from tests.web.crawling import fetch_round, new_store, standing
from tests.web.server import Handler, Reply, Request, page, serving

SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc> http://example.org/a </loc><lastmod>2026-01-01</lastmod></url><url><loc>/b#part</loc></url>
<url><loc>ftp://example.org/c</loc></url></urlset>"""
SITEMAP_INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>http://example.org/one.xml.gz</loc></sitemap></sitemapindex>"""
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><link>http://example.org/</link>
<item><title>A</title><link>http://example.org/a</link></item><item><link>/b</link></item></channel></rss>"""
RSS_1 = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<item><link>http://example.org/a</link></item></rdf:RDF>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><link href="http://example.org/"/>
<link rel="next" href="?page=2"/><entry><link rel="edit" href="/no"/><link href="/a"/></entry>
<entry><link rel="alternate" href="/b"/></entry></feed>"""
XXE = b"""<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<urlset><url><loc>http://example.org/&x;</loc></url></urlset>"""


@pytest.mark.parametrize(
    ("body", "documents", "further"),
    [
        (SITEMAP, ["/a", "/b"], []),
        (gzip.compress(SITEMAP), ["/a", "/b"], []),
        (SITEMAP_INDEX, [], ["/one.xml.gz"]),
        (RSS, ["/a", "/b"], []),
        (RSS_1, ["/a"], []),
        (ATOM, ["/a", "/b"], ["/feed?page=2"]),
        (XXE, ["/"], []),
    ],
)
def test_files_of_addresses(body: bytes, documents: list[str], further: list[str]) -> None:
    found = indexes.read("http://example.org/feed", body)
    assert found is not None
    assert found.documents == tuple(f"http://example.org{path}" for path in documents)
    assert found.indexes == tuple(f"http://example.org{path}" for path in further)


@pytest.mark.parametrize(
    "body", [b"", page(), b"<html><urlset/></html>", b'{"a": 1}', b"<note/>", b"\x1f\x8bbroken", b"<<<"]
)
def test_what_is_no_file_of_addresses(body: bytes) -> None:
    assert indexes.read("http://example.org/", body) is None


def test_a_list_of_addresses() -> None:
    assert indexes.addresses("\ufeff# ours\nhttps://a.org/#x\r\n\n  https://b.org/  \n") == [
        "https://a.org/#x",
        "https://b.org/",
    ]


def test_a_product_of_nice_leads_to_its_chapters_and_no_others() -> None:
    nice = publishers.by_id("nice")
    links = (
        "/guidance/ng900/chapter/Recommendations",
        "/guidance/ng900/chapter/Recommendations#part",
        "/guidance/ng900/chapter/Context?x=y",
        "/guidance/ng901/chapter/Recommendations",
        "/guidance/ng900/resources/a.pdf",
        "https://elsewhere.org/guidance/ng900/chapter/Recommendations",
    )
    found = nice.leads("https://www.nice.org.uk/guidance/ng900", page(links=links))
    assert found.is_document
    assert found.documents == (
        "https://www.nice.org.uk/guidance/ng900/chapter/Recommendations",
        "https://www.nice.org.uk/guidance/ng900/chapter/Context",
    )


def test_a_listing_of_nice_leads_to_products_and_its_next_page() -> None:
    links = (
        "/guidance/ng900",
        "/guidance/ng900/chapter/x",
        "/guidance/published?ps=10&pa=2",
        "/about",
        "/advice/es900",
    )
    found = publishers.by_id("nice").leads("https://www.nice.org.uk/guidance/published?ps=10", page(links=links))
    site = "https://www.nice.org.uk"
    assert found.documents == (f"{site}/guidance/ng900", f"{site}/advice/es900")
    assert found.indexes == (f"{site}/guidance/published?ps=10&pa=2",)
    assert not found.is_document


def test_a_listing_of_what_is_to_come_or_is_over_leads_to_it() -> None:
    links = (
        "/guidance/indevelopment/gid-ta99035",
        "/guidance/indevelopment/gid-ta99035/documents",
        "/guidance/indevelopment?ps=10&pa=2",
        "/guidance/terminated/ta9031",
        "/indicators/ind9032-steam",
    )
    site = "https://www.nice.org.uk"
    for listing in ("indevelopment", "awaiting-development", "deferred", "terminated"):
        found = publishers.by_id("nice").leads(f"{site}/guidance/{listing}", page(links=links))
        assert found.documents == tuple(site + link for link in (links[0], links[3], links[4]))
        assert not found.is_document


def test_the_syndication_index_of_nice_leads_to_products_and_gets_the_key() -> None:
    nice = publishers.by_id("nice")
    body = json.dumps({"IndexItems": [{"GuidanceNumber": "NG900"}, {"Title": "none"}, 3]}).encode()
    found = nice.leads("https://api.nice.org.uk/services/guidance/index/current.json", body)
    assert found.documents == ("https://www.nice.org.uk/guidance/ng900",)
    assert nice.request_headers("api.nice.org.uk", {"nice": "k"})["API-Key"] == "k"
    assert nice.request_headers("www.nice.org.uk", {"nice": "k"}) == {}


def test_the_search_of_govuk_leads_to_what_it_found_and_on() -> None:
    govuk = publishers.by_id("govuk")
    url = "https://www.gov.uk/api/search.json?filter_format=guidance&count=2&start=2"
    body = {"results": [{"link": "/guidance/a"}, {"link": "https://other.org/b"}], "total": 9, "start": 2}
    found = govuk.leads(url, json.dumps(body).encode())
    assert found.documents == ("https://www.gov.uk/api/content/guidance/a",)
    assert found.indexes == ("https://www.gov.uk/api/search.json?filter_format=guidance&count=2&start=4",)
    last = govuk.leads(url, json.dumps({**body, "total": 4}).encode())
    assert last.indexes == ()


def test_a_collection_of_govuk_leads_to_its_documents() -> None:
    body = {"document_type": "document_collection", "links": {"documents": [{"base_path": "/guidance/a"}]}}
    found = publishers.by_id("govuk").leads("https://www.gov.uk/api/content/c", json.dumps(body).encode())
    assert (found.documents, found.is_document) == (("https://www.gov.uk/api/content/guidance/a",), True)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"links": []}', b'{"results": 1}', b"[" * 100_000])
def test_odd_json_leads_nowhere(body: bytes) -> None:
    for url in ("https://www.gov.uk/api/content/c", "https://www.gov.uk/api/search.json"):
        assert publishers.by_id("govuk").leads(url, body).documents == ()
    assert (
        publishers.by_id("nice")
        .leads("https://api.nice.org.uk/services/guidance/index/current.json", b"{" + body)
        .documents
        == ()
    )


def site(pages: dict[str, bytes]) -> Handler:
    async def answer(request: Request) -> Reply:
        body = pages.get(request.path)
        kind = "application/xml" if ".xml" in request.path else "text/html"
        return Reply(status=404) if body is None else Reply(body, headers={"Content-Type": kind})

    return answer


def sitemap(*urls: str) -> bytes:
    return f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in urls)}</urlset>".encode()


def test_a_sitemap_of_sitemaps_is_followed_within_the_scope(tmp_path: Path) -> None:
    pages = {f"/guidance/{i}": page(str(i)) for i in range(3)} | {"/news/1": page()}
    with serving(site(pages), ("127.0.0.1", "127.0.0.2")) as server, new_store(tmp_path) as store:
        inner = sitemap(
            *(server.url(path) for path in [*pages, "/guidance/gone"]), server.url("/guidance/0", "127.0.0.2")
        )
        pages["/one.xml.gz"] = gzip.compress(inner)
        pages["/sitemap.xml"] = (
            f"<sitemapindex><sitemap><loc>{server.url('/one.xml.gz')}</loc></sitemap></sitemapindex>".encode()
        )
        fetch_round(store, [server.url("/sitemap.xml")], Scope(same_host=True, match=("*/guidance/*",)))
        assert server.asked() == [
            "/sitemap.xml",
            "/one.xml.gz",
            *(f"/guidance/{i}" for i in range(3)),
            "/guidance/gone",
        ]
        assert len(store.frontier.unread()) == 3  # the sitemaps are kept, and no documents
        assert standing(store)[server.url("/guidance/gone")].outcome == Outcome.GONE


def test_a_product_is_fetched_with_all_its_chapters(tmp_path: Path) -> None:
    chapters = ("/guidance/ng900/chapter/Recommendations", "/guidance/ng900/chapter/Context")
    pages = {"/guidance/ng900": page(links=chapters), **{chapter: page(chapter) for chapter in chapters}}
    with serving(site(pages)) as server, new_store(tmp_path) as store:
        fetch_round(store, [server.url("/guidance/ng900")], Scope(publisher="nice"), manners=Manners(delay=0.01))
        assert sorted(server.asked()) == sorted(pages)
        assert len(store.frontier.unread()) == 3
