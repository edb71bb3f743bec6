"""Words as they are taken out of a sentence."""

from __future__ import annotations

import re

from betony.nlp import grades
from betony.text import squeeze

_AT_END = re.compile(r"\.?\s?(?:[(\[][^()\[\]]{1,300}[)\]]|\((?:[^()\[\]]|\[[^()\[\]]{1,60}\]){1,300}\))$")
_BEHIND_BRACKET = re.compile(r"(?<=[)\]])\.\d{1,3}$")
"""The number of a source behind a grade and its stop."""
_CITATION = re.compile(
    r"\b(?:19|20)\d{2}\b|\blevel\b|\bgrade\b|\bevidence\b|\bquality\b|\bconsensus\b|\bexpert\s?(?:ise|opinion)\b",
    re.IGNORECASE,
)
SEE = re.compile(r"\s?\(see\s[^()]{1,60}\)")
"""What leads a reader elsewhere: "if tests are normal (see below)", "Local partnerships (see Who should take action?)"."""
_INSIDE = r"(?:[^()\[\]]|\[[^\[\]]{0,80}\]|\([^()]{0,80}\)){1,300}"
_SEE_AT_END = re.compile(
    rf"\s?\((?:see|refer\sto|(?:as\s)?(?:set\sout|described|outlined|defined|listed|shown|specified)\sin|for\s(?:more|further)\s[^(),]{{3,40}},?\ssee)\s(?:{_INSIDE}\)\d{{0,2}}|[^()]{{1,200}})$"
)
_GRADE_AT_END = re.compile(
    r"\s?[(\[](?:[IV]{1,3}[A-D]?|[A-D](?=[)\]]\.\d)|[A-D]I{2,3}|[IV]{1,3}[,-]\s?[A-D]|[A-D]-[IV]{1,3}|Practice\sPoint|(?i:(?:strong|weak|conditional)\srecommendation)[^()\[\]]{0,80})[)\]](?:[.#*†‡]{0,3}|\.\d{1,3})$"
)
_CLAUSE = re.compile(r"\b(?:if|when|unless|excluding|except|that\sis,?|for\sexample,?|such\sas)\s", re.IGNORECASE)
"""What no citation has: "3 years, or sooner if there is enough evidence", "that is, a fall in level"."""


def quoted(text: str, span: tuple[int, int]) -> str:
    return without_citation(squeeze(text[slice(*span)]))


def without_citation(words: str) -> str:
    """The words without the citation or grade in brackets at their end."""
    if ", excluding " in words[words.rfind("(") :] and words.endswith(")"):
        return words  # who is left out
    if "(" in words or "[" in words:
        words = _GRADE_AT_END.sub("", _SEE_AT_END.sub("", words))
    if words[-1:].isdecimal():
        words = _BEHIND_BRACKET.sub("", words)
    match = _AT_END.search(words) if words.endswith((")", "]")) else None
    if match and not _CLAUSE.search(match.group()) and (_CITATION.search(match.group()) or grades.grade(match.group())):
        return words[: match.start()].rstrip()
    return words


def content_end(sentence: str) -> int:
    return len(sentence.rstrip(" .:;\n\t"))
