"""What something is taken for, which asks for nothing to be done: "should be considered positive when"."""

from __future__ import annotations

import re

_WHAT = (
    r"(?:(?:positive|negative|abnormal|normal|equivocal|investigational|experimental|elevated)\b|(?:definitive\s|strong\s)?evidence\s(?:of|for|against)\b|diagnostic\s(?:of|for)\b"
    r"|(?:(?:relative|absolute|strong)\s)?contraindications?\b|treatment\sfailures?\b)"
)
_TAKEN = re.compile(
    rf"\s*(?:(?:also|therefore|\w+ly)\s)?(?:be\s+)?(?:\w+ly\s)?considered\s(?:as\s\d|(?:as\s|to\sbe\s)?(?:an?\s|the\s)?{_WHAT})",
    re.IGNORECASE,
)
_A_STATE = re.compile(
    r"\s*(?:(?:also|therefore|\w+ly)\s)?be\s(?:\w+ly\s)?considered\s(?:(?:as|to\sbe)\s)?(?:(?:potentially|possibly|probably|fully|highly)\s)?"
    r"(?:infected|infectious|contagious|contaminated|colonised|colonized|susceptible|non-?immune|immune|unvaccinated|exposed|pregnant|vulnerable|high[\s-]risk)"
    r"(?=\s?[.,;:]|\s(?:unless|until|if|when|while|for|with|and|or|to)\b|$)",
    re.IGNORECASE,
)
_NEEDLESS = re.compile(
    r"\s*(?:(?:also|therefore|\w+ly)\s)?be\s(?:\w+ly\s)?considered\s(?:as\s|to\sbe\s)?(?:unnecessary|inappropriate|unsuitable|futile|obsolete|contraindicated|unacceptable)\b",
    re.IGNORECASE,
)


def is_taken_for(sentence: str, at: int) -> bool:
    """Whether sentence[at:], behind a modal word, says what something counts as."""
    return _TAKEN.match(sentence, at) is not None


def is_a_state(rest: str) -> bool:
    """Whether what is behind "should" says how somebody or something is to be looked upon, which is no weaker for the word: "be
    considered infected unless"."""
    return _A_STATE.match(rest) is not None


def is_needless(rest: str) -> bool:
    """Whether what is behind "should" says that something is not to be done: "be considered unnecessary"."""
    return _NEEDLESS.match(rest) is not None
