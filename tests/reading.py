"""What the components make of a case, as the cases write it: `python -m tests.reading` prints what went wrong."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence

from betony import lines
from betony.model import Basis, Block, Fact, Section, WarningCode
from betony.nlp import codes, dates, headings, identity, relations, sections, status, title
from tests import cases

NOTHING = ("nothing",)


def page(text: str) -> tuple[str, Sequence[Block], Sequence[Section]]:
    """The text of a plain page, its blocks and its sections."""
    blocks = headings.find(text, lines.blocks(text), plain=True)
    return text, blocks, sections.find(text, blocks)[0]


def of_status(text: str) -> tuple[str, ...]:
    facts, _ = status.find(*page(text))
    return tuple(_status(fact) for fact in facts)


def of_relations(text: str) -> tuple[str, ...]:
    is_draft = any(fact.value in relations.DRAFTS for fact in status.find(*page(text))[0])
    return tuple(_relation(fact) for fact in relations.find(*page(text), is_draft=is_draft))


def of_dates(text: str) -> tuple[str, ...]:
    facts, notices = dates.find(*page(text))
    lost = [
        f"{notice.message.partition(':')[0]} unreadable"
        for notice in notices
        if notice.code is WarningCode.DATE_UNREADABLE
    ]
    return (*(f"{fact.detail['field']} {fact.value}" for fact in facts), *lost)


def of_identity(text: str) -> tuple[str, ...]:
    facts = [*identity.find(*page(text))[0], *title.find(*page(text)[:2])[0]]
    return tuple(f"{fact.kind} {fact.value}" for fact in facts if not (fact.kind == "title" and fact.rule == "heading"))


def of_titles(text: str) -> tuple[str, ...]:
    facts, _ = title.find(*page(text)[:2], plain=True)
    return tuple(
        f"{'heading' if fact.basis is Basis.INFERRED and fact.rule != 'lead' else fact.rule} {fact.value}"
        for fact in facts
    )


def of_codes(text: str) -> tuple[str, ...]:
    return tuple(_code(fact) for fact in codes.find(*page(text)[:2]))


READERS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "status": of_status,
    "relations": of_relations,
    "dates": of_dates,
    "identity": of_identity,
    "titles": of_titles,
    "codes": of_codes,
}


def wrong(name: str) -> list[tuple[cases.Case, tuple[str, ...]]]:
    """The cases that do not come out exactly as expected, with what came out."""
    found = []
    for case in cases.read(name):
        got = READERS[name](case.text) or NOTHING
        if name == "status" and not any('"' in line for line in case.expected):
            got = tuple(_NOTICE.sub("", line) for line in got)
        if sorted(got) != sorted(case.expected):
            found.append((case, got))
    return found


def _status(fact: Fact) -> str:
    checked = fact.detail["checked"]
    notice = " ".join(fact.detail["notice"].split())
    return f'{fact.value} "{notice}"' + (f" checked {checked['value']}" if checked else "")


_NOTICE = re.compile(r' ".*"')
"""The words of a standing, which few cases give."""


def _code(fact: Fact) -> str:
    detail = fact.detail
    if detail["note"]:
        return f'{detail["system"]} - note "{detail["note"]}"'
    words = [detail["system"], detail["code"], f'"{detail["display"]}"', detail["role"] or ""]
    words.append({True: "valid", False: "invalid", None: ""}[detail["check_digit_valid"]])
    return " ".join(word for word in words if word)


def _relation(fact: Fact) -> str:
    target, scope, date = fact.detail["target"], fact.detail["scope"], fact.detail["date"]
    words = [fact.value, target["id"] or f'"{target["label"]}"']
    words += [f'scope "{scope}"'] if scope else []
    words += ["draft"] if fact.detail["draft"] else []
    words += [f"date {date['value']}"] if date else []
    return " ".join(words)


if __name__ == "__main__":
    for subject in sys.argv[1:] or READERS:
        failures = wrong(subject)
        for failed, answer in failures:
            sys.stdout.write(f"{subject}: {failed.title}\n  expected {failed.expected}\n  got      {answer}\n")
        number = len(cases.read(subject))
        sys.stdout.write(f"{subject}: {number - len(failures)} of {number} exactly right\n")
