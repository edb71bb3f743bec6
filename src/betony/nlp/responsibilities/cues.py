"""Letters without which no passage states a duty."""

from __future__ import annotations

from betony.nlp.looks import has_any

_CUES = (
    "should", "must", "shall", "ought", "may ", "require", "obliged", "encouraged", "advised", "asked",
    "urged", "reminded", "requested", "expected", "expects", "responsib", "Responsib", "accountab", "duty", "duties",
    "obligation", "discretion", "permitted", "allowed", "prohibited", "has to", "have to", "need to",
    "needs to", "overrid", "Should ", "Must ", "Shall ", " directed that ",
    " role ", "advises ", "urges ", "asks ", "encourages ", "calls on ", "calls upon ", "reminds ", "requests that ", "recommends that ", "is advising ", " urged ", " called on ",
)  # fmt: skip
"""Letters without one of which no sentence states a duty."""


def has_cue(words: str) -> bool:
    """A cheap look that passes every passage that could state a duty."""
    return has_any(words, _CUES)
