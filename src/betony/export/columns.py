"""The record's model as an Arrow schema: explicit, so that a column without a value keeps its type."""

from __future__ import annotations

import json
import types
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import islice
from typing import Any, Literal, Union, get_args, get_origin

import pyarrow as pa
from pydantic import BaseModel

from betony.record import SCHEMA_VERSION, Record

_SCALARS: dict[Any, pa.DataType] = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
_BATCH = 200
"""Records held at once: a long record has a megabyte of evidence."""


def schema() -> pa.Schema:
    """One column a field of the record, nested as it is; the file's metadata says which version of the schema."""
    return pa.schema(_fields(Record), metadata={"betony_schema_version": SCHEMA_VERSION})


def batches(records: Iterable[str]) -> Iterator[pa.RecordBatch]:
    """The records, some hundreds at a time."""
    shape, source = schema(), iter(records)
    while rows := [json.loads(record) for record in islice(source, _BATCH)]:
        yield pa.RecordBatch.from_pylist(rows, schema=shape)


def _fields(model: type[BaseModel]) -> list[pa.Field]:
    return [pa.field(name, _arrow(field.annotation)) for name, field in model.model_fields.items()]


def _arrow(annotation: Any) -> pa.DataType:
    """The type of a field. A TypeError for one that the record has not held so far."""
    if annotation in _SCALARS:
        return _SCALARS[annotation]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return pa.struct(_fields(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return pa.string()
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return pa.string()
    if origin is list:
        return pa.list_(_arrow(inner[0]))
    if origin in (Union, types.UnionType):
        kinds = {_arrow(kind) for kind in inner if kind is not types.NoneType}
        if len(kinds) == 1:
            return kinds.pop()
    if hasattr(annotation, "__metadata__"):
        return _arrow(annotation.__origin__)
    raise TypeError(f"no Arrow type for {annotation}")
