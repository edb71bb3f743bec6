"""What a verb relates the document to: references behind it, titles, versions, and the items of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from betony.model import Block, BlockKind, Fact
from betony.nlp import lists, phrases, references, subject, when
from betony.nlp.clauses.signs import FINITE
from betony.nlp.looks import has_any
from betony.nlp.relations.facts import date_behind, fact_of
from betony.nlp.relations.verbs import Verb, find_verbs
from betony.nlp.relations.wording import expanded

CITED = re.compile(r"(?:19|20)\d\d")
_OPENS_LIST = re.compile(
    r"\b(?:following(?:\s(?:NICE\s)?(?:[\w-]+\s){0,2}(?:guid\w+|standards?|appraisals?|documents?|publications?|advice))?|replaces|updates|supersedes|(?:guidance|guidelines?|appraisals?|standards?|advice)\s(?:on|for|about))\s?:\s{0,3}$"
)
"""How a sentence ends whose targets are the items below it."""
_BEHIND = re.compile(r"\s?\((?:published\s|issued\s)?(?:in\s)?|,\s(?=[A-Z\d])|\sfrom\s(?=(?:19|20)\d\d\b)")
"""What stands between a title and its date: "(2031)", ", May 2031", "from 1993"."""
_ISSUED = re.compile(r"\b(?:published|issued|released)\s(?:by\s(?:the\s)?[\w ]{2,40}?\s)?(?:in|on)\s")
_SEVERAL = re.compile(
    r"(?:the\s)?(?:NICE(?:['’]s)?\s)?(?:guidelines|(?:quality\s)?standards)\son\s(?P<others>[^:;()]{3,160}?),?\sand\s(?!(?:the|NICE)\b)(?P<last>(?:(?!\sand\s)[^,:;()]){3,80})"
)
"""Several guidelines by what each is on: "NICE guidelines on sore heels, cuts and wax"."""
_QUOTED = re.compile(r"\s{1,3}(?:‘[^’\n]{3,200}’|'[^'\n]{3,200}'|“[^”\n]{3,200}”|\"[^\"\n]{3,200}\"),?\s")
"""The title of a target, before its reference."""
_NEAR = 30
_OF_PARTS = frozenset({"replaces", "updates"})
"""What may be done to a part of a target alone."""
_DOCUMENT = re.compile(
    r"\b(?:guid\w+|standards?|advice|one|versions?|appraisals?|documents?|briefings?|summar\w+|recommendations?|statements?|sections?"
    r"|publications?|following|technolog\w+|procedures?|Institute)\b"
)
_PART_OF_TITLED = re.compile(
    r"\s(?:the\s)?(?P<scope>(?:recommendations?|sections?|guidance|advice|parts?)\s(?:on|about|for|relating\sto|concerning|regarding|covering)\s[^,;.()]{3,100}?)\s(?:of|in|from)\s[^.;()]{3,160}\($"
)
"""A part of a target that its title names before the reference: "recommendations on wax in Care of heels (" NICE guideline 94."""
_PARTS_IN = re.compile(
    r"\s(?:(?:an?\s)?(?:links?|cross[- ]references?)\sto\s)?(?:the\s)?(?:(?:recommendations?\s(?:in|from)\s)?(?:recommendations?|sections?)\s\d[\d.]*(?:(?:,|\sand|\sto|,\sand)\s\d[\d.]*){0,12}|(?:new\s)?recommendations?|(?<=\sto\s)(?:advice|guidance|information))\s(?:in|of)(?=\s)"
)
"""The parts of a target that stand instead, before its title: "by recommendations 1.2.9 and 1.2.10 in" the guideline on heels, "with links to
advice in" it."""
PART_IN = phrases.pattern(" (?:the )?(?P<scope>{part}) (?:of|in|from)(?= (?:the )?)")
_SUCH_AS = re.compile(
    r"\s(?:the\s)?(?:(?:other|relevant|related)\s){1,2}(?:NICE\s)?(?:quality\sstandards|guidance|guidelines),?\s(?:such\sas|including|for\sexample,?)(?=\s)"
)
"""Many documents of which one is named: "alongside other relevant NICE quality standards, such as" the one on heels."""
_FOR_SOME_ONLY = re.compile(
    r"[\])]?\s(?:\([^()\n]{4,40}\)\s)?(?P<scope>(?:for|on|about|in)\s(?:[^\s.;,()]+\s){1,8}only)\b|[\])]?\s\((?P<parts>(?:sections?|recommendations?|statements?)\s\d[^()\n]{0,80}?)\sonly\)"
)
"""For what alone a target is replaced, as its sentence goes on to say: "replaces NG1 for adults only"."""
_RECOMMENDATIONS_IN = re.compile(r"\srecommendations\s(?:in|from|of)\s(?:the\s)?(?:NICE\s)?(?:[a-z]+\s){0,3}$")
_ON_ITS_TOPIC = re.compile(
    r"[\])]?(?:\s\((?:published|issued)[^()]{3,30}\))?\s(?P<scope>(?:on|about|for|relating\sto|regarding)\s(?!this\b|\d|consistency\b|the\s(?:advice|basis|first|second|third|purposes?)\b)[^.;()]{3,200}?)(?=[.;]|,?\sand(?:\s(?:is|those|was|replaces|updates)\b|\s*$)|$)"
)
"""What the recommendations of a target are on that are replaced, told behind it: "replaces recommendations in TA104 on the use of wax"."""
_TOPIC = re.compile(
    r"\s(?:the\s)?(?P<topic>(?:recommendations?|guidance|advice)\s(?:on|about|for|relating\sto|concerning|regarding)\s[^,;.()]{3,80}?\s(?:in|of)\s)(?:the\s)?$"
)
"""What the part of a target is about, right before its number: "recommendations on cracks in" section 1.2."""
_OF_TARGET = phrases.pattern(" (?:the )?(?P<scope>{part})")
"""The numbered part that a verb names right behind it, far from the document that it is of."""
_VERSION = re.compile(r"\s{1,3}" + expanded("version"), re.IGNORECASE)
_SCOPE = re.compile(r"(?:\s|,|\band\b|\)){0,6}" + expanded("scope"), re.IGNORECASE)
_TITLE = re.compile(r"\s{1,3}" + expanded("title"), re.IGNORECASE)
_BARE_TITLE = re.compile(
    r"\s(?:the\sfollowing:\s|(?:the\s)?(?:information|advice|guidance|content)\s(?:in|on)\s)?(?P<label>[A-Z][\w,:;'’()/ –-]{15,200}?)"
    r"(?=(?:\s\((?:[A-Z][a-z]{2,8}\s)?(?:19|20)\d\d\))?\.?\s{0,2}$)"
)
_BY_ANOTHER = re.compile(
    r"\s(?:(?:the\s)?(?:advice|guidance|information|recommendations)\s(?:in|from)\s)?(?P<label>(?!NICE\b)[A-Z][\w&-]+(?:\s(?:[A-Z][\w&-]+|of|and|for|the)){1,6}['’]s\s[A-Za-z][\w,:’()/ –-]{5,140})\.?\s{0,2}$"
)
"""Another publisher's, with its name: "Heel Health England's Local heel planning: a practice resource"."""
_OUR_PAGE = re.compile(
    r"\sour\s(?P<label>(?!(?:this|these|privacy|cookies?|terms|accessibility)\b)[^.;:()\n]{5,160}?\sweb\s?pages?)\.?\s{0,2}$"
)
"""A page of the same publisher by its name: "our advice from earlier notices webpage"."""
_WITH_ITS_YEAR = re.compile(
    r"\s(?:the\s)?(?P<label>[A-Z]{3,8}(?:['’]s)?\s(?![^.;\n]{0,160}?\b(?:data|surveys?|census|stud(?:y|ies)|trials?|results|figures|analys[ie]s|estimates|curves?|registr(?:y|ies)|cohort|databases?|model|reviews?|criteria|classification|statistics|deaths|scale|scores?|episodes)\b)[A-Z][^.;\n]{8,160}?)(?=\s\((?:19|20)\d\d\)\.?\s{0,2}$)"
)
"""A body's document by its title, with its year at the sentence's end: "the HCOG Care of sore heels in prisons (2032)"."""
_UNNAMED = re.compile(r"(?:The|This|These|An?|New|Other)\b")
_OWN_START = re.compile(r"(?:This|The)\s(?:guideline|guidance)\b|Please\s|According\s")
_BOILERPLATE = re.compile(
    r"\s(?=This\sguideline\smeets\s)|(?<=[\]).;])\s(?=(?:PubMed(?:\sExternal\sWeb\sSite\sPolicy)?|MEDLINE|Medline|Cross[Rr]ef|Google\sScholar|Full\s[Tt]ext|Abstract)\s*$)"
)
"""What a page prints behind a source that is none of it: a sentence on what it meets, and the link that leads to it."""
SOURCE = re.compile(r"\b\d{1,4}\sp\.|\[\d{1,4}\sreferences?\]|\b(?:19|20)\d\d(?:\s[A-Z][a-z]{2}(?:\s\d{1,2})?)?;\d")
"""What every cited work ends with: pages, references, or the volume of a journal."""
_BY_THE_PUBLISHER = ("NICE", "National Institute for ")
"""Letters without one of which a number that is cited is another publisher's."""
_AND_ANY = re.compile(
    r",?\sand\s(?P<label>any\s(?:other\s|further\s)?(?:recommendations|guidance|advice|statements|standards|guidelines)\s(?:made|given|issued|published|produced)\sby\s[^.;\n]{3,160}?)(?=\s?[.;]|,\s|\s?$)"
)
"""What else is to be read, joined to a title: "the guideline on heels and any recommendations made by the Wax Board on oil"."""
_DATED = r"\s?\((?:published|issued|released)\s(?:in\s)?{}(?:[A-Z][a-z]{{2,8}}\s)?(?:19|20)\d\d\)"
_AND_DATED = re.compile(
    rf"{_DATED.format('')},?\sand\s(?:(?:the\s)?(?:NICE\s)?(?:guidelines?|guidance|quality\sstandards?)\son\s)?(?P<label>[^.;()]{{5,160}}?){_DATED.format('(?P<date>)')}"
)
"""A second title behind the first, each with its date in brackets: "on cracks (published May 2031), and wax (published June 2032)"."""
_AND_NICE = re.compile(r",?\sand(?=\s(?:the\s)?NICE(?:['’]s)?\s)")
"""What joins a second title to the first: "NICE's guideline on heels and the NICE guidance on wax"."""
_NAMED_BEFORE = re.compile(r"\s(?:the\s)?[A-Z][^.;()]{5,160}\s")
"""The title of a target, before its reference and without marks: "replaced by Care of heels" NICE guideline 94."""


