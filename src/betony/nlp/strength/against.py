"""Words that turn a recommendation against what it names."""

from __future__ import annotations

import re

TO_AVOID = re.compile(
    r"\s+(?:to\s+)?(?:\w+ly\s+)?(?:avoid(?:ing|ance\s+of)?|refrain(?:ing)?\s+from|discourag(?:e|ing))\b", re.IGNORECASE
)
_DENIED = re.compile(
    r"\s+that\b[^.;]{0,120}?\b(?:not\s+(?:be|use|offer|receive|undergo|provide|routinely)"
    r"|(?<!who\s)(?<!that\s)(?:do|does)\s+not|should\s+not|avoid)\b",
    re.IGNORECASE,
)
NO_ONE = re.compile(r"\s*(?:no|neither|none)\s", re.IGNORECASE)


def denies(sentence: str, at: int) -> bool:
    """Whether "recommend" at sentence[:at] goes on with what is not to be done."""
    return bool(_DENIED.match(sentence, at, at + 300))
