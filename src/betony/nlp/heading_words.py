"""What the words of a heading say: what its section is for, by the vocabulary of headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from betony.lines import heading_end
from betony.model import SectionType
from betony.nlp import vocabulary

NUMBER = re.compile(
    r"^(?:(?:section|chapter|part|appendix)\s+)?(?:\d{1,3}(?:\.\d{1,3})*|[a-z])[.):]?\s+(?=\S)", re.IGNORECASE
)
"""What may count a heading."""
_MARKS = re.compile(r"^#{1,6}\s+|\s{1,9}#+$")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the vocabulary makes of a heading."""

    type: SectionType
    rule: str
    whole: bool
    """The heading is one the vocabulary holds, not merely one with a word of it."""
    exact: bool = False
    """It holds the heading word for word, so that a bare line can be told to be one."""
    common: bool = False
    """The heading is a common word, and may name a part of what stands above as well."""

    @property
    def gapped(self) -> bool:
        """The vocabulary holds it with a gap that any words may fill."""
        return self.whole and not self.exact and not self.common


def normalise(heading: str) -> str:
    """The heading as the vocabulary writes it: lower case, without number, marks, final stop and question mark."""
    words = _MARKS.sub("", heading.strip()) if "#" in heading else heading[: heading_end(heading, 0, len(heading))]
    words = " ".join(words.removeprefix("•").split()).replace("’", "'").replace("‑", "-")
    return NUMBER.sub("", words).rstrip(" .:?").lower() or words.lower()


@lru_cache(maxsize=10_000)
def read(heading: str) -> Reading | None:
    """What the vocabulary says the heading is for; None where it says nothing."""
    words = _without_tail(normalise(heading))
    exact, named, gapped, parts, faint = _vocabulary()
    if words in exact:
        return Reading(exact[words], f"heading:{words}", words not in faint or NUMBER.match(heading) is not None, True)
    if words in named:
        return Reading(named[words], f"heading:{words}", True, common=True)
    letter = words[:1] if words[:1] in gapped else "*"
    if match := _gapped(letter).fullmatch(words):
        example, type_ = gapped[letter][(match.lastindex or 1) - 1]
        return Reading(type_, f"heading:{example}", True)
    for phrase, type_ in parts:
        if phrase in words:
            return Reading(type_, f"heading-word:{phrase}", False)
    return None


@lru_cache(maxsize=4096)
def is_exact(line: str) -> bool:
    """Whether the vocabulary holds the line word for word, so that a bare one can be told to be a heading."""
    return _without_tail(normalise(line)) in _vocabulary()[0]


@lru_cache(maxsize=4096)
def of_series(line: str) -> SectionType | None:
    """What the documents of a series are for, where the line is the name of one that says so."""
    words = normalise(line)
    series = vocabulary.read("headings")["series"].items()
    return next((SectionType(type_) for type_, names in series if words in names), None)


@cache
def over_lists() -> tuple[str, ...]:
    """How a line begins that heads the list right below it."""
    return tuple(vocabulary.read("headings")["lists"])


@lru_cache(maxsize=4096)
def is_addressed(heading: str) -> bool:
    """Whether the heading names whom something is told, and not what: that the words below it say."""
    return normalise(heading) in vocabulary.read("headings")["addressed"]


@lru_cache(maxsize=4096)
def is_asking(heading: str) -> bool:
    """Whether the heading names care that may be asked of everybody, or only described: that the words below it say."""
    return normalise(heading) in vocabulary.read("headings")["asking"]


@lru_cache(maxsize=4096)
def settled_type(heading: str) -> Reading | None:
    """What stands below the heading, whatever the words there are like; None where that depends on them."""
    return read(heading) if _without_tail(normalise(heading)) in vocabulary.read("headings")["settled"] else None


def _without_tail(words: str) -> str:
    """The heading's words without for whom it is, where those before the colon settle what stands below."""
    head = words.partition(": ")[0]
    return head if head in vocabulary.read("headings")["settled"] else words


@lru_cache(maxsize=4096)
def introduces(heading: str) -> bool:
    """Whether the heading leads to what is told before anything is recommended."""
    return normalise(heading) in vocabulary.read("headings")["before"]


def tells_the_setting(heading: str) -> bool:
    """Whether the heading is "Context" and no more: a chapter so called recommends nothing, whatever "should" its words have."""
    return normalise(heading) in vocabulary.read("headings")["setting"]


_REASONS = re.compile(r"why (?:this|it|the research) (?:research )?is important")


@lru_cache(maxsize=4096)
def gives_reasons(heading: str) -> bool:
    """Whether the heading stands over the reasons of what is asked for right above it: "Why this is important"."""
    return _REASONS.fullmatch(normalise(heading)) is not None


@lru_cache(maxsize=4096)
def stands_apart(heading: str) -> bool:
    """Whether the heading, common as it is, names no part of what stands above it."""
    return normalise(heading) in vocabulary.read("headings")["apart"]


_Entry = tuple[str, SectionType]


@cache
def _vocabulary() -> tuple[
    dict[str, SectionType], dict[str, SectionType], dict[str, list[_Entry]], list[_Entry], frozenset[str]
]:
    """Whole headings; common words that are one; those with a gap, by their first letter, with `*` those that may begin
    with any; parts; and those whole ones that say little without a number."""
    data = vocabulary.read("headings")
    whole = [(words, SectionType(type_)) for type_, entries in data["whole"].items() for words in entries]
    exact = {words: type_ for words, type_ in whole if "*" not in words}
    common = [(words, SectionType(type_)) for type_, entries in data["named"].items() for words in entries]
    named = {words: type_ for words, type_ in common if "*" not in words}
    gaps = sorted((entry for entry in whole + common if "*" in entry[0]), key=lambda entry: -len(entry[0]))
    gapped = {
        letter: [entry for entry in gaps if entry[0][0] in (letter, "*")]
        for letter in {"*", *(words[0] for words, _ in gaps)}
    }
    parts = [(words, SectionType(type_)) for type_, entries in data["word"].items() for words in entries]
    return exact, named, gapped, parts, frozenset(data["faint"])


@cache
def _gapped(letter: str) -> re.Pattern[str]:
    """A pattern with a group for each heading with a gap that may begin with the letter."""
    _, _, gapped, _, _ = _vocabulary()
    return re.compile("|".join("(" + re.escape(words).replace(r"\*", ".{1,80}") + ")" for words, _ in gapped[letter]))
