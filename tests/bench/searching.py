"""How long a search over 100,000 sections of made-up, varied text takes in SQLite."""

from __future__ import annotations

import random
import statistics
import tempfile
import time

from betony.store import Filters, Store, details, prepared, tables
from tests.bench import madeup

SECTIONS = 10


def report(number: int = 100_000, queries: int = 60) -> None:
    """Prints the median and the slowest of queries of frequent and rare words, phrases and filters."""
    with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/s.db", create=True) as store:
        texts = _fill(store, number // SECTIONS)
        taken = []
        for query, filters in _queries(texts, queries):
            start = time.process_time()
            store.search(query, filters, 10)
            taken.append(1_000 * (time.process_time() - start))
        there = store.sizes()["sections"]
    print(
        f"searching {there:,} sections, SQLite: median {statistics.median(taken):.0f} ms, slowest {max(taken):.0f} ms "
        f"of {len(taken)} queries (processor time; goal: median under 150 ms)"
    )


def _fill(store: Store, number: int) -> list[str]:
    """Puts the rows that search needs into the store, many records a transaction; some of their texts."""
    texts: list[str] = []
    made = madeup.records(number, SECTIONS)
    while batch := [record for _, record in zip(range(500), made, strict=False)]:
        with store._database.writing() as connection:
            for record in batch:
                row = {
                    "id": record["id"], "title": record["title"]["value"], "publisher": "nice",
                    "page_kind": "document", "status_code": record["status"]["code"], "pipeline": "bench",
                    "currency": record["status"]["currency"], "content_hash": "", "text_hash": "", "ruleset": "1",
                    "processed_at": "", "json": "{}",
                }  # fmt: skip
                prepared.add(connection, tables.records, [row])
                details.write(connection, record, is_new=True)
        texts += [record["sections"][0]["text"] for record in batch[:20]]
    return texts


def _queries(texts: list[str], number: int) -> list[tuple[str, Filters]]:
    chance = random.Random(17)  # noqa: S311 - no secret
    found = []
    for index in range(number):
        words = chance.choice(texts).split()
        start = chance.randrange(len(words) - 3)
        some = words[start : start + 3]
        query = (" ".join(some[:2]), some[0], f'"{some[0]} {some[1]}"', f"{some[0]} -{some[1]}")[index % 4]
        kinds = (Filters(), Filters(section_type="recommendations", current=True), Filters(publisher="nice"))
        found.append((query, kinds[index % 3]))
    return found


if __name__ == "__main__":
    report()
