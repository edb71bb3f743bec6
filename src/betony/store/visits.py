"""Values that pass between whoever fetches and the store."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from betony.model import Capture


class SourceState(StrEnum):
    """Whether a source is fetched again by itself."""

    ONCE = "once"
    """Fetched when it is named, and only then."""
    WATCHED = "watched"
    PAUSED = "paused"


class Outcome(StrEnum):
    """What a request came to."""

    STORED = "stored"
    """The body is another than before, and kept."""
    SAME = "same"
    """The body came whole and is the one that is kept already."""
    UNCHANGED = "unchanged"
    """The server says that nothing changed (304)."""
    REDIRECTED = "redirected"
    """It leads on; the next request goes there."""
    ROBOTS = "robots"
    """The site's robots.txt was asked for."""
    GONE = "gone"
    """404 or 410."""
    FORBIDDEN = "forbidden"
    """Not fetched: robots.txt forbids it, or nobody can tell whether it does."""
    REFUSED = "refused"
    """Not fetched: betony does not go there."""
    CUT = "cut"
    """The body did not come whole; what came is kept, and marked."""
    FAILED = "failed"
    """No answer that is of use."""
    LATER = "later"
    """It is tried again, at a time that is set."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is fetched, and how."""

    id: int
    name: str
    state: SourceState
    every: float
    options: dict[str, object]
    added: str
    round_began: float | None
    round_ended: float | None
    next_round: float | None
    pages: int = 0
    """How many addresses it leads to."""


@dataclass(frozen=True, slots=True)
class KeptRobots:
    """What is known of a site's robots.txt."""

    origin: str
    place: str
    host: str
    hops: int
    standing: str
    text: str
    why: str
    expires: float
    tries: int = 0
    """That failed, one after the other."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One request that this process may make now; nobody else asks that host anything until it is reported."""

    url: str
    place: str
    hops: int
    tries: int
    host: str
    """The host that is asked: the place's, or that of the robots.txt which is asked for first."""
    source_id: int
    is_seed: bool
    """Whether the user named it, rather than something that was fetched."""
    robots: KeptRobots | None
    """None where nobody knows; stale where `expires` is past."""
    etag: str | None
    last_modified: str | None
    digest: str | None
    leads: str
    full_at: float | None
    until: float
    """When the host is anyone's again."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What a claim came to."""

    claim: Claim
    address: str
    outcome: Outcome
    at: str
    ended: float
    seconds: float = 0
    asked: bool = True
    """Whether a request was made at all."""
    message: str | None = None
    status: int | None = None
    place: str | None = None
    """Where to ask next; None for the address itself."""
    host: str | None = None
    """The host of that place."""
    hops: int = 0
    tries: int = 0
    due: float | None = None
    host_wait: float = 0
    """Seconds for which the host wants to be left alone."""
    delay: float = 0
    """Seconds that are to pass before the host is asked the next thing."""
    capture: Capture | None = None
    cut: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    final_url: str | None = None
    leads: str = "[]"
    found: tuple[tuple[str, str], ...] = ()
    """Addresses that it leads to, each with its host."""
    documents: tuple[str, ...] = ()
    """Those of them that are documents rather than further lists."""
    left_out: tuple[tuple[str, str], ...] = ()
    """Documents that it leads to and the source does not admit, each with the reason."""
    is_document: bool = True
    """Whether the capture is to be structured: an index, such as a sitemap, is kept as evidence alone."""
    robots: KeptRobots | None = None
    """A robots.txt that was asked for."""


@dataclass(frozen=True, slots=True)
class Resource:
    """How an address stands."""

    url: str
    outcome: str | None
    message: str | None
    due: float | None
    tries: int
    digest: str | None
    input_id: str | None
    final_url: str | None
    checked_at: str | None
    gone_since: str | None
    document: bool | None
    """Whether its last whole body is a document; None before there was one."""
    found_on: str | None


@dataclass(frozen=True, slots=True)
class Archived:
    """A capture and what the ledger says of how it came."""

    input_id: str
    capture: Capture
    stored_at: str
    headers: tuple[tuple[str, str], ...] = ()
    cut: str | None = None


@dataclass(frozen=True, slots=True)
class Fetch:
    """One line of the ledger of requests."""

    id: int
    url: str
    address: str
    at: str
    seconds: float
    status: int | None
    outcome: str
    message: str | None
    digest: str | None
    size: int | None
    cut: str | None
    headers: tuple[tuple[str, str], ...]
    input_id: str | None
