"""The field "Status" of a page's header, the labels with a date, and the stamps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from betony.model import Block
from betony.nlp import cues, references, when
from betony.nlp.looks import has_any
from betony.nlp.status.statement import Statement
from betony.nlp.status.wording import WORDS
from betony.nlp.stems import Places, Stems

_FIELD_NAME = Stems(("Status",))
_FIELD = re.compile(
    r"^[ \t•|*-]{0,6}Status[ \t]{0,3}:?[ \t]{0,3}(?:\n{1,2}[ \t•|*-]{0,6}|[|\t] ?)?(?P<value>[A-Z][\w -]{3,40}?)[ \t|]{0,6}$",
    re.MULTILINE,
)
_REFUSED = re.compile(
    r"^[ \t•|*-]{0,6}(?P<words>Decision[ \t]{0,3}:?[ \t]{0,3}(?:\n{1,2}[ \t•|*-]{0,6}|[|\t] ?)?Not selected)[ \t|]{0,6}$",
    re.MULTILINE,
)
"""The field of a project's page that says that no guidance will come of the topic: of no standing, whatever its address."""


def from_fields(text: str, places: Places) -> list[Statement] | None:
    """What the fields "Status" and "Decision" of a project's page say, which nothing else on it outweighs: nothing where the topic
    may never be taken up. None where the page has no such field."""
    lines = (_FIELD.match(text, text.rfind("\n", 0, at) + 1) for at, _ in places.spans(_FIELD_NAME))
    field = next(filter(None, lines), None)
    if field is None or field["value"].lower() not in WORDS["field"]:
        return None
    said = []
    if currency := WORDS["field"][field["value"].lower()]:
        start = field.start() + len(field.group()) - len(field.group().lstrip(" \t•|*-"))
        said.append(Statement(currency, ((start, field.end("value")),), "field"))
    decisions = (_REFUSED.search(text, max(at - 40, 0), at + 20) for at in cues.positions(text, ("ot selected",)))
    if refused := next(filter(None, decisions), None):
        said.append(Statement("unknown", (refused.span("words"),), "field"))
    return said


def from_label(text: str, block: Block) -> Iterator[Statement]:
    """A line of the page's header: `Terminated: 3 May 2031`, `In development [GID-NG10099]`, `ARCHIVED - Care of heels`."""
    named = text.find("GID-", block.start, block.end) >= 0
    if named and (project := references.project().match(text, block.start, block.end)):
        span = (project.start("standing"), project.end())
        yield Statement(WORDS["project"][project["standing"].lower()], (span,), "label")
    for stamp, currency in _stamps():
        if stamped := stamp.match(text, block.start, block.end):
            yield Statement(currency, (stamped.span(),), "stamp")
    label = _labels().match(text, block.start, block.end)
    since = label and when.at(text, label.end(), block.end)
    if label and isinstance(since, when.When):
        span = (label.start("label"), since.end)
        yield Statement(WORDS["label"][label["label"].lower()], (span,), "label", None, since.value)


def among_fields(text: str, blocks: Sequence[Block], i: int) -> Statement | None:
    """A word in capitals alone on a line between labelled ones, one of them the date of a review, as a header prints how the document
    stands: "Next review: 3 May 2031", "CURRENT", "ID: 3147". Elsewhere such a line may be a heading, or head a list. The bar of a cell
    may stand behind it."""
    words = text[blocks[i].start : blocks[i].end].rstrip(" |")
    currency = WORDS["among_fields"].get(words.strip())
    if currency is None or i + 1 == len(blocks):
        return None
    labels = (_LABEL.match(text, one.start, one.end) for one in blocks[max(i - _BESIDE, 0) : i])
    dated = any(
        label
        and has_any(label.group(), _OF_A_DOCUMENT)
        and isinstance(when.at(text, label.end(), len(text)), when.When)
        for label in labels
    )
    below = _LABEL.match(text, blocks[i + 1].start, blocks[i + 1].end)
    if not dated or below is None or below.group().startswith("Document"):
        return None
    return Statement(currency, ((blocks[i].start, blocks[i].start + len(words)),), "label")


_OF_A_DOCUMENT = ("eview", "pproved", "ssued", "ublish", "ublication", "ersion")
"""Letters of labels that tell of a document, and of no patient or result."""
_BESIDE = 2
_LABEL = re.compile(r"[A-Z][A-Za-z]{1,20}(?:\s[a-zA-Z]{1,20}){0,2}\s?:\s{0,3}(?=\S)")


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"[ \t•|*-]{{0,6}}(?P<label>{'|'.join(WORDS['label'])})(?: on| date)?\s{{0,2}}:", re.IGNORECASE)


@cache
def _stamps() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(words), currency) for words, currency in WORDS["stamp"].items())
