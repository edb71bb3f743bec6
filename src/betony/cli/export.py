"""`betony export …`: records in another form."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from betony.cli.shared import StoreOption, export_app, reading, speaking

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
    options = {"max_chars": max_chars, "shape": shape.value, "furniture": furniture}
    _export("chunks", out, store, since, "pieces", **options)


def _export(name: str, out: str, store: str | None, since: str | None, things: str = "records", **options: Any) -> None:
    with speaking(out=out), reading(store) as opened:
        from betony import export

        count = export.write(name, opened.every_json(_moment(since)), out, **options)
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
