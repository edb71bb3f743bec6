"""Words that are verbs and nouns: which of them open no instruction."""

from __future__ import annotations

import re
from functools import cache

from betony.nlp import vocabulary
from betony.nlp.phrases import any_of

_NOT_FINITE = (
    r"(?!(?:and|or|to|that|which|who|whose|whom|when|whenever|where|wherever|if|whether|how|why|what|because|as|while|until|unless"
    r"|before|after|once|so|than|though|although|there|they|it|he|she|we|you|them|provided|by(?=\s\w+ing\b))\b)"
)
_NOUN_PHRASE = re.compile(
    rf"(?:\s+(?!(?:the|an?|any|all|each|every|this|these|those|your|their|his|her|its|our|no|both|other)\b){_NOT_FINITE}"
    rf"(?P<first>[\w’'-]+))(?P<words>(?:\s+{_NOT_FINITE}[\w’'-]+){{0,5}}?)\s+"
    r"(?:is|are|was|were|has|have|had|should|must|can|cannot|may|might|could|will|would|does|did|comes|came|takes|took|remains?"
    r"|reflects?|reduces|reduced|var(?:y|ies|ied)|depends?|differs?|seems?|appears?|becomes?|became|begins|began|occurs|occurred|exists|requires|involves|includes|provides)\b"
)
"""What makes the verb at a sentence's start a noun or an adjective: a few words, no new clause among them, and a verb behind them."""
_PERSON_AT_END = re.compile(
    r"\b(?:people|patients|staff|carers|children|adults|women|men|parents|users|individuals|families|someone|everyone|clinicians)$"
)
"""Of whom a clause without "that" is told: "use words people can follow"."""
_PREPOSITION = re.compile(r"in|for|with|by|from|of|on|at|between|among|during|within|without", re.IGNORECASE)
_NOUN_WITH = re.compile(
    r"(?:(?:support|request|target|schedule|label|increase|decrease|change)s?\s+(?:for|by|from)"
    r"|link\s+to|map\s+(?:of|showing)|contact\s+(?:with|between|from|by|in)|(?:increase|decrease|delay|rise|change|balance)\s+(?:in|of|between)"
    r"|(?:review|visit|report|order|update|test|record|transfer|offer|search|estimate|help|advice)\s+(?:by(?!\s\d)|from|between))\b",
    re.IGNORECASE,
)
"""Nouns that are verbs too, with the prepositions that follow the noun alone."""
_WITH_AN_OBJECT = ("complete", "grade", "stage", "code")
_COMPLETED = re.compile(r"\s(?:the|an?|all|any|each|this|these|those|your|their|both|every)\b", re.IGNORECASE)
"""Behind "Complete", "Grade" and their like where they are verbs: not "Complete blood count", "Grade 2 tumours"."""


def is_noun(sentence: str, match: re.Match[str], verb: str) -> bool:
    """Whether the verb of what looks like an instruction is a noun or an adjective ("Support for this comes from …")."""
    if (
        _compounds().match(sentence, match.start("verb"))
        or _NOUN_WITH.match(sentence, match.start("verb"))
        or (verb in _WITH_AN_OBJECT and not _COMPLETED.match(sentence, match.end()))
    ):
        return True
    if verb in vocabulary.read("recommendations")["imperatives"]["telling"] or match["phrase"]:
        return False
    found = _NOUN_PHRASE.match(sentence, match.end("verb"))
    return found is not None and not (
        found["words"] and _PERSON_AT_END.search(found["words"]) and not _PREPOSITION.fullmatch(found["first"])
    )


@cache
def _compounds() -> re.Pattern[str]:
    """Nouns of two words whose first is a verb too: "contact dermatitis"."""
    return re.compile(any_of(vocabulary.read("recommendations")["imperatives"]["compounds"]) + r"\b")
