"""Whom a document is for: its readers, as a field, a sentence or a list names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile

from betony.model import Basis, Block, BlockKind, Fact, Section
from betony.nlp import actors, cues, heading_words, phrases, run_together, vocabulary
from betony.nlp.below_headings import under
from betony.nlp.clauses.signs import FINITE
from betony.nlp.sentences import sentences
from betony.nlp.stems import Places, Stems

_WORDS = vocabulary.read("identity")
_STATEMENT_LONGEST = 1500
_AUDIENCE_LONGEST = 240
_ITEM_LONGEST = 600
"""Characters of an item among others who are named; one that gives many examples is no less one of them."""
_FEWEST_READERS = 2
_OTHER = "Other"
"""What stands in a list of readers and names none."""
_AND_NEXT = re.compile(r",\s(?:and\s)?(?:for\s)?")
_THOSE = ("those ", "others ", "anyone ", "everyone ", "people who ", "people and organisations ")
_LIST_START = re.compile(r"[\s•*·–-]+")
_NEXT_CHAPTER = re.compile(r"(?!1\D)\d{1,2}[.)]?\s[A-Z]")
"""What follows "1. Who this is for" in a list of contents."""
_LAST_OF_LIST = re.compile(r"[a-z][^.]{2,60}\.")
"""The last item of a list, which a stop ends: no sentence, for it begins small."""
_LAST_READERS = re.compile(r"[A-Z][^.:]{2,300}\.")
_WHO_ARE = re.compile(r"\b(?:who|whose|that|which)\s[^,;]+")
_SECOND_SENTENCE = re.compile(r"(?<=[a-z)]{3})\.\s{1,3}(?=[A-Z][a-z])")
_STATEMENT = re.compile(r"[.:?]\s*$")


def audience(text: str, blocks: Sequence[Block], sections: Sequence[Section], places: Places) -> list[Fact]:
    """The facts `audience`: those below a heading that says so, else those that a sentence names, else those of a list.

    Where nobody acts among those below the heading, "Northtown clinics only", the sentence names the readers beside them."""
    if headed := list(_headed(text, blocks, sections)) or list(_one_a_line(text, blocks)):
        acts = any(set(actors.kinds(fact.value)) - {"patient"} for fact in headed)
        return headed if acts else [*headed, *_said(text, blocks, places)]
    return (
        list(_labelled(text, blocks))
        or _said(text, blocks, places)
        or _listed(text, blocks, places)
        or _in_the_lead(text, blocks)
    )


def _labelled(text: str, blocks: Sequence[Block]) -> Iterator[Fact]:
    """Whom a line at the head of a page names behind the label that says so: "Who this is for: keepers who wax boots"."""
    for block in blocks[:_LABELS_TOP]:
        label = _WHO_LABEL.fullmatch(text, block.start, block.end)
        if label and FINITE.search(_WHO_ARE.sub("", label["who"])) is None:
            yield from (_named(text, span, "label") for span in _readers(text, label) or [label.span("who")])
            return


_LABELS_TOP = 8
_WHO_LABEL = re.compile(
    r"Who\s(?:(?:this|it)(?:\s(?:guidance|guideline|document|advice|page|information))?\sis|is\s(?:this|it)(?:\s(?:guidance|guideline|document|advice|page|information))?)\s(?:intended\s)?for\s?[:?]\s(?P<who>(?!(?:This|These|It|The|Our|We|You|If|See|Read|Click)\b)[A-Za-z][^;:?\n]{2,200}?)\.?"
)
"""A label with what stands behind it, which is no sentence."""


def _headed(text: str, blocks: Sequence[Block], sections: Sequence[Section]) -> Iterator[Fact]:
    listed = False
    for block in under(text, blocks, sections, frozenset(_WORDS["audience"])):
        if (listed and block.kind is not BlockKind.LIST_ITEM) or _NEXT_CHAPTER.match(text, block.start, block.end):
            return
        listed = block.kind is BlockKind.LIST_ITEM
        lead = _LIST_START.match(text, block.start, block.end)
        start = lead.end() if lead else block.start
        also = _is_also_for().search(text, start, block.end) if listed else None
        words = text[start : also.start() if also else block.end]
        if not listed and (every := _for_everyone().fullmatch(text, start, block.end)):
            yield _named(text, every.span("who"), "heading")
            continue
        if listed and (over := _OVER_OTHERS.search(words)):
            words = words[: over.start()]  # "Providers of heel services, including:" over those who are named beneath
        if not listed and words.endswith(" including"):
            yield from _over_examples(text, block)
            continue
        if listed and not also:
            words = _without_a_remark(words)
        if listed and not also and _is_said(words):
            return  # the list has run on into what the document says
        if listed and _is_last_of_list(words):
            words = words[:-1]
        if not listed and (whole := _SENTENCE.match(words)) and _is_named_alone(whole["who"]):
            yield _named(text, (start, start + whole.end("who")), "heading")
            return
        if not words or _STATEMENT.search(words) or "\n" in words:
            continue
        names = run_together.apart(words.rstrip(" ;,\u00a0"))
        longest = _ITEM_LONGEST if listed else _AUDIENCE_LONGEST
        if len(words) > longest and len(names) < _FEWEST_READERS:
            continue
        for name in names:
            end = start + len(name)
            if name != _OTHER:
                yield _named(text, (start, end), "heading")
            start = end + 1
        yield from (_named(text, span, "heading") for span in (_readers(text, also) if also else ()))


_OVER_OTHERS = re.compile(r",?\sincluding\s?:$")
_SENTENCE = re.compile(r"(?P<who>(?!(?:This|These|It|The|Our|We)\b)[A-Z][^.:;?\n]{5,300})\.(?=\s|$)")


def _named(text: str, span: tuple[int, int], rule: str) -> Fact:
    return Fact("audience", " ".join(text[slice(*span)].split()), (span,), Basis.EXPLICIT, rule)


def _is_named_alone(words: str) -> bool:
    """Whether words that a stop ends are no sentence, but name readers who act: "Services and charities that care for walkers."."""
    acts = set(actors.kinds(words)) - {"patient"}
    return bool(acts) and FINITE.search(_WHO_ARE.sub("", words)) is None


def _one_a_line(text: str, blocks: Sequence[Block]) -> Iterator[Fact]:
    """The readers below the line "Intended Users", one a line, to the next line that a summary has for a heading."""
    label = next((i for i, block in enumerate(blocks) if text[block.start : block.end].strip() == _USERS), None)
    if label is None:
        return
    below = blocks[label + 1 : label + 1 + _MOST_USERS]
    lines = list(takewhile(lambda block: not heading_words.is_exact(text[block.start : block.end]), below))
    names = [text[block.start : block.end].strip() for block in lines]
    if len(lines) < len(below) and len(names) >= _FEWEST_READERS and all(map(_is_a_user, names)):
        for name, block in zip(names, lines, strict=True):
            if name != _OTHER:
                yield Fact("audience", name, ((block.start, block.start + len(name)),), Basis.EXPLICIT, "heading")


_USERS = "Intended Users"
_MOST_USERS = 40
_USER_LONGEST = 60


def _is_a_user(name: str) -> bool:
    """Whether a line of a summary names a kind of reader: one who acts, or a word that the lists of them have."""
    ended = name.lower().endswith(tuple(_WORDS["readers"]))
    return len(name) <= _USER_LONGEST and name[-1] not in ".:;,?" and (ended or bool(actors.kinds(name)))


def _over_examples(text: str, block: Block) -> Iterator[Fact]:
    """Whom a sentence names that the list below it gives examples of: "It will be of interest to heel nurses, including"."""
    led = _over_a_list().fullmatch(text, block.start, block.end)
    if led and actors.kinds(led["who"]):
        yield Fact("audience", " ".join(led["who"].split()), (led.span("who"),), Basis.EXPLICIT, "heading")


def _without_a_remark(words: str) -> str:
    """An item without a second sentence that names no reader: "Heel nurses. Particular consideration is given to wax"."""
    remark = _SECOND_SENTENCE.search(words)
    named = remark is not None and FINITE.search(_WHO_ARE.sub("", words[: remark.start()])) is None
    return words[: remark.start()] if remark and named and FINITE.search(words, remark.end()) else words


def _is_said(words: str) -> bool:
    """Whether the item is a sentence of the document whose subject is no reader: "Wax is a balm that is licensed for dry heels."."""
    own = _WHO_ARE.sub("", words)
    verb = FINITE.search(own) if words.endswith(".") and words[:1].isupper() else None
    return verb is not None and not actors.kinds(own[: verb.start()])


def _is_last_of_list(words: str) -> bool:
    """Whether a stop ends the last item of a list, and no sentence."""
    if _LAST_OF_LIST.fullmatch(words):
        return True
    return _LAST_READERS.fullmatch(words) is not None and FINITE.search(_WHO_ARE.sub("", words)) is None


_FOR_WHOM = Stems(
    (
        " is for", " are for", "aimed at ", " apply to ", " applies to ", " applicable to ", "guidance for ", "advice for ", "advice to ", "guidance to ", "recommendations for ",
        " to aid ", " to assist ", " to guide ", " to inform ", " advise", " helps", " assists", " to help ", " to support ", " use by ", " provide ", " provides ", " equip", "relevan", " interest to ", "ntended for ", "esigned for ", "eveloped for ",
    )
)  # fmt: skip


def _said(text: str, blocks: Sequence[Block], places: Places) -> list[Fact]:
    """Whom a sentence names that the document is for, where each of them is somebody who acts and not all are in care."""
    for i in cues.around(blocks, [range(len(blocks))], places.spans(_FOR_WHOM)):
        span = blocks[i].start, min(blocks[i].end, blocks[i].start + _STATEMENT_LONGEST)
        if whole := _those_concerned(text, blocks, i, span):
            return [whole]
        said = next(
            filter(None, (named().search(text, *span) for named in (_is_for, _is_made_for, _equips, _aids))), None
        )
        if said is None or (
            text.startswith("It ", said.start()) and not _follows_its_name(text, blocks, i, said.start())
        ):
            continue
        if _ISSUED_BY_ANOTHER.search(text, blocks[i].start, said.start()):
            continue
        each = _readers(text, said)
        if each and (more := _is_also_for().match(text, said.end("who") + 1, blocks[i].end)):
            each += _readers(text, more)
        if each:
            return [_named(text, span, "statement") for span in each]
    return []


_ISSUED_BY_ANOTHER = re.compile(
    r"(?:Department|Ministry|Council|College|Board|Agency|Commission|Authority|Office|Society|NHS\sEngland)\b[^.;\n]{0,80}?\s(?:has\s|have\s)?(?:issued|published|produced|released)\s(?:[\w-]+\s){0,3}(?:guidance|guidelines?|standards?|code)\b[^.\n]{0,200}\.\s$"
)
"""What is said right before "This guidance" of another's: "In May 2031, the Department of Heels issued guidance on wax."."""


