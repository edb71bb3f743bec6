"""What a section is for: by its layer, the publisher, its heading, the section above it, its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from betony.model import Basis, Block, SectionType
from betony.nlp import grades, instructing, numbered
from betony.nlp.heading_words import (
    Reading,
    is_addressed,
    is_asking,
    normalise,
    read,
    settled_type,
    stands_apart,
    tells_the_setting,
)
from betony.nlp.opinions import (
    CERTAIN,
    CERTAIN_OF_ANY,
    DOUBTED_HEADING,
    ELDER,
    FAINT_PHRASE,
    HEADED_PARENT,
    HEADING_WORD,
    PARENT,
    PHRASE,
    PHRASE_IN_A_FORM,
    SURE,
    SURE_PHRASE,
    UNMARKED_PARENT,
    UNTITLED_LEAD,
    WHOLE_HEADING,
    Opinions,
    Weights,
    best,
    speak_for,
)
from betony.nlp.outline import FURNITURE, LIST_ITEM, NUMBERS, Node, own_text
from betony.nlp.passages import Judgement, judge
from betony.nlp.responsibilities.cues import has_cue
from betony.nlp.sentences import sentences
from betony.nlp.strength.reading import sentence_wording

_LEND_NOTHING = (SectionType.OTHER, SectionType.SUMMARY)
"""Types that say nothing of what stands in the sections below."""
_LEAD_AWAY = (*_LEND_NOTHING, SectionType.STATUS)
"""Types of words below `Recommendations` that may lead to them, which stand in the sections below."""
_BESIDE_THE_WORDS = 20
"""Characters that a heading's number and marks may take beside its words."""
_SIGN = re.compile(r"[^\w(\"'“‘\s]\s+")
"""The sign of an item of a list."""
_MUCH = 250
"""Characters of a section that can speak against its heading."""


def set_type(text: str, node: Node, opinions: Opinions, weights: Weights) -> None:
    """Type a run by its layer, the publisher's hint, its heading, its words, its parent: the first that tells.

    `weights` are the typer's, of what stands below the run's heading.
    """
    if node.layer is FURNITURE:
        node.type, node.rule, node.basis = SectionType.FURNITURE, "layer", Basis.INFERRED
        node.confidence = 0.95
        return
    if node.rule == "continued" and node.children:
        whole = node.children.pop()
        node.type, node.basis, node.confidence = whole.type, whole.basis, whole.confidence
        return
    hint = node.blocks[0].hint
    if hint is not None:
        node.type, node.basis, node.rule = hint, Basis.GIVEN, "publisher"
        return
    counted = _COUNTED.match(text, node.heading.start, node.heading.end) if node.heading and node.is_title else None
    if node.heading and node.is_title and not opinions.in_a_form and (counted or _goes_on_its_number(text, node)):
        node.type, node.rule, node.confidence = SectionType.RECOMMENDATIONS, "numbers", 0.95
        return
    if node.heading and not opinions.in_a_form and _asks(text, node, node.heading):
        node.type, node.rule, node.confidence = SectionType.RESPONSIBILITIES, "words", 0.9
        return
    if node.heading is None or node.is_title:
        return
    if not opinions.in_a_form and (settled := settled_type(text[node.heading.start : node.heading.end])):
        node.type, node.rule, node.basis = settled.type, settled.rule, Basis.EXPLICIT
        return
    _by_heading(text, node, node.heading, opinions, weights)


