"""Records as linked data: schema.org's medical guideline and its recommendations, Dublin Core's dates and relations.

The context stands in the file, so that it is read without the network. What the two vocabularies have no word for has
one under `urn:betony:vocab:`, and a claim is made in their words only where it is exact: a relation that covers a part
of a document, or is only planned, is `dcterms:relation`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from betony.export.files import writing
from betony.export.fragments import link
from betony.export.identifiers import VOCABULARY, address, iri, page
from betony.export.rows import span, words

CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "betony": VOCABULARY,
    "url": {"@id": "schema:url", "@type": "@id"},
    "license": {"@id": "schema:license", "@type": "@id"},
    **{
        name: f"schema:{name}"
        for name in (
            *("name", "identifier", "publisher", "inLanguage", "creativeWorkStatus", "hasPart", "text", "position"),
            *("recommendationStrength", "evidenceLevel", "code", "codeValue", "codingSystem", "audience"),
            *("datePublished", "dateModified", "audienceType", "spatialCoverage", "copyrightNotice", "alternateName"),
        )
    },
}
_RELATIONS = {
    "replaces": "dcterms:replaces",
    "is_replaced_by": "dcterms:isReplacedBy",
    "is_based_on": "dcterms:source",
}
"""Those that Dublin Core says exactly; all others are `dcterms:relation`."""
_DATES = {
    "published": "dcterms:issued",
    "modified": "dcterms:modified",
    "last_reviewed": "betony:lastReviewed",
    "next_review": "betony:nextReview",
    "withdrawn": "betony:withdrawn",
    "expected": "dcterms:available",
    "status_changed": "betony:statusChanged",
    "consultation_opens": "betony:consultationOpens",
    "consultation_closes": "betony:consultationCloses",
}
_PRECISIONS = {"year": "xsd:gYear", "month": "xsd:gYearMonth", "day": "xsd:date"}


def write(records: Iterable[str], out: str) -> int:
    """Writes one JSON-LD document with every record in its graph; how many records."""
    count = 0
    with writing(out) as file:
        file.write(b'{"@context": ' + json.dumps(CONTEXT).encode() + b',\n"@graph": [')
        for record in records:
            node = json.dumps(guideline(json.loads(record)), ensure_ascii=False)
            file.write((b",\n" if count else b"\n") + node.encode())
            count += 1
        file.write(b"\n]}\n")
    return count


def guideline(record: Mapping[str, Any]) -> dict[str, Any]:
    """One record as a node, without the context."""
    license_ = record["license"]
    return _known(
        {
            "@id": page(record),
            "@type": ["schema:MedicalGuideline", "schema:CreativeWork"],
            "identifier": [record["id"], *([record["identifier"]] if record["identifier"] else [])],
            "name": record["title"] and record["title"]["value"],
            "url": address(record["url"]),
            "publisher": record["publisher"]
            and {
                "@type": "schema:Organization",
                "name": record["publisher"]["name"],
                "identifier": record["publisher"]["id"],
            },
            "betony:documentType": record["document_type"],
            "inLanguage": record["language"],
            "spatialCoverage": record["jurisdictions"],
            "audience": [{"@type": "schema:Audience", "audienceType": one} for one in record["audience"]],
            "creativeWorkStatus": record["status"]["code"],
            "betony:currency": record["status"]["currency"],
            "license": address(license_["url"]),
            "copyrightNotice": license_["text"],
            "datePublished": record["dates"]["published"] and record["dates"]["published"]["value"],
            "dateModified": record["dates"]["modified"] and record["dates"]["modified"]["value"],
            **{_DATES[name]: _date(date) for name, date in record["dates"].items() if date},
            **_relations(record["relations"]),
            "code": [_code(code) for code in record["codes"]],
            "hasPart": [*_recommendations(record), *_responsibilities(record)],
        }
    )


def _recommendations(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for item in record["recommendations"]:
        strength, grade = item["strength"] or {}, item["grade"] or {}
        yield _known(
            {
                "@id": iri(item["id"]),
                "@type": ["schema:MedicalGuidelineRecommendation", "schema:CreativeWork"],
                "identifier": item["id"],
                "position": item["number"],
                "text": item["text"],
                "recommendationStrength": strength.get("code"),
                "evidenceLevel": " ".join(filter(None, (grade.get("system"), grade.get("code")))) or None,
                "betony:kind": item["kind"],
                "betony:direction": strength.get("direction"),
                "betony:actor": item["actor"],
                "url": _at(record, item),
            }
        )


def _responsibilities(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for item in record["responsibilities"]:
        yield _known(
            {
                "@id": iri(item["id"]),
                "@type": ["betony:Responsibility", "schema:CreativeWork"],
                "identifier": item["id"],
                "text": words(item) or item["action"],
                "betony:modality": item["modality"],
                "betony:actor": item["actor"],
                "betony:action": item["action"],
                "url": _at(record, item),
            }
        )


def _relations(relations: Iterable[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for relation in relations:
        target = relation["target"]
        node = {"name": target["label"], "identifier": target["id"], "url": address(target["url"])}
        if target["url"] or target["id"]:
            node = {"@id": address(target["url"]) or iri(target["id"]), **node}
        name = "dcterms:relation" if relation["draft"] else _RELATIONS.get(relation["type"], "dcterms:relation")
        found.setdefault(name, []).append(_known(node))
        if name == "dcterms:relation":
            claim = {"betony:relationType": relation["type"], "betony:scope": relation["scope"]}
            claim |= {"betony:planned": relation["draft"], "betony:target": _known(node)}
            found.setdefault("betony:relation", []).append(_known(claim))
    return found


def _code(code: Mapping[str, Any]) -> dict[str, Any]:
    named = {
        "codeValue": code["code"],
        "codingSystem": code["system"],
        "name": code["display"],
        "betony:note": code["note"],
    }
    return _known({"@type": "schema:MedicalCode", **named})


def _date(date: Mapping[str, Any]) -> dict[str, str]:
    return {"@type": _PRECISIONS[date["precision"]], "@value": date["value"]}


def _at(record: Mapping[str, Any], item: Mapping[str, Any]) -> str | None:
    place = span(item)
    return address(link(record, *place) if place else record["url"])


def _known(node: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if value is not None and value != []}