def _those_concerned(text: str, blocks: Sequence[Block], i: int, span: tuple[int, int]) -> Fact | None:
    """All those concerned whom a sentence names, where one of its examples acts: "all those concerned with heels, including nurses"."""
    if every := _for_everyone().search(text, *span):
        return _named(text, every.span("who"), "statement")
    said = _concerned().search(text, *span)
    if said is None or (text.startswith("It ", said.start()) and not _goes_on_about_it(text, blocks, i, said.start())):
        return None
    value = " ".join(said["who"].split())
    acts = set(actors.kinds(value.partition(", including ")[2])) - {"patient"}
    return Fact("audience", value, (said.span("who"),), Basis.EXPLICIT, "statement") if acts else None


def _goes_on_about_it(text: str, blocks: Sequence[Block], i: int, at: int) -> bool:
    """Whether an "It" speaks of the document, as the sentences do that begin with "It" between it and the document's name."""
    while not _follows_its_name(text, blocks, i, at):
        i -= at <= blocks[i].start
        if i < 0:
            return False
        told = sentences(text, blocks[i].start, min(at, blocks[i].end))
        if not told or not text.startswith("It ", told[-1][0]):
            return False
        at = told[-1][0]
    return True


def _readers(text: str, said: re.Match[str]) -> list[tuple[int, int]]:
    """Those whom the words name, where each is somebody who acts and not all are in care."""
    start, end = said.span("who")
    made = _MADE_BY.search(text, start, end)
    each = _groups(text, list(_between(text, start, made.start() if made else end, _AND_NEXT)))
    kinds = [actors.kinds(text[start:end]) for start, end in each]
    if "applies" in said.re.groupindex and said["applies"] and not all(set(kind) - {"patient"} for kind in kinds):
        return []  # those in care, to whom it applies, need not read it
    if any(_is_cut_short(text, start, end) or _A_DEED.match(text, start, end) for start, end in each):
        return []
    others = len(each) > _FEWEST_READERS and _AND_OTHERS.match(text, each[-1][0]) is not None and bool(kinds[-1])
    named = others or all(kind or text.startswith(_THOSE, start) for kind, (start, _) in zip(kinds, each, strict=True))
    if not named and text.startswith(_THOSE, each[0][0]) and said.group().endswith(said["who"]):
        return [said.span("who")]  # what those do who are named goes on behind a comma
    return each if named and not all(kind == ("patient",) for kind in kinds) else []


