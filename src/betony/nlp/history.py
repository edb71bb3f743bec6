"""Entries of a document's own history: what was changed, which is no longer said to anybody."""

from __future__ import annotations

import re

_ROW = re.compile(
    r"(?:[Vv]?\d{1,2}(?:\.\d{1,2})?\s{1,3}\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2}/\d{1,2}/\d{2})\s"
)
"""How a row of a table of versions opens: a number and a date."""
_DONE = re.compile(
    r"(?:Clarif(?:ication|ied|ies)|Addition|Added|Removal|Removed|Amend(?:ed|ment)|Reword(?:ed|ing)|Correct(?:ed|ion)|Delet(?:ed|ion)|Inserted"
    r"|Insertion)\b(?!\s(?:is|are|should|must|may|can)\b)"
    r"(?!\sof\s(?:(?!\b(?:that|which|recommendations?|texts?|wording|sections?|sentences?|statements?|references?|tables?|paragraphs?|advice|guidance|footnotes?|notes?|links?)\b)[^.;:]){3,120}?\s(?:should|must|may)\sbe\b)"
    r"|(?:(?:\d{1,2}\s)?[A-Z][a-z]{2,8}\s(?:19|20)\d\d\s?[:–-]\s)?We\s(?:have\s)?(?:also\s)?(?:added|amended|changed|removed|clarified|reworded|corrected|deleted|inserted)\b"
    r"|(?:Recommendation|Section|Paragraph|Advice|Text|Wording|Sentence|Statement|Information)s?\s(?:\d[\d.]*\s)?(?:(?:has|have)\s(?:now\s)?been\s)?"
    r"(?:added|amended|changed|removed|updated|clarified|reworded|rephrased|deleted|inserted|included)\b"
)
"""How an entry opens that says what was done."""

_FORMER = re.compile(
    r"(?:In\s|The\s)?(?:19|20)\d\d(?:\s(?:recommendation|advice|guideline|version|wording))?\s?:\s"
    r"|(?:Previous(?:ly)?|Former(?:ly)?|Old|Superseded)(?:\s(?:recommendation|advice|guideline|version|wording|text))?\s?:\s"
)
"""How an entry opens that gives the words of an earlier time: "In 2030: …", "Previous wording: …"."""


_FORMER_LINE = re.compile(
    r"(?:The\s)?(?:(?:Original|Previous|Old|Former)\s(?:recommendation|wording|advice|text)s?|(?:Recommendation|Wording|Advice|Text)s?\sin\s(?:the\s)?"
    r"(?:(?:19|20)\d\d(?!\s)|(?:(?:19|20)\d\d|previous|original|old|earlier|former)\s(?:guideline|guidance|version|document|appraisal)))\s?:?",
    re.IGNORECASE,
)
_FORMER_LONGEST = 60
"""More characters than any line holds that heads the words of an earlier time."""


_BESIDE = re.compile(
    r"(?:The\s)?(?:(?:Current|New|Revised|Updated|Amended)\s(?:recommendation|wording|advice|text)s?|(?:Recommendation|Wording|Advice|Text)s?\sin\s(?:the\s|this\s)?"
    r"(?:current|new|revised|updated)\s(?:guideline|guidance|version|document|appraisal))\s?:?",
    re.IGNORECASE,
)


def stands_beside(line: str) -> bool:
    """Whether the line heads the words that stand beside those of an earlier time: right below the line over those, both are columns."""
    return _BESIDE.fullmatch(line.strip()) is not None


def is_former(line: str) -> bool:
    """Whether the line heads the words of an earlier time, which bind nobody now: "Recommendation in 2003 guideline"."""
    words = line.strip()
    return len(words) <= _FORMER_LONGEST and _FORMER_LINE.fullmatch(words) is not None


_GONE = re.compile(
    r"(?:deleted|withdrawn|removed|superseded|amended|changed|replaced|previous|former)\s(?:recommendations?|quality\sstatements?)(?:\swording)?(?:\s\([^()]{3,40}\))?"
    r"|(?:recommendations?|quality\sstatements?)\s(?:(?:that|which)\s(?:have|has)\sbeen\s|(?:that|which)\swere\s)?(?:deleted|withdrawn|removed|changed|amended|replaced|stood\sdown)",
    re.IGNORECASE,
)


def heads_gone(heading: str) -> bool:
    """Whether the heading is over recommendations that are gone, or over old ones beside those in their place."""
    return _GONE.fullmatch(heading.strip(" .:")) is not None


def is_entry(sentence: str) -> bool:
    """Whether the sentence is an entry of a history: "3 21.10.20 Throughout: …", "Clarification that people should …", "In 2030: …"."""
    return (_ROW.match(sentence) or _DONE.match(sentence) or _FORMER.match(sentence)) is not None