def _by_heading(text: str, node: Node, heading: Block, opinions: Opinions, weights: Weights) -> None:
    """Weigh what the heading says, what the section above is for, and what the words are like."""
    reading = _reading(text, node, heading, weights)
    if reading is None and _is_printed_twice(text, node, heading):
        node.type, node.rule, node.confidence = SectionType.SUMMARY, "title", 0.7
        return
    lender = _lender(text, node, heading)
    if node.among_terms or (lender and _is_a_term(reading, lender)):
        node.type, node.basis, node.rule, node.confidence = SectionType.DEFINITIONS, Basis.INFERRED, "parent", 0.95
        return
    apart = not opinions.in_a_form and stands_apart(text[heading.start : heading.end])
    if reading and lender and not apart and (_is_part(text, heading, reading, lender) or weights[lender.type] > SURE):
        reading = None  # what stands above and the words below agree, whatever the line between them says
    if reading and opinions.series and reading.type in _PARTS_OF_GUIDANCE:
        reading = None  # it names what the documents are about
    whole = reading is not None and reading.whole
    said_by_heading = 1.0
    judgement = (
        None if lender or (whole and opinions.in_a_form) else judge(_opening(text, node, blocks=1 if whole else 3))
    )
    if reading and reading.exact and not reading.whole and judgement and judgement.type in ANNOUNCED:
        reading = None  # `Guidance` over `This guidance has been withdrawn`
    if reading and not opinions.in_a_form and _tells_what_to_do(text, node, heading, weights):
        node.type, node.rule, node.confidence = SectionType.RECOMMENDATIONS, "words", 0.9
        return
    if reading:
        if whole:
            agrees = judgement.type is reading.type if judgement else _recommends(text, node, reading, opinions)
            said_by_heading = _said_by_heading(node, reading, opinions, weights, agrees=agrees)
            weights[reading.type] *= said_by_heading
        else:
            speak_for(weights, reading.type, HEADING_WORD)
    if lender:
        lent = _lent(text, node, heading, lender)
        weights[lender.type] *= min(lent, PARENT) if whole else lent
    if judgement and (not reading or judgement.type in ANNOUNCED):
        speak_for(weights, judgement.type, said_by_phrase(judgement, opinions))
    if not whole:
        _speak_for_its_place(text, node, lender, opinions, weights)
    node.type, node.confidence = best(weights)
    if shown := _recommends_by(text, node, lender, reading, opinions):
        node.type, node.rule, node.confidence = SectionType.RECOMMENDATIONS, shown, 0.95
    elif reading and node.type is reading.type:
        node.rule = reading.rule
        if whole and said_by_heading > DOUBTED_HEADING:
            node.basis, node.confidence = Basis.EXPLICIT, None
    elif lender and node.type is lender.type:
        node.rule = "parent"
    elif node.confidence < opinions.threshold:
        node.type, node.rule, node.confidence = SectionType.OTHER, "none", None
    else:
        node.rule = "typer" if opinions.places else "words"
        node.outvoted = reading.type if reading and whole else None


def _lender(text: str, node: Node, heading: Block) -> Node | None:
    """The section above, where what it is for says something of this one."""
    above = node.parent
    if above is None:
        return None
    if above.outvoted is SectionType.RECOMMENDATIONS and above.type in _LEAD_AWAY:
        above = replace(above, type=SectionType.RECOMMENDATIONS, children=[])
    if above.type is SectionType.DEFINITIONS and above.heading and _DEFINES_ONE.match(text, above.heading.start):
        return None
    return None if above.type in _LEND_NOTHING or _is_a_chapter_behind_terms(text, heading, above) else above


def _speak_for_its_place(text: str, node: Node, lender: Node | None, opinions: Opinions, weights: Weights) -> None:
    """Weigh that the section leads the page, or stands beside one that its words made what it is; and that it instructs."""
    if node.below_title and not lender and not opinions.in_a_form:
        speak_for(weights, SectionType.SUMMARY, UNTITLED_LEAD)
    if node.elder and not lender and node.elder.type not in _LEND_NOTHING and not _is_told(node.elder):
        speak_for(weights, node.elder.type, ELDER)
    may_instruct = not opinions.in_a_form and not opinions.series and best(weights)[0] in _DESCRIBING
    if may_instruct and _instructs(text, node):
        speak_for(weights, SectionType.RECOMMENDATIONS, PHRASE)


_PARTS_OF_GUIDANCE = (
    SectionType.RECOMMENDATIONS,
    SectionType.EVIDENCE,
    SectionType.DISCUSSION,
    SectionType.RESPONSIBILITIES,
    SectionType.RESEARCH,
)
"""What guidance holds; in a manual on how it is made such a heading tells how that part is made."""
_RECOMMENDING = (SectionType.RECOMMENDATIONS, SectionType.RESEARCH)
_NUMBER_OF_THREE = re.compile(r"(?P<theirs>\d{1,2}\.\d{1,3})\.\d{1,3}\s")


def _reading(text: str, node: Node, heading: Block, weights: Weights) -> Reading | None:
    """What the heading says; one that says that it only tells the setting leaves no weight to what recommends."""
    words = text[heading.start : heading.end]
    reading = read(words)
    if reading and node.below_title and not reading.whole:
        return None  # a word of the title's second half
    if reading and tells_the_setting(words):
        weights[SectionType.RECOMMENDATIONS] = 0.0
    return reading


