"""What makes Datasette a good explorer of a store: descriptions, facets and canned queries, as its metadata.

The words and the queries are in `datasette.json`.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any


def metadata(store: str) -> dict[str, Any]:
    """The metadata for the store in that file; Datasette calls a database by its file's name."""
    shipped: dict[str, Any] = json.loads(files("betony.export").joinpath("datasette.json").read_text("utf-8"))
    return {**shipped, "databases": {Path(store).stem: shipped["databases"]["betony"]}}
