"""What the sentences of a paragraph recommend, each by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from betony.model import Block, BlockKind, Fact
from betony.nlp import grades, lists, references
from betony.nlp.arrangements import arrangement, outcome
from betony.nlp.history import is_entry
from betony.nlp.looks import has_any
from betony.nlp.recommendations.asides import after_rubric, is_gone, is_plan, opens_aside
from betony.nlp.recommendations.bracketed import grades_apart, with_grades
from betony.nlp.recommendations.cues import may_recommend
from betony.nlp.recommendations.document import About
from betony.nlp.recommendations.fact import made
from betony.nlp.recommendations.graded_runs import apart
from betony.nlp.recommendations.research import asks, is_research
from betony.nlp.sentences import sentences
from betony.nlp.strength import support
from betony.nlp.strength.items import without_open_end
from betony.nlp.strength.reading import narrows, read
from betony.nlp.strength.schemes import explains
from betony.nlp.strength.verbs import deeds
from betony.nlp.strength.wording import Wording
from betony.text import squeeze

_USE_OF_ITSELF = re.compile(
    r"\b(?:should|must|may|can|need\sto|are\s(?:asked|encouraged|advised)\sto)\s(?:(?:also|always|only|\w+ly)\s)?"
    r"(?:use|read|follow|apply|consult|adopt|adapt|interpret|be\s(?:\w+ly\s)?(?:used|read|followed|applied|adopted|adapted|interpreted))\s"
    r"(?:this|these|the\spresent)\s(?:[\w-]+\s){0,2}(?:guidance|guidelines?|documents?|polic(?:y|ies)|protocols?|toolkit|publication|standards?|handbook)\b",
    re.IGNORECASE,
)
"""How the document itself is to be used: no recommendation on care."""
_POINTING = ("this", "these", "present")
"""Words in lower case without one of which the document does not point to itself."""
_OF_ITSELF_SIGNS = ("gu", "document", "pol", "protocol", "tool", "publ", "tandard", "handboo")
"""Letters in lower case without one of which the document is not named."""
_READ_WITH = re.compile(
    r"\b(?:should|must)\s(?:also\s|always\s|only\s)?be\sread\s(?:in\sconjunction\swith|(?:together|along)\swith|alongside)\b"
)
"""How something is to be read beside another document."""
_VIEWED = re.compile(
    r"\b(?:should|must)\s(?:not|never)\s(?:\w+ly\s)?be\s(?:\w+ly\s)?(?:read|viewed|seen|regarded|perceived|taken|interpreted|construed|understood)\sas\b"
)
"""How something is not to be thought of, which asks for no care."""
_INSUFFICIENT = re.compile(r"\b(?:evidence\s+is\s+insufficient|insufficient\s+evidence)\b", re.IGNORECASE)
_UNDECIDED = re.compile(
    r"\b(?:insufficient\b[^.;]{0,60}\bto\s|(?:evidence|data)\s(?:is|are)\sinsufficient\b)[^;]*\([Ll]evel\sU\)",
    re.IGNORECASE,
)
"""What neurologists grade as unproven: "There is insufficient evidence to support or refute wax (Level U)"."""
_PAST = re.compile(
    r"\b(?:was|were|had)\s+(?:\w+\s+)?(?:recommended|advised|suggested|offered|given|used|asked)\b", re.IGNORECASE
)
_OF_WORDS = re.compile(r"\bthe\s(?:word|term|wording)s?\s['‘“\"]")
"""What speaks of the words of recommendations recommends nothing."""
_LACKS_ITEMS = re.compile(
    r"\bfollowing\b[^.;]{0,60}:$|\b(?:that|to|of|by|with|for|in|on|if|when|where|unless|who|are|is|be|you|we|as|only|includes?|including"
    r"|these|women|patients|people)\s?:$",
    re.IGNORECASE,
)
"""A lead that says nothing without the items that the page lost or another section holds."""
_KEPT = re.compile(
    r"(?:Please\s)?(?:[Gg]et|[Dd]ownload|[Ff]ind|[Aa]ccess|[Vv]iew|[Oo]rder|[Oo]pen|[Pp]rint)\b[^.;]{0,80}\shere\s?[.:]?$"
)
"""What says where something is kept: "Download the form here"."""
_COMMENT_SIGNS = ("omments", "takeholder")
_COMMENTS = re.compile(
    r"\b(?:mak(?:e|ing)|submit(?:ting)?|send(?:ing)?|pass(?:ing)?|return(?:ing)?)\s(?:\w+\s){0,3}comments\b|\bregister(?:ed)?\s(?:as\s(?:a\s)?)?stakeholder"
)
"""What those are told who wish to comment on a draft."""
_CLASS = re.compile(r"[A-Z][\w ]{2,30}\s[–—-]\s(?:may|can|should|must|is|are)\s")
"""What explains a class that a list uses: "Restricted - may be used by specialists only"."""
_CLASS_LONGEST = 33
"""Characters that hold the name of such a class and the dash behind it."""
_LEVELLED = re.compile(r"\((?:[^()]{0,40};\s)?[Ll]evel\sof\s[Ee]vidence:?\s[A-D]\)[.\s*†‡§]*$")
"""How a sentence ends that a committee has weighed: with the level of its evidence."""
_LEVEL_BEHIND = re.compile(r"\s?\([Ll]evel\sof\s[Ee]vidence:?\s[A-D]\)")
_CUT_OFF = re.compile(
    r"\b(?:that|which|who|whose|the|an?|of|to|and|or|with|for|in|by|from|than|their|your|its|is|are|be|any|if|when|before|after|until|about|into|on|as|should|must)$"
    r"|\bbe\s\w{3,15}\s[A-Z]$"
)
"""How a sentence ends that the capture has cut off, at the end of the page."""


def by_sentence(text: str, block: Block, *, research: bool, about: About) -> Iterator[Fact]:
    """A fact for each sentence of the block that recommends by itself."""
    label = grades.label(text[block.start : block.end])
    bare = about.decimals and not label and not research
    if bare and not has_any(text[block.start : block.end], "([") and not grades.grade(text[block.start : block.end]):
        return
    begin = block.start + lists.bullet(text[block.start : block.end])
    end = block.start + label.start if label else block.end
    cut = len(text.rstrip()) if not label else -1
    for start, stop, graded in _with_limits(
        text, with_grades(text, grades_apart(text, apart(text, sentences(text, begin, end))))
    ):
        rubric, start = start, min(after_rubric(text, start), stop)  # noqa: PLW2901 - a grade is none of the words
        sentence = squeeze(text[start:stop])
        if (
            _closes_quotation(text, begin, start, stop)
            or not (research or may_recommend(sentence))
            or opens_aside(sentence)
            or _is_of_words(sentence)
            or is_entry(sentence)
            or _tells_of_another(text, begin, start)
        ):
            continue
        if _is_of_its_use(sentence):
            continue
        if (has_any(sentence, _COMMENT_SIGNS) and _COMMENTS.search(sentence)) or _is_kept(sentence):
            continue
        if (has_any(sentence[:_CLASS_LONGEST], "–—-") and _CLASS.match(sentence)) or (
            stop == cut and _CUT_OFF.search(sentence)
        ):
            continue
        wording = None if sentence[-1] == "?" or _is_past(sentence) else read([sentence])
        wording = wording and without_open_end(wording, sentence)
        if wording and sentence[-1] == ":" and _LACKS_ITEMS.search(sentence):
            continue
        if research and not (asks(sentence, research=True) or (wording and is_research(sentence))):
            continue
        words = squeeze(text[start:graded]) if graded > stop else sentence
        if bare and not grades.grade(words):
            continue
        if wording and _is_fragment(words, wording, block):
            continue
        if wording and not research and _is_faint(words, wording, about) and not _LEVEL_BEHIND.match(text, stop):
            wording = None
        if (wording is None and not (research or _is_decision(words, about))) or is_plan(words) or is_gone(words):
            continue
        kind = "research_recommendation" if research else "recommendation"
        before = grades.opening(text[rubric:start])
        yield made(kind, None, words, ((rubric if before else start, graded),), wording, label, about, before)


def _with_limits(text: str, spans: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """The sentences, each with the one behind it that only narrows it: "It is recommended only if …", "This is only if …"."""
    last: tuple[int, int, int] | None = None
    for start, stop, graded in spans:
        if last and last[1] == last[2] and _narrows(text, start, stop) and not _denies(text[slice(*last[:2])]):
            last = (last[0], stop, graded)
            continue
        if last:
            yield last
        last = (start, stop, graded)
    if last:
        yield last


_GUIDELINE_SAYS = re.compile(
    r"(?:The|That|This)\s(?:guideline|guidance)\s(?:also\s)?(?:recommends|advises|states|says)\b"
)


def _tells_of_another(text: str, begin: int, start: int) -> bool:
    """Whether the sentence at text[start:] says what a guideline recommends that the one before it, in text[begin:start], names."""
    if not _GUIDELINE_SAYS.match(text, start):
        return False
    before = sentences(text, begin, start)[-1:]
    return bool(before) and bool(references.find(text, *before[0]) or _HAS_PUBLISHED.search(text, *before[0]))


_HAS_PUBLISHED = re.compile(
    r"\b[A-Z]{3,8}\s(?:has|have)\s(?:also\s)?(?:published|produced|issued|developed)\s(?:an?|its|their)\s(?:[\w-]+\s){0,3}(?:guideline|guidance)\s(?:on|for|about)\b"
)
"""How a document is named without a number that can be read: "NICE has published a clinical guideline on"."""


def _narrows(text: str, start: int, stop: int) -> bool:
    """Whether text[start:stop] only narrows the sentence before it."""
    return text.startswith(("This", "It"), start) and narrows(squeeze(text[start:stop]))


def _denies(sentence: str) -> bool:
    """Whether the sentence may speak against something, whatever those do not have whom it is about."""
    if " not " not in sentence:
        return False
    wording = read([squeeze(sentence)])
    return wording is None or wording.direction != "for"


def _closes_quotation(text: str, begin: int, start: int, stop: int) -> bool:
    """Whether a quotation ends in text[start:stop] that a sentence before it has opened, as titles of two sentences are quoted."""
    last = text[start:stop].rstrip(" .")[-1:]
    if last == '"':
        return text.count('"', start, stop) % 2 == 1 and text.count('"', begin, start) % 2 == 1
    return last == "”" and text.rfind("“", begin, start) > text.rfind("”", begin, start)


def _is_of_its_use(sentence: str) -> bool:
    """Whether the sentence tells how the document is to be used, or how something is not to be thought of."""
    low = sentence.lower()
    if has_any(low, _POINTING) and has_any(low, _OF_ITSELF_SIGNS) and _USE_OF_ITSELF.search(sentence):
        return True
    if " be read " in sentence and _READ_WITH.search(sentence):
        return True
    return has_any(sentence, ("not", "never")) and _VIEWED.search(sentence) is not None


def _is_kept(sentence: str) -> bool:
    """Whether the sentence says where something is kept; it ends with "here", a space and a stop at most."""
    return "here" in sentence[-6:] and _KEPT.match(sentence) is not None


def _is_of_words(sentence: str) -> bool:
    return has_any(sentence, ("word", "term")) and _OF_WORDS.search(sentence) is not None


def _is_decision(words: str, about: About) -> bool:
    """Whether the words decide without recommending: an appraisal's outcome, or that the evidence is insufficient."""
    return bool(
        outcome(words, appraisal=about.appraisal)
        or ("nsufficient" in words and grades.grade(words) and _INSUFFICIENT.search(words) and not explains(words))
        or ("evel U)" in words and _UNDECIDED.search(words))
    )