def _recommends_by(
    text: str, node: Node, lender: Node | None, reading: Reading | None, opinions: Opinions
) -> str | None:
    """What shows that recommendations stand below a heading, whatever their words are like: their labels, or numbers; below
    other recommendations that most sentences instruct, unless the heading is held word for word."""
    if node.type in _RECOMMENDING:
        return None
    is_research = reading is not None and reading.type is SectionType.RESEARCH
    if not (opinions.in_a_form or opinions.series or is_research) and numbered.recommends(
        next(_passages(text, node), "")
    ):
        return "numbers"
    said = reading.type if reading and reading.whole else SectionType.RECOMMENDATIONS
    among_others = lender is not None and lender.type is SectionType.RECOMMENDATIONS and not opinions.in_a_form
    if among_others and not (reading and (reading.exact or reading.common)) and _instructs(text, node, fewest=1):
        return "words"
    if lender:
        return "numbers" if _is_numbered_on(text, node, lender, said) else None
    addressed = is_addressed(text[node.blocks[0].start : node.blocks[0].end])
    if opinions.in_a_form or not (said in _RECOMMENDING or addressed):
        return None
    if _is_labelled(text, node):
        return "labels"
    return "numbers" if _instructs_by_number(text, node) else None


def _is_numbered_on(text: str, node: Node, lender: Node, said: SectionType) -> bool:
    """Whether recommendations go on below a heading among them: their numbers do, "1.1.1" below "1.1 Organisation".

    Whatever a heading says that bears the first two of the numbers itself ("1.1 Patient information"), it is one of theirs,
    and so is one that names whom something is told ("Patient information").
    """
    if lender.type is not SectionType.RECOMMENDATIONS or len(node.blocks) < 2:
        return False
    heading, below = node.blocks[0], node.blocks[1]
    number = _NUMBER_OF_THREE.match(text, below.start)
    return number is not None and (
        said is SectionType.RECOMMENDATIONS
        or (said is not SectionType.RESEARCH and text.startswith(f"{number['theirs']} ", heading.start))
        or is_addressed(text[heading.start : heading.end])
    )


def _instructs_by_number(text: str, node: Node) -> bool:
    """Whether at least two passages below the heading bear the number of a recommendation and say what to do."""
    return sum(map(numbered.instructs, _passages(text, node))) > 1 or _goes_on_its_number(text, node)


def _goes_on_its_number(text: str, node: Node) -> bool:
    """Whether most passages below a numbered heading that bear a number of its own, `1.2` below `1 Admission`, and at least
    two of them say what to do: many passages that recommend nothing have numbers of two parts."""
    chapter = NUMBERS.match(text[node.blocks[0].start : node.blocks[0].end])
    if chapter is None:
        return False
    told = [says for passage in _passages(text, node) if (says := numbered.of_chapter(passage, chapter[1])) is not None]
    return sum(told) > max(1, len(told) / 2)


_COUNTED = re.compile(r"Recommendation\s\d{1,2}[a-z]?[.:]?\s(?!(?:Report|Summary)\b)[A-Z]")
"""How a page's first heading begins where the page opens with a recommendation: "Recommendation 1 Wax the heels"."""
_NUMBER_ALONE = re.compile(r"\d{1,2}(?:\.\d{1,3}){1,2}\.?")


def _passages(text: str, node: Node) -> Iterator[str]:
    """What stands below the heading, block by block; a number on a line of its own together with what it counts."""
    number = ""
    for block in node.blocks[1:]:
        words = text[block.start : block.end]
        if _NUMBER_ALONE.fullmatch(words):
            number = f"{words} "
        else:
            yield number + words
            number = ""


def _asks(text: str, node: Node, heading: Block) -> bool:
    """Whether a heading that names care, `Person-centred care`, stands over sentences most of which say what should be.

    Below recommendations, and over what is labelled or numbered as they are, it names what those are about.
    """
    if not is_asking(text[heading.start : heading.end]) or _is_labelled(text, node) or _instructs_by_number(text, node):
        return False
    if node.parent and node.parent.type is SectionType.RECOMMENDATIONS:
        return False
    said = [has_cue(text[s:e]) for block in own_text(node) for s, e in sentences(text, block.start, block.end)]
    return sum(said) > max(1, len(said) / 2)


def _is_labelled(text: str, node: Node) -> bool:
    """Whether passages below the heading bear the label that only recommendations do: two years, or one "[new 2015]"."""
    ended = (block for block in node.blocks[1:] if text[block.end - 1] == "]")
    labels = [label for block in ended if (label := grades.label(text[block.start : block.end]))]
    return len(labels) > 1 or any(label.new or label.amended for label in labels)


def _is_told(node: Node) -> bool:
    """Whether its own heading says what the section is for: that says nothing of the one beside it."""
    return node.basis is Basis.EXPLICIT


