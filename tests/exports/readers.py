"""Each format read by a reader of its own standard, down to counts that must agree."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pyarrow.parquet as pq
import rdflib
from docling_core.types.doc.document import DoclingDocument
from fhir.resources.bundle import Bundle
from openpyxl import load_workbook
from rdflib.namespace import DCTERMS, RDF, SDO

from betony.export import FORMATS, write
from betony.export.chunks import SHAPES
from betony.record import json_schema


@dataclass(frozen=True)
class Counts:
    """What a file says it holds; None for what its format does not tell."""

    records: int | None = None
    sections: int | None = None
    recommendations: int | None = None
    responsibilities: int | None = None


def expected(records: Iterable[dict[str, Any]]) -> Counts:
    every = list(records)
    names = ("sections", "recommendations", "responsibilities")
    return Counts(len(every), *(sum(len(record[name]) for record in every) for name in names))


def read_jsonl(path: Path) -> Counts:
    validator = jsonschema.Draft202012Validator(json_schema())
    records = [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]]
    for record in records:
        validator.validate(record)
    return expected(records)


def read_csv(path: Path) -> Counts:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert all(None not in row and None not in row.values() for row in rows)
    names = ("sections", "recommendations", "responsibilities")
    return Counts(len(rows), *(sum(int(row[name]) for row in rows) for name in names))


def read_parquet(path: Path) -> Counts:
    return expected(pq.read_table(path).to_pylist())


def read_duckdb(path: Path) -> Counts:
    with duckdb.connect(str(path), read_only=True) as database:
        tables = ("records", "sections", "recommendations", "responsibilities")
        return Counts(*(database.execute(f"select count(*) from {name}").fetchall()[0][0] for name in tables))  # noqa: S608 - our names


def read_jsonld(path: Path) -> Counts:
    graph = rdflib.Graph().parse(path, format="json-ld")
    for term in {*graph.predicates(), *graph.objects(None, RDF.type)}:
        if str(term).startswith(str(SDO)):
            assert str(term).removeprefix(str(SDO)) in SDO.__annotations__, term
        elif str(term).startswith(str(DCTERMS)):
            assert str(term).removeprefix(str(DCTERMS)) in DCTERMS.__annotations__, term
        else:
            assert str(term).startswith(("urn:betony:vocab:", str(RDF))), term
    kinds = (SDO.MedicalGuidelineRecommendation, rdflib.URIRef("urn:betony:vocab:Responsibility"))
    found = [len(set(graph.subjects(RDF.type, kind))) for kind in (SDO.MedicalGuideline, *kinds)]
    return Counts(found[0], None, found[1], found[2])


def read_annotations(path: Path) -> Counts:
    page = json.loads(path.read_text("utf-8"))
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    assert len({item["id"] for item in page["items"]}) == len(page["items"])
    kinds = [item["body"][0]["value"] for item in page["items"]]
    sections = sum(kind.startswith("section:") for kind in kinds)
    given = ("recommendation", "research_recommendation", "quality_statement")
    return Counts(None, sections, sum(kind in given for kind in kinds), kinds.count("responsibility"))


def read_chunks(path: Path) -> Counts:
    chunks = [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]]
    assert len({chunk["id"] for chunk in chunks}) == len(chunks)
    places = {(chunk["metadata"]["record_id"], chunk["metadata"]["section"]) for chunk in chunks}
    return Counts(len({record for record, _ in places}), len(places))


def read_docling(path: Path) -> Counts:
    documents = [DoclingDocument.model_validate_json(line) for line in path.read_text("utf-8").split("\n")[:-1]]
    return Counts(len(documents), sum(group.label == "section" for one in documents for group in one.groups))


def read_fhir(path: Path) -> Counts:
    bundles = [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]]
    plans = duties = 0
    for bundle in bundles:
        Bundle.model_validate(bundle)
        resources = [entry["resource"] for entry in bundle["entry"]]
        assert resources[0]["resourceType"] == "Composition"
        assert all(re.fullmatch(r"[A-Za-z0-9\-.]{1,64}", resource["id"]) for resource in resources)
        known = {entry["fullUrl"] for entry in bundle["entry"]}
        assert set(re.findall(r'"reference": "([^"]+)"', json.dumps(bundle))) <= known
        plans += sum(resource["resourceType"] == "PlanDefinition" for resource in resources)
        duties += sum(len(one["statement"]) for one in resources if one["resourceType"] == "Requirements")
    return Counts(len(bundles), None, plans, duties)


def read_sheet(path: Path) -> Counts:
    sheet = load_workbook(path, read_only=True)["Assessment"]
    rows = list(sheet.values)
    kinds = [row[rows[0].index("Kind")] for row in rows[1:]]
    duties = sum(kind in ("Duty", "Standing duty") for kind in kinds)
    return Counts(None, None, len(kinds) - duties, duties)


READERS: dict[str, Callable[[Path], Counts]] = {
    "jsonl": read_jsonl,
    "csv": read_csv,
    "parquet": read_parquet,
    "duckdb": read_duckdb,
    "jsonld": read_jsonld,
    "annotations": read_annotations,
    "chunks": read_chunks,
    "docling": read_docling,
    "fhir": read_fhir,
    "sheet": read_sheet,
}
OPTIONS: dict[str, dict[str, Any]] = {"chunks": {"furniture": True}}


def check_every_export(lines: list[str], folder: Path) -> dict[str, Counts]:
    """Makes every file, reads each with its own reader, and holds its counts against those of the records."""
    wanted = expected(map(json.loads, lines))
    found = {}
    for name, read in READERS.items():
        path = folder / f"{name}{FORMATS[name].suffix}"
        write(name, iter(lines), str(path), **OPTIONS.get(name, {}))
        found[name] = read(path)
        for what in ("records", "sections", "recommendations", "responsibilities"):
            assert getattr(found[name], what) in (None, getattr(wanted, what)), (name, what)
    assert set(found) == set(FORMATS) - {"dlt"}
    for table in ("sections", "recommendations", "responsibilities"):
        count = write("csv", iter(lines), str(folder / f"{table}.csv"), table=table)
        assert count == getattr(wanted, table)
    for shape in SHAPES:
        write("chunks", iter(lines), str(folder / f"{shape}.jsonl"), shape=shape)
        assert len((folder / f"{shape}.jsonl").read_bytes().splitlines()) == len(
            (folder / "plain.jsonl").read_bytes().splitlines()
        )
    return found
