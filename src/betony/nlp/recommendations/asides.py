"""What stands among recommendations and leads elsewhere, or tells what is planned."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from betony.model import Block, Section
from betony.nlp import vocabulary
from betony.nlp.looks import has_any
from betony.nlp.recommendations.research import is_for_research
from betony.nlp.strength.instructions import sees_somebody
from betony.nlp.strength.reading import BARE_NAME, sentence_wording
from betony.text import squeeze

_HOW_TO_READ = re.compile(
    r"(?:This|These|The)\s(?:figures?|tables?|schedules?|charts?|algorithms?|diagrams?|recommendations?|footnotes?|notes?)\s"
    r"(?:should|must)\sbe\s(?:read|viewed|interpreted|used)\s(?:with|alongside|together|in\sconjunction)\b",
    re.IGNORECASE,
)
_OF_THE_DOCUMENT = re.compile(
    r"(?:(?:The|This)\s(?:quality\sstandard|guideline|guidance|document|pathway)\s[^.;:]{0,120}?\b(?:should|must)\sbe\sread\b"
    r"|No\s(?:one|single)\sstatement\sshould\b|(?:[A-Z]\w+,\s)?(?:[\w-]+\s){0,4}?recommendations?\s(?:[\w-]+\s){0,4}?should\s(?:not\s)?be\s(?:added|changed|updated|amended|removed|withdrawn)\b)",
    re.IGNORECASE,
)
"""What is to be done with the document itself: "The quality standard defines good care and should be read in full"."""
_OF_THE_DOCUMENT_LONGEST = 220
_OF_THE_DOCUMENT_SIGNS = ("read", "tatement", "ecommendat")
"""Letters in lower case without one of which the document is not spoken of like this."""
_RUBRIC = re.compile(
    r"(?:(?:Level|Class|Grade|Category)\s[\w-]{1,4}\s(?:recommendations?|statements?)\s?[.:]\s{1,3})(?:\(\d\)\s)?"
    r"(?!Recommendations?\b)(?=\S)"
)
"""What stands before the recommendations of a grade, in the same passage."""
_GRADE = re.compile(
    r"(?:Level|Class|Grade|Category)\s[\w-]{1,4}(?:\s?[.:]|\s[–—-])\s{1,3}(?=[A-Z])(?P<graded>[^.\n]{10,400})"
)
"""A grade printed before what it is the grade of, or before what explains it."""
_OF_GRADES = re.compile(
    r"\b(?:evidence|stud(?:y|ies)|trials?|benefits?|harms?|risks?|outweighs?|consensus|opinions?|quality|(?:the|this)\s(?:service|treatment|procedure|intervention)"
    r"|procedure|recommendations?|statements?|grades?|levels\sof)\b",
    re.IGNORECASE,
)
"""What the explanation of a grade speaks of."""
_RUBRIC_STARTS = frozenset("LCG")
_LETTER_STARTS = frozenset("[ABD")
"""How a grade's letter alone begins, but for a C, which may begin a rubric."""
_LETTER = re.compile(r"(?:(?P<bracket>\[[A-D]\])|[A-D]\s[–—-])\s(?=[A-Z])")
"""A grade's letter alone before what it is the grade of: "D - Offer", "[B] Offer"."""
_LETTERS = re.compile(r"(?:^|\s)([A-D])\s[–—-]\s(?=[A-Z])")
_GONE = re.compile(
    r"Th(?:is\s(?:recommendation|(?:quality\s)?statement)|e\srecommendations?\s(?:for|on|about)\s[^.;:]{2,80}?|ese\s(?:recommendations|statements))\s(?:(?:has|have)\s(?:now\s|since\s)?been|was|were|is|are)\s(?:now\s)?(?:(?:partially|partly|fully)\s)?"
    r"(?:replaced|superseded|withdrawn|deleted|removed|merged|stood\sdown|(?:updated|withdrawn|amended)\sand\s(?:\w+\s)?(?:replaced|superseded))\b"
)
"""What stands in the place of a recommendation that is gone: "This recommendation has been updated and replaced by"."""
_NAMED_AND_GONE = re.compile(
    r"[^.\n]{2,100}(?:\.\sThis\s(?:recommendation|(?:quality\s)?statement)\s(?:has\sbeen|was|is)\s(?:removed|withdrawn|deleted)\b"
    r"|\s\((?:removed|withdrawn|deleted)\)\.?$)"
)
"""What names one that is gone: "Heel wax. This statement has been removed.", "Heel wax (removed)"."""
_GONE_SIGNS = ("removed", "withdrawn", "deleted")
"""Letters without one of which nothing that is named is gone."""
_ARCHIVED = re.compile(
    r"(?:It|This\s(?:[\w-]+\s){0,3}?(?:guid\w+|advice|briefing|document|topic|summary|standard|statement|tool|resource|page))\s(?:was|is|has\s(?:now\s)?been)\s(?:now\s)?"
    r"(?:archived|withdrawn|retired|superseded|replaced)\b[^.]{0,80}?\sand\s(?:it\s)?should\s(?:not|no\slonger)\sbe\s(?:used|followed|relied)\b"
)
"""What is told of a document that is out of force, and is nothing to do in care: "It was archived and should not be used"."""
_OF_GUIDANCE = re.compile(
    r"(?:(?:The|This)\s)?(?:NICE\s)?(?:(?i:guidance|guideline|(?:technology\s)?appraisal|quality\sstandard)\s)?(?:[A-Z]{2,4}\d{1,4}|(?i:guidance|guideline|appraisal|quality\sstandard))\s(?:\([^()]{2,40}\)\s)?(?:should|will)\s(?:not\s|now\s)?"
    r"(?:(?:be\s)?(?:placed|moved?|transfer(?:red)?|put|added|stay|remain|kept|retained)\s(?:back\s)?(?:on|to|onto)\sthe\sstatic\b|be\s(?:considered\sfor\s(?:an?\s)?(?:review|update)|planned\sinto|incorporated\sinto)\b)"
)
"""What a review says should become of guidance, and nobody is to do in care: "TA1 should be placed on the static list"."""
_OF_ITSELF = re.compile(
    r"[\s•*·-]{0,9}This\s(?:guidance|guideline|document|appraisal)\s(?:(?:partially|also|updates\sand)\s)?(?:replaces|updates|has\sbeen)\b"
)
"""How a line begins that tells of the document's own standing, among what it recommends."""
_ASIDE_LONGEST = 60
"""Characters that hold the words by which an aside is known."""


