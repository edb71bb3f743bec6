"""Which rules and which model read documents here; imports nothing of what does."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from betony import plugins


@cache
def model() -> str:
    """Name and version of the trained typer, and the first 8 hex digits of its digest."""
    room = files("betony") / "nlp" / "typer"
    name = (room / "CARD.md").read_text("utf-8").partition("\n")[0].removeprefix("# ")
    return f"{name} ({hashlib.sha256((room / 'model.npz').read_bytes()).hexdigest()[:8]})"


@cache
def digest() -> str:
    """The first 16 hex digits of sha256 over every file that can change a record, those of plug-ins included."""
    digest = hashlib.sha256()
    for path in sorted(_rules(files("betony")), key=str):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    for name, body in plugins.rules():
        digest.update(name.encode() + b"\0" + body + b"\0")
    return digest.hexdigest()[:16]


_RULE_ROOMS = ("assembly", "nlp", "readers", "publishers")
"""Whatever stands in these or in rooms within them reads documents."""
_RULE_FILES = (
    "identity.py",
    "lines.py",
    "outline.py",
    "pipeline.py",
    "product.py",
    "publisher.py",
    "record.py",
    "substance.py",
    "terms.py",
    "text.py",
)


def _rules(folder: Traversable, *, inside: bool = False) -> list[Traversable]:
    found: list[Traversable] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            if inside or entry.name in _RULE_ROOMS:
                found.extend(_rules(entry, inside=True))
        elif entry.name in _RULE_FILES or (inside and entry.name.endswith((".py", ".toml"))):
            found.append(entry)
    return found
