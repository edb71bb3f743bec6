"""What is reasonable to do, as societies of heart surgeons word it, or may be useful: "It is reasonable to offer a scan"."""

from __future__ import annotations

import re

from betony.nlp import actors
from betony.nlp.clauses.signs import depth
from betony.nlp.clauses.trailing import trailing
from betony.nlp.looks import has_any
from betony.nlp.strength import groups
from betony.nlp.strength.openings import FOR, both, opened_before, subject_before
from betony.nlp.strength.verbatim import content_end
from betony.nlp.strength.wording import Wording
from betony.text import squeeze

_FRAME = re.compile(
    r"\b(?:(?P<it>[Ii]t\s(?P<so>(?:is|may\sbe)\s(?P<no>not\s)?(?:\w+ly\s|also\s)?reasonable|may\s(?:also\s)?be\s(?:\w+ly\s)?(?:useful|helpful|worthwhile|relevant))"
    r"\s(?:for\s(?P<who>[^,.;:]{3,60}?)\s)?to\s(?P<verb>[a-z]+)\b)"
    r"|(?P<term>(?:is|are|may\sbe)\s(?P<not>not\s)?(?:probably\s|also\s)?reasonable)"
    r"(?=\s(?:for|in|to|until|if|when|after|before|provided|with|every)\b|\s?[.;(\[]|$))"
)
_IN_MIND = frozenset(
    {"assume", "expect", "conclude", "believe", "think", "suppose", "ask", "say", "infer", "hypothesise", "hypothesize", "postulate",
     "speculate", "argue", "presume", "wonder", "doubt", "hope", "know", "remember", "note", "understand", "read", "see", "look", "recall", "clarify", "compare", "consult", "ascribe", "attribute", "extrapolate", "generalise", "generalize"}
)  # fmt: skip
"""What is reasonable to think, and nothing to do in care."""
_JUDGED = re.compile(
    r"\b(?:opinions?|assumptions?|costs?|prices?|reasons?|doubts?|expectations?|conclusions?|explanations?|consensus|definitions?|hypothes[ei]s|estimates?"
    r"|alternatives?|arguments?|evidence|results?|recommendations?|fees?|statements?)(?:\s(?:of|for|on|that|cited|given)\b[^,;]*)?$",
    re.IGNORECASE,
)
"""What is found reasonable without being done: a cost, an assumption."""
_WITHIN = re.compile(
    r"\b(?:suggest|indicat|show|find|found|conclud|argu|stat)\w*\sthat\s[^,;]*$|\b(?:who|which|that|whether|if|as|than|what|unless|until|when(?:ever)?|where(?:ver)?|once|because|although|though|while)\s+(?:[\w-]+\s+){0,8}$",
    re.IGNORECASE,
)
"""How a clause of another clause begins."""


def find(sentence: str) -> tuple[int, Wording] | None:
    """What is, or may be, reasonable to do."""
    if not has_any(sentence, ("reasonable", "t may ")):
        return None
    for match in _FRAME.finditer(sentence):
        before = sentence[: match.start()]
        if depth(before, 0, len(before)) or _WITHIN.search(before):
            continue
        if match["verb"] in _IN_MIND or (
            match["who"] and "reasonable" not in match["so"] and not actors.kinds(match["who"])
        ):
            continue
        subject = "" if match["it"] else subject_before(sentence, match.start())
        if not match["it"] and (not subject or _JUDGED.search(subject)):
            continue
        term = match["term"] or match["so"]
        population, condition = opened_before(sentence, match.start())
        tail = trailing(sentence, match.end(), content_end(sentence))
        who = match["who"]
        acts = who and actors.kinds(who) and actors.kinds(who) != ("patient",)
        in_care = actors.kinds(subject) == ("patient",) and not FOR.match(subject)
        return match.start(), Wording(
            "conditional",
            squeeze(term),
            "against" if match["not"] or match["no"] else "for",
            squeeze(who) if who and acts else None,
            both(sentence, condition, tail),
            population or (subject if in_care else None) or groups.group(sentence, match.end()),
        )
    return None
