"""Those to whom something is done at the time that a sentence opens with: "When giving wax to adults with gout"."""

from __future__ import annotations

import re

from betony.nlp import actors
from betony.nlp.strength import groups
from betony.nlp.strength.people import group_start

_DOING = re.compile(r"(?:When|Before|After|While)\s(?:\w+ly\s)?\w+ing\s", re.IGNORECASE)
_OF_OTHERS = re.compile(r"\b(?:who|whom|whose|that|which|staff|training|teams?)\b")
"""What stands before those of whom something else is told: "when training staff who see people with gout"."""
_UNTOLD = re.compile(r"[\w-]+\sfor\s|(?:an?|the|each|every|any)\s[\w-]+$", re.IGNORECASE)
"""Words that tell no more of anybody than a noun: "offering wax to adults for a walk", "to a girl"."""
_ASIDE = re.compile(r"\s\([^()]{1,160}\)$")
"""What brackets add to a group behind it: "adults with gout (or with a history of it)"."""
_LOOKING = re.compile(
    r"\b(?:(?:re)?assess|examin|review|evaluat|see|investigat|monitor|interview|advis|counsel|discharg|admitt|referr)ing\s$"
)
"""Verbs right behind which those in care stand: "when examining people with gout"."""
_SPEAKING = re.compile(
    r"(?:When|Before|After|While)\s(?:\w+ly\s)?(?:talk|speak|communicat|work|engag)ing\s(?:with|to)\s", re.IGNORECASE
)
_WHAT_OF = re.compile(
    r"(?<!worried)(?<!concerned)(?<!anxious)(?<!unsure)(?<!uncertain)\s(?:about|on|regarding)\s[^;:]+$"
)
"""What is spoken of with them: "talking to adults with gout about" wax."""
_TOLD_OF_THEM = re.compile(r"\s(?:with|who|whose|aged|at\srisk)\s")
_MORE_THAN_THEM = re.compile(
    r"[,;:]|\s(?:(?<!\d\s)to|for|about|on|whether|how|what|by|using|in|at|from|through|during|over)\s"
)
"""What may be told of what is done as well as of those to whom it is done: "assessing adults with gout for" cracks."""


def group(opening: str) -> str | None:
    """The group that the opening clause names behind what is done and ends with, or None where it may be that of something else."""
    spoken = _SPEAKING.match(opening)
    if spoken:
        opening = _WHAT_OF.sub("", opening)
    doing = spoken or _DOING.match(opening)
    direct = _right_behind(opening[doing.end() :]) if doing and (spoken or _LOOKING.search(doing.group())) else None
    found = direct or (groups.group(opening, doing.end()) if doing else None)
    if doing is None or found is None or _UNTOLD.match(found):
        return None
    whole = opening.endswith(found) or _ASIDE.sub("", opening).endswith(found)
    return found if whole and not _OF_OTHERS.search(opening, doing.end(), opening.find(found)) else None


_TREATED = re.compile(
    r"\s(?:(?:re)?(?:test|screen|vaccinat|immuni[sz]|assess|examin)ing|(?:vaccination|immuni[sz]ation|screening|testing)\sof)\s"
)
"""What is recommended to be done, right before those to whom it is done: "recommends testing" adults with gout."""

_WHAT_FOR = re.compile(r"\s(?:for|against)\s[^,;:]{3,120}$")
"""What those are tested for, or vaccinated against."""

_BY_MEANS = re.compile(
    r"\swith\s(?:an?|the|one|two|three|regular|\d|\w+naires?)\b|\s(?:before|after|every|once)\s|\sand\s\w+ing\b|\s\d+\s(?:days|weeks|months)\s"
)
"""What tells how and when it is done to them."""


def treated(sentence: str, at: int) -> str | None:
    """The group with which the sentence ends right behind what is recommended at sentence[at:], and nothing more."""
    done = _TREATED.match(sentence, at)
    if done is None or _BY_MEANS.search(sentence, done.end()):
        return None
    return _right_behind(_WHAT_FOR.sub("", sentence[done.end() :].rstrip(". ")))


def _right_behind(words: str) -> str | None:
    """The words behind what is done where they are those of a group and no more: "examining" people with gout."""
    if not _TOLD_OF_THEM.search(words) or _MORE_THAN_THEM.search(words) or not group_start().match(words):
        return None
    return words if actors.kinds(words) == ("patient",) else None
