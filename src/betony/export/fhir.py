"""Records as FHIR R5: a document Bundle each, checked against R5 before it is written.

A Composition holds the text section by section, a Citation says where it comes from and how it stands, a PlanDefinition
a recommendation (strength in the extension `cqf-strengthOfRecommendation`), and one Requirements resource the duties,
for R5 defines it as what actors are obliged to do. Dates keep their precision; a date that FHIR demands and the guidance
does not give is marked unknown instead of made up.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from fhir.resources.bundle import Bundle
from pydantic import ValidationError

from betony.errors import BetonyError
from betony.export import documents
from betony.export.cells import legal
from betony.export.files import safe_name
from betony.export.formats import is_folder
from betony.export.fragments import link
from betony.export.identifiers import VOCABULARY, address, iri
from betony.export.rows import span, words

SUFFIX = ".fhir.json"
_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_STRENGTH = "http://hl7.org/fhir/StructureDefinition/cqf-strengthOfRecommendation"
_COMPOSITION_STATUS = {"active": "final", "draft": "preliminary", "retired": "deprecated", "unknown": "unknown"}
_RELATIONS = {
    "replaces": "replaces",
    "is_replaced_by": "replaced-with",
    "partially_replaces": "amends",
    "is_partially_replaced_by": "amended-with",
    "updates": "amends",
    "is_updated_by": "amended-with",
    "read_in_conjunction_with": "documentation",
    "is_based_on": "derived-from",
}
"""Those that R5 has a code for; the others, and what is only planned, are notes."""
_CONFORMANCE = {"must": "SHALL", "should": "SHOULD", "expected": "SHOULD", "may": "MAY", "should_not": "SHOULD-NOT"}
_SYSTEMS = {
    "SNOMED CT": "http://snomed.info/sct",
    "ICD-10": "http://hl7.org/fhir/sid/icd-10",
    "OPCS-4": "https://fhir.hl7.org.uk/Id/opcs-4",
}


def write(records: Iterable[str], out: str, *, complete: bool = True) -> int:
    """Writes one Bundle a line (ndjson), or a file each in a folder; how many records."""
    if is_folder(out):
        return documents.write_folder(records, out, _text, SUFFIX, complete=complete)
    return documents.write(records, out, _text)


def _text(record: Mapping[str, Any]) -> str:
    body = bundle(record)
    try:
        Bundle.model_validate(body)
    except ValidationError as error:
        raise BetonyError(
            f"does not fit FHIR R5: {error.errors()[0]['msg']} at {error.errors()[0]['loc']}",
            document=record["id"],
            advice="this is a defect of betony and worth reporting",
        ) from error
    return json.dumps(body, ensure_ascii=False)


def bundle(record: Mapping[str, Any]) -> dict[str, Any]:
    """One record as a Bundle of type document."""
    resources = [
        _filled(one) for one in (_composition(record), _citation(record), *_plans(record), *_requirements(record))
    ]
    return {
        "resourceType": "Bundle",
        "id": safe_name(record["id"]),
        "identifier": _identifier(record["id"]),
        "type": "document" if record["processing"]["at"] else "collection",  # a document must say when it was made
        **_known(timestamp=record["processing"]["at"]),
        "entry": [{"fullUrl": _full_url(one["resourceType"], one["id"]), "resource": one} for one in resources],
    }


def _full_url(kind: str, identity: str) -> str:
    """What other resources of the bundle refer to; the same for the same id, whenever it is written."""
    return uuid5(NAMESPACE_URL, f"{iri(kind)}:{identity}").urn


def _composition(record: Mapping[str, Any]) -> dict[str, Any]:
    dates = record["dates"]
    date = next((dates[name]["value"] for name in ("modified", "published", "last_reviewed") if dates[name]), None)
    publisher = record["publisher"]
    name = _string(publisher["name"]) if publisher else None
    notes = [{"text": note} for note in _notes(record)]
    return {
        "resourceType": "Composition",
        "id": safe_name(record["id"]),
        "identifier": [_identifier(record["id"])],
        "status": _COMPOSITION_STATUS[record["status"]["code"]],
        "type": {"text": "Guideline"},
        **_known(category=record["document_type"] and [{"text": _string(record["document_type"].replace("_", " "))}]),
        **({"date": date} if date else {"_date": {"extension": [_unknown()]}}),
        "author": [{"display": name} if name else {"extension": [_unknown()]}],
        "title": _title(record),
        **_known(language=record["language"], url=address(record["url"])),
        **_listed(note=notes, relatesTo=list(_relations(record)), section=_sections(record)),
    }


def _sections(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The body's sections, each in its parent; what follows from them is referred to from there."""
    entries: dict[str, list[dict[str, str]]] = {}
    for item in record["recommendations"]:
        entries.setdefault(item["section"], []).append(
            {"reference": _full_url("PlanDefinition", safe_name(item["id"]))}
        )
    duties = {item["section"] for item in record["responsibilities"]}
    for section in duties:
        entries.setdefault(section, []).append({"reference": _full_url("Requirements", safe_name(record["id"]))})
    roots: list[dict[str, Any]] = []
    made: dict[str, dict[str, Any]] = {}
    for section in record["sections"]:
        if section["layer"] == "furniture":
            continue
        own = {
            "id": safe_name(section["id"]),
            **_known(title=_string(section["heading"]["text"]) if section["heading"] else None),
            "code": {"coding": [{"system": f"{VOCABULARY}section-type", "code": section["type"]}]},
            "text": {"status": "generated", "div": _narrative(record["text"][section["start"] : section["end"]])},
            **_listed(entry=entries.get(section["id"], [])),
        }
        made[section["id"]] = own
        above = made.get(section["parent"])
        (roots if above is None else above.setdefault("section", [])).append(own)
    return roots


