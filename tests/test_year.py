"""A made-up site of 60 products over a year: after each visit what is told is what its publisher did, and no more."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from betony import work
from betony.model import Capture
from betony.store import Departure, Store
from tests.year import hold_at_the_end
from tests.year.script import Round, Told, year


def visit(store: Store, found: Round) -> Told:
    """What a watcher does with one day's answers; what was told of it."""
    when = f"{found.day}T06:00:00Z"
    captures = [
        Capture(body.encode(), url, url, media_type="text/html", retrieved_at=when) for url, body in found.pages.items()
    ]
    summary = work.ingest(captures, store, workers=2)
    assert summary.run.state == "finished", summary.error
    assert summary.run.quarantined == found.refused, summary.setbacks
    for record_id in found.unchanged:
        store.confirm(record_id, when)
    for record_id, how in found.gone.items():
        assert store.retire(record_id, when, Departure(how))
        assert not store.retire(record_id, when, Departure(how))
    for record_id, target in found.moved.items():
        store.retire(record_id, when, Departure.MOVED, moved_to=target)
    return Counter((one.record_id, one.change.kind.value, one.change.name) for one in store.changes(since=found.day))


@pytest.mark.timeout(1200)
def test_what_is_told_equals_the_script(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "year.db"), create=True) as store:
        versions = 0
        for found in year():
            told = visit(store, found)
            assert told == found.told, (found.day, "missing", found.told - told, "too much", told - found.told)
            changed = {record_id for record_id, kind, _ in found.told if kind not in ("retired", "reopened")}
            versions += len(changed)
            assert store.sizes()["versions"] == versions, found.day
        hold_at_the_end(store, {"nice:ng9129": Departure.UNLISTED, "nice:ng9131": Departure.MOVED})
        here = [store.standing(row.id) for row in store.listed()]
        assert all(one.seen_at == "2025-11-03T06:00:00Z" for one in here if not one.retired_at)
