"""Records as a DuckDB database: the table `records`, nested fields kept, and a view of each list in it.

It is built afresh each time, for inserting by name into an old one would drop a new nested field without a word.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb
import pyarrow as pa

from betony.errors import BetonyError
from betony.export import columns
from betony.export.files import drafted

_VIEWS = ("sections", "recommendations", "responsibilities", "relations", "codes", "definitions", "links", "tables")


def write(records: Iterable[str], out: str) -> int:
    """Writes the database; how many records."""
    with drafted(out) as draft:
        try:
            return _build(records, draft)
        except duckdb.Error as error:
            raise BetonyError(
                f"cannot be written: {str(error).splitlines()[0]}",
                document=out,
                advice="what was there before is untouched; make room and export again",
            ) from error
        finally:
            draft.with_name(draft.name + ".wal").unlink(missing_ok=True)


def _build(records: Iterable[str], path: Path) -> int:
    with duckdb.connect(str(path)) as database:
        database.execute("set enable_progress_bar = false")  # standard output is not its place
        reader = pa.RecordBatchReader.from_batches(columns.schema(), columns.batches(records))
        database.register("incoming", reader)
        database.execute("create table records as select * from incoming")
        database.unregister("incoming")
        for name in _VIEWS:
            database.execute(
                f"create view {name} as select records.id as record_id, item.* "  # noqa: S608 - names of our own
                f"from records, unnest(records.{name}) as listed(item)"
            )
        return int(database.execute("select count(*) from records").fetchall()[0][0])
