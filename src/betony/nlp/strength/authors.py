"""What the authors of the guidance recommend: "We suggest a scan"."""

from __future__ import annotations

import re
from functools import cache

from betony.nlp import vocabulary
from betony.nlp.clauses.trailing import trailing
from betony.nlp.looks import has_any
from betony.nlp.strength import complements, done_to, groups
from betony.nlp.strength.against import OVER_ANOTHER, TO_AVOID, denies
from betony.nlp.strength.openings import both, opened_before
from betony.nlp.strength.verbatim import content_end
from betony.nlp.strength.wording import Wording
from betony.text import squeeze

_BEFORE_ACTIVE = re.compile(
    r"\b(?:previously|earlier|who|which|that|insufficient|whether|not|if|when|whenever|where|because|although|unless)\s+(?:\w+\s+){0,3}$"
    r"|\b(?:from|by)\s+the\s+(?:(?-i:[A-Z])[\w-]+\s+){1,5}$",
    re.IGNORECASE,
)
"""Words before a verb that make it no recommendation of this document, or part of another clause."""
_UNDECIDED = re.compile(
    r"\s+(?:(?:either\s+|neither\s+)?(?:for|in\s+favou?r(?:\s+of)?)\s+(?:or|nor)\s+against\b|(?:any|an?|one)\s+(?:specific|particular|single|optimal|[\w-]+\sover)\b)"
)
"""Behind "do not recommend" or "cannot recommend": that nothing is decided."""
_NAME = r"(?:\s+of\s+experts|(?:\s+of\s+(?:(?:the|and|for|of|in|on)\s+|[A-Z][\w’'-]{1,20},?\s+){0,7}[A-Z][\w’'-]{1,20})?\s+\([A-Z][^()\s]{1,15}\))?"
"""What a body's name goes on with where the guidance names its own: "the College of Heels and Toes (CHT)"."""
_FINDS = re.compile(
    r"\s+that\b[^.;]{0,120}?\b(?:is|are|was|were|may|might|could|can|has|have|had|will|would|does|did)\b"
)
"""Behind "the authors suggest": what they conclude, not what is to be done."""
_ADVERB = (
    r"(?:therefore|thus|also|still|now|(?!(?:previous|former|initial|original|earli|rare|hard|scarce|on)ly\b)[a-z]+ly)"
)
"""What may stand before the verb or its "not" and leaves to it what it says."""


_VERBS = ("recommend", "suggest", "advis", "advocat", "endors", "asking", "advising")
"""Letters without one of which nobody recommends."""
_ASKS = ("What ", "Which ", "How ", "Why ", "Who ", "Does ", "Do ")
"""How a question begins: "What does the panel recommend? | Adults:"."""


def find(sentence: str) -> tuple[int, Wording] | None:
    """What we, the authors, recommend or suggest."""
    if not has_any(sentence, _VERBS) or not _active_verb().search(sentence):
        return None
    if "?" in sentence and sentence.startswith(_ASKS):
        return None
    match = _active_pattern().search(sentence)
    if match is None or _BEFORE_ACTIVE.search(sentence[: match.start()]) or sentence.count('"', 0, match.start()) % 2:
        return None
    if match["authors"] and match["conditional"] and _FINDS.match(sentence, match.end()):
        return None
    if match["never"] and _UNDECIDED.match(sentence, match.end()):
        return None
    code = "strong" if match["strong"] else "conditional"
    if match["adverb"] in ("conditionally", "weakly"):
        code = "conditional"
    avoids = TO_AVOID.match(sentence, match.end()) is not None
    against = bool(match["turn"] or match["never"] or avoids) or denies(sentence, match.end())
    if against and OVER_ANOTHER.search(sentence, match.end()):
        return None
    population, condition = opened_before(sentence, match.start())
    told = complements.told(sentence, match.end())
    tail = trailing(sentence, match.end(), content_end(sentence))
    return match.start(), Wording(
        code,
        squeeze(f"We {match['term']}" if match["we"] and not match["never"] else match["term"]),
        "against" if against else "for",
        told.actor,
        told.condition if told.condition and not condition else both(sentence, condition, tail),
        population or told.population or groups.group(sentence, match.end()) or done_to.treated(sentence, match.end()),
    )


@cache
def _active_verb() -> re.Pattern[str]:
    """The verb of `_active_pattern`, which is quickly looked for."""
    verbs = vocabulary.read("recommendations")["recommends"]
    return re.compile(rf"(?:{'|'.join([*verbs['strong'], *verbs['conditional']])})\b")


@cache
def _active_pattern() -> re.Pattern[str]:
    words = {key: "|".join(terms) for key, terms in vocabulary.read("recommendations")["recommends"].items()}
    return re.compile(
        rf"\b(?:(?P<we>[Ww]e)|(?:{words['bodies']})(?:\s+members)?{_NAME}|(?P<authors>[Tt]he\s+(?:guideline\s+)?(?:authors|developers))|(?:[Tt]he\s+)?(?!(?:{words['others']})\b)[A-Z][A-Z/&-]{{2,}})\s+"
        rf"(?P<term>(?P<never>(?:{_ADVERB}\s+)?(?:(?:do|does|would|can)\s+(?i:not)|cannot|no\s+longer|(?:is|are|was)\s+minded\s+(?i:not)\s+to)\s+)?"
        rf"(?:would\s+)?(?:(?P<adverb>{_ADVERB})\s+)?"
        rf"(?:(?P<strong>{words['strong']})|(?P<conditional>{words['conditional']}))\b(?P<turn>\s+(?i:against|not)\b)?)"
    )
