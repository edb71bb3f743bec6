"""Whether a passage tells what to do, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Callable

from betony.nlp.looks import has_any
from betony.nlp.sentences import sentences
from betony.nlp.strength.reading import sentence_wording
from betony.nlp.strength.verbs import starts_with_verb
from betony.nlp.strength.wording import Wording

_SIGN = re.compile(r"[^\w(\"'“‘\s]\s+|\d{1,2}[.)]\s+")
"""The sign of an item of a list, or the number of a step."""
_FEWEST = 3
"""Words of a sentence that tells what to do, and is no button."""
_CUES = ("should", "must", "ecommend", "need to be", "needs to be", "advise", "suggest", " can be used", " may be ")
"""Letters without one of which only an imperative tells what to do."""
_TOLD = ("must", "strong", "conditional")
_SEVERAL = 3
"""So many sentences that tell what to do may stand among twice as many that do not."""


def told(text: str, start: int, end: int) -> list[Wording | None]:
    """Of each sentence of text[start:end] what it says to do; None of those that say nothing."""
    sign = _SIGN.match(text, start, end)
    return [_wording(text[left:right]) for left, right in sentences(text, sign.end() if sign else start, end)]


def is_told_mostly(text: str, start: int, end: int, counts: Callable[[Wording], bool]) -> bool:
    """Whether more sentences of text[start:end] say what to do than do not, or as many and the first of all, or several do. Those
    that only speak to whoever reads the page, as imperatives may, must be more. What does not count says nothing."""
    if not may_tell(text[start:end]):
        return False
    said = [wording if wording and counts(wording) else None for wording in told(text, start, end)]
    telling = len(said) - said.count(None)
    if telling * 2 > len(said) or telling * 3 >= max(len(said), _SEVERAL * 3):
        return True
    return telling * 2 == len(said) and said[0] is not None and not is_imperative(said[0])


def is_imperative(wording: Wording) -> bool:
    """Whether the sentence opens with what is to be done."""
    return (wording.term or "")[:1].isupper()


def may_tell(words: str) -> bool:
    """A cheap look that passes every passage in which a sentence may say what to do."""
    sign = _SIGN.match(words)
    spans = sentences(words, sign.end() if sign else 0, len(words))
    return has_any(words, _CUES) or any(starts_with_verb(words[left:right]) for left, right in spans)


def _wording(sentence: str) -> Wording | None:
    if sentence.count(" ") < _FEWEST - 1:
        return None
    wording = sentence_wording(sentence)
    return wording if wording and wording.code in _TOLD else None
