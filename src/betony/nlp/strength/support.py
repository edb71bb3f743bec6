"""Words that decide without recommending: "The evidence is adequate to support its use"."""

from __future__ import annotations

import re

from betony.nlp import actors
from betony.nlp.looks import has_any

_CUES = ("support", "encourages", "research is needed", "evidence to recommend", "used without ")
"""Letters without one of which no sentence says so."""
_SUPPORT = (
    (
        re.compile(
            r"\b(?:(?:does\s+not|do\s+not|is\s+not\s+(?:adequate|sufficient|enough)(?:,[^.,;]{3,80},)?\s+to|is\s+(?:inadequate"
            r"|insufficient)\s+to|not\s+adequate\s+to)"
            r"\s+support\b|case\s+for\s+(?:adopt\w+|(?:its\s+)?(?:routine\s+)?use)\b[^.]{0,200}\bis\s+not\s+(?:currently\s+)?supported\b"
            r"|more\s+research\s+is\s+needed\b[^.]{0,200}\bbefore\b"
            r"|(?:not\s+enough|insufficient|no|too\s+little)\s+(?:[\w-]+,?\s+){0,3}?evidence\b[^.]{0,160}?\bto\s+support\s+(?:the\s+)?(?:case\s+for\s+)?(?:the\s+|its\s+|their\s+)?(?:routine\s+)?(?:adoption|use)\b"
            r"|(?:not\s+enough|insufficient|no|too\s+little)\s+(?:[\w-]+\s+){0,3}?evidence\s+to\s+recommend\s+(?:(?:the|their|its)\s+)?(?:routine|general)\s+(?:use|adoption)\b)",
            re.IGNORECASE,
        ),
        "against",
    ),
    (
        re.compile(
            r"\b(?:(?:adequate|sufficient)\b[^.]{0,60}\bto\s+support\b|supports?\s+(?:the\s+)?(?:use|case)\b"
            r"|NICE\s+encourages\b|adequate\b[^.]{3,120}\bto\s+be\s+used\s+without\s+(?:special\s+)?arrangements\b"
            r"|case\s+for\s+adopt\w+\b[^.]{0,200}\bis\s+(?:partially\s+)?supported\b)",
            re.IGNORECASE,
        ),
        "for",
    ),
)
_UNSUPPORTED = re.compile(
    r"\b(?:insufficient|inadequate|no|not|little|limited|lack\w*|nor)\b[^.]{0,80}\bsupport"
    r"|\b(?:more|further)\b[^.]{0,160}\b(?:needed|required)\sto\ssupport",
    re.IGNORECASE,
)
_WHOM = re.compile(r"NICE\s(?:\w+ly\s|also\s)?encourages\s(?P<who>[^,;:.]{3,80}?)\sto\s(?=[a-z])")
_ENCOURAGES = re.compile(r"NICE\s+(?:\w+ly\s+|also\s+)?encourages\b")


def encourages(sentence: str) -> bool:
    """Whether NICE only encourages something, whatever is said of it besides."""
    return _ENCOURAGES.match(sentence) is not None


def encouraged(sentence: str) -> str | None:
    """Those whom NICE encourages to do something, where it names somebody who acts: "NICE encourages surgeons to enter data"."""
    match = _WHOM.match(sentence)
    return match["who"] if match and set(actors.kinds(match["who"])) - {"patient"} else None


def direction(sentence: str) -> str | None:
    """Whether the words speak for or against what they name, or None where they decide nothing."""
    if not has_any(sentence, _CUES):
        return None
    for pattern, direction in _SUPPORT:
        if pattern.search(sentence) and (direction == "against" or not _UNSUPPORTED.search(sentence)):
            return direction
    return None
