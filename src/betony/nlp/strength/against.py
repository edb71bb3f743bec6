"""Words that turn a recommendation against what it names."""

from __future__ import annotations

import re

from betony.nlp.looks import has_any
from betony.nlp.strength.people import nouns

TO_AVOID = re.compile(
    r"\s+(?:(?:to\s+)?(?:\w+ly\s+)?(?:avoid(?:ing|ance\s+of)?|refrain(?:ing)?\s+from|discourag(?:e|ing))|not\s+to)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\s+(?:that\b[^.;]{0,120}?|(?:clinicians|physicians|doctors|nurses|providers|practitioners|patients|people)\s(?:\w+ly\s)?)\b(?:not\s+(?:be|use|offer|receive|undergo|provide|routinely)"
    r"|should\s+not|(?<!and\s)(?<!or\s)(?<!to\s)avoid(?:ed)?)\b",
    re.IGNORECASE,
)
_DOES_NOT = re.compile(
    r"\s+that\b(?:(?!\b(?:because|since|although|if|when|where|unless|until|(?<!such\s)as(?!\s(?:well|an?|the)\b))\b)[^.;]){0,120}?(?<!who\s)(?<!that\s)\b(?:do|does)\s+not\b"
    r"|\s+(?:clinicians|physicians|doctors|nurses|providers|practitioners|patients|people)\s(?:\w+ly\s)?(?:do|does)\s+not\b",
    re.IGNORECASE,
)
"""What is not to be done, unlike the reason: "that socks be worn, as this does not hurt"."""
_BARE_DENIED = re.compile(
    r"\s+(?!that\b)(?:(?!\b(?:who|which|that|whose|if|when|unless|because|but|and|or|as|since|where)\b)[^.;,:]){3,120}?\bshould\s+not\b"
)
"""The same without "that": "we suggest diagnosis should not rest on it"."""
_NOT_TO = re.compile(
    rf"\s+(?:(?!(?:the|an?|of|for|to|\w+ing)\b)[a-z-]+\s){{0,2}}?(?:{nouns()}|(?!reminders|letters|posters|orders|offers|numbers)[a-z]+(?:ers|ors|ists|ees|ants|ians))"
    r"(?:\s(?:with|who|in|at|aged)\s[^.;,:()]{2,60}?)?\snot\sto\s"
)
"""What those who are advised are not to do: "WHO advises women not to swim"."""
_IS_NOT = re.compile(
    r"\s+that\s(?:(?!\b(?:if|when|where|whether|unless|until|who|whose|whom|which|that|because|since|although|as|but|and)\b)[^.;,:]){1,100}?"
    r"\b(?:is|are)\s+not\s+(?:\w+ly\s+)?(?!(?:improved|affected|associated|increased|reduced|changed|influenced|altered|caused|explained|supported|linked|related|covered|funded|reimbursed|licensed|approved|known|understood|established)\b)"
    r"(?:\w+ed|given|taken|done|made|undertaken|withdrawn|shown|begun|chosen)\b",
    re.IGNORECASE,
)
"""What is to be left undone: "that heels are not filed"; what changes nothing is a finding."""
NO_ONE = re.compile(r"\s*(?:no|neither|none|nothing|nobody)(?:\s|$)", re.IGNORECASE)
NOTHING = re.compile(
    r"\s+(?:that\s+)?(?:no|neither|none|nothing)\b(?!\s+(?:more|less|fewer|later|earlier|sooner|longer|greater|higher|lower|further)\s+(?:[\w-]+\s+){0,3}than\b|\s+changes?\b)",
    re.IGNORECASE,
)
"""Behind a verb: what is not to be given, unlike "no more than" so much."""

OVER_ANOTHER = re.compile(
    r"\bover\s(?:another|one\sanother|each\sother|the\sothers?|(?:any|all)(?:\sof\sthe)?\sothers?)\b", re.IGNORECASE
)
"""Behind "not recommended": that several things are alike, and none of them is advised against."""


_DENIED_WITHIN = 300
"""Characters behind "recommend" in which it is denied."""


def denies(sentence: str, at: int) -> bool:
    """Whether "recommend" at sentence[:at] goes on with what is not to be done."""
    if not has_any(sentence[at : at + _DENIED_WITHIN].lower(), ("no", "neither", "avoid")):
        return False
    return any(
        pattern.match(sentence, at, at + _DENIED_WITHIN)
        for pattern in (NOTHING, _DENIED, _BARE_DENIED, _DOES_NOT, _NOT_TO, _IS_NOT)
    )
