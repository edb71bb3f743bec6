"""The style sheets and scripts that pages load, all of them files of this package."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_MEDIA_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
NAMES = ("record.css", "page.css", "index.js", "record.js")
"""What `load` knows. `records.js`, the index's data, is no asset: it is made of the store (`pages.index_data`)."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is served."""

    name: str
    body: bytes
    media_type: str


@cache
def load(name: str) -> Asset:
    """The asset of that name; KeyError where there is none."""
    if name not in NAMES:
        raise KeyError(name)
    body = files("betony.report").joinpath("static", name).read_bytes()
    return Asset(name, body, media_type(name))


def every() -> list[Asset]:
    """All assets."""
    return [load(name) for name in NAMES]


def media_type(name: str) -> str:
    """The media type of an asset, or of `records.js`."""
    return _MEDIA_TYPES[name.rpartition(".")[2]]