def _is_cut_short(text: str, start: int, end: int) -> bool:
    """Whether the words name a reader in part: "everyone" with responsibility for heels."""
    goes_on = text.endswith(("anyone", "everyone"), start, end) and text.startswith(" with ", end)
    return goes_on or _CUT_SHORT.search(text, start, end) is not None


_MADE_BY = re.compile(
    r",\s(?:produced|developed|written|published|prepared|issued|commissioned)\sby\s|,\sincluding\s(?:updates?|information|advice|details|guidance|links)\b"
)
"""What is told of the document itself behind its readers: "for school nurses, produced by the Heel Office"."""
_AND_OTHERS = re.compile(
    r"(?:and\s)?other\s(?:[\w-]{2,20}\s){0,3}(?:professionals|staff|practitioners|workers|clinicians|providers)\b"
)
"""How the last of several readers is named that tells of what kind all of them are: "heelers, waxers and other professionals"."""
_CUT_SHORT = re.compile(
    r"\b(?:working|caring|considering|treating|including|dealing|those|registered|as|fit|concerned)$|\b(?:caring\sfor|working\swith|treating)\speople$|\sas\sthey\s"
)
"""What the words end with that name a reader in part, or hold of what he or she does."""
_A_DEED = re.compile(
    r"(?!(?:people|those|staff|men|women|children|adults|anyone|everyone|nursing|consulting|prescribing|visiting)\b)(?:[a-z]{1,20}[a-rt-z]\s)?[a-z]{2,20}ing(?:\s(?:in|on|for|at|of|an?|the|your|our|their)\b|$)"
)
"""How the words begin for what is done, be a reader's name among them: "nurse prescribing", "finding a dentist"."""


