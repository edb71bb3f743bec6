"""Words that are verbs and nouns: which of them open no instruction."""

from __future__ import annotations

import re
from functools import cache

from betony.nlp import vocabulary
from betony.nlp.phrases import any_of
from betony.nlp.strength.verbs import verb_set

_NOT_FINITE = (
    r"(?!(?:and|or|to|that|which|who|whose|whom|when|whenever|where|wherever|if|whether|how|why|what|because|as|while|until|unless"
    r"|before|after|once|so|than|though|although|there|they|it|he|she|we|you|them|provided|by(?=\s\w+ing\b))\b)"
)
_NOUN_PHRASE = re.compile(
    rf"(?:\s+(?!(?:the|an?|any|all|each|every|this|these|those|your|their|his|her|its|our|no|both|other)\b){_NOT_FINITE}"
    rf"(?P<first>[\w’'-]+))(?P<words>(?:\s+{_NOT_FINITE}[\w’'-]+){{0,5}}?)\s+"
    r"(?:is|are|was|were|has|have|had|should|must|need\sto|can|cannot|may|might|could|will|would|does|did|comes|came|takes|took|remains?"
    r"|reflects?|reduces|reduced|var(?:y|ies|ied)|depends?|differs?|seems?|appears?|becomes?|became|begins|began|occurs|occurred|exists|requires|involves|includes|provides)\b"
)
"""What makes the verb at a sentence's start a noun or an adjective: a few words, no new clause among them, and a verb behind them."""
_NOUN_OBLIGED = re.compile(
    rf"\s+(?!(?:the|an?|any|all|each|every|this|these|those|your|their|his|her|its|our|no|both|other)\b){_NOT_FINITE}[\w’'-]+(?:\s{_NOT_FINITE}[\w’'-]+){{1,14}}?\s(?:should|must)\s"
)
"""The same, with more words before what it should do: "Control measures for one case of an illness should"."""
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
_RULES = r"(?:is|are|was|were|has|have|had|should|must|can|cannot|may|might|could|will|would|does|did)\b"
_NOUN_ROW = re.compile(
    rf"(?:\s(?!(?:the|an?|any|all|each|every|this|these|those|your|their|his|her|its|our|no|both|other)\b){_NOT_FINITE}[\w’'-]+){{0,4}}\s(?:and|or)\s"
    rf"(?P<second>{_NOT_FINITE}[\w’'-]+)(?P<words>(?:\s{_NOT_FINITE}[\w’'-]+){{0,5}}?)\s{_RULES}"
)
"""Two things joined, the first of them named by what looks like the verb, and the verb of both behind them: "Contact and support
can help"."""
_NOUN_INSERTED = re.compile(
    rf"(?:\s(?!(?:the|an?|any|all|each|every|this|these|those|your|their|his|her|its|our|no|both|other)\b){_NOT_FINITE}[\w’'-]+){{1,5}}"
    rf",\s[^,.;:]{{3,80}}(?:,[^,.;:]{{3,60}}){{0,4}},\s(?:should|must|may|can|is|are|was|were)\s(?!(?:it|they|he|she|you|there|the|this|an?)\b)"
)
"""The same, with something told aside between commas before the verb: "Repeat scans, with dye if needed, should"."""
_NOUN_TO = re.compile(
    rf"\s(?:to|from|in|into|with|between)\s(?:(?:whenever|where|when|if)\spossible\s|(?:{_NOT_FINITE}|(?=(?:and|or|and/or|by)\b))[\w’'/-]+\s){{1,12}}?{_RULES}"
)
"""Where something leads, and a verb behind it: "Return to work is"."""
_LEADING = ("return", "transfer", "work", "contact", "discharge", "switch", "change", "access")
"""Nouns that are verbs too, of what leads somewhere."""
_LABEL = re.compile(r"\s?:\s(?=[A-Z\d])")
_NUMBERED = re.compile(r"\s\d{1,2}[a-z]?\s?:\s")
"""What makes any verb a name: "Target 3: fewer cracks"."""
_LABELS = (
    "position",
    "work",
    "contact",
    "report",
    "record",
    "test",
    "review",
    "plan",
    "support",
    "order",
    "label",
    "target",
)
"""Nouns that are verbs too, and stand before a colon as the name of what follows: "Position: The unit should"."""
_WITH_AN_OBJECT = (
    "complete", "grade", "stage", "code", "run", "swab", "open", "close", "empty", "fill", "repair", "filter", "drain", "brush", "turn", "lift",
    "list", "warm", "heat", "donate", "spray", "sweep", "institute", "swallow", "drink", "vacuum", "scrub", "boil", "quarantine", "shave", "mop", "thaw", "pour",
)  # fmt: skip
_COMPLETED = re.compile(
    r"\s(?:the|an?|all|any|each|this|these|those|your|their|both|every|it|them|once|twice|regularly|daily|weekly|thoroughly)\b",
    re.IGNORECASE,
)
"""Behind "Complete", "Grade" and their like where they are verbs: not "Complete blood count", "Grade 2 tumours"."""