def targets_of(
    text: str,
    blocks: Sequence[Block],
    i: int,
    sentence: tuple[int, int],
    verb: Verb,
    about: subject.Subject,
    limit: int,
) -> Iterator[Fact]:
    """The relations that the verb states within a sentence of blocks[i], to what is named up to text[:limit]; `about` says of
    what it is told."""
    own_part = about.part
    cited = references.find(text, verb.end, limit)
    if not cited and (version := _VERSION.match(text, verb.end, sentence[1] + 1)):
        yield from _versions(text, blocks, i, sentence, verb, version.end())
        return
    opens_list = _OPENS_LIST.search(text, verb.end, limit) or text[verb.end : limit + 1].strip() == ":"
    if not cited and verb.type == "replaces" and (opens_list or _OPENS_TITLES.fullmatch(text, verb.end, limit)):
        titled = _titled_items(text, blocks, i)
        for span in titled:
            yield fact_of(text, verb, (sentence, span), label=" ".join(text[slice(*span)].split()))
        if titled:
            return
    if not cited and opens_list:
        for span, reference in _listed(text, blocks, i):
            some = PART_IN.match(text, span[0] + lists.bullet(text[slice(*span)]) - 1, span[1])
            yield fact_of(
                text,
                verb,
                (sentence, span),
                reference=reference,
                scope=some.span("scope") if some else None,
                dated=date_behind(text, reference.end, span[1]),
            )
        return
    at = verb.end
    for reference in cited:
        if not _leads_to(text, at, reference.start, passive=verb.type == "is_replaced_by" and at == verb.end):
            break
        part = _part(text, at, reference, verb, own_part, limit)
        dated = date_behind(text, reference.end, limit)
        yield fact_of(text, verb, (sentence,), reference=reference, scope=part, dated=dated)
        at = dated.end if dated else reference.end
    parts = _PARTS_IN.match(text, verb.end, limit) if verb.type == "is_replaced_by" else None
    others = _SUCH_AS.match(text, verb.end, limit) if verb.type == "read_in_conjunction_with" else None
    behind = parts.end() if parts else others.end() if others else verb.end
    if (
        not cited
        and verb.type in _OF_PARTS
        and (some := _SCOPE.match(text, verb.end, limit) or PART_IN.match(text, verb.end, limit))
    ):
        behind, own_part = verb.end + len(text[verb.end : some.end()].rstrip()), some.span("scope")
    if not cited and (title := _TITLE.match(text, behind, limit) or _bare_title(text, verb, about, sentence[1])):
        more = _AND_ANY.search(text, title.start("label"), limit)
        label = _label(text, title.start("label"), more.start() if more else title.end("label"))
        tail = _ISSUED.search(text, title.start("label"), limit) or _BEHIND.match(text, title.end("label"), limit)
        read = when.at(text, tail.end(), limit) if tail else None
        known = read if isinstance(read, when.When) else None
        for one in _each(label):
            yield fact_of(text, verb, (sentence,), label=one, scope=own_part, dated=known)
        at = title.start("label")
        while verb.type == "read_in_conjunction_with" and (joined := _AND_NICE.search(text, at, title.end("label"))):
            at = joined.end()
            if second := _TITLE.match(text, at, limit):
                yield fact_of(text, verb, (sentence,), label=_label(text, second.start("label"), second.end("label")))
        if verb.type in _OF_PARTS and (next_ := _AND_DATED.match(text, title.end("label"), limit)):
            published = when.at(text, next_.start("date"), limit)
            dated = published if isinstance(published, when.When) else None
            yield fact_of(text, verb, (sentence,), label=" ".join(next_["label"].split()), scope=own_part, dated=dated)
        if more and verb.type == "read_in_conjunction_with":
            yield fact_of(text, verb, (sentence,), label=" ".join(more["label"].split()))


