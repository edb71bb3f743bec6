"""betony_title: the title of the guidance."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("betony_title", requires=["doc.spans"], assigns=["doc.spans"])
def title(doc: Doc) -> Doc:
    """Add the fact `title`."""
    return doc
