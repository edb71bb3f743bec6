"""Words that explain what recommendations, their grades and their strengths mean, and recommend nothing themselves."""

from __future__ import annotations

import re

from betony.nlp.looks import has_any

_ANYTHING = r"(?:an?|any)\s(?:action|drug|intervention|measure|medicine|option|practice|procedure|service|test|therapy|treatment)\b"
"""What stands in such an explanation for whatever may be recommended."""
_EXPLAINS = re.compile(
    r"\b(?=[abdfgiloprsuw])(?:"  # once for all of them: a word begins with one of these
    r"(?:recommends?(?:\s+against)?|provide|offer|use\s+of|providing)\s+(?:the|this)\s+service\s*[.;]?$"
    r"|indicates\s+an?\s+(?:strong|weak|conditional)"
    rf"|{_ANYTHING}[^.;]{{0,60}}\s(?:when|where|(?<!you\s)(?:is|are|was|were))\s(?:sure|confident|certain)\sthat\b"
    rf"|{_ANYTHING}\sshould\s\([^()]{{1,80}}\)\sor\sshould\snot\b"
    r"|recommended\scourse\sof\saction\b|procedure/\s?treatment\b"
    r"|be\s(?:regarded|considered|viewed|seen|treated|classified|interpreted|taken)\sas\s(?:an?\s)?(?:Grade|Level|Class|Category|GRADE)\s[\w-]{1,4}\s"
    r"(?:statements?|recommendations?|evidence)\b"
    r"|follow\san?\s(?:strong|moderate|weak|limited|conditional|consensus)\srecommendation\b"
    r"|should\s(?:also\s)?(?:generally\s|usually\s)?follow\s(?:this|these|such|the)\s(?:\w+\s)?recommendations?\s?(?:,\s|\s)?(?:but\sshould\s(?:also\s)?remain\salert|unless\s(?:an?\s)?(?:clear|compelling))\b"
    r"|(?:ratings?|grades?|levels?|definitions?|labels?)\b[^.;]{0,160}\s(?:is|are)\s(?:defined|explained|listed|provided)\s(?:at|in|below|above)\b|when\sassigning\s(?:an?|the)\s(?:rating|grade|strength)\b"
    r"|should\sor\sshould\snot\b"
    r"|should\s(?:take\saction\son|act\son|follow|implement)\srecommendations?\s\d[\d\s,.–-]*(?:(?:and|to|or)\s\d[\d.]*)?[.;]?$"
    r"|spend\smore\stime\s(?:[\w-]+\s){0,2}discussing\sthe\soptions\b)",
    re.IGNORECASE,
)
_SPEAKS_OF = re.compile(
    r"(?:This|The)\s(?:guidance|guideline|document|leaflet|page|advice|policy|chart|card)\s(?:also\s)?(?:refers\sto|uses)\s(?!(?:clinicians|people|patients|staff)\b)(?![^.]*(?:[;:]|,\s(?:and|so|but)\s)[^.]*\b(?:should|must)\b)"
)
"""How a document says what its words mean: "This guidance refers to the days on which a walker should not march"."""
_SIGNS = (
    "service", "ndicates", "sure that", "confident that", "certain that", "should (", "course of action", "rocedure/", " as ",
    "follow a", "more time", "should or should not", "follow th", "follow such", "defined ", "explained ", "listed ", "provided ", "when assigning ", " recommendation",
)  # fmt: skip
"""Letters without one of which nothing is explained."""


def explains(sentence: str) -> bool:
    """Whether the sentence says what a grade or strength means: "Most patients should receive the recommended course of action"."""
    if sentence.startswith(("This ", "The ")) and _SPEAKS_OF.match(sentence):
        return True
    return has_any(sentence, _SIGNS) and _EXPLAINS.search(sentence) is not None
