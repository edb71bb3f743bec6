"""Signs of clauses that several rules go by: finite verbs, words that open a clause within another, brackets."""

from __future__ import annotations

import re

from betony.nlp import vocabulary
from betony.nlp.looks import has_any
from betony.nlp.phrases import word_of

_FINITES = (
    "is", "are", "was", "were", "has", "have", "had", "does", "do", "did", "will", "would", "can", "cannot",
    "may", "might", "could", "should", "must", "shall", "represents?", "shows?", "showed", "suggests?",
    "remains?", "requires?", "includes?", "occurs?", "exists?", "contains?", "describes?", "recommends?",
    "means", "became", "becomes", "appears?", "seems?", "depends?", "gives", "gave", "makes",
    "made", "takes", "took", "found", "finds", r"needs(?!\s(?:of|assessments?|analys[ie]s)\b)", "helps", "allows?", "leads", "led", "applies",
    "allowed", "comes", "came", "works", "began", "causes", "thinks", "believes", "wishes", "chooses",
    "decides", "wants", "runs", "keeps", "maintains", "publishes", "operates", "intends", "collects", "concludes", "agrees", "ensures?", "says", "rests", "lies",
)  # fmt: skip
_NO_VERB = (
    r"(?<=\b.)(?<!\bto\s.)(?<!\b[Yy]our\s.)(?<!\b[Tt]heir\s.)(?<!\bneeds,\s.)(?<!\bneeds\sand\s.)(?<!\bneeds\sor\s.)"
    r"(?<!['’]s\s.)(?<!s['’]\s.)(?<!\bviews\sand\s.)(?<!\bworries\sand\s.)(?<!\bconcerns\sand\s.)(?<!\bpreferences\sand\s.)(?<!\bvalues\sand\s.)(?<!\bfeelings\sand\s.)(?<!\bbeliefs\sand\s.)(?<!\b[Tt]he\s.)(?<!\bwishes,\s.)(?<!\bwishes\sand\s.)(?!(?<=S)(?i:tates?)\b)"
)
"""An infinitive is not finite, nor is what stands behind "your" or "the person's" ("your needs, wishes and"); and "Member States" are no verb."""
FINITE = re.compile(word_of((*_FINITES, "states?"), _NO_VERB) + r"\b")
"""A verb that can be the verb of a clause."""
RELATIVE = re.compile(r"\b(?:(?!(?-i:WHO\b))who|which|that|whose|whom|where)\b", re.IGNORECASE)
"""What opens a clause that tells more of a noun."""
EMBEDDED = re.compile(
    r"\b(?=[whiuba])(?:whether|how|why|what|if|when|unless|until|because|although|whereas|while)\b", re.IGNORECASE
)
"""What opens a clause that stands within another."""
QUESTIONED = re.compile(r"\b(?:how|whether|why|what|which|who|whose)\b")
"""What opens a question, asked or embedded."""
_ADJECTIVE_PLACE = re.compile(r"(?:\b(?:with|of|and|or|an?)|,)\s(?:\w{2,20}ly\s)?(?P<word>[\w‑-]+)$")
"""Where one word stands alone that may be the first of two adjectives."""
_BEHIND_ANOTHER = re.compile(r"\b(?:with|an?)\s[\w‑-]+,\s[a-z‑-]+ing$")
"""A participle behind another adjective of the same noun: "with a sore, weeping" rash."""
_ROW_TO_THE_END = re.compile(r"\ban?\s[a-z‑-]+(?:ing|y)(?:,\s[a-z‑-]+){2,4}\s[a-z‑-]+[.;]?\s{0,3}$")
"""A row of adjectives whose noun ends the sentence: "an aching, pink, dry heel", "an itchy, dry, scaly heel"."""
_ADJECTIVE_GOES_ON = re.compile(
    r"\s(?:(?:and|or)\s)?(?!(?:the|an?|all|any|this|these|especially|particularly|including|if|when|as|to|in|for|with|clinicians?|patients?)\b)[\w‑-]+(?:,|\s(?!is\b|are\b|should\b|must\b)\w)"
)
AS_IT_MAY_BE = (
    r",\s(?:if|when|where)\s(?:available|relevant|appropriate|applicable|needed|necessary|required|possible),\s"
)
"""What stands between those who act together and ends no row of them: "nurses and, where relevant, doctors"."""
PRONOUNS = frozenset({"it", "they", "he", "she", "this", "that", "these", "those", "both"})
"""Subjects that stand for what was named before."""
PARAGRAPH_NUMBER = re.compile(r"\d{1,3}\s(?=(?:You|Your|The|If|When|Where|An?|It|This|In|As|Do|All|Any|Each|Every)\b)")
"""The number of a paragraph, without a stop, before words that no number counts."""
LONGEST = 3_000
"""Characters above which a "sentence" is a table or a list without stops: nothing is concluded from it."""


def between_adjectives(before: str, text: str, comma: int) -> bool:
    """Whether the comma that ends at `comma`, behind the words `before`, stands between two adjectives of one noun."""
    at_end = _ADJECTIVE_PLACE.search(before[-50:])
    if has_any(f"{before[-50:]},", ("ing,", "y,")) and _ROW_TO_THE_END.search(
        f"{before[-50:]},{text[comma : comma + 100]}"
    ):
        return True
    return (
        at_end is not None
        and (_is_adjective(at_end["word"].lower()) or _BEHIND_ANOTHER.search(before[-50:]) is not None)
        and _ADJECTIVE_GOES_ON.match(text, comma) is not None
    )


def _is_adjective(word: str) -> bool:
    words = vocabulary.read("recommendations")["adjectives"]
    if word.replace("‑", "-").partition("-")[2] in words["compounds"]:
        return True
    return word in words["words"] or (word.endswith(tuple(words["endings"])) and word not in words["nouns"])


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