_HEADS_GRADES = re.compile(
    r"(?:[\w/-]+\s){0,5}?(?:grading|rating|classification)\s(?:of|for)\s(?:the\s)?(?:strength|quality|levels?|recommendations?|(?:body\sof\s)?evidence)\b"
    r"|criteria\sfor\s(?:the\s)?(?:recommendation|evidence)\s(?:rating|grading)s?$",
    re.IGNORECASE,
)


def heads_grades(text: str, section: Section) -> bool:
    """Whether the section's heading says that it tells how evidence and recommendations were graded."""
    return section.heading is not None and _HEADS_GRADES.match(text[slice(*section.heading)].strip()) is not None


def after_rubric(text: str, start: int) -> int:
    """Where the words begin behind the rubric of a grade, the grade itself, or their bare name; at `start` where none stands there, and where
    the words only explain the grade."""
    if text.startswith("Recommendation ", start) and (named := BARE_NAME.match(text, start)):
        return named.end()
    sign = text[start : start + 1]
    if sign not in _RUBRIC_STARTS:
        letter = _LETTER.match(text, start) if sign in _LETTER_STARTS else None
        return letter.end() if letter and (letter["bracket"] or _are_grades(text)) else start
    if rubric := _RUBRIC.match(text, start):
        return rubric.end()
    grade = _GRADE.match(text, start)
    if grade is None or _OF_GRADES.search(grade["graded"]) or sentence_wording(squeeze(grade["graded"])) is None:
        return start
    return grade.start("graded")


@lru_cache(maxsize=8)
def _are_grades(text: str) -> bool:
    """Whether letters before sentences are grades: of what is counted by letters each has one of its own."""
    letters = _LETTERS.findall(text)
    return len(letters) > len(set(letters))


def is_aside(text: str, block: Block) -> bool:
    """Whether the block leads elsewhere instead of recommending, or is a footnote."""
    if text.startswith("[", block.start) and _is_footnote(text, block):
        return True
    return after_rubric(text, block.start) == block.start and opens_aside(
        text[block.start : block.start + _ASIDE_LONGEST].lstrip("[(•- ")
    )


_FOOTNOTE = re.compile(r"(?P<mark>\[\d{1,2}\])\s?(?=[A-Z])")


def _is_footnote(text: str, block: Block) -> bool:
    """Whether the block opens with the mark of a note that a word above it bears: "consider wax[2] for"."""
    note = _FOOTNOTE.match(text, block.start, block.end)
    at = text.find(note["mark"], 0, block.start) if note else -1
    return at > 0 and (text[at - 1].isalpha() or text[at - 1] in ".,;)")


def is_of_itself(text: str, block: Block) -> bool:
    """Whether the block tells what the document replaces, or what became of it."""
    return _OF_ITSELF.match(text, block.start, block.end) is not None


def opens_aside(words: str) -> bool:
    """Whether the words lead elsewhere instead of recommending; to see a doctor is advice."""
    start = words[:_OF_THE_DOCUMENT_LONGEST]
    low = start.lower()
    if has_any(low, ("should", "must")) and has_any(low, _OF_THE_DOCUMENT_SIGNS) and _OF_THE_DOCUMENT.match(start):
        return True
    opening = words[:_ASIDE_LONGEST]
    if (low.startswith("th") and _HOW_TO_READ.match(opening)) or (
        opening[:1] in _RUBRIC_STARTS and _GRADE.match(opening)
    ):
        return True
    return low.startswith(_asides()) and not (_RECOMMENDED.match(low) or sees_somebody(words, 0))


_RECOMMENDED = re.compile(
    r"nice has recommended (?:that |[^.;,]{3,80}? as an? (?:possible )?(?:treatment )?option\b)(?![^.]*\b(?:ta|ng|cg)\s?\d)"
)
"""What its publisher says that it recommends, and no aside on what it has done."""


@cache
def _asides() -> tuple[str, ...]:
    return tuple(vocabulary.read("recommendations")["aside"]["openings"])


def is_plan(words: str) -> bool:
    """Whether the words tell what the publisher plans to do with its guidance."""
    low = words[:200].partition(". ")[0].lower()
    return (
        low.startswith(("nice ", "this recommendation", "these recommendations", "this guid"))
        and has_any(low, vocabulary.read("recommendations")["aside"]["plans"])
        and not is_for_research(words)
    )


def is_gone(words: str) -> bool:
    """Whether the words stand in the place of a recommendation that is gone."""
    return (
        _GONE.match(words) is not None
        or (has_any(words, _GONE_SIGNS) and _NAMED_AND_GONE.match(words) is not None)
        or _ARCHIVED.match(words) is not None
        or _OF_GUIDANCE.match(words) is not None
    )