def _part(
    text: str, at: int, reference: references.Reference, verb: Verb, own_part: tuple[int, int] | None, limit: int
) -> tuple[int, int] | None:
    """The part that is spoken of: of the document itself where the verb's subject is a part (`own_part`), else of the target that is
    named at text[at:] or later, before its reference or behind it."""
    scope = _SCOPE.match(text, at, limit) if at == verb.end or text[at : at + 5].strip(" ,)") else None
    scope = scope or _SCOPE.search(text, at, reference.start)
    part = scope.span("scope") if scope and scope.end() <= reference.start + 6 else own_part
    if own_part and verb.type in ("is_replaced_by", "is_updated_by"):
        part = own_part
    if part == own_part and at == verb.end and verb.type == "replaces":
        titled = _PART_OF_TITLED.match(text, at, reference.start)
        part = titled.span("scope") if titled else part
    if part == own_part and at == verb.end and verb.type == "replaces":
        named = _OF_TARGET.match(text, at, reference.start)
        part = named.span("scope") if named else part
    if part is None and verb.type == "replaces" and (only := _FOR_SOME_ONLY.match(text, reference.end, limit)):
        part = only.span("scope") if only["scope"] else only.span("parts")
    if part is None and verb.type == "replaces" and _RECOMMENDATIONS_IN.search(text, at, reference.start):
        on = _ON_ITS_TOPIC.match(text, reference.end, limit)
        part = on.span("scope") if on else None
    if part and part != own_part and (topic := _TOPIC.search(text, at, part[0])):
        part = topic.start("topic"), part[1]
    return part


