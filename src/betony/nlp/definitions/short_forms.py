"""Where a text says what its abbreviations stand for: in lists, with a sign of equality, and in brackets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter

from betony.model import Basis, Block, BlockKind, Fact, Section, SectionType
from betony.nlp import abbreviations, cues, heading_words, lists
from betony.nlp.looks import has_any
from betony.nlp.stems import Places, Stems

_START = attrgetter("start")
_OWN_NAMES = frozenset({"NICE"})
"""A publisher's own name is no term of its guidance."""
_SKIPPED = frozenset({SectionType.FURNITURE, SectionType.REFERENCES, SectionType.LEGAL})
_HARDLY = 0.7
"""A section that the typer is less sure of than this may be another."""
_IN_BRACKETS = tuple(
    re.compile(
        rf"{bracket}(?:or\s)?(?P<term>[A-Za-z][A-Za-z0-9&/‑–-]{{1,9}}(?:\s\d{{1,2}}|(?:\s/)?\s[A-Z]{{2,6}})?)(?:['’]s)?(?:[)\]]|;(?=\s)|,(?=\s[^\d()\n][^()\n]{{1,60}}\))|(?=\sor\s['‘][^'’()\n]{{2,40}}['’]\)))"
    )
    for bracket in (r"\(", r"\[")
)
"""One pattern a bracket: `re` looks for one sign several times faster than for one of two."""
_BEFORE_BRACKET = re.compile(r"(?<![\w-])(?P<term>[A-Za-z][A-Za-z0-9&/‑-]{1,9})[ \u00a0]$")
_LONG_IN_BRACKETS = (
    re.compile(r"\((?P<words>[A-Za-z][^()\n]{5,120})\)"),
    re.compile(r"\[(?P<words>[A-Za-z][^\[\]()\n]{5,120})\]"),
)
_OR_FOR_SHORT = re.compile(r" or (?P<term>[A-Z][A-Za-z0-9&/‑-]{1,9})(?:\sfor\sshort\b|(?=\)))")
_COUNTED = re.compile(r"(?<=\w)\s\d{1,3}$")
"""A number behind what an abbreviation without one stands for: "interleukin 23 (IL)"."""
_BEFORE_SIGN = re.compile(r"(?<![\w-])(?P<term>[A-Za-z][A-Za-z0-9&/‑-]{1,9})$")
_BEHIND_SIGN = re.compile(r"(?P<text>[A-Za-z][^;,.=()\n\t]{3,100})")
_EQUATED = re.compile(
    r"(?:^[ \t]{0,9}(?:[•*·-][ \t]{1,4})?[A-Z][A-Za-z0-9&/‑-]{1,9}[ \t]=[ \t][A-Z][A-Za-z ,&’'()-]{4,100}(?:\n(?:[ \t]{0,9}\n){0,2}|\Z)){3,40}",
    re.MULTILINE,
)
"""A list of three abbreviations or more, each with a sign of equality and what it stands for."""
_FEWEST_EQUATED = 3
_BEFORE_EQUALS = 30
"""Fewer characters stand before the sign in such an entry: white space, a sign of the list, and the abbreviation."""
_HEADING = re.compile(
    r"(?:list of )?(?:abbreviations?|acronyms?)(?: (?:and|or) (?:abbreviations|acronyms|symbols))?(?: used(?: in this \w+)?)?"
)
_NAME = Stems(("bbreviation",))
_IN_LINE = re.compile(r"[Aa]bbreviations?(?:\sused)?\s?:[ \u00a0]{1,3}(?=\S)")
_NEXT_SENTENCE = re.compile(r"(?<=[a-z)])\.\s(?=[A-Z][a-z])")
"""Where a line of abbreviations is over and something else begins: "HW, heel width. Treated – …"."""
_SIDE_BY_SIDE = re.compile(r"(?:[•*·-]\s{1,4})?(?P<term>[A-Za-z][A-Za-z0-9&/‑-]{1,9})\s{1,9}(?P<text>[^\n\t;]{4,120})")
"""An entry whose sign the page has lost: "HW heel width"."""
_ENTRIES = re.compile(r"[^;\n]{1,250}")
_ENTRY = re.compile(
    r"(?:[•*·-]\s{1,4})?(?P<term>[A-Za-z0-9][\w./&+-]{0,13}(?:\s[A-Z][\w-]{0,8})?)(?:,\s|:\s|\s[=–—-]\s|=|\t)\s?(?P<text>[^\n\t;=]{2,200})"
)
"""An entry of a list of abbreviations: "PA, posteroanterior"."""
_LONGEST_TERM = 12
_LONGEST_WORDS = 200
"""Characters before a short form in which what it stands for is looked for."""


