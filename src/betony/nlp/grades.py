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
_BODIES = r"(?-i:[A-Z]{2,8}(?:/[A-Z]{2,8}){0,4})\s+"
"""Those who publish together, before the year: "BTS/NICE/SIGN 2024"."""
_LABEL = re.compile(
    rf"[\[(]\s*(?P<body>{_DATED}|(?:new\s+|amended\s+|updated\s+)?{_YEAR}(?:\s*[,;]?\s*(?:(?:and|new|amended|updated"
    rf"|reviewed)\s+)*{_YEAR})*(?:\s*,?\s*(?:amended|updated))?)\s*[\])]\s*\.?\s*$"
    rf"|\[(?P<joint>(?:new\s+)?{_BODIES}{_YEAR}(?:,?\s+(?:amended|updated|reviewed)\s+(?:{_BODIES})?{_YEAR})?)\]\s*\.?\s*$",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"[\[(]\s*(?:(?:grade|strength\s+of\s+(?:the\s+)?recommendation)\s*:?\s*)?(?P<code>strong|weak"
    r"|conditional)\b(?:\s(?:for|against)(?=\s*[;,)\]]))?\s*(?:recommendation(?:\s(?:for|against)\s(?:the\suse\sof\s)?(?:an?|the)\s(?:intervention|treatment|test|procedure))?)?\s*"
    r"(?:[,;:/|]|[–—-]\s|$|\s*(?=[\])]))",
    re.IGNORECASE,
)
_STRENGTH = re.compile(
    r"[\[(\];,]\s*strength\s+of\s+(?:the\s+)?recommendation\s*:?\s*(?P<code>strong|weak|conditional|moderate"
    r"|[A-D](?:[+-]|\b)|I\b|[12][A-D]?\b)",
    re.IGNORECASE,
)
_AND_LEVEL = re.compile(
    r"[\[(](?:[^()\[\];]{1,100};\s)?Grade\s(?P<code>[1-3])[,;]\s(?i:level)(?:\sof\s(?i:evidence))?\s?:?\s?[A-D]\s?[\])]"
)
"""A grade in numbers beside a level of evidence in letters: "(Grade 1, Level B)"."""
_LETTER_AND_EVIDENCE = re.compile(r"\[(?P<code>[A-E](?:-\s?)?I{1,3})\]\.?\s*$")
"""A grade in a letter joined to the level of its evidence, at the end: "[BII]"."""
_STRENGTH_AT_END = re.compile(r"(?<=[.!?;]\s)Strength:?\s(?P<code>[A-D])\.?\s*$")
_ONE_ALONE = re.compile(
    r"(?:Strength:?|Grade:)\s(?P<code>[A-D])\.?|(?P<letter>[A-D])\srecommendation\.?|[A-D]\s(?P<degree>Strong|Weak)"
)
"""A line that gives a grade and no more: "Grade: B", or behind the letter of its evidence "C Strong"."""
_NAME = r"(?:(?:overall\s)?strength\sof\s(?:the\s)?recommendations?|recommendation\s(?:strength|grade)|grade\sof\s(?:the\s)?recommendation)"
_DEGREE = r"strong|moderate|weak|conditional"
_PIECE = re.compile(
    rf"(?:(?:recommendation\s)?type:\s)?(?P<kind>{_DEGREE})\srecommendation"
    rf"|recommendation:?\s(?P<said>{_DEGREE})"
    rf"|recommendation\srated\sas\s[\"“](?P<rated>{_DEGREE})[\"”]"
    rf"|{_NAME}\s?[:=–-]\s?(?:level\s)?(?P<named>{_DEGREE}|[A-D][+-]?|I{{1,3}}|[12][A-D]?)",
    re.IGNORECASE,
)
"""What stands between the commas of a bracket that gives a grade beside the evidence."""
_BRACKET = re.compile(r"[\[(](?P<inside>[^()\[\]]{6,240})[\])]")
_BETWEEN = re.compile(r"[;,.]\s")
_EXAMPLE = ("e.g.", "i.e.", "eg,", "ie,", "for example", "see ")
_PRINTED = (
    rf"(?:{_NAME}\s?[:–—-]\s?(?:level\s)?|grade\s(?=[A-D](?!\w))|strength\s(?=[A-D](?!\w)))(?P<code>{_DEGREE}|limited|consensus|inconclusive|uncertain|[A-D][+-]?(?!\w)|I{{1,3}}(?!\w)|[12][A-D]?(?!\w))"
    r"(?!\s(?:or|and|to)\s)(?:[^.:;()\[\]\n]{0,80},\s(?P<exact>[12][A-D])(?!\w))?"
)
_BEHIND = re.compile(rf"(?:(?<=[.!?;)\]]\s)|(?<=\n)){_PRINTED}[^.:;()\[\]\n]{{0,100}}[.;]?[\s*†‡☆★]*$", re.IGNORECASE)
"""A grade without brackets behind the recommendation, which ends the passage."""
_ALONE = re.compile(
    rf"(?:quality\sof\s(?:the\s)?evidence\s?[:–—-]\s?[\w -]{{2,30}}[;,]\s)?{_PRINTED}[^.:;()\[\]\n]{{0,100}}[.;]?[\s*†‡☆★]*",
    re.IGNORECASE,
)
_RATED = re.compile(
    rf"(?P<code>{_DEGREE})\srecommendation(?:\s(?:for|against)(?:\s(?:an?|the)\s[\w-]+(?:\s[\w-]+){{0,3}})?)?(?:[,;:]|\s[–—-])?"
    r"\s\(?(?:very\slow|low|moderate|high)(?:\sto\s(?:very\slow|low|moderate|high))?[\s-](?:certainty|quality)(?:\s(?:of\s)?(?:the\s)?evidence)?\)?\.?",
    re.IGNORECASE,
)
"""A line that says how strong the recommendation above it is, and how sure its evidence: "Strong recommendation, low certainty"."""
_RATED_BEHIND = re.compile(rf"(?<=[.!?;]\s){_RATED.pattern}$", re.IGNORECASE)
"""The same as a sentence of its own behind the recommendation."""
_OPENING = re.compile(
    r"(?:Grade|Class)\s(?P<code>[12][A-D]|[A-D][+]?|I{1,3}[ab]?)(?:\s?[.:]|\s[–—-])\s{1,3}|\[(?P<bracket>[A-D])\]\s|(?P<letter>[A-D])\s[–—-]\s"
)
_OF_EVIDENCE = re.compile(
    r"[\[(](?:[\w -]{1,30}[;,]\s)?evidence\s(?:level|strength|quality)\b[^()\[\]]{0,60}[\])]\.?", re.IGNORECASE
)
_LONGEST_LINE = 200
_GRADE = re.compile(
    r"[\[(]\s*(?:(?P<system>USPSTF|GRADE|SORT|SIGN)\s+)?(?i:recommendation\s+)?(?i:evidence\s+grade|grade"
    r"|class|level|category|strength)?(?i:\s+of\s+(?:the\s+)?recommendation)?\s*:?\s*"
    r"(?P<code>[12]\s?[A-D]|[A-D](?:[+]|I{2,3}(?=\]))?|I[ABC]|I{1,3}(?:[ab])?|GPP)(?!\s?[,/]\s?(?:or\s)?[A-D]\b)\s*(?i:recommendation"
    r"|statement)?\s*(?:[;,][^\])]{0,120})?[\])]",
)
_LEVEL = re.compile(r"[\[(]\s*(?:level|quality|LOE)\b", re.IGNORECASE)


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
    body = (match["body"] or match["joint"]).lower()
    years = tuple(int(year) for year in re.findall(_YEAR, body))
    return Label(match.group().strip().rstrip("."), years, "new" in body, "amended" in body, match.start())


