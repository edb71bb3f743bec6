"""Stores that pages are made of, and what is asked of every page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import html

from betony.model import Capture
from betony.record import Record
from betony.store import Store
from tests.hostile.strings import strings
from tests.stores import Json, golden, goldens, put

HOSTILE = strings()


def filled(path: Path) -> Path:
    """A store of the golden records, one of them in two versions, with a run that set something aside."""
    with Store.open(str(path), create=True) as store:
        run = store.begin_run("ingest")
        for one in goldens():
            put(store, one, run)
        later = golden("nice/ng9020-september")
        first, *others = later["recommendations"]
        put(
            store,
            {
                **later,
                "content_hash": "0" * 64,
                "recommendations": [{**first, "text": f"{first['text']} Offer rest."}, *others],
            },
        )
        number = store.begin_run("ingest")
        (kept,) = store.keep([Capture(b"\0", "broken.html", None)], number)
        store.set_aside(number, [kept], stage="reading", reason="binary", message="holds no text")
    return path


def hostile(path: Path, number: int | None = None) -> Path:
    """A store in which titles, headings, texts, references and facts are strings made to harm their reader."""
    chosen = HOSTILE if number is None else HOSTILE[:: len(HOSTILE) // number]
    with Store.open(str(path), create=True) as store:
        run = store.begin_run("test")
        for place, words in enumerate(chosen):
            put(store, hostile_record(place, words), run)
        (kept,) = store.keep([Capture(b"\0", chosen[5], None)], run)
        store.set_aside(run, [kept], stage="reading", reason="binary", message=chosen[6])
    return path


def hostile_record(place: int, words: str) -> Json:
    """A record that says this wherever it says anything, and that is as valid as any."""
    said = words.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    solid = said.strip() or "."
    text = f"{solid}\n\n{solid} body"
    evidence = [{"start": 0, "end": len(solid), "quote": solid, "page": None}]
    ground = {"basis": "explicit", "evidence": evidence, "rule": said}
    template = golden("nice/ng9020-september")
    section = {
        **next(one for one in template["sections"] if one["layer"] == "body"),
        "id": "0", "parent": None, "start": 0, "end": len(text), "text": f"{solid} body",
        "heading": {"text": solid, "start": 0, "end": len(solid)},
    }  # fmt: skip
    addresses = (said, f"javascript:{said}", "data:text/html,<script>alert(1)</script>")
    target = {"id": said, "label": said, "url": f"javascript:{said}"}
    made: Json = {
        **template,
        "id": f"{place}:{said}", "aliases": [], "identifier": said, "document_type": said, "text": text,
        "url": f"https://example.org/{said}" if place % 2 else said,
        "title": {"value": solid, "confidence": None, **ground},
        "publisher": {"id": said, "name": said},
        "license": {"text": said, "attribution": said, "url": said, "basis": "explicit", "evidence": evidence},
        "status": {**template["status"], "checked": None, "notice": said, **ground},
        "jurisdictions": [said], "provenance": {}, "dates": {},
        "sections": [section], "responsibilities": [], "codes": [], "tables": [],
        "definitions": [{"term": said, "text": said, "section": "0", **ground}],
        "links": [
            {"text": said, "url": url, "target_id": said, "section": "0", "evidence": evidence} for url in addresses
        ],
        "relations": [{"type": "replaces", "target": target, "scope": said, "draft": False, "date": None, **ground}],
        "recommendations": [
            {**template["recommendations"][0], "id": said, "text": said, "number": said, "actor": said, "section": "0",
             "rationale": None, **ground}
        ],
        "parts": [{**template["parts"][0], "start": 0, "end": len(text)}],
        "quality": {**template["quality"], "warnings": []},
    }  # fmt: skip
    return Record.model_validate(made).model_dump(mode="json")


LOADING = {"script": "src", "link": "href", "img": "src", "iframe": "src", "object": "data", "embed": "src"}
_HANDLER = re.compile(r"on[a-z]+")
OURS = frozenset(
    re.findall(
        r"\S+",
        """a bdi blockquote body button circle code dd defs del details div dl dt footer g h1 h2 h3 h4 h5 h6 head header
        html input ins label li line link main mark marker meta nav noscript ol optgroup option p path q rect script
        section select span strong summary svg table tbody td text th thead title tr ul""",
    )
)
"""Elements that templates hold."""


def problems(page: html.HtmlElement) -> list[str]:
    """What of a page is alive that should not be: elements and handlers that are not ours, scripts, addresses."""
    found = []
    for element in page.iter():
        if not isinstance(element.tag, str):
            found.append("a comment")
            continue
        if element.tag not in OURS:
            found.append(f"element {element.tag}")
        for name, value in element.attrib.items():
            if _HANDLER.fullmatch(str(name)) or name in ("style", "srcdoc", "formaction", "action"):
                found.append(f"attribute {name}")
            if name == "href" and urlsplit(str(value)).scheme not in ("", "http", "https"):
                found.append(f"address {value}")
        source = element.get(LOADING[element.tag]) if element.tag in LOADING else None
        if source is not None and not re.fullmatch(r"(\.\./|/)?assets/[a-z]+\.(css|js)", source):
            found.append(f"loads {source}")
        if element.tag == "script" and (element.text or "").strip():
            found.append("a script of its own")
        if element.tag == "style":
            found.append("a style of its own")
    policies = page.xpath("/html/head/meta[@http-equiv='Content-Security-Policy']/@content")
    if not (len(policies) == 1 and "default-src 'none'" in policies[0] and "unsafe" not in policies[0]):
        found.append("no strict policy")
    return found


def parsed(text: str) -> html.HtmlElement:
    """A page as its elements."""
    return html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))


def words(text: Any) -> str:
    """Text as it is read: white space as one space."""
    return " ".join(str(text).split())


def pages_of(folder: Path) -> dict[str, html.HtmlElement]:
    """Every page of a site by its path."""
    return {
        path.relative_to(folder).as_posix(): parsed(path.read_text("utf-8")) for path in sorted(folder.rglob("*.html"))
    }


def columns(folder: Path) -> dict[str, Any]:
    """The data of a site's index."""
    text = (folder / "assets" / "records.js").read_text("utf-8")
    found: dict[str, Any] = json.loads(text.removeprefix("globalThis.betonyRecords = ").removesuffix(";\n"))
    return found