def _in_the_lead(text: str, blocks: Sequence[Block]) -> list[Fact]:
    """Whom the title names, or a line right below it or below "Details": "Heels: guidance for nurses", "For health professionals"."""
    details = (i + 1 for i, block in enumerate(blocks[:-1]) if text[block.start : block.end].strip() == "Details")
    for i in (*range(min(_LEAD_BLOCKS, len(blocks))), *details):
        block = blocks[i]
        lines = (line.fullmatch(text, block.start, block.end) for line in (_TITLE, *_LEAD_LINES)[: None if i else 2])
        said = next(filter(None, lines), None)
        if said is None or FINITE.search(text, block.start, said.start("who")) or _NO_OWN.search(said.group()):
            continue
        if each := _readers(text, said):
            return [
                Fact("audience", " ".join(text[start:end].split()), ((start, end),), Basis.EXPLICIT, "lead")
                for start, end in each
            ]
    return []


_LEAD_BLOCKS = 4
_NO_OWN = re.compile(
    r"\b(?:(?:lack|shortage|absence|cost)\sof|(?:calls?|search|need|demand)\sfor|better|more|without|no)\s(?:guidance|advice|guide|information|toolkits?|checklists?|summary|resources?)\sfor\s",
    re.IGNORECASE,
)
"""Words of a title that tells of guidance which is lacking, sought or paid for: "Lack of guidance for nurses"."""


_TITLE = re.compile(
    r"(?:[^\n]{0,160}?[\s-])?(?:[Gg]uidance|[Aa]dvice|[Gg]uide|[Ii]nformation|[Tt]oolkit|[Cc]hecklist|[Ss]ummary|[Rr]esources?|[Ff]act\s?[Ss]heet|[Hh]andbook)"
    r" [Ff]or (?P<who>[^.;:()\n]{3,100}?)(?:(?: to [a-zA-Z]| on | about | [-–—|] |: ?(?=\w))[^\n]{0,160}|\s?\.?)"
)
_LEAD_LINES = (
    re.compile(
        r"For (?!(?:each|every|more|further)\b)(?P<who>(?:(?!, (?:see|a|an|the)\b)[^.;:()\n]|\([A-Z][\w-]{1,9}\)){3,100}?)(?<! read)(?<! follow)(?<! me)\.?"
    ),
    re.compile(
        r"(?:Advice|Guidance|Information|Recommendations)(?: and (?:advice|guidance|information|recommendations))?"
        r" (?:(?:on|about) [^.;:\n]{3,160}? )?for (?P<who>(?:[^.;:()\n]|\([A-Z][\w-]{1,9}\)){3,100}?)(?: (?:on|about) [^.;:\n]{3,240})?\.?"
    ),
)