_HELD = re.compile(
    r"\s(?:[a-z-]+\s){0,3}(?:campaigns|sessions|courses|programmes|programs|clinics|services|events|workshops|schemes|audits|classes|groups)\b(?!\s(?:is|are|was|were|should|must|may|can)\b)"
)
"""What is held, behind "Run": "Run local campaigns"."""


_FIELD = re.compile(
    r"(?:Document|Record|Report|Review|Issue|Update|Contact|Order|Release|Publish|Form|Target|Access|Present)\s(?:[\w-]+\s)?"
    r"(?:types?|numbers?|no\.?|titles?|dates?|versions?|status|owners?|authors?|names?|id|ids|identifiers?|references?|codes?|formats?|details|history|audience|address|level)\s?:",
    re.IGNORECASE,
)
"""The label of a field in a catalogue, whose value a capture has lost or set on a line of its own: "Document Type:"."""
_AND_WHAT = re.compile(
    r"\s(?:and|or)\s(?P<second>[a-z]+)\s(?:the|your|all|their|any|these|how|what)\s(?!.*\b(?:should|must|is|are|was|were|may|can|will)\b)"
)
"""How an instruction goes on that tells two things to do with one object: "Audit and review the care"."""


def is_noun(sentence: str, match: re.Match[str], verb: str) -> bool:
    """Whether the verb of what looks like an instruction is a noun or an adjective ("Support for this comes from …")."""
    if sentence.endswith(":") and _FIELD.fullmatch(sentence):
        return True
    if (joined := _AND_WHAT.match(sentence, match.end())) and joined["second"] in verb_set():
        return False
    if (
        _compounds().match(sentence, match.start("verb"))
        or _NOUN_WITH.match(sentence, match.start("verb"))
        or (
            verb in _WITH_AN_OBJECT
            and not _COMPLETED.match(sentence, match.end())
            and not (verb == "run" and _HELD.match(sentence, match.end()))
            and not (verb == "list" and match.start() > 0 and sentence.startswith(":", match.end()))
        )
    ):
        return True
    if verb in vocabulary.read("recommendations")["imperatives"]["telling"] or match["phrase"]:
        return False
    if _is_longer_noun(sentence, match, verb):
        return True
    obliged = _NOUN_OBLIGED.match(sentence, match.end("verb"))
    if obliged and not _PERSON_AT_END.search(obliged.group().rsplit(maxsplit=1)[0]):
        return True
    found = _NOUN_PHRASE.match(sentence, match.end("verb"))
    return found is not None and not (
        found["words"] and _PERSON_AT_END.search(found["words"]) and not _PREPOSITION.fullmatch(found["first"])
    )


def _is_longer_noun(sentence: str, match: re.Match[str], verb: str) -> bool:
    """Whether more than a few words, with another thing or something told aside among them, stand between the noun and its verb."""
    end = match.end("verb")
    if _NUMBERED.match(sentence, end) or (verb in _LABELS and _LABEL.match(sentence, end)):
        return True
    if verb in _LEADING and _NOUN_TO.match(sentence, end):
        return True
    row = _NOUN_ROW.match(sentence, end)
    if row and not (row["words"] and (row["second"].lower() in verb_set() or _PERSON_AT_END.search(row["words"]))):
        return True
    return _NOUN_INSERTED.match(sentence, end) is not None


@cache
def _compounds() -> re.Pattern[str]:
    """Nouns of two words whose first is a verb too: "contact dermatitis"."""
    return re.compile(any_of(vocabulary.read("recommendations")["imperatives"]["compounds"]) + r"\b")