def _is_past(words: str) -> bool:
    """Whether the words tell what was recommended or done before."""
    return has_any(words, ("was ", "were ", "had ")) and bool(_PAST.search(words))


def _is_fragment(words: str, wording: Wording, block: Block) -> bool:
    """Whether an instruction is no more than a heading or a table's cell ("Target population")."""
    if (
        block.kind is BlockKind.LIST_ITEM
        and _NAMES_AND_EXPLAINS.match(words)
        and words.partition(" ")[0] not in deeds()
    ):
        return True
    opened = (wording.term or "-").lower().split()[0]
    if opened == "we" or not words.lower().startswith(opened):
        return len(words.split()) < 3
    count = len(words.split())
    if words.endswith(("…", "...")):
        return True
    if block.kind is BlockKind.PARAGRAPH and words[-1] not in ".;:,)]" and _IN_TITLE_CASE.fullmatch(words):
        return True
    whole = block.kind is BlockKind.LIST_ITEM or words[-1] in ".;:,)]"
    return count < (2 if block.kind is BlockKind.LIST_ITEM else 5) or (count < 6 and not whole)


_IN_TITLE_CASE = re.compile(r"[A-Z][\w-]+(?:,?\s(?:[A-Z][\w-]*|[a-z]{1,3}|with|from|into|over)){3,30}")
"""The words of a heading, each with a capital but the small ones: "Treat According to Severity"."""
_NAMES_AND_EXPLAINS = re.compile(r"[a-z][a-z-]{2,20}\s\(")
"""How an item of a list begins that names something and says in brackets what it is: "position (near the door)"."""
_NO_FAINT = re.compile(
    r"\bcan\s(?:(?:still|also)\s)?(?:receive\s|be\s(?:(?:used|given|taken)\s(?:only\s)?with\s(?:caution|care)|considered\sunder\s(?:special|exceptional|certain|specific)\scircumstances)\b)"
)
"""What can be done and is recommended by it: "they can still receive the vaccine", "wax can be used with caution"."""


def _is_faint(words: str, wording: Wording, about: About) -> bool:
    """Whether the words recommend too little to do so without a number: what can be used, what evidence supports."""
    if wording.code != "none" and (wording.term or "-").split()[0] not in ("can", "could"):
        return False
    return not (
        arrangement(words, procedures=about.procedures)
        or outcome(words, appraisal=about.appraisal)
        or grades.grade(words)
        or _LEVELLED.search(words)
        or "case for adopt" in words
        or support.encourages(words)
        or ("can " in words and _NO_FAINT.search(words))
        or (wording.actor and "encouraged" in (wording.term or ""))
        or ("evidence to recommend" in words and wording.direction == "against")
    )
