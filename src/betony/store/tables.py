"""The tables, in the SQL that every database shares."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Tuple,
    TypeDecorator,
    UniqueConstraint,
    literal,
    tuple_,
)
from sqlalchemy.types import TypeEngine

from betony.store import migrations

REVISION = migrations.numbers()[-1]
VERSION = int(REVISION)
"""The number of this layout; a store of a newer one is refused, of an older one waits for `betony store upgrade`."""

metadata = MetaData()


class Words(TypeDecorator[str]):
    """Text that every database can hold and sorts alike, by code point.

    NUL and lone surrogates, which file names may bring, become U+FFFD.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """PostgreSQL would sort by the rules of a language, which differ from server to server."""
        return dialect.type_descriptor(Text(collation="C") if dialect.name == "postgresql" else Text())

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None]:  # noqa: ARG002 - SQLAlchemy's call
        """What makes of a text the one that is stored and looked for."""
        return storable


def storable(value: str | None) -> str | None:
    """The text as every database can hold it."""
    if value is None or (value.isascii() and "\0" not in value):
        return value
    with suppress(UnicodeEncodeError):
        value.encode()  # quicker than the way below, and nearly all texts can
        return value.replace("\0", "\ufffd")
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


def all_storable(values: Iterable[str | None]) -> bool:
    """Whether every database can hold all the texts as they are; one look is quicker than one for each."""
    text = "".join(filter(None, values))
    return storable(text) == text


def place(values: Iterable[str | int]) -> Tuple:
    """Where a page of a list begins: values to compare with those of the columns that the list goes by."""
    return tuple_(*(literal(value, Words() if isinstance(value, str) else Integer()) for value in values))


_Size = Integer().with_variant(BigInteger(), "postgresql")  # SQLite's integers are long enough as they are

schema = Table(
    "schema",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("created_by", String, nullable=False),
)

alembic_version = Table("alembic_version", metadata, Column("version_num", String(32), primary_key=True))
"""Alembic's own account of the layout, for its tools; betony goes by the table above."""

captures = Table(
    "captures",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("size", _Size, nullable=False),
    Column("body", LargeBinary),  # zlib; null where the bytes were too many to keep
    Column("stored_at", String, nullable=False),
)

inputs = Table(
    "inputs",
    metadata,
    Column("id", String(32), primary_key=True),  # from all the columns below but the time
    Column("digest", ForeignKey("captures.digest"), nullable=False, index=True),
    Column("uri", Words, nullable=False),
    Column("url", Words),
    Column("final_uri", Words),
    Column("media_type", Words),
    Column("charset", Words),
    Column("retrieved_at", Words),
    Column("http", Words),
    Column("license", Words),
    Column("publisher", Words),
    Column("truncated", Boolean, nullable=False),
    Column("first_seen", String, nullable=False),
)

