"""betony_identity: who publishes the guidance, what type of guidance it is, its reference and where it applies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from betony import publishers
from betony.model import Basis, Block, Fact
from betony.nlp import carry, vocabulary

_NATIONS = r"(?:England|Wales|Scotland|Northern Ireland)"
_APPLIES = re.compile(rf"\bNHS i[ns] (?P<nations>{_NATIONS}(?:(?:,? and |, ){_NATIONS}){{0,3}})")
_NATION = re.compile(_NATIONS)


@Language.component("betony_identity", requires=["doc.spans"], assigns=["doc.spans"])
def identity(doc: Doc) -> Doc:
    """Add facts of the kinds publisher, identifier, document_type, jurisdiction and audience."""
    carry.add_facts(doc, find(carry.text(doc), carry.blocks(doc)))
    return doc


def find(text: str, blocks: Sequence[Block]) -> list[Fact]:
    """Who publishes the text, what type it is of, and where it applies, as the text itself says."""
    return [*_publisher(text), *_document_type(text), *_jurisdictions(text)]


def _publisher(text: str) -> list[Fact]:
    for publisher in publishers.every().values():
        for name in publisher.names:
            at = text.find(f"{name} (")
            if at >= 0:
                span = (at, at + len(name))
                return [Fact("publisher", publisher.id, (span,), Basis.EXPLICIT, "name")]
    return []


def _document_type(text: str) -> list[Fact]:
    for type_, pattern in _types():
        if match := pattern.search(text):
            return [Fact("document_type", type_, (match.span("type"),), Basis.EXPLICIT, "process")]
    return []


def _jurisdictions(text: str) -> list[Fact]:
    match = _APPLIES.search(text)
    if not match:
        return []
    return [
        Fact("jurisdiction", nation.group(), (nation.span(),), Basis.EXPLICIT, "lead")
        for nation in _NATION.finditer(text, *match.span("nations"))
    ]


@cache
def _types() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (entry["type"], re.compile(rf"How we develop NICE (?P<type>{'|'.join(entry['names'])})"))
        for entry in vocabulary.read("types").values()
    )
