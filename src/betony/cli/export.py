"""`betony export …`: records in another form."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any

import typer

from betony.cli.shared import StoreOption, app, export_app, reading, speaking
from betony.naming import record_called

OutFile = Annotated[str, typer.Argument(metavar="OUT", help="The file to write.")]
OutText = Annotated[str, typer.Argument(metavar="OUT", help="The file to write, or - for standard output.")]
OutAny = Annotated[
    str,
    typer.Argument(metavar="OUT", help="The file to write, a folder for a file a record, or - for standard output."),
]
SinceOption = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Only records that came or changed on this day (UTC) or later, or at this time or later; "
        "a record that was made again and came out the same has not changed.",
    ),
]


@export_app.command("jsonl")
def export_jsonl(out: OutText, since: SinceOption = None, store: StoreOption = None) -> None:
    """Write every record as one line of JSON, in order of id.

    \b
      betony export jsonl records.jsonl
      betony export jsonl - | jq -r .title.value
    """
    _export("jsonl", out, store, since)


class Rows(StrEnum):
    """What the rows of a CSV file are."""

    RECORDS = "records"
    SECTIONS = "sections"
    RECOMMENDATIONS = "recommendations"
    RESPONSIBILITIES = "responsibilities"
    RELATIONS = "relations"
    CODES = "codes"


@export_app.command("csv")
def export_csv(
    out: OutText,
    table: Annotated[Rows, typer.Option(help="What a row is.")] = Rows.RECORDS,
    since: SinceOption = None,
    store: StoreOption = None,
) -> None:
    """Write rows for spreadsheets and statistics programs.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front.

    \b
      betony export csv records.csv
      betony export csv duties.csv --table responsibilities
    """
    _export("csv", out, store, since, "rows", table=table.value)


@export_app.command("parquet")
def export_parquet(out: OutFile, since: SinceOption = None, store: StoreOption = None) -> None:
    """Write whole records as one Parquet file, nested fields kept.

    \b
      betony export parquet records.parquet
      duckdb -c "select id, status.currency from 'records.parquet'"
    """
    _export("parquet", out, store, since)


@export_app.command("duckdb")
def export_duckdb(out: OutFile, since: SinceOption = None, store: StoreOption = None) -> None:
    """Write a DuckDB database: the table records, and views sections, recommendations, responsibilities and more.

    \b
      betony export duckdb guidance.duckdb
      duckdb guidance.duckdb "select actor, count(*) from responsibilities group by all"
    """
    _export("duckdb", out, store, since)


@export_app.command("jsonld")
def export_jsonld(out: OutText, since: SinceOption = None, store: StoreOption = None) -> None:
    """Write linked data: schema.org's MedicalGuideline and its recommendations, Dublin Core's dates and relations.

    \b
      betony export jsonld guidance.jsonld
    """
    _export("jsonld", out, store, since)


@export_app.command("annotations")
def export_annotations(out: OutText, since: SinceOption = None, store: StoreOption = None) -> None:
    """Write W3C Web Annotations: every section and fact with its words, and a link that opens the page at them.

    \b
      betony export annotations annotations.jsonld
    """
    _export("annotations", out, store, since, "annotations")


@export_app.command("docling")
def export_docling(out: OutAny, since: SinceOption = None, store: StoreOption = None) -> None:
    """Write DoclingDocuments: one a line, or into a folder one file a record.

    Into a folder, files of records that the store no longer holds are removed, unless --since is given.

    \b
      betony export docling documents.jsonl
      betony export docling documents/
    """
    _export("docling", out, store, since, complete=since is None)


@export_app.command("fhir")
def export_fhir(out: OutAny, since: SinceOption = None, store: StoreOption = None) -> None:
    """Write FHIR R5 document bundles: one a line, or into a folder one file a record.

    Into a folder, files of records that the store no longer holds are removed, unless --since is given.

    \b
      betony export fhir guidance.ndjson
      betony export fhir bundles/
    """
    _export("fhir", out, store, since, complete=since is None)


@export_app.command("dlt")
def export_dlt(
    destination: Annotated[
        str,
        typer.Argument(metavar="DESTINATION", help="An address (duckdb://, postgresql://, file://), or dlt's name."),
    ],
    since: SinceOption = None,
    store: StoreOption = None,
) -> None:
    """Merge the records into a destination of dlt, by id; a run that was stopped is made good by running it again.

    \b
      betony export dlt duckdb:///guidance.duckdb
      betony export dlt bigquery     set up as dlt's pages say
    """
    _export("dlt", destination, store, since)


class Shape(StrEnum):
    """Whose documents the lines of a chunks file are."""

    PLAIN = "plain"
    LANGCHAIN = "langchain"
    LLAMA_INDEX = "llama-index"
    HAYSTACK = "haystack"


@export_app.command("chunks")
def export_chunks(
    out: OutText,
    max_chars: Annotated[int, typer.Option(min=100, metavar="N", help="Characters of the longest piece.")] = 2_000,
    shape: Annotated[Shape, typer.Option(help="Whose Document a line is.")] = Shape.PLAIN,
    furniture: Annotated[bool, typer.Option("--furniture", help="With menus and footers too.")] = False,
    since: SinceOption = None,
    store: StoreOption = None,
) -> None:
    """Write pieces of sections for search and retrieval, one a line.

    A piece never crosses from one section into the next. Each has an id, its words, and where they stand: offsets,
    headings, section type, the guidance's status and licence, and a link that opens the page at the words.

    \b
      betony export chunks chunks.jsonl --max-chars 1200
      betony export chunks chunks.jsonl --shape langchain     Document(**line)
      betony export chunks chunks.jsonl --shape llama-index   TextNode.from_dict(line)
      betony export chunks chunks.jsonl --shape haystack      Document.from_dict(line)
    """
    _export("chunks", out, store, since, "pieces", max_chars=max_chars, shape=shape.value, furniture=furniture)


@export_app.command("sheet")
def export_sheet(
    out: OutFile,
    previous: Annotated[
        str | None, typer.Option(metavar="FILE", help="The sheet whose answers are carried on; OUT where it exists.")
    ] = None,
    record: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this guidance; may be given several times.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Write the baseline assessment sheet: a row a recommendation and a duty, with columns for your answers.

    Exported over an earlier sheet, it carries every answer, remark and column of yours on, marks what is new or changed,
    says on a second sheet what it was before, and keeps rows that the guidance no longer has, with their answers, on a
    sheet of their own. The earlier file stays beside it as OUT.previous.xlsx.

    \b
      betony export sheet assessment.xlsx
      betony export sheet ng900.xlsx --record nice:ng900
    """
    _export("sheet", out, store, None, "rows", only=record or (), previous=previous)


