"""Those for whom a numbered paragraph only leads to other guidance: "For people with gout, see the guideline on heels"."""

from __future__ import annotations

import re

from betony.nlp.strength.openings import opened_before
from betony.nlp.strength.people import group_start
from betony.nlp.strength.wording import Wording

_SIGNPOST = re.compile(r"For\s(?:[^;:.]|(?<=\s[A-Z])\.){3,160}?(?P<comma>,)\s(?:also\s|please\s)?(?:see|refer\sto)\s")
"""Words that lead elsewhere for somebody: "For adults with gout, see the guideline on wax"."""


def read(words: str) -> Wording | None:
    """What the words say, which recommend nothing: the group that they open with before they lead elsewhere."""
    match = _SIGNPOST.match(words)
    if match is None or not group_start().match(words, len("For ")):
        return None
    group, _ = opened_before(words, match.start("comma") + len(", "))
    return Wording("none", None, None, population=group) if group else None