def find(
    text: str, blocks: Sequence[Block], sections: Sequence[Section], places: Places, known: Iterable[str] = ()
) -> Iterator[Fact]:
    """What the abbreviations of a text stand for, each once; those not that are known already.

    Lists come first, then what a sign of equality expands, then brackets. What is half an abbreviation itself,
    "CT angiography (CTA)", counts only where no other words expand it.
    """
    skipped = [
        (section.start, section.end)
        for section in sections
        if section.type in _SKIPPED and not (section.rule == "typer" and (section.confidence or 0.0) < _HARDLY)
    ]
    seen = {*_OWN_NAMES, *known}
    signs = cues.positions(text, (" = ",)) if "=" in text else []
    half: list[Fact] = []
    ways = (
        _of_lists(text, signs),
        _under_headings(text, blocks, sections),
        _in_lines(text, places),
        _in_rows(text, blocks),
        _on_lines_of_their_own(text, blocks),
        _equal(text, signs, seen),
        _in_brackets(text, seen),
        _before_brackets(text, seen),
        _spoken(text, seen),
        _or_for_short(text, seen),
    )
    for fact in chain.from_iterable(ways):
        term, start = str(fact.detail["term"]), fact.spans[0][0]
        if term in seen or any(begin <= start < end for begin, end in skipped):
            continue
        if _is_half(term, fact.value):
            half.append(fact)
        else:
            seen.add(term)
            yield fact
    for fact in half:
        if (term := str(fact.detail["term"])) not in seen:
            seen.add(term)
            yield fact


