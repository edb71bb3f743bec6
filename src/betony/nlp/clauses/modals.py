"""The modal expressions of a sentence: which words they are, and what they oblige to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from betony.nlp import vocabulary
from betony.nlp.clauses.clause import Modal
from betony.nlp.looks import has_any

QUOTES = ('"', "“", "”", "'", "‘", "’")
_OPENED = re.compile(r"(?:(?<=[\s(:])|^)['‘](?=\w)")
_CLOSED = re.compile(r"(?<=[\w.,!?)])['’](?![\w])")
_NOT_NEEDED = re.compile(
    r"(?:n['’]t|\bnot|\bno\slonger|\bnever|\brarely|\bseldom|\bnor)\s+(?:\w+ly\s+|always\s+|usually\s+)?$",
    re.IGNORECASE,
)
"""What stands before "need to" and "have to" where nothing is to be done."""
_FORECAST = re.compile(r"\bwould\s(?:\w+ly\s|also\s|then\s|therefore\s)?$")
"""What stands before them where it is only told what would come of something: "clinics would need to be closed"."""
_ADVERB = (
    r"(?:,?\s+(?:also|always|therefore|thus|then|however|in\s+(?:general|most\s+cases|principle|practice)"
    r"|(?!(?:app|supp|re|comp|rep|multip)ly\b)[a-zA-Z]+ly)\b,?)?"
)
"""What may stand between a modal and the "not" that denies it: "should generally not"."""
_COMMON = re.compile(
    rf"(should|must)({_ADVERB}\s+(?i:not|never|neither|no\s+longer|in\s+no\s+(?:case|way)|under\s+no\s+circumstances?|on\s+no\s+account"
    r"|at\s+no\s+time)|n['’]t)?\b"
)
_NOT_ONLY = re.compile(r"\s+(?:only|just|merely|simply)\b[^.;]*\bbut\b")
"""What stands behind a "not" that forbids nothing: "should not only be told but also be shown"."""
_RARE = (
    "expected", "required", "obliged", "encouraged", "advised", "asked", "urged", "reminded", "requested",
    "responsib", "accountab", "duty", "obligation", "permitted", "allowed", "prohibited", "ought",
    "shall", "need", "has to", "have to", "may ", "Should", "Must", "MUST", "SHOULD",
)  # fmt: skip
"""Letters without one of which a sentence has no other modal expression than should and must."""
_GROUP = re.compile(r"\((?!\?)")
_DETERMINER = re.compile(r"\b(?:the|a|any|no|of|their|this|that|for|an?)$", re.IGNORECASE)
_DETERMINER_LONGEST = 5


def modals(sentence: str) -> Iterator[Modal]:
    """The modal expressions of the sentence, in order."""
    if not has_any(sentence, _RARE):
        if "should" not in sentence and "must" not in sentence:
            return
        for match in _COMMON.finditer(sentence):
            if not _is_quoted(sentence, match):
                yield _modal(sentence, match, f"{match[1]}_not" if match[2] else match[1])
        return
    pattern, modalities = _modal_terms()
    for match in pattern.finditer(sentence):
        if match.group()[:4].lower() == "need" and _is_noun(sentence, match.start()):
            continue
        if match.group()[:4].lower() in ("need", "have") and _FORECAST.search(sentence, 0, match.start()):
            continue
        if match.lastindex is None or _is_quoted(sentence, match):
            continue
        if match.group()[:4].lower() in ("need", "have") and _NOT_NEEDED.search(sentence, 0, match.start()):
            continue
        yield _modal(sentence, match, modalities[match.lastindex - 1])


def _is_noun(sentence: str, at: int) -> bool:
    """Whether the word at `at` is a noun, by the word before it: "the need"."""
    end = len(sentence[:at].rstrip())
    return end < at and _DETERMINER.search(sentence, max(0, end - _DETERMINER_LONGEST), end) is not None


def _modal(sentence: str, match: re.Match[str], modality: str) -> Modal:
    start, end = match.span()
    if modality.endswith("_not") and _NOT_ONLY.match(sentence, end):
        return Modal(start, start + len(match.group().split()[0]), modality.removesuffix("_not"))
    return Modal(start, end, modality)


def _is_quoted(sentence: str, match: re.Match[str]) -> bool:
    """Whether the words are spoken of, not used: "must" in quotation marks, or a sentence quoted within this one."""
    start, end = match.span()
    if ("'" in sentence or "‘" in sentence) and _within_single_quotes(sentence, start, end):
        return True
    if sentence.count('"', 0, start) % 2 or sentence.count("“", 0, start) > sentence.count("”", 0, start):
        return True
    return sentence[start - 1 : start] in QUOTES and sentence[end : end + 2].lstrip(",.")[:1] in QUOTES


def _within_single_quotes(sentence: str, start: int, end: int) -> bool:
    """Whether sentence[start:end] stands between single quotation marks, which may be apostrophes as well."""
    opened = max((mark.end() for mark in _OPENED.finditer(sentence, 0, start)), default=None)
    return (
        opened is not None and not _CLOSED.search(sentence, opened, start) and _CLOSED.search(sentence, end) is not None
    )


@cache
def _modal_terms() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """A pattern with a group a term, and the modality of each group; of the terms that fit the first one decides.

    It begins with the set of all first letters, as in `phrases.word_of`.
    """
    by_letter: dict[str, list[tuple[str, str]]] = {}
    for modality, terms in vocabulary.read("duties")["terms"].items():
        for term in terms:
            first, closing, rest = term[1:].partition(")") if term[0] == "(" else (term, "", "")
            for word in first.split("|") if closing else [first]:
                words = _GROUP.sub("(?:", word + rest).replace(" ", r"\s+").replace("{adverb}", _ADVERB)
                by_letter.setdefault(words[0], []).append((words[1:], modality))
    letters = "".join(letter + letter.upper() for letter in by_letter)
    groups = (
        f"(?<=[{letter}{letter.upper()}])(?i:{'|'.join(f'({words})' for words, _ in terms)})"
        for letter, terms in by_letter.items()
    )
    pattern = re.compile(rf"[{letters}](?<=\b.)(?:{'|'.join(groups)})\b")
    return pattern, tuple(modality for terms in by_letter.values() for _, modality in terms)
