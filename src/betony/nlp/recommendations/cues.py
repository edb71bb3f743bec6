"""A cheap look that passes every sentence that could recommend."""

from __future__ import annotations

from betony.nlp.looks import has_any
from betony.nlp.strength.verbs import starts_with_verb

_CUES = (
    "should", "must", "SHOULD", "MUST", "recommend", "suggest", "could ", "might ", "advise", "indicated", "preferred", "advisable", "warranted", "to be avoided", "to be discouraged", "of choice", "support", "encourages", "encouraged to",
    "reasonable", "need ", "needs to", "ought", "shall", "required", "unable to", "terminated", "insufficient", "is needed", "al arrangements for ",
)  # fmt: skip
"""Letters without one of which no sentence recommends but by its verb, or by what may or can be done."""
_MAY = tuple(
    f"may {verb}"
    for verb in ("be ", "consider", "offer", "use", "choose", "prescribe", "start", "give", "refer", "supply", "perform", "also",
                 "manage", "treat", "omit", "withhold", "defer", "discontinue", "add", "administer", "order", "provide", "initiate", "obtain", "recommend", "request", "employ",
                 "advise", "counsel", "implement", "discuss", "select", "repeat", "monitor", "screen", "evaluate", "assess", "remove",
                 "insert", "place", "apply", "increase", "reduce", "delay", "continue", "stop", "follow", "receive", "still")
)  # fmt: skip
_CAN = tuple(f"can {verb}" for verb in ("be ", "consider", "use", "offer", "choose", "prescribe", "receive", "still"))
_TAKING = ("Swallow ", "Chew ", "Inhale ")
"""What those are told who take a medicine, by verbs that may be nouns elsewhere."""


def may_recommend(words: str) -> bool:
    """A cheap look that passes every sentence that could recommend."""
    return (
        has_any(words, _CUES)
        or ("may " in words and has_any(words, _MAY))
        or ("can " in words and has_any(words, _CAN))
        or words.startswith(("Recommendation", *_TAKING))
        or starts_with_verb(words)
    )
