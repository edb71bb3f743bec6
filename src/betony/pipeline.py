"""The whole middle: captures of one product in, one record out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from betony import __version__, assembly, collector, plugins, readers
from betony.errors import UsageError
from betony.identity import Identity, identify
from betony.model import Capture
from betony.product import Part, current, in_order, join
from betony.record import Processing, Record
from betony.substance import refuse_empty_pages
from betony.timing import stage


def structure(captures: Sequence[Capture]) -> Record:
    """The record of one product from all current captures of its pages.

    Pure: depends on nothing but the captures and this version of betony. Raises DocumentError where they hold no
    document, and UsageError where they belong to different products.
    """
    from betony import nlp  # noqa: PLC0415 - spaCy takes half a second to import, and not every caller gets here

    with stage("identify"):
        placed = current([(capture, identify(capture)) for capture in captures])
    if len({identity.record_id for _, identity in placed}) != 1:
        raise UsageError("structure takes the captures of one product", advice="group them by betony.identity first")
    with collector.at_rest():
        with stage("read"):
            parts = in_order([_read(capture, identity) for capture, identity in placed])
            product = join([part.document for part in parts])
        with stage("analyse"):
            findings = nlp.analyse(product)
        with stage("assemble"):
            return assembly.record(parts, product, findings, processing())


def _read(capture: Capture, identity: Identity) -> Part:
    document = readers.read(capture, identity.publisher)
    refuse_empty_pages(document, capture.uri)
    return Part(capture, identity, document, readers.media_type(capture))


def processing() -> Processing:
    """What reads documents here: the version, and the digest of rules and vocabulary."""
    return Processing(pipeline=__version__, ruleset=_ruleset(), model=_model())


@cache
def _model() -> str:
    """Name and version of the trained typer, and the first 8 hex digits of its digest."""
    body = (files("betony") / "nlp" / "typer" / "model.npz").read_bytes()
    return f"section-typer 1 ({hashlib.sha256(body).hexdigest()[:8]})"


@cache
def _ruleset() -> str:
    """The first 16 hex digits of sha256 over every file that can change a record, those of plug-ins included."""
    digest = hashlib.sha256()
    for path in sorted(_rules(files("betony")), key=str):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    for name, body in plugins.rules():
        digest.update(name.encode() + b"\0" + body + b"\0")
    return digest.hexdigest()[:16]


_RULE_ROOMS = ("nlp", "readers", "publishers", "typer", "vocabulary")
_RULE_FILES = (
    "assembly.py",
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
            if entry.name in _RULE_ROOMS:
                found.extend(_rules(entry, inside=True))
        elif entry.name in _RULE_FILES or (inside and entry.name.endswith((".py", ".toml"))):
            found.append(entry)
    return found