def _is_a_term(reading: Reading | None, lender: Node) -> bool:
    """Whether a heading that the vocabulary does not hold stands below one that announces terms: whatever it names is one."""
    return lender.type is SectionType.DEFINITIONS and lender.basis is Basis.EXPLICIT and reading is None


_DEFINES_ONE = re.compile(r"(?:\d[\d.]{0,8}\s)?[Dd]efinition\sof\s(?!(?:key\s|the\s)?terms\b)")
"""How a heading begins that announces what one thing is: "Definition of a cluster"."""


_PARTED = re.compile(r"\d{1,2}\.\d{1,2}\s")


def _is_a_chapter_behind_terms(text: str, heading: Block, lender: Node) -> bool:
    """Whether the heading bears a number of two parts and the one over the terms above it none: it ends them."""
    return (
        lender.type is SectionType.DEFINITIONS
        and lender.heading is not None
        and _PARTED.match(text, heading.start) is not None
        and NUMBERS.match(text[lender.heading.start : lender.heading.end]) is None
    )


def _is_printed_twice(text: str, node: Node, heading: Block) -> bool:
    """Whether nothing but the heading itself stands below the heading: it names the page."""
    below = node.blocks[1:]
    longest = 2 * (heading.end - heading.start) + _BESIDE_THE_WORDS
    if not below or below[0].end - below[0].start > longest:
        return False
    words = normalise(text[heading.start : heading.end])
    return all(
        block.end - block.start <= longest and normalise(text[block.start : block.end]) == words for block in below
    )


_DESCRIBING = (
    SectionType.SUMMARY,
    SectionType.PROCEDURE,
    SectionType.EVIDENCE,
    SectionType.DISCUSSION,
    SectionType.CODING,
    SectionType.DEFINITIONS,
    SectionType.REFERENCES,
    SectionType.RECOMMENDATIONS,
)
"""Types whose sentences, recommendations aside, say how things are, and seldom what to do."""


def _instructs(text: str, node: Node, fewest: int = 2) -> bool:
    """Whether most of what stands below the heading, and at least so many sentences of it, says what to do. Where one is enough,
    as among other recommendations, the items of a list only complete its lead."""
    said: list[bool] = []
    listed = False
    for block in own_text(node):
        told = [
            sentence_wording(_without_sign(text[start:end])) is not None
            for start, end in sentences(text, block.start, block.end)
        ]
        completes = listed and block.kind is LIST_ITEM and fewest == 1 and not any(told)
        said += [] if completes else told
        listed = text[block.end - 1] == ":" or (listed and block.kind is LIST_ITEM)
    return sum(said) >= max(fewest, len(said) / 2)


def _recommends(text: str, node: Node, reading: Reading, opinions: Opinions) -> bool:
    """Whether the first sentence below `Recommendation` gives one: what stands below it may be conditions and reasons."""
    if reading.type is not SectionType.RECOMMENDATIONS or not reading.exact or opinions.in_a_form:
        return False
    first = next((span for block in own_text(node)[:1] for span in sentences(text, block.start, block.end)), None)
    return first is not None and sentence_wording(text[first[0] : first[1]]) is not None


def _without_sign(words: str) -> str:
    sign = _SIGN.match(words)
    return words[sign.end() :] if sign else words


_VERDICT = re.compile(
    r"(?:(?:This\sguidance|NICE)\s(?:does\snot\srecommend|recommends)|[A-Z][^.;:]{2,200}?\s(?:is|are)\s(?:(?:not|only|also)\s)?recommended)\b"
    r"[^.;:]{0,120}?\s(?:as\s(?:a\spossible\streatment|an\soption)|within\sits\smarketing)\b"
)
"""What an appraisal decided: on its overview nothing else stands below "Overview"."""
_YOU_CAN_HAVE = re.compile(r"(?:If\s[^.;:]{5,200},\s)?[Yy]ou should be able to have ")
"""How a recommendation is told to those who ask who can have something."""


def _tells_what_to_do(text: str, node: Node, heading: Block, weights: Weights) -> bool:
    """Whether a heading that says only whom something is told stands over what they are to do, rather than over where to read more;
    or one that says nothing, "Overview", over what was decided."""
    opening, words = _opening(text, node, blocks=1), text[heading.start : heading.end]
    if _YOU_CAN_HAVE.match(opening) or (normalise(words) == "overview" and _VERDICT.match(opening)):
        return True
    if normalise(words) in _FOREMOST and _opens_with_instructions(text, node):
        return True
    addressed = is_addressed(words)
    likelier = weights[SectionType.RECOMMENDATIONS] >= weights[SectionType.REFERENCES]
    return addressed and likelier and _instructs(text, node)


