"""A numbered instruction whose verb no list holds: what follows the first word shows that it is a verb: "Buff the heel"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from betony.nlp import vocabulary
from betony.nlp.clauses.signs import FINITE
from betony.nlp.phrases import any_of
from betony.nlp.sentences import sentences
from betony.nlp.strength.reading import read, sentence_wording
from betony.nlp.strength.verbs import opening_word, verb_set
from betony.nlp.strength.wording import Wording

_KNOWN = "Perform"
"""A verb that stands in for the unknown one."""
_OBJECT = r"(?=\s(?:the|an?|any|all|each|every|their|its|his|her|these|this|both)\s(?!(?:(?!(?:if|when|whenever|that|which|who|whose|where|unless|as|because|so|while|until|before|after|once)\b)[\w’'-]+\s){0,5}(?:is|are|was|were|has|have|should|must|can|will|may|might|could|would|shall|does|do|did|had)\b))"


def read_unknown(pieces: Sequence[str]) -> Wording | None:
    """What the pieces of a numbered recommendation say whose first sentence opens with an unknown verb, or whose first item does below
    a lead without a verb; None where neither does."""
    if not pieces:
        return None
    led = len(pieces) > 1 and pieces[0].endswith(":") and opening_word().match(pieces[0]) is not None
    led = led and FINITE.search(pieces[0]) is None and sentence_wording(pieces[0]) is None
    at = 1 if led else 0
    found = _opens().match(pieces[at]) or (None if led else _behind_time().match(pieces[0]))
    if found is None or found["verb"].lower() in verb_set():
        return None
    start, end = sentences(pieces[at], 0, len(pieces[at]))[0]
    if sentence_wording(pieces[at][start:end]) is not None:
        return None
    known = _KNOWN if found["verb"][:1].isupper() else _KNOWN.lower()
    stood_in = f"{pieces[at][: found.start('verb')]}{known}{pieces[at][found.end() :]}"
    wording = read([*pieces[:at], stood_in, *pieces[at + 1 :]])
    return replace(wording, term=found["verb"]) if wording and wording.term == known else None


@cache
def _opens() -> re.Pattern[str]:
    """A word that may be a verb before its object."""
    return re.compile(f"{_verb()}{_OBJECT}")


@cache
def _behind_time() -> re.Pattern[str]:
    """The same behind what is done meanwhile: "When opening a bath, chart and grasp the aims"."""
    return re.compile(
        rf"(?P<opened>(?:When|Before|After|While)\s\w+ing\s(?!\b(?:should|must)\b)[^,;:.()]{{3,120}},\s){_verb()}{_OBJECT}"
    )


@cache
def _verb() -> str:
    """A word that may be a verb, and a second joined to it."""
    words = vocabulary.read("recommendations")["unknown_verbs"]
    others = rf"(?:(?i:{any_of(words['others'])})|{any_of(words['nouns'])})\b"
    ending = r"(?<!ing)(?<!ed)(?<!ly)(?<!s)"
    return (
        rf"(?P<verb>(?!{others})[A-Za-z][a-z]{{1,14}}{ending}(?<!en))(?P<second>\s(?:and|or)\s[a-z]{{3,15}}{ending})?"
    )