def grade(text: str) -> Grade | None:
    """The grade of the recommendation that the text prints in brackets or at its end, or None; a level of evidence is no
    grade."""
    if text.endswith(("A", "B", "C", "D", ".")) and (named := _STRENGTH_AT_END.search(text, max(0, len(text) - 20))):
        return Grade(named["code"], None)
    if "ecommendation" in text[-_LONGEST_LINE:] and (
        rated := _RATED_BEHIND.search(text, max(0, len(text) - _LONGEST_LINE))
    ):
        return Grade(_spelled(rated["code"]), None)
    if "(" not in text and "[" not in text:
        return _printed(_BEHIND.search(text, max(0, len(text) - _LONGEST_LINE)) if _may_name(text) else None)
    for pattern in (_STRENGTH, _WORDS, _GRADE):
        for match in pattern.finditer(text):
            if _LEVEL.match(match.group()) or (
                pattern is _GRADE and match["code"].startswith("I") and not _says_grade(match.group())
            ):
                continue
            code = match["code"]
            system = match.groupdict().get("system")
            return Grade(_spelled(code), system)
    if "I]" in text[-6:] and (joined := _LETTER_AND_EVIDENCE.search(text, max(0, len(text) - 10))):
        return Grade(joined["code"].replace(" ", ""), None)
    if numbered := _AND_LEVEL.search(text):
        return Grade(numbered["code"], None)
    if not _may_name(text):
        return None
    return _among(text) or _printed(_BEHIND.search(text, max(0, len(text) - _LONGEST_LINE)))


