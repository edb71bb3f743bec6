"""A made-up publisher's site of 60 products that lives through a year: what it holds, how it looks, and the script."""

from __future__ import annotations

from betony.store import Departure, Store


def hold_at_the_end(store: Store, gone: dict[str, Departure]) -> None:
    """Every version ends where the next begins, and what is gone is known to be, and how."""
    assert store.problems() == []
    ids = [row.id for row in store.listed()]
    for record_id in ids:
        history = store.versions(record_id)
        assert [one.valid_to for one in history[:-1]] == [one.valid_from for one in history[1:]]
        assert history[-1].valid_to is None
    standings = {record_id: store.standing(record_id) for record_id in ids}
    assert {record_id: one.departure for record_id, one in standings.items() if one.retired_at} == gone
