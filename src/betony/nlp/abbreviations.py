"""What an abbreviation stands for: the words whose letters it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from betony.nlp import references

_PARTS = re.compile(r"[^\s()\[\],;:/‑-]+")
"""The words of a long form; the parts of "non-small-cell" count each."""
_WHOLE = re.compile(r"[^\s()\[\],;:]+")
"""The words of a long form, each with its hyphens."""
_SMALL = frozenset({"and", "of", "the", "for", "in", "to", "with", "a", "an", "by", "on", "or", "de", "plus"})
_JOINING = _SMALL - {"in", "on", "a", "an", "de"}
"""Small words that open no long form: they join it to what stands before."""
_COUNT = re.compile(r"[IVX]{1,4}|\d{1,3}")
"""A number in a name, which its abbreviation leaves out: "angiotensin II receptor blockers (ARBs)"."""
_REFERENCE = re.compile(r"([A-Z]{2,4})\d{1,4}")
_QUOTES = "'‘’“”\""
_APART = frozenset("()[]:;=|\t\n")
"""Signs that no long form holds."""
_SPACES = " \u00a0"
_ENDS = (".", "!", "?", ",")
_OPENED = re.compile(r"(?:^|[\n\t.:;•*·(\[“‘\"'])[ \u00a0]?$")
"""What stands before a word whose capital does not show that it is a name."""
_SIGNS = frozenset("&+–—-/")
"""What may stand for a small word."""
_NUMBERED = re.compile(r"(?P<letters>[A-Z]{3,6})[\s–‑-]?(?P<number>\d{1,2})")
_KINDS = frozenset({"type", "class", "grade", "stage"})
"""What a number before a bracket may count: "heel crack disease type 2 (HCD 2)"."""
_NUMERAL = re.compile(r"[IVX]{2,4}")
_WITHIN = "intra"
"""How words begin that "IV" stands for; else it counts a level of evidence."""
_FEWEST_CAPITALS = 2
_FEWEST_OF_A_NAME = 3
_FEWEST_TO_PASS_A_NAME = 4
"""Letters with which one word with a capital may be left out."""
_MOST_PASSED = 2
"""Words without a capital that a name may hold."""
_FEWEST_IN_A_GLOSS = 4
_LOOK_BACK = 30


def is_short(short: str) -> bool:
    """Whether the word may be an abbreviation: two capitals or more, and no reference of a publisher's ("TA901")."""
    if sum(map(str.isupper, short)) < _FEWEST_CAPITALS:
        return False
    reference = _REFERENCE.fullmatch(short)
    return reference is None or references.document_type(reference[1]) is None


def expansion(text: str, bracket: int, short: str) -> int | None:
    """Where the words begin that the abbreviation in the bracket right behind them stands for; None where none fit.

    At first each letter must begin a word, small words aside. Then letters may stand inside the words too, as in Schwartz
    and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (2003), but here each
    word must still give its first: "venous thromboembolism (VTE)". Then a name may hold words without a capital.
    """
    before = text[max(0, bracket - 3) : bracket]
    if before[-1:] not in _SPACES or before.rstrip(_SPACES).endswith(_ENDS):
        return None
    found = _by_first_letters(text, bracket, short)
    if found is not None:
        return _whole_word(text, found)
    letters = list(_letters(short))
    words = _words(text, bracket, len(letters))
    found = _by_letters(letters, words)
    if found is not None:
        return found if _is_whole(text, found, bracket, short) else None
    by_capitals = _by_capitals(text, bracket, short, words)
    if by_capitals is not None:
        return by_capitals
    by_number = _by_number(text, bracket, short)
    return by_number if by_number is not None else _by_all_but_one(text, bracket, short)


def of_a_name(text: str, bracket: int, short: str) -> int | None:
    """Where the name begins whose words' first letters, small words aside, are just those of the word in the bracket behind it."""
    letters = list(short.upper())
    words = _words(text, bracket, len(letters))
    while words and letters:
        word = words.pop().group()
        if word[0] == letters[-1]:
            letters.pop()
        elif not _joins(word):
            return None
    begun = _words(text, bracket, len(short))[len(words)] if not letters else None
    return begun.start() if begun and (not words or not words[-1].group()[0].isupper()) else None


def _whole_word(text: str, at: int) -> int:
    """Where the word begins of which text[at:] is a part behind a hyphen, if both parts begin alike: "wrist-worn alarm (WA)"."""
    start = at
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "-‑"):
        start -= 1
    return start if text[start].lower() == text[at].lower() else at