def entry(text: str, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """An abbreviation and what it stands for, where text[start:end] is an entry of a list of them."""
    found = _ENTRY.fullmatch(text, start, end)
    return (found.span("term"), found.span("text")) if found and _is_term(found["term"]) else None


def _of_lists(text: str, signs: Sequence[int]) -> Iterator[Fact]:
    """Those of a list that gives each as "TLC = …"; `signs` are where " = " stands."""
    if len(signs) < _FEWEST_EQUATED:
        return
    for run in _equated(text):
        for line in re.finditer(r"(?P<term>[A-Z][\w&/-]*) = (?P<text>[^\n]+)", run.group()):
            at = run.start()
            term, meaning = line.span("term"), line.span("text")
            yield _fact(text, (at + term[0], at + term[1]), (at + meaning[0], at + meaning[1]), "list")


def _equated(text: str) -> Iterator[re.Match[str]]:
    """The lists whose entries have a sign of equality, looked for only on lines with that sign."""
    end = 0
    for at in cues.positions(text, ("=",)):
        line = text.rfind("\n", max(0, at - _BEFORE_EQUALS), at) + 1
        if line >= end and at - line < _BEFORE_EQUALS and (run := _EQUATED.match(text, line)):
            end = run.end()
            yield run


def _under_headings(text: str, blocks: Sequence[Block], sections: Sequence[Section]) -> Iterator[Fact]:
    """Those of the lines below a heading "Abbreviations"."""
    for section in sections:
        if section.heading is None or not has_any(text[slice(*section.heading)].lower(), ("abbreviation", "acronym")):
            continue
        if not _HEADING.fullmatch(heading_words.normalise(text[slice(*section.heading)])):
            continue
        begin = bisect_left(blocks, section.heading[1], key=_START)
        for block in blocks[begin : bisect_left(blocks, section.end, lo=begin, key=_START)]:
            entry = _ENTRY.fullmatch(text, block.start, block.end)
            if entry is None or not (block.kind is BlockKind.LIST_ITEM or _is_term(entry["term"])):
                entry = _SIDE_BY_SIDE.fullmatch(text, block.start, block.end)
                if entry is None or not abbreviations.stands_for(entry["term"], entry["text"]):
                    continue
            yield _fact(text, entry.span("term"), entry.span("text"), "list")


def _in_rows(text: str, blocks: Sequence[Block]) -> Iterator[Fact]:
    """Those of a line of nothing but entries that fit, "HW, heel width; HC, heel cream"."""
    for i in cues.holding(text, blocks, [range(len(blocks))], ("; ",)):
        block = blocks[i]
        if text.find("; ", block.start, block.end) < 0 or not _ENTRY.match(text, block.start, block.end):
            continue
        entries = []
        for piece in _ENTRIES.finditer(text, block.start, block.end):
            start, end = piece.span()
            entry = _ENTRY.fullmatch(text, start + (text[start] == " "), end - (text[end - 1] == "."))
            if not entry or not abbreviations.is_short(entry["term"]):
                break
            if not abbreviations.stands_for(entry["term"], entry["text"]):
                break
            entries.append(entry)
        else:
            yield from (_fact(text, entry.span("term"), entry.span("text"), "list") for entry in entries)


def _on_lines_of_their_own(text: str, blocks: Sequence[Block]) -> Iterator[Fact]:
    """Those of lines side by side that are nothing but an entry each that fits: "HW – heel width", "HC – heel cream"."""
    last, before = -2, None
    for i in cues.holding(text, blocks, [range(len(blocks))], _DASHES):
        start = blocks[i].start + lists.bullet(text[blocks[i].start : blocks[i].end])
        entry = _ENTRY.fullmatch(text, start, blocks[i].end - text.endswith((".", ";"), start, blocks[i].end))
        if not entry or not abbreviations.is_short(entry["term"]):
            continue
        if not abbreviations.stands_for(entry["term"], entry["text"]):
            continue
        if last == i - 1:
            if before is not None:
                yield _fact(text, before.span("term"), before.span("text"), "list")
            yield _fact(text, entry.span("term"), entry.span("text"), "list")
            entry = None
        last, before = i, entry


_DASHES = (" – ", " — ", " - ")


def _in_lines(text: str, places: Places) -> Iterator[Fact]:
    """Those of a line such as "Abbreviations: HW, heel width; HC, heel cream."."""
    read = 0
    for at, _ in places.spans(_NAME):
        opened = _IN_LINE.match(text, max(0, at - 1)) if at >= read else None
        if opened is None:
            continue
        line_end = text.find("\n", opened.end())
        read = line_end if line_end >= 0 else len(text)
        over = _NEXT_SENTENCE.search(text, opened.end(), read)
        for piece in _ENTRIES.finditer(text, opened.end(), over.start() if over else read):
            words = piece.group().strip().rstrip(" .|")
            start = piece.start() + len(piece.group()) - len(piece.group().lstrip())
            entry = _ENTRY.fullmatch(text, start, start + len(words))
            if entry and _is_term(entry["term"]) and not any(map(_is_term, entry["text"].split(", "))):
                yield _fact(text, entry.span("term"), entry.span("text"), "list")


def _equal(text: str, signs: Sequence[int], seen: Collection[str]) -> Iterator[Fact]:
    """Those that a sign of equality expands anywhere, "HW = heel width"; `signs` are where " = " stands."""
    for at in signs:
        term = _BEFORE_SIGN.search(text, max(0, at - _LONGEST_TERM), at)
        if term is None or term["term"] in seen or not abbreviations.is_short(term["term"]):
            continue
        if (behind := _BEHIND_SIGN.match(text, at + 3)) is None:
            continue
        words = behind["text"].rstrip()
        if text.startswith("=", behind.end()):
            words = words.rpartition(" ")[0]  # the last word is the next abbreviation
        if words and abbreviations.stands_for(term["term"], words):
            yield _fact(text, term.span("term"), (behind.start(), behind.start() + len(words)), "list")


def _in_brackets(text: str, seen: Collection[str]) -> Iterator[Fact]:
    """Those in brackets behind what they stand for, "heel width (HW)"."""
    for match in _in_order(_IN_BRACKETS, text):
        if match["term"] in seen or not abbreviations.is_short(match["term"]):
            continue
        start = abbreviations.expansion(text, match.start(), match["term"])
        if start is None or _is_place(text, start, match) or not _closes(text[start : match.start()]):
            continue
        if not (
            text[match.end() - 1] == "," and " " not in text[start : match.start() - 1]
        ):  # "chemotherapy (CHOP, …)"
            value = _less_marks(" ".join(text[start : match.start() - 1].split())).removesuffix(" or")
            if not any(map(str.isdigit, match["term"])):
                value = _COUNTED.sub("", value)
            yield _made(match["term"], value, ((start, match.end()),), "abbreviation")


def _is_place(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a town and its state stand before a colon, as where a book appeared: "Sandford (SD): Heel Press"."""
    return text.startswith(":", match.end()) and text[start].isupper() and " " not in text[start : match.start() - 1]


def _before_brackets(text: str, seen: Collection[str]) -> Iterator[Fact]:
    """Those before a bracket that says what they stand for, "HEEL (Health of Every Elderly Limb)"; in square ones an editor
    does, whose words may be more than the letters."""
    for match in _in_order(_LONG_IN_BRACKETS, text):
        words, start = match["words"], match.start()
        begin = max(0, start - _LONGEST_TERM)
        if " " not in words or text[begin:start].islower():
            continue  # no abbreviation is without capitals
        term = _BEFORE_BRACKET.search(text, begin, start)
        if term is None or term["term"] in seen or not abbreviations.is_short(term["term"]):
            continue
        if abbreviations.stands_for(term["term"], words) or (
            text[start] == "[" and abbreviations.stands_for_most(term["term"], words)
        ):
            value = _less_marks(" ".join(words.split()))
            yield _made(term["term"], value, ((term.start("term"), match.end()),), "abbreviation")


_SPOKEN = re.compile(r"\((?P<term>[A-Z][a-z]{3,8})\)")


def _spoken(text: str, seen: Collection[str]) -> Iterator[Fact]:
    """Those that are spoken as words, of the names of bodies: "Department for Heels, Feet and Rural Affairs (Dhfra)"."""
    for match in _SPOKEN.finditer(text):
        start = None if match["term"] in seen else abbreviations.of_a_name(text, match.start(), match["term"])
        if start is not None:
            value = " ".join(text[start : match.start()].split())
            yield _made(match["term"], value, ((start, match.end()),), "abbreviation")


def _or_for_short(text: str, seen: Collection[str]) -> Iterator[Fact]:
    """Those that a sentence puts beside what they stand for, "heel width or HW for short", "(formerly heel width, or HW)"."""
    for match in _OR_FOR_SHORT.finditer(text):
        low = max(0, match.start() - _LONGEST_WORDS)
        low = max(low, text.rfind("\n", low, match.start()) + 1)
        words = f"{text[low : match.start()].removesuffix(',')} ("
        if match["term"] in seen or not abbreviations.is_short(match["term"]):
            continue
        start = abbreviations.expansion(words, len(words) - 1, match["term"])
        if start is not None and _closes(words[start:-1]):
            value = _less_marks(" ".join(words[start:-1].split()))
            yield _made(match["term"], value, ((low + start, match.end()),), "abbreviation")


def _in_order(patterns: Sequence[re.Pattern[str]], text: str) -> Iterator[re.Match[str]]:
    """Where one of the patterns fits, in the order of the text; of two that overlap the first."""
    end = 0
    for match in sorted(chain.from_iterable(pattern.finditer(text) for pattern in patterns), key=re.Match.start):
        if match.start() >= end:
            end = match.end()
            yield match


def _is_term(word: str) -> bool:
    """Whether the word may be an abbreviation by its looks: two capitals, or one and a digit."""
    return len(word) <= _LONGEST_TERM and (
        abbreviations.is_short(word) or (any(map(str.isupper, word)) and any(map(str.isdigit, word)))
    )


def _closes(words: str) -> bool:
    """Whether each bracket that opens among the words closes there too, and none else: not "width) or"."""
    return words.count("(") == words.count(")") and words.count("[") == words.count("]")


def _is_half(term: str, words: str) -> bool:
    """Whether the words that expand the abbreviation begin with a part of it, "CT angiography"."""
    return any(word in term and abbreviations.is_short(word) for word in words.split())


def _less_marks(words: str) -> str:
    """The words without the quotes around them and the mark of what they own."""
    bare = words.strip("'‘’“”\"")
    return bare[:-2] if bare.endswith(("'s", "’s")) else bare


def _fact(text: str, term: tuple[int, int], meaning: tuple[int, int], rule: str) -> Fact:
    value = " ".join(text[slice(*meaning)].split())
    return _made(" ".join(text[slice(*term)].split()), value, (term, meaning), rule)


def _made(term: str, value: str, spans: tuple[tuple[int, int], ...], rule: str) -> Fact:
    return Fact("definition", value, spans, Basis.EXPLICIT, rule, detail={"term": term})