def _may_name(text: str) -> bool:
    return "ecommendation" in text or "rade " in text or "trength " in text


def _among(text: str) -> Grade | None:
    """The one grade that stands in brackets beside what they say of the evidence."""
    found = {
        _spelled(next(filter(None, piece.groups())))
        for bracket in _BRACKET.finditer(text)
        if not bracket["inside"].lower().startswith(_EXAMPLE)
        for words in _BETWEEN.split(bracket["inside"])
        if (piece := _PIECE.fullmatch(words.strip(" .")))
    }
    return Grade(found.pop(), None) if len(found) == 1 else None


def _printed(match: re.Match[str] | None) -> Grade | None:
    return Grade(_spelled(match["exact"] or match["code"]), None) if match else None


def _spelled(code: str) -> str:
    """The code in lower case where it is a word, else without the space in it."""
    return code.lower() if len(code) > 3 and not code.isupper() else code.replace(" ", "")


def in_words(text: str) -> bool:
    """Whether a bracket says how strong the recommendation before it is, in words or with "recommendation"."""
    return _WORDS.match(text) is not None or (grade(text) is not None and "ecommendation" in text)


def rates(text: str) -> bool:
    """Whether a bracket rates the evidence of the recommendation before it, with a grade of its own or without."""
    return grade(text) is not None or _OF_EVIDENCE.fullmatch(text.strip()) is not None


def line(text: str) -> Grade | None:
    """The grade where the text is nothing but a grade ("Strength of recommendation: B")."""
    if named := _ONE_ALONE.fullmatch(text):
        return Grade(named["code"] or named["letter"] or named["degree"].lower(), None)
    if len(text) > _LONGEST_LINE or not _may_name(text):
        return None
    if rated := _RATED.fullmatch(text):
        return Grade(_spelled(rated["code"]), None)
    return _printed(_ALONE.fullmatch(text))


def opening(text: str) -> Grade | None:
    """The grade where the text is nothing but one that stands before its recommendation ("Class IIa: "); a level is of the
    evidence."""
    match = _OPENING.fullmatch(text)
    return Grade(_spelled(match["code"] or match["bracket"] or match["letter"]), None) if match else None


def _says_grade(words: str) -> bool:
    return bool(re.search(r"grade|class|recommendation|statement|category|strength", words, re.IGNORECASE))