def stands_for(short: str, words: str) -> bool:
    """Whether the abbreviation is made of these words, all of them."""
    return expansion(f"{words} (", len(words) + 1, short) == 0


def stands_for_most(short: str, words: str) -> bool:
    """Whether the abbreviation is made of these words, of which it may leave out two but neither the first nor the last:
    "LHMDT" of "local hospital heel multidisciplinary team"."""
    letters = list(_letters(short))
    spelled = [_marked(word.group()) for word in _WHOLE.finditer(words)]
    if len(letters) < _FEWEST_IN_A_GLOSS or not spelled:
        return False
    ways = {(0, 0)}
    for i, word in enumerate(spelled):
        outer = i in (0, len(spelled) - 1)
        ways = {
            (at + count, passed)
            for at, passed in ways
            for count in range(1, len(letters) - at + 1)
            if _gives(word, letters[at : at + count])
        } | {(at, passed + 1) for at, passed in ways if passed < _MOST_PASSED and not outer}
    return any(at == len(letters) for at, _ in ways)


def _by_first_letters(text: str, bracket: int, short: str) -> int | None:
    """Where the words begin whose first letters the abbreviation is made of.

    Every letter of the abbreviation must begin a word, in order, small words aside; one that joins opens no
    long form; a final small s is a plural.
    """
    letters = [char.lower() for char in short if char.isalnum()]
    if letters[-1] == "s" and short.endswith("s"):
        letters.pop()
    words = list(_PARTS.finditer(text, max(0, bracket - _LOOK_BACK - 15 * len(letters)), bracket))
    if not words or text[words[-1].end() : bracket].strip(_SPACES):
        return None
    at = len(words) - 1
    start = None
    for i, letter in reversed(list(enumerate(letters))):
        while at >= 0 and not (_begins(words[at].group(), letter) and (i or words[at].group() not in _JOINING)):
            passed = words[at].group()
            if (passed.lower() not in _SMALL and not _COUNT.fullmatch(passed)) or "\n" in text[
                words[at].end() : bracket
            ]:
                return None
            at -= 1
        if at < 0:
            return None
        start = words[at].start()
        at -= 1
    return start if start is not None and "\n" not in text[start:bracket] else None


def _begins(word: str, letter: str) -> bool:
    return word.lstrip(_QUOTES).lower().startswith(letter)


def _by_letters(letters: list[tuple[str, bool]], words: Sequence[re.Match[str]]) -> int | None:
    """Where the fewest of the words begin that give the letters of the abbreviation in order, each word its first and more."""
    initials = {letter for letter, _ in letters}
    left = {len(letters)}
    for word in reversed(words):
        said = word.group()
        passed = left if _joins(said) else set()
        if said[0].isalpha() and said[0].lower() not in initials:
            left = passed
        else:
            spelled = _marked(said)
            left = passed | {
                at - count
                for at in left
                for count in range(1, at + 1)
                if _gives(spelled, letters[at - count : at]) and not (count == at and said.lower() in _JOINING)
            }
        if 0 in left:
            return word.start()
        if not left:
            return None
    return None


def _by_capitals(text: str, bracket: int, short: str, words: Sequence[re.Match[str]]) -> int | None:
    """Where the name begins among the words whose capitals the abbreviation is made of, whatever it holds without one."""
    letters = [char for char in short if char.isalnum()]
    if short.endswith("s"):
        letters.pop()
    if len(letters) < _FEWEST_OF_A_NAME or not all(letter.isupper() for letter in letters):
        return None
    passed, capitals, count = 0, 0, len(letters)
    for word in reversed(words):
        first = word.group().lstrip(_QUOTES)[:1]
        if first.isupper():
            if first != letters[-1]:
                if len(letters) == count or count < _FEWEST_TO_PASS_A_NAME or capitals:
                    return None
                capitals += (
                    1  # one that the abbreviation passes over: "Heels and Healthcare Products Review Agency (HHRA)"
                )
                continue
            letters.pop()
            if not letters:
                return word.start() if not capitals or _APART.isdisjoint(text[word.start() : bracket]) else None
        else:
            passed += not _joins(word.group())
            if passed > _MOST_PASSED or not text[word.end() : bracket].strip():
                return None
    return None


