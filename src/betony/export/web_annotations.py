"""Facts as W3C Web Annotations: each names what it found and selects the words, by position and by quotation.

A fact's first target is the record's canonical text, where positions hold (in code points, as the standard counts);
the second is the publisher's page, where the words are found by quotation and by a text fragment.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from betony.export.files import writing
from betony.export.fragments import link
from betony.export.identifiers import address, iri
from betony.export.rows import span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32
"""Characters of prefix and suffix, as annotation clients usually keep."""


def write(records: Iterable[str], out: str) -> int:
    """Writes one AnnotationPage with the annotations of every record; how many annotations."""
    count = 0
    with writing(out) as file:
        head = {"@context": CONTEXT, "id": "urn:betony:annotations", "type": "AnnotationPage", "startIndex": 0}
        file.write(json.dumps(head).encode()[:-1] + b', "items": [')
        for record in records:
            for item in annotate(json.loads(record)):
                file.write((b",\n" if count else b"\n") + json.dumps(item, ensure_ascii=False).encode())
                count += 1
        file.write(b"\n]}\n")
    return count


def annotate(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The annotations of one record, in the order of its fields; what came from outside the text has none."""
    for place, (what, value, start, end) in enumerate(_facts(record)):
        yield {
            "id": f"{iri(record['id'])}:annotation:{place}",
            "type": "Annotation",
            "motivation": "classifying",
            "body": [
                {"type": "TextualBody", "purpose": "classifying", "format": "text/plain", "value": what},
                *(
                    [{"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": value}]
                    if value
                    else []
                ),
            ],
            "target": _targets(record, start, end),
        }


def _targets(record: Mapping[str, Any], start: int, end: int) -> list[dict[str, Any]]:
    text = record["text"]
    quotation = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - _AROUND) : start],
        "suffix": text[end : end + _AROUND],
    }
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    targets: list[dict[str, Any]] = [
        {"type": "SpecificResource", "source": f"{iri(record['id'])}:text", "selector": [position, quotation]}
    ]
    url = address(link(record, start, end))
    if url:
        source, _, directive = url.partition("#:~:" if "#:~:" in url else ":~:")
        fragment = {
            "type": "FragmentSelector",
            "conformsTo": "https://wicg.github.io/scroll-to-text-fragment/",
            "value": f":~:{directive}",
        }
        selectors = [quotation, fragment] if directive else [quotation]
        targets.append({"type": "SpecificResource", "id": url, "source": source, "selector": selectors})
    return targets


def _facts(record: Mapping[str, Any]) -> Iterator[tuple[str, str | None, int, int]]:
    """What each fact is, its value in words, and where it stands."""
    for section in record["sections"]:
        yield f"section:{section['type']}", None, section["start"], section["end"]
    single = [("title", record["title"]), ("status", record["status"])]
    single += [(f"date:{name}", date) for name, date in record["dates"].items()]
    for what, fact in single:
        place = span(fact) if fact else None
        if place:
            yield what, fact["currency"] if what == "status" else fact["value"], *place
    for name, describe in _DESCRIBED.items():
        for item in record[name]:
            place = span(item)
            if place:
                yield (*describe(item), *place)


_DESCRIBED: dict[str, Callable[[Mapping[str, Any]], tuple[str, str | None]]] = {
    "recommendations": lambda item: (item["kind"], item["id"]),
    "responsibilities": lambda item: ("responsibility", item["id"]),
    "relations": lambda item: (
        f"relation:{item['type']}",
        item["target"]["id"] or item["target"]["url"] or item["target"]["label"],
    ),
    "codes": lambda item: ("code", f"{item['system']} {item['code'] or item['note'] or ''}".strip()),
    "definitions": lambda item: ("definition", item["term"]),
}
