"""Signs of clauses that several rules go by: finite verbs, words that open a clause within another, brackets."""

from __future__ import annotations

import re

from betony.nlp.phrases import word_of

_FINITES = (
    "is", "are", "was", "were", "has", "have", "had", "does", "do", "did", "will", "would", "can", "cannot",
    "may", "might", "could", "should", "must", "shall", "represents?", "shows?", "showed", "suggests?",
    "remains?", "requires?", "includes?", "occurs?", "exists?", "contains?", "describes?", "recommends?",
    "means", "became", "becomes", "appears?", "seems?", "depends?", "gives", "gave", "makes",
    "made", "takes", "took", "found", "finds", "needs", "helps", "allows?", "leads", "led", "applies",
    "allowed", "comes", "came", "works", "began", "causes", "thinks", "believes", "wishes", "chooses",
    "decides", "wants", "runs", "keeps", "maintains", "publishes", "operates", "intends", "collects", "concludes", "agrees", "says", "rests", "lies",
)  # fmt: skip
_NO_VERB = r"(?<=\b.)(?<!\bto\s.)(?!(?<=S)(?i:tates?)\b)"
"""An infinitive is not finite, and "Member States" are no verb."""
FINITE = re.compile(word_of((*_FINITES, "states?"), _NO_VERB) + r"\b")
"""A verb that can be the verb of a clause."""
RELATIVE = re.compile(r"\b(?:who|which|that|whose|whom|where)\b", re.IGNORECASE)
"""What opens a clause that tells more of a noun."""
EMBEDDED = re.compile(
    r"\b(?=[whiuba])(?:whether|how|why|what|if|when|unless|until|because|although|whereas|while)\b", re.IGNORECASE
)
"""What opens a clause that stands within another."""
QUESTIONED = re.compile(r"\b(?:how|whether|why|what|which|who|whose)\b")
"""What opens a question, asked or embedded."""
PRONOUNS = frozenset({"it", "they", "he", "she", "this", "that", "these", "those"})
"""Subjects that stand for what was named before."""
LONGEST = 3_000
"""Characters above which a "sentence" is a table or a list without stops: nothing is concluded from it."""


def depth(text: str, start: int, end: int) -> int:
    """How many brackets opened in text[start:end] are still open at its end."""
    return (
        text.count("(", start, end)
        - text.count(")", start, end)
        + text.count("[", start, end)
        - text.count("]", start, end)
    )


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space, quotation marks that open, ticks of good practice, punctuation and dashes at its ends."""
    while start < end and text[start] in ' ,;:\n\t\u00a0"“✓√':
        start += 1
    while end > start and text[end - 1] in " ,;:\n\t\u00a0–—-":
        end -= 1
    return start, end
