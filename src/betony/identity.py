"""Which record a capture belongs to, from its address and head alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from betony import publishers, readers
from betony.model import Basis, Capture, Head
from betony.publisher import Page, Publisher, canonical_address, host_of


@dataclass(frozen=True, slots=True)
class Identity:
    """A capture's place: its publisher, its canonical address, and the record it is a page of."""

    publisher: Publisher
    url: str | None
    """Canonical address of this page."""
    page: Page | None
    """What the address says; None without an address."""
    record_id: str
    """The id that the address gives; from the digest where there is no address."""
    rule: str
    """What decided the address: `source`, `link rel=canonical`, or `digest`."""
    basis: Basis = Basis.GIVEN


def identify(capture: Capture) -> Identity:
    """The place of a capture; reads at most the head of a page, never its body."""
    head = readers.read_head(capture)
    url, rule = _address(capture, head)
    if capture.publisher:
        publisher = publishers.by_id(capture.publisher)
    else:
        publisher = publishers.of_address(url) if url else publishers.of_head(head)
    if url is None:
        return Identity(publisher, None, None, f"sha256:{capture.digest[:16]}", "digest")
    standing = publisher.standing(url)
    url = publisher.canonical(url)
    page = publisher.page(url)
    if standing:
        page = replace(page, standing=standing)
    return Identity(publisher, url, page, publisher.record_id(page), rule)


def _address(capture: Capture, head: Head) -> tuple[str | None, str]:
    """The canonical link counts unless the page came from another host than it names."""
    known = next((url for url in (capture.final_uri, capture.url) if url and host_of(url)), None)
    linked = head.canonical
    if linked and linked.startswith(("http://", "https://")) and (not known or host_of(linked) == host_of(known)):
        return canonical_address(linked), "link rel=canonical"
    return (canonical_address(known), "source") if known else (None, "digest")


def group(captures: Iterable[Capture]) -> dict[str, list[tuple[Capture, Identity]]]:
    """The captures by the record they belong to, in the order in which each record first appeared."""
    groups: dict[str, list[tuple[Capture, Identity]]] = {}
    for capture in captures:
        identity = identify(capture)
        groups.setdefault(identity.record_id, []).append((capture, identity))
    return groups
