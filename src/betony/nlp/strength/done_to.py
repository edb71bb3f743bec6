"""Those to whom something is done at the time that a sentence opens with: "When giving wax to adults with gout"."""

from __future__ import annotations

import re

from betony.nlp.strength import groups

_DOING = re.compile(r"(?:When|Before|After|While)\s(?:\w+ly\s)?\w+ing\s", re.IGNORECASE)
_OF_OTHERS = re.compile(r"\b(?:who|whom|whose|that|which|staff|training|teams?)\b")
"""What stands before those of whom something else is told: "when training staff who see people with gout"."""
_UNTOLD = re.compile(r"[\w-]+\sfor\s|(?:an?|the|each|every|any)\s[\w-]+$", re.IGNORECASE)
"""Words that tell no more of anybody than a noun: "offering wax to adults for a walk", "to a girl"."""
_ASIDE = re.compile(r"\s\([^()]{1,160}\)$")
"""What brackets add to a group behind it: "adults with gout (or with a history of it)"."""


def group(opening: str) -> str | None:
    """The group that the opening clause names behind what is done and ends with, or None where it may be that of something else."""
    doing = _DOING.match(opening)
    found = groups.group(opening, doing.end()) if doing else None
    if doing is None or found is None or _UNTOLD.match(found):
        return None
    whole = opening.endswith(found) or _ASIDE.sub("", opening).endswith(found)
    return found if whole and not _OF_OTHERS.search(opening, doing.end(), opening.find(found)) else None