records = Table(
    "records",
    metadata,
    Column("id", Words, primary_key=True),
    Column("url", Words),
    Column("identifier", Words, index=True),
    Column("title", Words),
    Column("publisher", Words, index=True),
    Column("page_kind", Words, nullable=False),
    Column("document_type", Words),
    Column("status_code", Words, nullable=False),
    Column("currency", Words, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("text_hash", String(64), nullable=False),
    Column("pipeline", Words, nullable=False),
    Column("ruleset", Words, nullable=False),
    Column("model", Words),
    Column("processed_at", String, nullable=False),
    Column("json", Text, nullable=False),  # with `processing.at` null: the time is the column beside it
)

record_inputs = Table(
    "record_inputs",
    metadata,
    Column("record_id", ForeignKey("records.id"), primary_key=True),
    Column("address", Words, primary_key=True),  # of the part; empty where it has none
    Column("input_id", ForeignKey("inputs.id"), nullable=False, index=True),
)

aliases = Table(
    "aliases",
    metadata,
    Column("alias", Words, primary_key=True),
    Column("record_id", ForeignKey("records.id"), nullable=False, index=True),
)

addresses = Table(
    "addresses",
    metadata,
    Column("address", Words, primary_key=True),
    Column("record_id", ForeignKey("records.id"), nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("command", Words, nullable=False),
    Column("state", String, nullable=False),
    Column("started", String, nullable=False),
    Column("ended", String),
    Column("inputs", Integer, nullable=False, default=0),
    Column("new", Integer, nullable=False, default=0),
    Column("changed", Integer, nullable=False, default=0),
    Column("unchanged", Integer, nullable=False, default=0),
    Column("quarantined", Integer, nullable=False, default=0),
    Column("process", Words, nullable=False),  # host, number and start time of the process, to tell that it is gone
    Column("reference", Words),  # what an orchestrator calls the run, where one started it
    Column("stages", Text),  # JSON: of each stage its name, how many it was done for, and seconds
    Column("records", _Size),  # how many the store held when the run ended
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", String(32), primary_key=True),  # from the place of the input: its uri and url
    Column("input_id", ForeignKey("inputs.id"), nullable=False),
    Column("uri", Words, nullable=False),
    Column("url", Words),
    Column("digest", String(64), nullable=False),
    Column("stage", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("message", Words, nullable=False),
    Column("detail", Words, nullable=False),
    Column("first_seen", String, nullable=False),
    Column("last_seen", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("record_id", ForeignKey("records.id"), primary_key=True),
    Column("number", Integer, primary_key=True),  # from 1
    Column("cause", String, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("text_hash", String(64), nullable=False),
    Column("valid_from", String, nullable=False),
    Column("valid_to", String),  # null while it is the latest
    Column("recorded_at", String, nullable=False),
    Column("run_id", ForeignKey("runs.id")),  # null for what an older layout held
    Column("pipeline", Words, nullable=False),
    Column("ruleset", Words, nullable=False),
    Column("model", Words),
    Column("json", LargeBinary),  # zlib; null while it is the latest, whose JSON is the record's own
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record_id", ForeignKey("records.id"), nullable=False, index=True),
    Column("version", Integer, nullable=False),  # the later one
    Column("cause", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("seen", String, nullable=False, index=True),
    Column("recorded_at", String, nullable=False),
    Column("run_id", ForeignKey("runs.id"), index=True),
    Column("json", Text, nullable=False),
)

standings = Table(
    "standings",
    metadata,
    Column("record_id", ForeignKey("records.id"), primary_key=True),
    Column("confirmed_at", String),  # the publisher's site answered then that nothing had changed
    Column("retired_at", String),  # null while the site holds it
    Column("departure", String),
    Column("moved_to", Words),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record_id", ForeignKey("records.id"), nullable=False, index=True),
    Column("path", Words, nullable=False),
    Column("value", Text, nullable=False),  # JSON
    Column("why", Words, nullable=False),
    Column("who", Words, nullable=False),
    Column("made_at", String, nullable=False),
    Column("ended_at", String),  # null while it stands; a later one of the same path, or its undoing, ends it
)

readings = Table(
    "readings",
    metadata,
    Column("record_id", ForeignKey("records.id"), primary_key=True),
    Column("json", Text, nullable=False),  # what the rules read of a record that a person corrected
)

forgotten = Table(
    "forgotten",
    metadata,
    Column("name", Words, primary_key=True),  # `id:`, `address:` or `digest:` and what is refused from now on
    Column("record_id", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("who", Words, nullable=False),
    Column("forgotten_at", String, nullable=False),
)

# What a record holds, a row each: made of the record's JSON alone, in the transaction that writes it (details.py).


def _detail(name: str, *columns: Column[Any]) -> Table:
    """A table with a row for each item of one of a record's lists, in the record's order."""
    record_id: Column[str] = Column("record_id", ForeignKey("records.id"), primary_key=True)
    return Table(name, metadata, record_id, Column("position", Integer, primary_key=True), *columns)


sections = Table(
    "sections",
    metadata,
    Column("key", Integer, primary_key=True),  # search goes by it
    Column("record_id", ForeignKey("records.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("id", Words, nullable=False),
    Column("type", Words, nullable=False, index=True),
    Column("subtype", Words),
    Column("heading", Words),
    Column("number", Words),
    Column("level", Integer, nullable=False),
    Column("parent", Words),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("layer", Words, nullable=False),
    Column("basis", Words, nullable=False),
    Column("confidence", Float),
    Column("title", Words),  # the record's, beside the first section of its body, so that search finds a record by it
    Column("text", Words, nullable=False),
    UniqueConstraint("record_id", "position"),
)

recommendations = _detail(
    "recommendations",
    Column("id", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("number", Words),
    Column("text", Words, nullable=False),
    Column("actor", Words),
    Column("condition", Words),
    Column("population", Words),
    Column("strength", Words, index=True),
    Column("strength_term", Words),
    Column("direction", Words),
    Column("arrangement", Words),
    Column("outcome", Words),
    Column("grade_system", Words),
    Column("grade", Words),
    Column("label", Words),
    Column("rationale", Words),
    Column("section", Words, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
)

responsibilities = _detail(
    "responsibilities",
    Column("id", Words, nullable=False),
    Column("actor", Words),
    Column("actor_kinds", Words, nullable=False),  # a JSON list
    Column("modality", Words, nullable=False, index=True),
    Column("term", Words, nullable=False),
    Column("action", Words, nullable=False),
    Column("recipient", Words),
    Column("condition", Words),
    Column("generic", Boolean, nullable=False),
    Column("section", Words, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("basis", Words, nullable=False),
    Column("confidence", Float),
)

relations = _detail(
    "relations",
    Column("type", Words, nullable=False),
    Column("target_id", Words, index=True),
    Column("target_label", Words),
    Column("target_url", Words),
    Column("scope", Words),
    Column("draft", Boolean, nullable=False),
    Column("date", Words),
    Column("basis", Words, nullable=False),
)

codes = _detail(
    "codes",
    Column("system", Words, nullable=False),
    Column("code", Words, index=True),
    Column("display", Words),
    Column("role", Words),
    Column("note", Words),
    Column("check_digit_valid", Boolean),
    Column("section", Words, nullable=False),
    Column("basis", Words, nullable=False),
)

dates = Table(
    "dates",
    metadata,
    Column("record_id", ForeignKey("records.id"), primary_key=True),
    Column("kind", Words, primary_key=True),  # the name of the record's field; `checked` is the status's
    Column("value", Words, nullable=False, index=True),
    Column("precision", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("basis", Words, nullable=False),
)

DETAILS = (sections, recommendations, responsibilities, relations, codes, dates)

# What is fetched from the web. Moments that decide what is done next are seconds since 1970; moments that tell a person
# what happened are text.

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False, unique=True),  # as it was named: an address, or a file of addresses
    Column("state", String, nullable=False),
    Column("every", Float, nullable=False),  # seconds from one round to the next; of what is fetched once, 0
    Column("options", Words, nullable=False),  # JSON
    Column("added", String, nullable=False),
    Column("round_began", Float),  # null between rounds
    Column("round_ended", Float),
    Column("next_round", Float),
)

resources = Table(
    "resources",
    metadata,
    Column("url", Words, primary_key=True),
    Column("host", Words, nullable=False),  # of `place`
    Column("place", Words, nullable=False),  # what is asked for next: the address, or where redirects have led
    Column("hops", Integer, nullable=False),  # redirects followed to get there
    Column("due", Float),  # when it may be asked for; null where there is nothing to ask
    Column("tries", Integer, nullable=False),  # that failed, in this round
    Column("etag", Words),
    Column("last_modified", Words),
    Column("digest", String(64)),  # of the last whole body
    Column("input_id", String(32)),  # of the last whole capture
    Column("leads", Words, nullable=False),  # JSON: what its last whole body led to
    Column("final_url", Words),
    Column("document", Boolean),  # whether the last whole body is to be structured; false for a sitemap and the like
    Column("outcome", String),
    Column("message", Words),
    Column("checked_at", String),  # when the server last said how it stands: whole, unchanged, or gone
    Column("full_at", Float),  # when it last came whole
    Column("gone_since", String),
    Index("ix_resources_host_due", "host", "due"),
)

listings = Table(
    "listings",
    metadata,
    Column("source_id", ForeignKey("sources.id"), primary_key=True),
    Column("url", ForeignKey("resources.url"), primary_key=True),
    Column("found_on", Words),  # the address that led to it; null for what the user named
    Column("first_seen", Float, nullable=False),
    Column("last_seen", Float, nullable=False),
    Column("left_at", Float),  # the end of the first round in which nothing led to it any more
    Index("ix_listings_url", "url"),
)

hosts = Table(
    "hosts",
    metadata,
    Column("name", Words, primary_key=True),
    Column("next_allowed", Float, nullable=False),
    Column("delay", Float, nullable=False),  # seconds between the end of a request and the next
    Column("leased_by", Words),  # the process that is asking it something now
    Column("leased_until", Float),
)

robots = Table(
    "robots",
    metadata,
    Column("origin", Words, primary_key=True),
    Column("host", Words, nullable=False),  # of `place`
    Column("place", Words, nullable=False),  # the robots.txt, or where redirects have led
    Column("hops", Integer, nullable=False),
    Column("standing", String, nullable=False),
    Column("text", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("expires", Float, nullable=False),
)

fetches = Table(
    "fetches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", Words, nullable=False, index=True),
    Column("address", Words, nullable=False),  # what was asked for, which redirects may have led away from the url
    Column("at", String, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("status", Integer),
    Column("outcome", String, nullable=False),
    Column("message", Words),
    Column("digest", String(64), index=True),
    Column("size", Integer),
    Column("cut", String),
    Column("headers", Words),  # JSON: a list of name and value; of whole bodies alone
    Column("input_id", String(32)),
)

unread = Table(
    "unread",
    metadata,
    Column("input_id", ForeignKey("inputs.id"), primary_key=True),  # a capture that is yet to be structured
    Column("url", Words, nullable=False),
)
