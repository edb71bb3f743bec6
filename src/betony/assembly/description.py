"""What the document is: title, publisher, creators, reference, type, language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from betony import publishers
from betony import record as r
from betony.assembly.draft import Draft, ground, judged
from betony.assembly.printed_type import printed_type
from betony.model import Basis, Fact, Notice, PageKind, WarningCode, WarningLevel
from betony.publisher import Publisher
from betony.text import clean


def publisher(draft: Draft) -> tuple[r.Publisher | None, r.Judged | None]:
    """By the caller or the host, else by the page's own words."""
    first = draft.parts[0]
    given = first.identity.publisher
    if given.hosts:
        rule = "caller" if first.capture.publisher else "host" if first.identity.page else "meta"
        return r.Publisher(id=given.id, name=given.name), r.Judged(basis=Basis.GIVEN, rule=rule)
    fact = draft.first("publisher")
    if fact is None:
        return None, None
    known = publishers.by_id(fact.value)
    return r.Publisher(id=known.id, name=known.name), judged(draft, fact)


def creators(draft: Draft) -> list[r.Creator]:
    """By the page's own words, else the bodies that its header links to, from which a publisher of many has it."""
    of = draft.parts[0].identity.publisher
    said = [
        r.Creator(name=clean(fact.value), **ground(draft, fact))
        for fact in draft.facts("creator")
        if not _is_part_of(fact.value, of)
    ]
    pattern = of.bodies
    if said or not pattern:
        return said
    found: list[r.Creator] = []
    end: int | None = None
    for link in draft.product.links:
        between = draft.text[max(link.start - 20, 0) if end is None else end : link.start]
        follows = between.rstrip().endswith(_FROM) if end is None else between.strip() in _JOINED
        if follows and link.url and re.fullmatch(pattern, urlsplit(link.url).path):
            end = link.end
            evidence = draft.evidence([(link.start, link.end)])
            name = clean(draft.text[link.start : link.end])
            found.append(r.Creator(name=name, basis=Basis.EXPLICIT, evidence=evidence, rule="from"))
        elif found:
            break
    return found


def _is_part_of(name: str, publisher: Publisher) -> bool:
    """Whether the name is that of a team of the publisher's own."""
    first = tuple(f"{site} " for site in publisher.site_names)
    last = tuple(f" at {site}" for site in publisher.site_names)
    return name.endswith(last) or (name.startswith(first) and _TEAM.search(name) is not None)


_TEAM = re.compile(r"\s(?:[Tt]eam|[Pp]rogramme)$")
"""A part of the publisher itself, where its name stands before it."""
_FROM = "From:"

_JOINED = {"", ",", "and", ", and"}
"""What stands between the names of several bodies."""


def title(draft: Draft) -> tuple[r.Title | None, list[r.Warning]]:
    """The printed heading, else what the head says (`<title>`, Open Graph, Dublin Core), else the lead's wording."""
    fact = draft.first("title")
    if fact is not None and fact.basis is Basis.EXPLICIT and not _heads_a_chapter(draft, fact):
        return r.Title(value=clean(fact.value), **ground(draft, fact), confidence=fact.confidence), []
    head = draft.product.head
    for rule, value in (
        ("title element", draft.parts[0].identity.publisher.title(head)),
        ("meta", head.get("og:title", "dc.title", "dcterms.title")),
    ):
        if value and clean(value).strip():
            return r.Title(value=clean(value).strip(), basis=Basis.GIVEN, rule=rule), []
    if fact is not None and not _heads_a_chapter(draft, fact):
        if below := _below_a_signpost(draft, fact):
            return _as_printed(draft, below, "heading and address"), []
        return r.Title(value=clean(fact.value), **ground(draft, fact), confidence=fact.confidence), []
    if own := _as_its_address(draft):
        return _as_printed(draft, own, "first line and address"), []
    return None, [r.Warning(code=WarningCode.TITLE_UNKNOWN, message="no title was found", level=WarningLevel.REVIEW)]


def _as_printed(draft: Draft, span: tuple[int, int], rule: str) -> r.Title:
    words = clean(" ".join(draft.text[slice(*span)].split()))
    return r.Title(value=words, basis=Basis.INFERRED, evidence=draft.evidence((span,)), rule=rule, confidence=0.9)


def _below_a_signpost(draft: Draft, fact: Fact) -> tuple[int, int] | None:
    """The line below a first line that asks who the reader is, where the address goes by that line and not by the question:
    "Do you sell boots?", "What boot sellers need to do" at `what-sellers-need-to-do`."""
    below = _NEXT_LINE.match(draft.text, fact.spans[0][1]) if fact.value.endswith("?") else None
    if below is None or below["line"][-1] in ".?:;":
        return None
    path = urlsplit(draft.parts[0].identity.url or "").path
    slug = path.rstrip("/").rpartition("/")[2].partition(".")[0].lower().split("-")
    named = len(slug) >= _FEWEST_IN_A_SLUG and _holds(_words(below["line"]), slug)
    return below.span("line") if named and not _holds(_words(fact.value), slug) else None


_FEWEST_IN_A_SLUG = 4
_STEM = 5
"""Letters that tell a word by its beginning, whatever its ending."""


def _holds(words: str, slug: Sequence[str]) -> bool:
    """Whether the words of the address stand among the words in their order, whatever their endings."""
    rest = iter(words.split("-"))
    return all(any(word[:_STEM] == part[:_STEM] for word in rest) for part in slug)


