"""Records as one Parquet file, nested fields kept."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow.parquet as pq

from betony.export import columns
from betony.export.files import writing


def write(records: Iterable[str], out: str) -> int:
    """Writes the file; how many records."""
    count = 0
    with writing(out) as file, pq.ParquetWriter(file, columns.schema(), compression="zstd") as writer:
        for batch in columns.batches(records):
            writer.write_batch(batch)
            count += batch.num_rows
    return count
