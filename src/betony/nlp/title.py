"""betony_title: the title of the guidance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from betony.model import Basis, Block, BlockKind, Fact, Layer, Notice, WarningCode
from betony.nlp import carry, vocabulary

_LEAD_BLOCKS = 12
_TAIL = re.compile(r"[\s,]*(?:\bin,?\s[A-Z][a-z]+,?\s\d{4}\s*)?\.?\s*$")


@Language.component("betony_title", requires=["doc.spans"], assigns=["doc.spans"])
def title(doc: Doc) -> Doc:
    """Add the fact `title`."""
    facts, notices = find(carry.text(doc), carry.blocks(doc))
    carry.add_facts(doc, facts)
    carry.add_notices(doc, notices)
    return doc


def find(text: str, blocks: Sequence[Block]) -> tuple[list[Fact], list[Notice]]:
    """The title as printed at the head of the page; else, inferred, the subject that the lead names.

    A title inferred from a lead begins with a capital whatever the lead has; its evidence is the lead's own words.
    """
    for block in blocks:
        if block.kind is BlockKind.HEADING and block.level == 1 and block.layer is Layer.BODY:
            value = " ".join(text[block.start : block.end].split())
            return [Fact("title", value, ((block.start, block.end),), Basis.EXPLICIT, "heading")], []
    for block in blocks[:_LEAD_BLOCKS]:
        for pattern in _leads():
            if match := pattern.search(text, block.start, block.end):
                return _inferred(text, *match.span("subject"))
    return [], []


def _inferred(text: str, start: int, end: int) -> tuple[list[Fact], list[Notice]]:
    if tail := _TAIL.search(text, start, end):
        end = tail.start()
    words = " ".join(text[start:end].split())
    fact = Fact("title", words[:1].upper() + words[1:], ((start, end),), Basis.INFERRED, "lead", 0.9)
    notice = Notice(
        WarningCode.TITLE_INFERRED, "no title is printed; it was taken from the lead", spans=((start, end),)
    )
    return [fact], [notice]


@cache
def _leads() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in vocabulary.read("titles")["leads"])