def _bare_title(text: str, verb: Verb, about: subject.Subject, end: int) -> re.Match[str] | None:
    """A title that nothing marks as one: all that follows "this guidance has been superseded by", to the sentence's end; or, beside which
    to read, another publisher's with its name."""
    if verb.type == "read_in_conjunction_with":
        return _BY_ANOTHER.match(text, verb.end, end) or _OUR_PAGE.match(text, verb.end, end)
    if verb.type == "is_based_on":
        return _WITH_ITS_YEAR.match(text, verb.end, end)
    if verb.type != "is_replaced_by" or not about.own:
        return None
    found = _BARE_TITLE.match(text, verb.end, end)
    if (
        found is None
        or len(found["label"].split()) < 4
        or _UNNAMED.match(found["label"])
        or FINITE.search(found["label"])
    ):
        return None
    return found


def _leads_to(text: str, start: int, end: int, *, passive: bool) -> bool:
    """Whether the words between a verb and a reference can be of the document referred to, and not of something in it."""
    if quoted := _QUOTED.match(text, start, end):
        start = quoted.end()
    if passive and _NAMED_BEFORE.fullmatch(text, start, end):
        return True
    return end - start <= _NEAR or text[end - 1] in "([" or _DOCUMENT.search(text, start, end) is not None


