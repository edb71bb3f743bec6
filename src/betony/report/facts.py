"""A record's facts as a person reads them: named, grouped, numbered, each with the words it stands on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from betony.export import rows
from betony.export.identifiers import address
from betony.report.templating import words

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of a record."""

    name: str
    value: str
    details: tuple[tuple[str, str], ...] = ()
    """What more is known of it, each with its name."""
    basis: str | None = None
    certainty: float | None = None
    rule: str | None = None
    spans: tuple[tuple[int, int], ...] = ()
    """Half-open offsets of its words in the record's text."""
    quote: str = ""
    """The words, where the value is not these words themselves."""
    pages: tuple[int, ...] = ()
    """Pages of a paged source."""
    section: str | None = None
    """The id of the section it stands in."""
    at_publisher: str | None = None
    """The address that opens the publisher's page at the words."""
    target: str | None = None
    """The id of the record that it speaks of."""
    target_url: str | None = None
    number: int = 0
    """From 1, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one kind."""

    name: str
    facts: tuple[Fact, ...]
    folded: bool = False
    """Whether a page shows them only when asked."""


def groups(record: Json) -> tuple[Group, ...]:
    """The facts of a record by kind, numbered through; kinds of which there are none are left out."""
    found = (
        ("Document", list(_document(record)), False),
        ("Status", list(_status(record)), False),
        ("Dates", list(_dates(record)), False),
        ("Relations", [_relation(record, item) for item in record["relations"]], False),
        ("Recommendations", [_recommendation(record, item) for item in record["recommendations"]], False),
        ("Responsibilities", [_responsibility(record, item) for item in record["responsibilities"]], False),
        ("Codes", [_code(record, item) for item in record["codes"]], False),
        ("Definitions", [_definition(record, item) for item in record["definitions"]], False),
        ("Tables", [_table(record, item) for item in record["tables"]], True),
        ("Links", [_link(record, item) for item in record["links"]], True),
        ("Warnings", [_warning(record, item) for item in record["quality"]["warnings"]], False),
    )
    made: list[Group] = []
    number = 0
    for name, facts, folded in found:
        if facts:
            numbered = tuple(replace(fact, number=number + place) for place, fact in enumerate(facts, 1))
            number += len(facts)
            made.append(Group(name, numbered, folded))
    return tuple(made)


def _document(record: Json) -> Iterator[Fact]:
    ground = record["provenance"]
    if record["title"]:
        yield _fact(record, "title", record["title"]["value"], record["title"])
    plain = (
        ("reference", "identifier", record["identifier"]),
        ("publisher", "publisher", record["publisher"] and record["publisher"]["name"]),
        ("type", "document_type", words(record["document_type"])),
        ("kind of page", "page_kind", words(record["page_kind"])),
        ("address", "url", record["url"]),
        ("language", "language", record["language"]),
        ("applies in", "jurisdictions", ", ".join(record["jurisdictions"])),
        ("for", "audience", ", ".join(record["audience"])),
    )
    for name, field, value in plain:
        if value:
            made = _fact(record, name, value, ground[field] or {})
            yield replace(made, target_url=address(value)) if field == "url" else made
    for creator in record["creators"]:
        yield _fact(record, "developed by", creator["name"], creator)
    terms = record["license"]
    if terms["text"] or terms["attribution"]:
        details = (("attribution", terms["attribution"]),) if terms["text"] else ()
        made = _fact(record, "terms of use", terms["text"] or terms["attribution"], terms, details)
        yield replace(made, target_url=address(terms["url"]))


def _status(record: Json) -> Iterator[Fact]:
    status = record["status"]
    yield _fact(record, "status", f"{status['code']}: {words(status['currency'])}", status)
    if status["checked"]:
        yield _date(record, "checked", status["checked"])


def _dates(record: Json) -> Iterator[Fact]:
    for name, date in record["dates"].items():
        if date:
            yield _date(record, words(name), date)


def _date(record: Json, name: str, date: Json) -> Fact:
    made = _fact(record, name, date["value"], date, (("as written", date["text"]),))
    return replace(made, quote="") if made.quote == date["text"] else made


def _relation(record: Json, item: Json) -> Fact:
    target = item["target"]
    details = (
        ("only", item["scope"]),
        ("date", item["date"] and item["date"]["value"]),
        ("planned", "yes" if item["draft"] else None),
    )
    value = target["label"] or target["id"] or target["url"] or "(no name)"
    made = _fact(record, words(item["type"]), value, item, details)
    return replace(made, target=target["id"], target_url=address(target["url"]))


def _recommendation(record: Json, item: Json) -> Fact:
    strength, grade, label = item["strength"] or {}, item["grade"], item["label"]
    name = f"{words(item['kind'])} {item['number'] or ''}".strip()
    details = (
        ("strength", _joined(strength.get("code"), strength.get("direction"), _quoted(strength.get("term")))),
        ("actor", item["actor"]),
        ("condition", item["condition"]),
        ("population", item["population"]),
        ("arrangement", words(item["arrangement"])),
        ("outcome", words(item["outcome"])),
        ("grade", grade and _joined(grade["system"], grade["code"])),
        ("label", label and label["text"]),
    )
    return replace(_fact(record, name, item["text"], item, details), quote="")


def _responsibility(record: Json, item: Json) -> Fact:
    details = (
        ("modality", _joined(words(item["modality"]), _quoted(item["term"]))),
        ("to", item["recipient"]),
        ("condition", item["condition"]),
        ("kind of actor", ", ".join(item["actor_kinds"])),
        ("in every document of the publisher", "yes" if item["generic"] else None),
    )
    return replace(_fact(record, item["actor"] or "nobody named", item["action"], item, details), quote="")


def _code(record: Json, item: Json) -> Fact:
    valid = item["check_digit_valid"]
    details = (
        ("meaning", item["display"]),
        ("role", item["role"]),
        ("note", item["note"]),
        ("check digit", None if valid is None else "right" if valid else "wrong"),
    )
    return _fact(record, item["system"], item["code"] or "no code", item, details)


def _definition(record: Json, item: Json) -> Fact:
    return replace(_fact(record, item["term"], item["text"], item), quote="")


def _table(record: Json, item: Json) -> Fact:
    size = f"{len(item['rows'])} rows of {max(map(len, (item['header'], *item['rows'])))} cells"
    made = _fact(record, item["caption"] or "table", size, item, (("header", " | ".join(item["header"])),))
    return replace(made, quote="")


def _link(record: Json, item: Json) -> Fact:
    made = _fact(record, item["text"] or "(no words)", item["url"] or "no address is known", item)
    return replace(made, quote="", target=item["target_id"], target_url=address(item["url"]))


def _warning(record: Json, item: Json) -> Fact:
    details = (("to be looked at", "yes" if item["level"] == "review" else None),)
    return _fact(record, words(item["code"]), item["message"], item, details)


def _fact(record: Json, name: str, value: str, item: Json, details: Sequence[tuple[str, Any]] = ()) -> Fact:
    evidence = item.get("evidence") or ()
    return Fact(
        name=name,
        value=value,
        details=tuple((label, said) for label, said in details if said),
        basis=item.get("basis"),
        certainty=item.get("confidence"),
        rule=item.get("rule"),
        spans=tuple((one["start"], one["end"]) for one in evidence),
        quote=" … ".join(one["quote"] for one in evidence),
        pages=tuple(sorted({one["page"] for one in evidence if one.get("page")})),
        section=item.get("section"),
        at_publisher=address(rows.link(record, item)) if evidence else None,
    )


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _quoted(term: str | None) -> str | None:
    return f"“{term}”" if term else None
