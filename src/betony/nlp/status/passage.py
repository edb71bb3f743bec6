"""What a passage says: its sentences, and those beside them that belong to one notice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from betony.nlp import phrases, when
from betony.nlp.sentences import sentences
from betony.nlp.status.beside import is_done, is_followed, is_looked, is_of_a_part, is_of_the_entry, settled
from betony.nlp.status.sentence import currency_of, rules_for
from betony.nlp.status.statement import OUT_OF_FORCE, Statement
from betony.nlp.status.wording import WORDS

_LONGEST = 6000
"""A passage longer than this is no notice."""
_OWN_WORDS = re.compile(
    r"[Tt]h(?:is|ese) |pdate in progress|he consultation|guid|NICE|[Ww]e\b|standard|apprais|ssessed\sas|hecked\sas|onfirmed\sas|evaluat|ocument|dvice|opic|raft|ecision|ublication|evelopment|rocedure|summar|tatic list|[A-Z]{2}\d"
)
"""A passage without one of these speaks of nothing that could be the page's document."""
_IN = re.compile(r"\bin\s(?=(?:19|20)\d\d\b)")
_PUBLISHED = re.compile(r"\b(?:publish|issued|updat|produc|releas)")
"""What stands before a year that is not that of the check."""
_SAYS_LITTLE = {"", "unknown"}
"""What a sentence beside another is read as that lends it its date."""
_OCCASION = re.compile(
    r"This\s(?:[\w-]+\s){0,3}(?:review|check|surveillance)\s(?:was|is|has|had|followed|looked|focus)"
)
"""How a sentence begins that says why it was looked at: "This exceptional review was prompted by"."""


def of_passage(text: str, start: int, end: int, reference: str | None) -> Iterator[Statement]:
    """The statements of one passage; sentences side by side that say when it was looked at belong to one notice."""
    if end - start > _LONGEST or not _OWN_WORDS.search(text, start, end):
        return
    rules = rules_for(text[start:end])
    if not rules:
        return
    spans = sentences(text, start, end)
    row = when.at(text, start, end)
    read = [currency_of(text, *span, reference, rules) for span in spans]
    read = [settled(text, spans, i) or said if i and not said[0] else said for i, said in enumerate(read)]
    read = [("", "") if i and is_of_a_part(text, spans, i, said[0]) else said for i, said in enumerate(read)]
    read = [
        ("", "") if i and is_of_the_entry(text, start, spans[i], said[0], reference) else said
        for i, said in enumerate(read)
    ]
    read = [
        ("replaced", "says:replaced") if is_followed(text, spans, i, said[0]) else said for i, said in enumerate(read)
    ]
    read = [("unknown", "says:unknown") if is_done(text, spans, i, said[0]) else said for i, said in enumerate(read)]
    for i, (said, rule) in enumerate(read):
        if not said:
            continue
        first, last = i, i
        if i and read[i - 1][0] in _SAYS_LITTLE and is_looked(text, *spans[i - 1]):
            first = i - 1
        elif i > 1 and _OCCASION.match(text, *spans[i - 1]) and is_looked(text, *spans[i - 2]):
            first = i - 2
        if is_followed(text, spans, i, "withdrawn"):
            last = i + 1
        while (
            last + 1 < len(spans)
            and not read[last + 1][0]
            and phrases.pattern(WORDS["pointer"]["pattern"]).match(text, *spans[last + 1])
        ):
            last += 1
        notice = (spans[first][0], _before_button(text, *spans[last]))
        partly = phrases.pattern(WORDS["partial"]["pattern"]).search(text, *notice)
        currency = "partial_update_in_progress" if said == "update_in_progress" and partly else said
        dates = when.find(text, spans[first][0], spans[i][1])
        looked = any(is_looked(text, *spans[n]) for n in range(first, i + 1)) and not _is_of_the_end(
            text, spans[i], said
        )
        checked = (dates[0] if dates else _in_a_year(text, spans[first][0], spans[i][1])) if looked else None
        if said == "checked_no_update" and first and not looked and not read[0][0]:
            checked = _looked_first(text, spans[0])
        dated = dates[0] if dates else row
        yield Statement(currency, (notice,), rule, checked, dated.value if isinstance(dated, when.When) else "")


def _is_of_the_end(text: str, span: tuple[int, int], said: str) -> bool:
    """Whether the date of the sentence is that of a withdrawal, which only followed the review: "In May 2031, we withdrew it following
    a review"."""
    return said in OUT_OF_FORCE and text.startswith(("In ", "On "), span[0]) and " following " in text[slice(*span)]


def _looked_first(text: str, opening: tuple[int, int]) -> when.When | None:
    """When it was looked at, where the passage opens with that and a sentence further on tells what was decided: "We checked this
    guideline in March 2031. … In May 2032, we decided to retain it"."""
    if not is_looked(text, *opening):
        return None
    dates = when.find(text, *opening)
    return dates[0] if dates else _in_a_year(text, *opening)


def _before_button(text: str, start: int, end: int) -> int:
    """Where the sentence ends, without the words of a button or the bar of a table's cell that a capture has put on its line."""
    button = phrases.pattern(WORDS["button"]["pattern"]).search(text, start, end)
    end = button.start() if button else end
    return start + len(text[start:end].removesuffix("|").rstrip())


def _in_a_year(text: str, start: int, end: int) -> when.When | None:
    """The one year of a sentence that says when it was looked at: "We checked this guideline in 2031"."""
    years = [
        said
        for match in _IN.finditer(text, start, end)
        if isinstance(said := when.at(text, match.end(), end), when.When)
    ]
    return years[0] if len(years) == 1 and not _PUBLISHED.search(text, start, years[0].start) else None
