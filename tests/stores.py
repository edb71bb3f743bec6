"""Ready-made records put straight into a store, for tests of the store alone."""

from __future__ import annotations

import json
from typing import Any

from betony.model import Capture
from betony.store import RunState, Settled, Store
from tests.conftest import ROOT

Json = dict[str, Any]


def golden(name: str) -> Json:
    """The golden record of that sample, such as `nice/ng9001-overview`."""
    return _whole((ROOT / "tests" / "golden" / f"{name}.json").read_text("utf-8"))


def goldens() -> list[Json]:
    """The golden record of every sample, one an id."""
    paths = sorted((ROOT / "tests" / "golden").rglob("*.json"))
    records = [_whole(path.read_text("utf-8")) for path in paths]
    return list({record["id"]: record for record in records}.values())


def _whole(text: str) -> Json:
    """Golden files leave out the version that made them."""
    return {**json.loads(text), "processing": {"pipeline": "test", "ruleset": "1", "model": None, "at": None}}


def put(store: Store, record: Json, run: int | None = None) -> Settled:
    """Commits a record as if it had just been made of one capture, its text."""
    number = store.begin_run("test") if run is None else run
    capture = Capture(record["text"].encode(), record["source"]["uri"], record["url"])
    (kept,) = store.keep([capture], number)
    plan = store.plan(record["id"], record["url"], [(kept.input_id, record["url"] or "")], None)
    settled = store.commit(number, plan, record)
    if run is None:
        store.end_run(number, RunState.FINISHED)
    return settled


TEMPLATE = golden("who/safe-injection-fact-sheet")


def record(name: str, *sections: str | tuple[str, str], title: str | None = None, **changes: Any) -> dict[str, Any]:
    """A record of plain sections, each (heading, text) or text alone."""
    parts = [section if isinstance(section, tuple) else (None, section) for section in sections]
    text = "\n\n".join(f"{heading}\n\n{words}" if heading else words for heading, words in parts)
    made = []
    for number, (heading, words) in enumerate(parts):
        whole = f"{heading}\n\n{words}" if heading else words
        start = text.index(whole)
        place: dict[str, Any] | None = None
        if heading:
            place = {"text": heading, "start": start, "end": start + len(heading)}
        section = {**TEMPLATE["sections"][0], "id": str(number), "type": "summary", "layer": "body", "parent": None}
        made.append({**section, "heading": place, "start": start, "end": start + len(whole), "text": words})
    lists = ("recommendations", "responsibilities", "relations", "codes", "definitions", "links", "tables", "aliases")
    named = {**TEMPLATE["title"], "value": title} if title else None
    empty: dict[str, Any] = {key: [] for key in lists}
    return {**TEMPLATE, **empty, "id": name, "url": None, "title": named, "text": text, "sections": made, **changes}