_FOREMOST = ("main messages", "key actions")
"""Headings, as normalised, over what matters most, which may be what to do; key facts and points are seldom that."""


def _opens_with_instructions(text: str, node: Node) -> bool:
    """Whether the first passages below the heading, two at least, each say mostly what to do."""
    run = list(
        takewhile(
            lambda block: instructing.is_told_mostly(text, block.start, block.end, instructing.is_imperative),
            own_text(node),
        )
    )
    return len(run) > 1


def _said_by_heading(node: Node, reading: Reading, opinions: Opinions, weights: Weights, *, agrees: bool) -> float:
    """How much likelier a heading that the vocabulary holds makes its type; less where much text is surely for another,
    unless the first words below agree with a heading that is held word for word."""
    if agrees and reading.exact:
        return WHOLE_HEADING
    much = node.blocks[-1].end - node.blocks[0].start > _MUCH
    type_, probability = best(weights)
    of_the_page = node.leads and reading.type is SectionType.REFERENCES  # `Further information` may name any page
    certain = CERTAIN_OF_ANY if (reading.gapped or of_the_page) and not opinions.in_a_form else CERTAIN
    return DOUBTED_HEADING if much and type_ is not reading.type and probability > certain else WHOLE_HEADING


def said_by_phrase(judgement: Judgement, opinions: Opinions) -> float:
    """How much likelier a phrase makes its type."""
    if opinions.in_a_form:
        return PHRASE_IN_A_FORM
    if opinions.series:  # it speaks of guidance all along
        return SURE_PHRASE if judgement.sure else 1.0 if judgement.faint else FAINT_PHRASE
    if judgement.faint:
        return FAINT_PHRASE
    return SURE_PHRASE if judgement.sure else PHRASE


def _lent(text: str, node: Node, heading: Block, lender: Node) -> float:
    """How much likelier the type of the section above is; little where only its words make it stand above."""
    if heading.level == 0 and not node.in_chapter and not NUMBERS.match(text[heading.start : heading.end]):
        return UNMARKED_PARENT
    return HEADED_PARENT if lender.rule.startswith(("heading", "parent")) else PARENT


def _opening(text: str, node: Node, blocks: int) -> str:
    return " ".join(text[block.start : block.end] for block in own_text(node)[:blocks])


ANNOUNCED = (SectionType.STATUS, SectionType.LEGAL, SectionType.RESPONSIBILITIES, SectionType.DEVELOPMENT)
"""Types that often stand at the end of another section without a heading, and that phrases give away."""


_TOPICS = (SectionType.PROCEDURE, SectionType.SUMMARY)
_DONE = (SectionType.DEVELOPMENT, SectionType.IMPLEMENTATION, SectionType.RESPONSIBILITIES)
"""What numbered recommendations may be about as well: `1.1 Developing systems and processes`."""
_DISCUSSED = (
    SectionType.EVIDENCE,
    SectionType.PROCEDURE,
    SectionType.RECOMMENDATIONS,
    SectionType.RESPONSIBILITIES,
)
"""What a discussion weighs: parts of it are called `The evidence`, `The condition`, `Clinical management`, `Equality`."""


_OF_A_PROCEDURE = (SectionType.SCOPE, SectionType.SUMMARY)
"""A chapter on a procedure begins with what it is done for: `2.1 Indications`."""


def _is_part(text: str, heading: Block, reading: Reading, parent: Node) -> bool:
    """Whether the heading only names a part of the section above: `Diagnosis` below recommendations, `12.1 Introduction`."""
    if reading.common and parent.rule.startswith(("heading", "parent")):
        return True
    if parent.type is SectionType.RECOMMENDATIONS:
        counted = _PARTED.match(text, heading.start) is not None
        return reading.type in _TOPICS or (counted and not reading.exact and reading.type in _DONE)
    if parent.type is SectionType.DISCUSSION and parent.basis is Basis.EXPLICIT:
        return reading.type in _DISCUSSED
    number = (NUMBERS.match(text[heading.start : heading.end]) or ["", ""])[1]
    if parent.type is SectionType.RESEARCH and parent.basis is Basis.EXPLICIT and number:
        return True
    parted = "." in number
    if parent.type is SectionType.PROCEDURE and parent.basis is Basis.EXPLICIT and parted:
        return reading.type in _OF_A_PROCEDURE
    shown = heading.level > 0 or parted
    return shown and reading.type is SectionType.SUMMARY