def _export(
    name: str,
    out: str,
    store: str | None,
    since: str | None,
    things: str = "records",
    *,
    only: Sequence[str] = (),
    **options: Any,
) -> None:
    with speaking(out=out), reading(store) as opened:
        from betony import export

        named = [record_called(opened, one) for one in only]
        records = map(opened.json, named) if named else opened.every_json(_moment(since))
        count = export.write(name, records, out, **options)
        if out != "-":
            typer.echo(f"{count:,} {things} in {out}")


def _moment(since: str | None) -> str | None:
    """A day or a time as the store writes times: in UTC, to the second."""
    from datetime import UTC, datetime

    from betony.errors import UsageError

    if since is None:
        return None
    try:
        given = datetime.fromisoformat(since)
    except ValueError:
        raise UsageError(
            f"{since!r} is no date", advice="write it as 2026-11-25 or 2026-11-25T09:30:00+00:00"
        ) from None
    moment = given.replace(tzinfo=UTC) if given.tzinfo is None else given.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@export_app.command("warc")
def export_warc(
    out: OutText,
    append: Annotated[
        bool, typer.Option("--append", help="Add what is not in the archive yet; a torn end is cut off first.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Write every capture as a web archive (WARC), as it came, for other tools and for `betony ingest`.

    \b
      betony export warc captures.warc.gz
      betony export warc captures.warc.gz --append
    """
    with speaking(out=out), reading(store) as opened:
        from betony.export import files, warc

        files.check(out)
        items = (
            warc.Item(one.input_id, one.capture, one.stored_at, one.headers, one.cut)
            for one in opened.frontier.archive()
        )
        count = (warc.append if append else warc.write)(items, out)
        if out != files.STDOUT:
            typer.echo(f"{count:,} captures {'added to' if append else 'in'} {out}")


@app.command("datasette-metadata")
def datasette_metadata(store: StoreOption = None) -> None:
    """Print metadata that makes Datasette a good explorer of the store: descriptions, facets, ready-made queries.

    \b
      betony datasette-metadata | datasette betony.db -m -
    """
    import json

    from betony import settings
    from betony.export import datasette

    with speaking():
        typer.echo(json.dumps(datasette.metadata(settings.load({"store": store}).store), indent=2, ensure_ascii=False))
