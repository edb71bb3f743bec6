"""betony_blocks: finds the blocks of a Doc whose text nobody has read for them yet."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from betony import lines
from betony.nlp import carry


@Language.component("betony_blocks", assigns=["doc.user_data"])
def blocks(doc: Doc) -> Doc:
    """Leave blocks that a reader has set; else find them in the lines of the text."""
    if carry.BLOCKS not in doc.user_data:
        carry.set_blocks(doc, lines.blocks(carry.text(doc)))
    return doc