_FIRST_LINE = re.compile(r"\s{0,20}(?P<line>\S[^\n]{5,150}?)[ \t]{0,9}(?:\n|$)")
_NO_LETTER = re.compile(r"[\W_]+")


def _as_its_address(draft: Draft) -> tuple[int, int] | None:
    """The first line of a document that stands alone, where its address ends with the same words, "review-decision-march-2031":
    a line that on another page would only head a section."""
    first = draft.parts[0]
    line = _FIRST_LINE.match(draft.text)
    if line is None or first.kind is not PageKind.RESOURCE or first.is_chapter or not first.identity.url:
        return None
    slug = urlsplit(first.identity.url).path.rstrip("/").rpartition("/")[2].lower()
    words = _words(line["line"])
    same = slug == words or (slug.startswith(f"{words}-") and slug[len(words) + 1 :].isdigit())
    return line.span("line") if same and "-" in words else None


def _heads_a_chapter(draft: Draft, fact: Fact) -> bool:
    """Whether the title found is a chapter's own heading: in plain text what a chapter begins with, no header above it."""
    first = draft.parts[0]
    begins = first.is_chapter and first.media_type == "text/plain" and bool(fact.detail.get("first"))
    return begins and not _stands_over_its_chapter(draft, fact)


_NEXT_LINE = re.compile(r"[^\n]{0,200}\n\s{0,20}(?P<line>\S[^\n]{2,150}?)[ \t]{0,9}(?:\n|$)")


def _stands_over_its_chapter(draft: Draft, fact: Fact) -> bool:
    """Whether the heading below the title found is what the address calls the chapter: "Care of heels", "Methods" at `chapter/Methods`."""
    url = draft.parts[0].identity.url or ""
    below = _NEXT_LINE.match(draft.text, fact.spans[0][1])
    chapter = _words(urlsplit(url).path.rstrip("/").rpartition("/")[2])
    if below is None or _words(below["line"]) != chapter or _words(fact.value) == chapter:
        return False
    return any(section.heading and section.heading.start == below.start("line") for section in draft.sections)


def _words(words: str) -> str:
    return _NO_LETTER.sub("-", words.lower()).strip("-")


def identifier(draft: Draft) -> tuple[str | None, r.Judged | None]:
    """The address's reference, else the one that the text prints as its own, else that of which the address holds an extract."""
    page = draft.parts[0].identity.page
    if page and page.reference:
        return page.reference, r.Judged(basis=Basis.GIVEN, rule="address")
    if fact := draft.first("identifier"):
        return fact.value, judged(draft, fact)
    if page and page.extract_of:
        return page.extract_of, r.Judged(basis=Basis.GIVEN, rule="address")
    return None, None


def document_type(draft: Draft) -> tuple[str | None, r.Judged | None]:
    """By the reference's prefix in the address, else as the head says, else by the text's own words, else as it is printed by the
    title, else by the reference of which the address holds an extract."""
    page = draft.parts[0].identity.page
    known: Publisher = draft.parts[0].identity.publisher
    placed = page and (page.document_type or (page.reference and known.document_type(page.reference)))
    if placed:
        return placed, r.Judged(basis=Basis.GIVEN, rule="address")
    if stated := known.stated_type(draft.parts[0].document.head):
        return stated, r.Judged(basis=Basis.GIVEN, rule="meta")
    fact = draft.first("document_type")
    if draft.parts[0].kind is PageKind.OTHER:  # a corporate page names types, and is of none
        return None, None
    if fact is None:
        reference = draft.first("identifier")
        named = known.document_type(reference.value) if reference else None
        if reference and named:
            return named, judged(draft, reference)
        if printed := printed_type(draft, known.printed_types):
            value, span = printed
            return value, r.Judged(basis=Basis.EXPLICIT, evidence=draft.evidence([span]), rule="printed")
        of = known.document_type(page.extract_of) if page and page.extract_of and not reference else None
        return (of, r.Judged(basis=Basis.GIVEN, rule="address")) if of else (None, None)
    return fact.value, judged(draft, fact)


def type_conflict(draft: Draft, chosen: str | None) -> list[Notice]:
    """That a project's page says that the guideline is developed as another type than was taken."""
    said = draft.first("developed_as")
    if said is None or chosen is None or said.value == chosen:
        return []
    message = f"document_type: the page says that it is developed as {said.value}; {chosen} was taken"
    return [Notice(WarningCode.CONFLICT, message, WarningLevel.INFO, said.spans)]


def named(draft: Draft, kind: str) -> tuple[list[str], r.Judged | None]:
    """All facts of one kind as a list of names, each once, and their common ground."""
    facts = draft.facts(kind)
    if not facts:
        return [], None
    spans = dict.fromkeys(span for fact in facts for span in fact.spans)
    ground = r.Judged(
        basis=facts[0].basis, evidence=draft.evidence(spans), rule=facts[0].rule, confidence=facts[0].confidence
    )
    return list(dict.fromkeys(fact.value for fact in facts)), ground


def language(code: str | None) -> str | None:
    """The language tag in the case that BCP 47 recommends: `en-us` is `en-US`."""
    if not code:
        return None
    language, *rest = code.replace("_", "-").split("-")
    return "-".join([language.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])