def _citation(record: Mapping[str, Any]) -> dict[str, Any]:
    dates, url = record["dates"], address(record["url"])
    states = [{"text": record["status"]["currency"].replace("_", " ")}]
    codes = [
        {
            **_known(text=_string(code["display"] or code["note"] or "")),
            "coding": [{"system": _SYSTEMS[code["system"]], **_known(code=_token(code["code"]))}],
        }
        for code in record["codes"]
    ]
    artifact = {
        "identifier": [_identifier(one) for one in (record["id"], record["identifier"]) if one],
        "currentState": states,
        "title": [{"text": _title(record)}],
        **_listed(
            webLocation=[{"url": url}] if url else [],
            statusDate=[
                {"activity": {"text": name.replace("_", " ")}, "period": {"start": date["value"]}}
                for name, date in dates.items()
                if date
            ],
        ),
    }
    return {
        "resourceType": "Citation",
        "id": safe_name(record["id"]),
        "status": record["status"]["code"],
        "title": _title(record),
        **_known(
            url=url,
            date=dates["published"] and dates["published"]["value"],
            publisher=record["publisher"] and _string(record["publisher"]["name"]),
            copyright=_string(record["license"]["text"]),
            lastReviewDate=dates["last_reviewed"] and dates["last_reviewed"]["value"],
        ),
        **_listed(
            jurisdiction=[{"text": _string(one)} for one in record["jurisdictions"]],
            classification=[{"type": {"text": "clinical code"}, "classifier": codes}] if codes else [],
        ),
        "citedArtifact": artifact,
    }


