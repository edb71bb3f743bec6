"""betony_status: whether the guidance stands."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("betony_status", requires=["doc.spans"], assigns=["doc.spans"])
def status(doc: Doc) -> Doc:
    """Add the fact `status`."""
    return doc