def _by_all_but_one(text: str, bracket: int, short: str) -> int | None:
    """Where the words begin whose first letters the abbreviation is made of, whatever one word it passes over: "dynamic heel gap
    disinfection (DGD)", and where it has letters enough their last, "heel care procedures registry database (HCPR)"."""
    letters = [char.lower() for char in short.removesuffix("s") if char.isalpha()]
    if len(letters) < _FEWEST_OF_A_NAME or not short.removesuffix("s").isupper():
        return None
    words = _words(text, bracket, len(letters) + 1)
    if not words or _COUNT.fullmatch(words[-1].group()):
        return None  # a number of its own, which the abbreviation would give
    parts = list(_PARTS.finditer(text, words[0].start(), words[-1].end()))
    plural = short.endswith("s") and words[-1].group().endswith("s")  # "heel pain heel syndromes (HPHs)"
    found = _all_but_one(letters, words, last=plural)
    found = found if found is not None else _all_but_one(letters, parts, last=plural)
    return found if found is not None and _is_whole(text, found, bracket, short) else None


def _all_but_one(letters: Sequence[str], words: Sequence[re.Match[str]], *, last: bool) -> int | None:
    """Where they begin; of few letters the word that is passed over is the `last` only where that is known to have its own."""
    left, passed = list(letters), 0
    for word in reversed(words):
        said = word.group()
        if _begins(said, left[-1]):
            left.pop()
            if not left:
                return word.start()
        elif not _joins(said):
            passed += 1
            too_few = len(letters) < _FEWEST_TO_PASS_A_NAME and word is words[-1] and not last
            if passed > 1 or too_few or not (said.isalpha() and said.islower()):
                return None
    return None


def _by_number(text: str, bracket: int, short: str) -> int | None:
    """Where the words begin that end in the number of the abbreviation and give its letters, whatever two they pass over:
    "human heel growth factor receptor 2 (HHR2)"."""
    numbered = _NUMBERED.fullmatch(short)
    words = _words(text, bracket, len(short) + _MOST_PASSED) if numbered else []
    if numbered is None or not words or words.pop().group() != numbered["number"]:
        return None
    letters = list(numbered["letters"].lower())
    passed = 0
    for word in reversed(words):
        if word.group().lower().startswith(letters[-1]):
            letters.pop()
            if not letters:
                return word.start()
        elif len(letters) == len(numbered["letters"]):
            if word.group() not in _KINDS:
                return None
        else:
            passed += not _joins(word.group())
            if passed > _MOST_PASSED:
                return None
    return None


def _words(text: str, bracket: int, count: int) -> list[re.Match[str]]:
    """The words on the line before the bracket in which so many letters may stand; none where they do not reach it."""
    begin = max(0, bracket - _LOOK_BACK - 15 * count)
    if begin:
        begin = next((i for i in range(begin, bracket) if text[i - 1].isspace()), bracket)
    words = list(_WHOLE.finditer(text, max(begin, text.rfind("\n", begin, bracket) + 1), bracket))
    return words if words and not text[words[-1].end() : bracket].strip(_SPACES) else []


def _joins(word: str) -> bool:
    """Whether an abbreviation leaves the word out."""
    return word.lower() in _SMALL or word in _SIGNS or _COUNT.fullmatch(word) is not None


def _letters(short: str) -> Iterator[tuple[str, bool]]:
    """The letters of an abbreviation, each with whether it must begin a part of a word, as behind a hyphen; a final small
    s is a plural."""
    word = short[:-1] if short.endswith("s") else short
    return ((char.lower(), i > 0 and not word[i - 1].isalnum()) for i, char in enumerate(word) if char.isalnum())


def _marked(word: str) -> list[tuple[str, bool]]:
    """The letters of a word, each with whether it begins a part of it."""
    return [
        (char.lower(), i == 0 or not word[i - 1].isalnum())
        for i, char in enumerate(word.lstrip(_QUOTES))
        if char.isalnum()
    ]


def _gives(spelled: list[tuple[str, bool]], letters: list[tuple[str, bool]]) -> bool:
    """Whether the word has these letters in this order, the first at its start."""
    if not spelled or spelled[0][0] != letters[0][0]:
        return False
    rest = iter(spelled[1:])
    return all(any(char == letter and (begins or not must) for char, begins in rest) for letter, must in letters[1:])


def _is_whole(text: str, start: int, bracket: int, short: str) -> bool:
    """Whether the words are a long form as a whole: no bracket or colon among them, and no name begun before them."""
    words = text[start:bracket].strip()
    if not _APART.isdisjoint(words) or (_NUMERAL.fullmatch(short) and not words.lower().startswith(_WITHIN)):
        return False
    if not words.lstrip(_QUOTES)[:1].isupper():
        return True
    before = text[max(0, start - _LOOK_BACK) : start]
    if len(words.split()) == 1:
        return _OPENED.search(before) is not None
    last = before.rstrip(_SPACES).rpartition(" ")[2]
    return not (last[:1].isupper() and last[-1].isalnum() and last.lower() not in _SMALL)