_FOR_THE_LISTED = Stems((" for the following ", " and is for:", " and is for :", " and is aimed at:"))


def _listed(text: str, blocks: Sequence[Block], places: Places) -> list[Fact]:
    """Those whom the items of a list name below the sentence that the document is for them: "for the following audiences:"."""
    for i in cues.around(blocks, [range(len(blocks))], places.spans(_FOR_THE_LISTED)):
        second = _and_is_for().search(text, blocks[i].start, blocks[i].end)
        if not second and not _for_these().fullmatch(text, blocks[i].start, blocks[i].end):
            continue
        items = list(takewhile(lambda block: block.kind is BlockKind.LIST_ITEM, blocks[i + 1 :]))
        each = [_of_item(text, block) for block in items]
        if second and not any(set(actors.kinds(text[slice(*one)])) - {"patient"} for one in each):
            continue
        if len(each) > 1 and all(end - start <= _AUDIENCE_LONGEST for start, end in each):
            return [
                Fact("audience", " ".join(text[slice(*one)].split()), (one,), Basis.EXPLICIT, "list") for one in each
            ]
    return []


def _of_item(text: str, block: Block) -> tuple[int, int]:
    """The words of an item without its sign and its stop."""
    sign = _LIST_START.match(text, block.start, block.end)
    start = sign.end() if sign else block.start
    return start, start + len(text[start : block.end].rstrip(" .;,\u00a0"))


def _follows_its_name(text: str, blocks: Sequence[Block], i: int, at: int) -> bool:
    """Whether the sentence before an "It" speaks of the document: in the same passage, or all that stands in the one above."""
    before = blocks[i] if at > blocks[i].start else blocks[i - 1] if i else None
    if before is None:
        return False
    last = sentences(text, before.start, min(at, before.end))[-1:]
    return bool(last) and _itself().match(text, *last[0]) is not None


@cache
def _itself() -> re.Pattern[str]:
    return phrases.pattern("(?=this|the){self} (?!and\\b|or\\b)")


