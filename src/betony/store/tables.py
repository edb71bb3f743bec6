"""The tables, in the SQL that every database shares."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

VERSION = 1
"""The number of this layout; a store of a newer one is refused, of an older one migrated."""

metadata = MetaData()

schema = Table(
    "schema",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("created_by", String, nullable=False),
)

captures = Table(
    "captures",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("body", LargeBinary),  # zlib; null where the bytes were too many to keep
    Column("stored_at", String, nullable=False),
)

inputs = Table(
    "inputs",
    metadata,
    Column("id", String(32), primary_key=True),  # from all the columns below but the time
    Column("digest", ForeignKey("captures.digest"), nullable=False, index=True),
    Column("uri", Text, nullable=False),
    Column("url", Text),
    Column("final_uri", Text),
    Column("media_type", Text),
    Column("charset", Text),
    Column("retrieved_at", Text),
    Column("http", Text),
    Column("license", Text),
    Column("publisher", Text),
    Column("truncated", Boolean, nullable=False),
    Column("first_seen", String, nullable=False),
)

records = Table(
    "records",
    metadata,
    Column("id", Text, primary_key=True),
    Column("url", Text),
    Column("identifier", Text, index=True),
    Column("title", Text),
    Column("publisher", Text, index=True),
    Column("page_kind", Text, nullable=False),
    Column("document_type", Text),
    Column("status_code", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("text_hash", String(64), nullable=False),
    Column("pipeline", Text, nullable=False),
    Column("ruleset", Text, nullable=False),
    Column("model", Text),
    Column("processed_at", String, nullable=False),
    Column("json", Text, nullable=False),  # with `processing.at` null: the time is the column beside it
)

record_inputs = Table(
    "record_inputs",
    metadata,
    Column("record_id", ForeignKey("records.id"), primary_key=True),
    Column("address", Text, primary_key=True),  # of the part; empty where it has none
    Column("input_id", ForeignKey("inputs.id"), nullable=False, index=True),
)

sections = Table(
    "sections",
    metadata,
    Column("record_id", ForeignKey("records.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("heading", Text),
    Column("level", Integer, nullable=False),
    Column("parent", Text),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("layer", Text, nullable=False),
    Index("ix_sections_type", "type"),
)

aliases = Table(
    "aliases",
    metadata,
    Column("alias", Text, primary_key=True),
    Column("record_id", ForeignKey("records.id"), nullable=False, index=True),
)

addresses = Table(
    "addresses",
    metadata,
    Column("address", Text, primary_key=True),
    Column("record_id", ForeignKey("records.id"), nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("command", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("started", String, nullable=False),
    Column("ended", String),
    Column("inputs", Integer, nullable=False, default=0),
    Column("new", Integer, nullable=False, default=0),
    Column("changed", Integer, nullable=False, default=0),
    Column("unchanged", Integer, nullable=False, default=0),
    Column("quarantined", Integer, nullable=False, default=0),
    Column("process", Text, nullable=False),  # host, number and start time of the process, to tell that it is gone
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", String(32), primary_key=True),  # from the place of the input: its uri and url
    Column("input_id", ForeignKey("inputs.id"), nullable=False),
    Column("uri", Text, nullable=False),
    Column("url", Text),
    Column("digest", String(64), nullable=False),
    Column("stage", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("message", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("first_seen", String, nullable=False),
    Column("last_seen", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
)

# What is fetched from the web. Moments that decide what is done next are seconds since 1970; moments that tell a person
# what happened are text.

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),  # as it was named: an address, or a file of addresses
    Column("state", String, nullable=False),
    Column("every", Float, nullable=False),  # seconds from one round to the next; of what is fetched once, 0
    Column("options", Text, nullable=False),  # JSON
    Column("added", String, nullable=False),
    Column("round_began", Float),  # null between rounds
    Column("round_ended", Float),
    Column("next_round", Float),
)

resources = Table(
    "resources",
    metadata,
    Column("url", Text, primary_key=True),
    Column("host", Text, nullable=False),  # of `place`
    Column("place", Text, nullable=False),  # what is asked for next: the address, or where redirects have led
    Column("hops", Integer, nullable=False),  # redirects followed to get there
    Column("due", Float),  # when it may be asked for; null where there is nothing to ask
    Column("tries", Integer, nullable=False),  # that failed, in this round
    Column("etag", Text),
    Column("last_modified", Text),
    Column("digest", String(64)),  # of the last whole body
    Column("input_id", String(32)),  # of the last whole capture
    Column("leads", Text, nullable=False),  # JSON: what its last whole body led to
    Column("final_url", Text),
    Column("outcome", String),
    Column("message", Text),
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
    Column("found_on", Text),  # the address that led to it; null for what the user named
    Column("first_seen", Float, nullable=False),
    Column("last_seen", Float, nullable=False),
    Column("left_at", Float),  # the end of the first round in which nothing led to it any more
    Index("ix_listings_url", "url"),
)

hosts = Table(
    "hosts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("next_allowed", Float, nullable=False),
    Column("delay", Float, nullable=False),  # seconds between the end of a request and the next
    Column("leased_by", Text),  # the process that is asking it something now
    Column("leased_until", Float),
)

robots = Table(
    "robots",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("host", Text, nullable=False),  # of `place`
    Column("place", Text, nullable=False),  # the robots.txt, or where redirects have led
    Column("hops", Integer, nullable=False),
    Column("standing", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("expires", Float, nullable=False),
)

fetches = Table(
    "fetches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", Text, nullable=False, index=True),
    Column("address", Text, nullable=False),  # what was asked for, which redirects may have led away from the url
    Column("at", String, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("status", Integer),
    Column("outcome", String, nullable=False),
    Column("message", Text),
    Column("digest", String(64), index=True),
    Column("size", Integer),
    Column("cut", String),
    Column("headers", Text),  # JSON: a list of name and value; of whole bodies alone
    Column("input_id", String(32)),
)

unread = Table(
    "unread",
    metadata,
    Column("input_id", ForeignKey("inputs.id"), primary_key=True),  # a capture that is yet to be structured
    Column("url", Text, nullable=False),
)
