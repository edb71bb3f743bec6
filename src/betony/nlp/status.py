"""betony_status: whether the guidance stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from betony.model import Basis, Block, Fact
from betony.nlp import carry, when
from betony.nlp.sentences import sentences

_UPDATING = re.compile(r"\bwe are updating (?:it|this)\b")
_POINTER = re.compile(r"See\sthe\s\w+\sin\sdevelopment\spage\b")


@Language.component("betony_status", requires=["doc.spans"], assigns=["doc.spans"])
def status(doc: Doc) -> Doc:
    """Add the fact `status`."""
    carry.add_facts(doc, find(carry.text(doc), carry.blocks(doc)))
    return doc


def find(text: str, blocks: Sequence[Block]) -> list[Fact]:
    """The guidance's standing as the text states it; nothing where it states none."""
    for block in blocks:
        match = _UPDATING.search(text, block.start, block.end)
        if match:
            spans = sentences(text, block.start, block.end)
            at = next(i for i, (_, end) in enumerate(spans) if end > match.start())
            end = spans[at][1]
            if at + 1 < len(spans) and _POINTER.match(text, spans[at + 1][0]):
                end = spans[at + 1][1]
            start = spans[at][0]
            checked = next(iter(when.find(text, start, match.start())), None)
            detail = {
                "notice": text[start:end],
                "checked": None
                if checked is None
                else {
                    "value": checked.value,
                    "precision": checked.precision,
                    "text": text[checked.start : checked.end],
                },
                "checked_span": None if checked is None else [checked.start, checked.end],
            }
            return [Fact("status", "update_in_progress", ((start, end),), Basis.EXPLICIT, "updating", detail=detail)]
    return []