def _groups(text: str, pieces: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What stands between commas, as groups of people: a list within a group, or who above all is meant, parts none; the last two
    of a list that "and" alone joins are two, "GPs, nurses and carers"."""
    groups: list[tuple[int, int]] = []
    for start, end in pieces:
        goes_on = groups and (_ABOVE_ALL.match(text, start, end) or _is_governed(text, groups[-1], (start, end)))
        if goes_on:
            groups[-1] = (groups[-1][0], end)
        else:
            groups.append((start, end))
    last = groups[-1]
    joined = _LAST_TWO.fullmatch(text, *last)
    closed = text[: last[0]].rstrip().endswith("and")
    alone = len(groups) == 1
    if len(pieces) == len(groups) and joined and not closed and not (alone and _OF_SOME_KIND.search(joined["right"])):
        both = [(joined.start("left"), joined.end("left") - 1), joined.span("right")]
        if all(_is_group(text, *one) for one in both):
            groups[-1:] = both
    return groups


def _is_governed(text: str, group: tuple[int, int], piece: tuple[int, int]) -> bool:
    """Whether what stands behind a comma is a further thing that a preposition of the group before it governs, "nurses in hospitals"
    "care homes and hospices": none that acts, people in care where the others are, or a place."""
    ended = _ENDS_IN_A_SECTOR.search(text, *group) is not None
    if ended and _PLACE.search(text, *piece):
        return True
    if _OF_WHAT.fullmatch(text, *group) and _SERVICES.match(text, *piece):
        return True
    if _INCLUDING.search(text, *group) and not text.endswith("for ", 0, piece[0]) and _PLACE.search(text, *piece):
        return True
    led = _GOVERNED.fullmatch(text, *group)
    if led is None or text.startswith(_THOSE, piece[0]) or (_AND.search(led["governed"]) and not ended):
        return False
    kinds = actors.kinds(text[slice(*piece)])
    if kinds == ("patient",):
        return actors.kinds(led["governed"]) == kinds
    return not kinds or _PLACE.search(text, *piece) is not None or _ENDS_IN_A_SECTOR.search(text, *piece) is not None


_OF_WHAT = re.compile(
    r"(?:(?:planners|commissioners|providers|managers|directors|heads|leads)(?:,?\s(?:and\s)?)?){1,3}\sof\s[^.;]{2,200}\b(?:services|care|programmes|homes)"
)
_SERVICES = re.compile(
    r"(?:[\w-]{1,30}\s){1,8}?(?:services|care|programmes|homes)\b(?!\s(?:managers|staff|providers|leads|professionals|workers))"
)
"""What those plan or provide too who are named by what they do: "providers of heel services" and "testing services for walkers"."""
_INCLUDING = re.compile(r",\sincluding\s(?:those\sin\s)?[^.;]{2,200}$")
"""How a group ends of which places are named: "charities, including those in the NHS" and "housing associations"."""
_AND = re.compile(r"\s(?:and|or)\s")
_GOVERNED = re.compile(r"[^.;]{2,200}\s(?:in|of|at|for|from|within|with|across|among)\s(?P<governed>[^.;]{2,120})")
_ENDS_IN_A_SECTOR = re.compile(r"\b(?:public|private|voluntary|independent|community|statutory)$")
"""How a group ends whose sectors are named one by one: "the wider public", "voluntary and community sectors"."""
_PLACE = re.compile(
    r"\b(?:hospitals?|homes?|hospices|schools|colleges|universities|nurseries|prisons|clinics|surgeries|practices|pharmacies|organi[sz]ations|firms"
    r"|companies|businesses|associations|hostels|shelters|settings|sectors?|services|departments|units|wards|centres|authorities|councils|trusts|workplaces|places|care)$"
)
"""The last word of what is a place or a body, in which people work who are named before it."""


def _is_group(text: str, start: int, end: int) -> bool:
    return bool(actors.kinds(text[start:end])) or text.startswith(_THOSE, start)


_ABOVE_ALL = re.compile(
    r"(?:above\sall|especially|particularly|in\sparticular|mainly|including|such\sas|for\sexample|notably|whether|whatever|both|who|whose|which)\b"
)
_OF_SOME_KIND = re.compile(r"\s(?:in|of|at|for|from|within|with|who|whose|working)\s|\sand\s")
"""What makes a group of two names one: "nurses and midwives in heel clinics"."""
_LAST_TWO = re.compile(
    r"(?P<left>(?:(?!(?:in|of|at|for|from|within|with|who|and|to)\s)[\w’'-]{1,30}\s){1,4}?)and\s(?P<right>(?!(?:their|its|other|others|related)\s)[^,;]{3,120})"
)


def _between(text: str, start: int, end: int, divider: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for match in divider.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


@cache
def _is_for() -> re.Pattern[str]:
    return phrases.pattern(
        r"(?:{self}|these recommendations|(?-i:\bIt)) (?:(?:is|are) (?:mainly |primarily )?(?:(?:intended |designed |written )?for (?:the )?use by |(?:for|aimed at):? (?!use\b|the use\b|information\b))|(?P<applies>(?:appl(?:y|ies)|(?:is|are) applicable) to ))(?P<who>(?:[^.;:()\n]|\([^().;:,\n]{2,60}\)){5,300}?)(?=\.|, (?:irrespective|regardless) of\b| unless otherwise\b)"
    )


@cache
def _is_made_for() -> re.Pattern[str]:
    """What a document was made for, or gives to whom: "has been developed to aid nurses in", "provides guidance for nurses on"."""
    return phrases.pattern(
        r"{self} (?:(?:is|are|was|were|has been|have been) (?:\w+ly )?(?:(?:designed|intended|written) for(?! use\b)|(?:developed|designed|intended|written|produced|provided) to (?:aid|help|assist|support|guide|inform))"
        r"|(?:aims? to )?(?:advises?|helps?|assists?)|(?:aims? to )?(?:provides?|gives?|offers?|contains?) (?:[\w-]+ ){0,2}(?:guidance|advice|information|recommendations|reference document) (?:for|to(?: help| support| assist)?)|(?:will be|is) (?:of (?:relevance|interest)|relevant) to)"
        r" (?P<who>(?:[^.;:()\n]|\([^().;:,\n]{2,60}\)){5,300}?)(?= (?:and others|make|understand|decide|manage|assess|plan|deliver|identify|use|apply|implement|meet|choose|improve|on|about|regarding|concerning|with|to|who|when|by|involved in|in (?:the|their|[a-z]+ing)|for (?:the )?(?:management|care|treatment|prevention|control|diagnosis|assessment|investigation) of)\b|(?<!who)(?<!to)(?<!or)(?<!and) (?:protect|commission|provide|prevent|reduce|support) |\.)"
    )


@cache
def _over_a_list() -> re.Pattern[str]:
    """A sentence whose readers a list below it goes on to name."""
    return phrases.pattern(
        r"(?:{self}|the (?:clinical |practice )?guideline|it) (?:(?:will be|is|may be) (?:of (?:relevance|interest)|relevant) to|(?:is|are) (?:intended )?for)"
        r" (?P<who>[^.;:\n]{5,240}?),? including"
    )


@cache
def _concerned() -> re.Pattern[str]:
    """Whom a document is to help that names them by what they have to do with: "all those concerned with cracked heels"."""
    return phrases.pattern(
        r"(?:{self}|(?-i:\bIt)) (?:is|are|was) (?:intended|designed|meant) to (?:aid|help|assist|support|guide|inform) (?P<who>all those (?:who are )?(?:concerned|involved|working) (?:with|in) [^.;:()\n]{3,400})(?=\.)"
    )


@cache
def _for_everyone() -> re.Pattern[str]:
    """All of those who act whom a document is for by what they have to do with: "is for all professionals involved in walks"."""
    return phrases.pattern(
        r"{self} (?:is|are) (?:intended |designed |aimed )?(?:for|at) (?P<who>all (?:[\w-]+ ){0,2}(?:professionals|staff|practitioners|clinicians|workers|nurses|doctors) (?:who are )?(?:involved|engaged|working) in [^.;:()\n]{3,300})\."
    )


@cache
def _equips() -> re.Pattern[str]:
    """Whom a document gives something: "aims to provide heel nurses with an overview of"."""
    return phrases.pattern(
        r"{self} (?:aims? to )?(?:provides?|equips?|supplies|supply) (?!(?:an?|the|some|more|any)\b|(?:[\w-]+ ){0,2}(?:information|guidance|advice|recommendations|details|support)\b)"
        r"(?P<who>(?:(?! (?:for|on|about|to|who|of) )[^.;:()\n]|\([A-Z][\w-]{1,9}\)){5,120}?) with (?=(?:an? |the )?(?:[a-z]+ ,?(?:and )?){0,3}(?:overview|framework|understanding|knowledge|skills|training|resources?|information|guidance|advice|recommendations|methods|tools|support|details|help)\b)"
    )


@cache
def _aids() -> re.Pattern[str]:
    """Whose decisions a document aids: "The briefings provide information to aid local decision-making by clinicians and managers"."""
    return phrases.pattern(
        r"(?:{self}|the briefings?) provides? information to (?:aid|support|inform|help) (?:[a-z]+ )?(?:decision[-‑ ]making|decisions) by"
        r" (?P<who>(?:[^.;:()\n]|\([^().;:,\n]{2,60}\)){5,300}?)(?= (?:on|about|who|when|in)\b|\.)"
    )


@cache
def _is_also_for() -> re.Pattern[str]:
    """A second sentence on whom it is for, right behind the first."""
    return phrases.pattern(
        r" ?It (?:is (?:also for|(?:also )?aimed at)|also applies to) (?!(?:[\w-]+ ){1,3}(?<!\bclose\s)to (?!the\b|an?\b|this\b|their\b|those\b|people\b)[a-z])(?P<who>(?:[^.;:()\n]|\([^().;:,\n]{2,60}\)){5,300}?)(?=\.)"
    )


@cache
def _and_is_for() -> re.Pattern[str]:
    """The end of a sentence that tells what the document does, and then whom a list says it is for: "explains how to wax and is for:"."""
    return phrases.pattern(
        r"{self} (?:explains?|describes?|sets? out|covers?|gives?|provides?|summarises?|outlines?) [^.:;\n]{3,200} and is (?:for|aimed at) ?:$"
    )


@cache
def _for_these() -> re.Pattern[str]:
    return phrases.pattern(
        r"{self} (?:is|are|(?:also )?(?:makes|contains|gives) recommendations) for the following (?:audiences?|readers|groups|people|professionals)(?: and settings)? ?:"
    )