def _plans(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    whole = _full_url("Composition", safe_name(record["id"]))
    for item in record["recommendations"]:
        strength = item["strength"]
        said = {"coding": [{"system": f"{VOCABULARY}strength", "code": strength["code"]}]} if strength else None
        if strength and strength["term"]:
            said = {**(said or {}), "text": _string(strength["term"])}
        action = {
            **_known(
                prefix=_string(item["number"]),
                description=_string(item["text"]),
                documentation=_documented(record, item),
            ),
            **_listed(participant=[{"role": {"text": _string(item["actor"])}}] if item["actor"] else []),
        }
        yield {
            "resourceType": "PlanDefinition",
            "id": safe_name(item["id"]),
            **_listed(extension=[{"url": _STRENGTH, "valueCodeableConcept": said}] if said else []),
            "identifier": [_identifier(item["id"])],
            **_known(title=_string(item["number"])),
            "type": {"text": item["kind"].replace("_", " ")},
            "status": record["status"]["code"],
            "description": _string(item["text"]),
            "relatedArtifact": [{"type": "part-of", "resourceReference": {"reference": whole}}],
            "action": [action],
        }


def _requirements(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    statements = []
    for item in record["responsibilities"]:
        conformance = _CONFORMANCE.get(item["modality"])
        statements.append(
            {
                "key": safe_name(item["id"]),
                **_known(label=_string(item["actor"])),
                **_listed(conformance=[conformance] if conformance else []),
                "conditionality": item["condition"] is not None,
                "requirement": _string(words(item)) or _string(item["action"]) or item["modality"],
            }
        )
    if statements:
        yield {
            "resourceType": "Requirements",
            "id": safe_name(record["id"]),
            "status": record["status"]["code"],
            "title": _title(record),
            "statement": statements,
        }


def _relations(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for relation in record["relations"]:
        code, target = _RELATIONS.get(relation["type"]), relation["target"]
        if code is None or relation["draft"]:
            continue
        named = _string(target["label"]) or target["id"]
        document = {"url": url} if (url := address(target["url"])) else None
        identified = {"identifier": _identifier(target["id"])} if target["id"] else None
        yield {
            "type": code,
            **_known(display=_string(named), document=document, resourceReference=None if document else identified),
        }


def _notes(record: Mapping[str, Any]) -> Iterator[str]:
    for relation in record["relations"]:
        if relation["type"] not in _RELATIONS or relation["draft"]:
            target = relation["target"]
            planned = "planned: " if relation["draft"] else ""
            yield _string(
                f"{planned}{relation['type'].replace('_', ' ')} {target['label'] or target['id'] or target['url']}"
            )
    if record["status"]["notice"]:
        yield _string(record["status"]["notice"])


def _documented(record: Mapping[str, Any], item: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    place = span(item)
    url = address(link(record, *place)) if place else None
    return [{"type": "citation", "document": {"url": url}}] if url else None


def _narrative(text: str) -> str:
    blocks = [escape(legal(block).strip(), quote=False) for block in text.split("\n\n") if block.strip()]
    inner = "".join("<p>" + block.replace("\n", "<br/>") + "</p>" for block in blocks)
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{inner}</div>'


def _title(record: Mapping[str, Any]) -> str:
    return (record["title"] and _string(record["title"]["value"])) or safe_name(record["id"])


def _identifier(value: str) -> dict[str, str]:
    return {"system": f"{VOCABULARY}id", "value": _string(value) or safe_name(value)}


def _unknown() -> dict[str, str]:
    return {"url": _ABSENT, "valueCode": "unknown"}


def _string(text: str | None) -> Any:
    """As FHIR holds strings: no control characters, no space around, and none at all instead of an empty one."""
    return (legal(text).strip() or None) if text is not None else None


def _token(code: str | None) -> str | None:
    """A code as FHIR holds codes: no space but single ones within."""
    return " ".join(legal(code).split()) or None if code is not None else None


def _filled(value: Any) -> Any:
    """The resource without what is empty, for FHIR's JSON holds neither nulls nor empty lists and objects."""
    if isinstance(value, dict):
        return {name: kept for name, one in value.items() if (kept := _filled(one)) not in (None, "", {}, [])}
    return [kept for one in value if (kept := _filled(one)) not in (None, {}, [])] if isinstance(value, list) else value


def _known(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _listed(**values: list[Any]) -> dict[str, list[Any]]:
    return {name: value for name, value in values.items() if value}
