"""Words that ask for research."""

from __future__ import annotations

import re

from betony.model import Section, SectionType
from betony.nlp.looks import has_any

_QUESTION = re.compile(
    r"(?:[A-Z][^?\n]{3,200}:-?\s+)?(?:What|Which|How|Does|Do|Is|Are|In|For|Can|Could|Should|When|Who|Among)\b.{15,}\?$",
    re.DOTALL,
)


def is_lone_question(text: str, section: Section) -> bool:
    """Whether the section is a guideline's own question, in a document that recommends no research."""
    return (
        section.type is SectionType.RESEARCH
        and section.heading is not None
        and text[slice(*section.heading)].strip().lower() == "question"
        and not has_any(text, ("esearch recommendation", "ecommendations for research"))
    )


def asks(words: str, research: bool) -> bool:
    """Whether the words are a question, where research is recommended."""
    return research and bool(_QUESTION.match(words))


def is_research(words: str) -> bool:
    """Whether the words speak of studies."""
    return bool(re.search(r"\b(?:research|stud(?:y|ies)|trials?|investigat\w+|evaluat\w+)\b", words, re.IGNORECASE))
