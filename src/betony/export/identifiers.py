"""Addresses for records and their parts, where a standard wants an IRI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

VOCABULARY = "urn:betony:vocab:"
"""The namespace of what no public vocabulary has a word for."""


def iri(identity: str) -> str:
    """A record's or an item's id as an IRI: `urn:betony:nice%3Ang100%231.1.1`."""
    return "urn:betony:" + quote(identity, safe="")


def address(url: str | None) -> str | None:
    """An address with all that an IRI may not hold percent-encoded; None for what is none of the web."""
    if url is None or not url.startswith(("http://", "https://")):
        return None
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~")


def page(record: Mapping[str, Any]) -> str:
    """The record's own address; where it has none, its id as an IRI."""
    return address(record["url"]) or iri(record["id"])
