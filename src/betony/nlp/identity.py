"""betony_identity: who publishes the guidance, what type of guidance it is, its reference and where it applies."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("betony_identity", requires=["doc.spans"], assigns=["doc.spans"])
def identity(doc: Doc) -> Doc:
    """Add facts of the kinds publisher, identifier, document_type, jurisdiction and audience."""
    return doc
