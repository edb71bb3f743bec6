"""What the components make of a case, written as the cases write it."""

from __future__ import annotations

from collections.abc import Callable

from betony import lines
from betony.model import Fact
from betony.nlp import dates, headings, relations, sections, status

NOTHING = ("nothing",)


def of_status(text: str) -> tuple[str, ...]:
    facts, _ = status.find(*_page(text))
    return tuple(_status(fact) for fact in facts) or NOTHING


def of_relations(text: str) -> tuple[str, ...]:
    return tuple(_relation(fact) for fact in relations.find(*_page(text))) or NOTHING


def of_dates(text: str) -> tuple[str, ...]:
    facts, notices = dates.find(*_page(text))
    found = [f"{fact.detail['field']} {fact.value}" for fact in facts]
    lost = [f"{notice.message.partition(':')[0]} unreadable" for notice in notices if notice.code == "date_unreadable"]
    return tuple(sorted(found + lost)) or NOTHING


READERS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "status": of_status,
    "relations": of_relations,
    "dates": of_dates,
}


def _page(text: str):  # type: ignore[no-untyped-def]
    blocks = headings.find(text, lines.blocks(text), plain=True)
    return text, blocks, sections.find(text, blocks)[0]


def _status(fact: Fact) -> str:
    checked = fact.detail["checked"]
    return fact.value + (f" checked {checked['value']}" if checked else "")


def _relation(fact: Fact) -> str:
    target, scope, date = fact.detail["target"], fact.detail["scope"], fact.detail["date"]
    words = [fact.value, target["id"] or f'"{target["label"]}"']
    words += [f'scope "{scope}"'] if scope else []
    words += ["draft"] if fact.detail["draft"] else []
    words += [f"date {date['value']}"] if date else []
    return " ".join(words)
