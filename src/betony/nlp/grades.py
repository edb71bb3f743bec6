"""The labels that publishers print behind a recommendation: years of evidence, grades of strength."""

from __future__ import annotations

import re
from dataclasses import dataclass

_YEAR = r"(?:19|20)\d{2}"
_DATED = (
    r"(?:new|amended|updated)\s+(?:\d{1,2}\s+)?"
    rf"(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+{_YEAR}"
)
"""What guidelines that change by the week print instead of a year."""
_LABEL = re.compile(
    rf"[\[(]\s*(?P<body>{_DATED}|(?:new\s+|amended\s+|updated\s+)?{_YEAR}(?:\s*[,;]?\s*(?:(?:and|new|amended|updated"
    rf"|reviewed)\s+)*{_YEAR})*(?:\s*,?\s*(?:amended|updated))?)\s*[\])]\s*\.?\s*$",
    re.IGNORECASE,
)
_QUALITY = r"(?:high|moderate|low|very[\s-]low|insufficient|fair|good|poor)"
_WORDS = re.compile(
    r"[\[(]\s*(?:(?:grade|strength\s+of\s+(?:the\s+)?recommendation)\s*:?\s*)?(?P<code>strong|weak"
    r"|conditional)\b\s*(?:recommendation)?\s*"
    r"(?:[,;:/|]|$|\s*(?=[\])]))",
    re.IGNORECASE,
)
_STRENGTH = re.compile(
    r"[\[(;,]\s*strength\s+of\s+(?:the\s+)?recommendation\s*:?\s*(?P<code>strong|weak|conditional"
    r"|[A-D](?:[+-]|\b)|I\b|[12][A-D]?\b)",
    re.IGNORECASE,
)
_GRADE = re.compile(
    r"[\[(]\s*(?:(?P<system>USPSTF|GRADE|SORT|SIGN)\s+)?(?i:recommendation\s+)?(?i:evidence\s+grade|grade"
    r"|class|level|category|strength)?(?i:\s+of\s+(?:the\s+)?recommendation)?\s*:?\s*"
    r"(?P<code>[12]\s?[A-D]|[A-D][+]?|I{1,3}(?:[ab])?|GPP)\s*(?i:recommendation"
    r"|statement)?\s*(?:[;,][^\])]{0,120})?[\])]",
)
_LEVEL = re.compile(r"[\[(]\s*(?:level|quality|LOE)\b", re.IGNORECASE)
_LINE = re.compile(
    r"(?:(?P<name>Grade|Class|Strength(?:\s+of\s+(?:the\s+)?recommendation)?|Recommendation\s+grade"
    r"|Grade\s+of\s+recommendation)\s*:?\s*)"
    r"(?P<code>[12][A-D]|[A-D][+]?|I{1,3}[ab]?|strong|weak|conditional)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """The year label as printed, and what it says; `start` is where it begins in the text it was read from."""

    text: str
    years: tuple[int, ...]
    new: bool
    amended: bool
    start: int


@dataclass(frozen=True, slots=True)
class Grade:
    """A printed grade: its code, and the system where the words name one."""

    code: str
    system: str | None


def label(text: str) -> Label | None:
    """The year label at the end of the text ("[2009, amended 2018]"), or None."""
    tail = max(0, len(text) - 80)
    end = text[tail:]
    if ("]" not in end and ")" not in end) or ("20" not in end and "19" not in end):
        return None
    match = _LABEL.search(text, tail)
    if match is None:
        return None
    body = match["body"].lower()
    years = tuple(int(year) for year in re.findall(_YEAR, body))
    return Label(match.group().strip().rstrip("."), years, "new" in body, "amended" in body, match.start())


def grade(text: str) -> Grade | None:
    """The grade of the recommendation that the text prints in brackets, or None; a level of evidence is no grade."""
    if "(" not in text and "[" not in text:
        return None
    for pattern in (_STRENGTH, _WORDS, _GRADE):
        for match in pattern.finditer(text):
            if _LEVEL.match(match.group()) or (
                pattern is _GRADE and match["code"].startswith("I") and not _says_grade(match.group())
            ):
                continue
            code = match["code"]
            system = match.groupdict().get("system")
            return Grade(code.lower() if len(code) > 4 or code.lower() == "weak" else code.replace(" ", ""), system)
    return None


def in_words(text: str) -> bool:
    """Whether a bracket says how strong the recommendation before it is, in words or with "recommendation"."""
    return _WORDS.match(text) is not None or (grade(text) is not None and "ecommendation" in text)


def line(text: str) -> Grade | None:
    """The grade where the text is nothing but a grade ("Strength of recommendation: B")."""
    match = _LINE.match(text)
    if match is None or len(text) > 120:
        return None
    code = match["code"]
    return Grade(code.lower() if len(code) > 3 else code.upper(), None)


def _says_grade(words: str) -> bool:
    return bool(re.search(r"grade|class|recommendation|statement|category|strength", words, re.IGNORECASE))