def _label(text: str, start: int, end: int) -> str:
    words = " ".join(text[start:end].split())
    words = re.split(
        r",? (?:(?:published|issued|released) )?(?:in|from) (?:[A-Z][a-z]+ )?(?:19|20)\d\d\b|, (?:and|which|published)| and (?=the NICE|NICE)|,? and (?:this|it|these|is|was|has|will|should)\b",
        words,
    )[0]
    return words.removesuffix(" and:").removesuffix(" and").strip(" ,:‘’“”\"'")


def _each(label: str) -> list[str]:
    """The titles that a label names: those of several guidelines where it is plain which words are whose."""
    several = _SEVERAL.fullmatch(label)
    if several is None or " and " in several["others"]:
        return [label]
    return [*several["others"].split(", "), several["last"]]


def _versions(
    text: str, blocks: Sequence[Block], i: int, sentence: tuple[int, int], verb: Verb, start: int
) -> Iterator[Fact]:
    """The earlier versions whose sources stand behind a colon, in the same block or in those below."""
    end = blocks[i].end
    first = text[start:end].strip() != ""
    if first:
        yield citation(text, verb, sentence[0], start, end)
        if "versions" not in text[verb.end : start]:
            return
    for block in blocks[i + 1 : i + 8]:
        words = text[block.start : block.end]
        if block.kind is BlockKind.HEADING or _OWN_START.match(words) or not CITED.search(words):
            return
        if first and not SOURCE.search(words):
            return
        yield citation(text, verb, sentence[0], block.start, block.end)


def citation(text: str, verb: Verb, begin: int, start: int, end: int) -> Fact:
    """The relation to what text[start:end] cites, in a passage or a sentence that starts at `begin`."""
    cut = _BOILERPLATE.search(text, start, end)
    end = cut.start() if cut else end
    start += len(text[start:end]) - len(text[start:end].lstrip(" \t\n\u00a0•*·"))
    end = start + len(text[start:end].rstrip())
    start += lists.bullet(text[start:end])
    label = " ".join(text[start:end].split())
    named = references.find(text, start, end) if has_any(label, _BY_THE_PUBLISHER) else []
    spans = ((begin, end),) if begin <= start and start - begin < 200 else ((begin, verb.end), (start, end))
    return fact_of(text, verb, spans, reference=named[-1] if named else None, label=label)


_OPENS_TITLES = re.compile(
    r"\s(?:the\s)?(?:[A-Z][\w&-]{1,20}(?:\s(?:[A-Z][\w&-]{1,20}|of|and|for|the)){1,6}|[A-Z]{2,8})(?:['’]s)?\s?:\s{0,3}"
)
"""What stands between "replaces" and a list of titles besides the words for one: whose they are, "the Heel Board:"."""
_TITLED_ITEM = re.compile(
    r"[^\n]{0,200}?\b(?:guidance|guidelines?|policy|protocol|standards?|handbook|manual|framework|circular)\b[^\n]{0,200}",
    re.IGNORECASE,
)
_MOST_ITEMS = 12


def _titled_items(text: str, blocks: Sequence[Block], i: int) -> list[tuple[int, int]]:
    """Where the items of the list below blocks[i] stand, without their signs and stops, where each names a document by its title and
    none by a reference."""
    items: list[tuple[int, int]] = []
    for block in blocks[i + 1 : i + 1 + _MOST_ITEMS]:
        if block.kind is not BlockKind.LIST_ITEM:
            break
        start = block.start + lists.bullet(text[block.start : block.end])
        end = start + len(_ITEM_ENDS.sub("", text[start : block.end]))
        if not _TITLED_ITEM.fullmatch(text, start, end) or FINITE.search(text, start, end):
            return []
        if references.find(text, start, end):
            return []
        items.append((start, end))
    return items


_ITEM_ENDS = re.compile(r"[\s.;,]{0,3}(?:\band)?\s{0,3}$")


def _listed(text: str, blocks: Sequence[Block], i: int) -> Iterator[tuple[tuple[int, int], references.Reference]]:
    below = blocks[i + 1 : i + 20]
    marked = bool(below) and below[0].kind is BlockKind.LIST_ITEM
    for block in below:
        named = references.find(text, block.start, block.end)
        if block.kind is BlockKind.HEADING or not named or (marked and block.kind is not BlockKind.LIST_ITEM):
            return
        if any(subject.of(text, block.start, verb.start).own for verb in find_verbs(text, block.start, block.end)):
            return  # it says more of the document, and is no item
        for reference in named:
            yield (block.start, block.end), reference
