"""Whether a sentence names people only in passing: in a reason, in a comparison, as others than those it is about."""

from __future__ import annotations

import re

from betony.nlp.looks import has_any

_REASON = re.compile(
    r"\b(?:because|since\s(?:the|these|it|they)|given\s(?:the|that))\b(?:(?!\b(?:should|must)\b)[^,;:.]){0,200}$"
)
"""What opens a reason that nothing has closed: "wash the heel because cracks are common in people with gout"."""
_TOLD_OF_A_THING = re.compile(r",\swhich\s[^,;:.()]{0,160}$")
"""What tells more of a thing that was named: "use the scale, which foresees harm in"."""
_TOLD_OF_OTHERS = re.compile(
    r"\b(?:people|patients|adults|women|men|children|infants|those|others|siblings|individuals|persons)\b[^,;:.()]{0,100}"
    r"\swho\s(?:(?!\b(?:when|if|while|should|must)\b)[^,;:.()]){0,140}$"
)
"""What tells of others who they are: "test the kin of those who have been in a room with"."""
_AS_FOR_OTHERS = re.compile(
    r"\b(?:as|than)\s(?:(?:is|are)\s)?(?:(?:recommended|advised|usual|described|done|seen|set)\s)?$|\bthat\s(?:is|are)\s(?:usual|typical|normal|expected)\s$"
)
"""What compares with others: "the same targets as recommended for"."""
_APART = re.compile(
    r"\b(?:exposed|exposures?|born|isolated|separate(?:d|ly)?|apart|similar|identical)\s$|\b(?:spread|transmission)\sof\s[^,;:.()]{1,60}\s$"
)
"""What stands between those the sentence is about and others: "infants born to", "keep them separate from"."""
_TOLD_APART = re.compile(r"\b(?:distinguish|differentiate)\w*\s[^;:.]{1,120}\s$")
"""What stands before the second of two who are told apart: "distinguish people with gout from"."""
_KEPT_FOR = re.compile(r"\sand\s(?:[\w-]+\s){1,3}reserved\s$")
"""Those for whom something else is kept: "wax, and oil reserved for"."""
_CARE_TO = re.compile(r"\b(?:in|about)\s(?:delivering|providing|giving)\s(?:[\w-]+\s){1,4}$")
"""What somebody does for whom the sentence asks for something else: "training in giving advice to"."""
_ALSO = re.compile(
    r",\s(?:and|but)\s(?:(?:should|must|may|can)\s(?:not\s)?(?:also\s)?be|(?:is|are)(?:\snot)?)\s\w+(?:ed|en)\s$"
)
"""What stands before those of a second verb: "wax is offered to all, and should be considered in"."""
_ADAPTED = re.compile(r",\s(?:adapted|modified|tailored)\s$")
"""What tells, between commas, whom a thing was changed for: "talking therapy, adapted for"."""
_ANOTHER_CLAUSE = re.compile(
    r"\b(?:and\s(?:this|it|they|these)\s(?:can|may|should|must|is|are|will)|but\s(?:never|(?:should|must|may|do|is|are)\snot|cannot))\b[^;:.]{0,160}$"
)
"""What stands before those of a second clause: "heels should be checked yearly and this can be done at home in"."""
_ASIDES = (
    (("because", "since", "given"), _REASON),
    (("which",), _TOLD_OF_A_THING),
    (("who",), _TOLD_OF_OTHERS),
    (("as", "than", "that"), _AS_FOR_OTHERS),
    (("expos", "born", "isolated", "separate", "apart", "similar", "identical", "spread", "transmission"), _APART),
    (("reserved",), _KEPT_FOR),
    (("delivering", "providing", "giving"), _CARE_TO),
    ((",",), _ALSO),
    (("adapted", "modified", "tailored"), _ADAPTED),
    (("and", "but"), _ANOTHER_CLAUSE),
)
"""What may name people in passing, each behind letters without one of which it does not stand."""
_DEED = re.compile(r"(?:denote|image|match|rescue)\s", re.IGNORECASE)
"""A verb before those to whom something is done, and no word that says who they are: "to rescue patients"."""
_ANOTHER_NOUN = re.compile(
    r"\S\s(?:an?|the|anyone|everyone)(?:\s|$)|\b(?!(?:all|any|both|many|most|only)\s)[\w-]+\sthose$", re.IGNORECASE
)
"""Two nouns that stand side by side, of which the second names the people or nobody: "the event a patient", "match those foods"."""


def is_named_aside(sentence: str, start: int, match: re.Match[str]) -> bool:
    """Whether the words that were found for a group, behind sentence[start:], name people of whom nothing is asked."""
    before, at = match["before"].lower(), match.start()
    if _ANOTHER_NOUN.search(match["group"]) or (before == "to" and _DEED.match(match["group"])):
        return True
    if before not in ("for", "in", "to", "from", "of", "among", "with"):
        return False
    words = sentence[start:at]
    for letters, aside in _ASIDES:
        if has_any(words, letters) and aside.search(sentence, start, at):
            return True
    return before == "from" and _TOLD_APART.search(sentence, start, at) is not None
