"""What a robots.txt allows (RFC 9309): the rules are protego's, what the status means is said here, and fails closed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from protego import Protego

from betony.fetch.door import Answer, Cut

NAME = "betony"
"""How rules name this program."""
LONGEST = 500 * 1024
"""Of a robots.txt so much is read: what the RFC asks for at least."""
FRESH = 24 * 3600.0
"""Seconds for which an answer holds: what the RFC allows at most."""
ASK_AGAIN = 3600.0
"""Seconds after which a site whose rules nobody can tell is asked again."""
LONGEST_DELAY = 300.0
"""Of a Crawl-delay, in seconds, so much is kept; one that asks for more is asking for nothing to be fetched in a run."""


class Standing(StrEnum):
    """What a site's robots.txt comes to."""

    RULES = "rules"
    """There are rules, if only an empty file of them."""
    OPEN = "open"
    """There is none, so all may be fetched."""
    CLOSED = "closed"
    """The site keeps its rules to itself: nothing is fetched."""
    UNKNOWN = "unknown"
    """Nobody can tell for now: nothing is fetched until it is asked again."""


@dataclass(frozen=True, slots=True)
class Robots:
    """A robots.txt as it was answered, for as long as it holds."""

    standing: Standing
    text: str
    why: str
    seconds: float
    """How long it holds."""


def read(answer: Answer) -> Robots:
    """The meaning of an answer that is no redirect.

    2xx: the rules in it, as far as it came if it is too long; where it broke off, nobody can tell what follows. 401 and
    403 keep robots out (the RFC leaves it open; the first draft of it said so). 429 and 5xx: nobody can tell (RFC 9309,
    2.3.1.4). Other 4xx: there are no rules (2.3.1.3).
    """
    status = answer.status
    if 200 <= status < 300:
        if answer.cut in (Cut.TIME, Cut.DISCONNECT):
            return unknown("its robots.txt broke off")
        return Robots(Standing.RULES, answer.body[:LONGEST].decode("utf-8", "replace"), "by its robots.txt", FRESH)
    if status in (401, 403):
        return Robots(Standing.CLOSED, "", f"its robots.txt answers {status}", FRESH)
    if 400 <= status < 500 and status not in (408, 425, 429):
        return Robots(Standing.OPEN, "", f"it has no robots.txt ({status})", FRESH)
    return unknown(f"its robots.txt answers {status}")


def unknown(why: str) -> Robots:
    """Nobody can tell for now."""
    return Robots(Standing.UNKNOWN, "", why, ASK_AGAIN)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an address may be fetched, and how much time is to pass between two requests to its host."""

    allowed: bool
    why: str
    delay: float


def verdict(robots: Robots, url: str) -> Verdict:
    """What the robots.txt says about an address; the delay is 0 where it asks for none."""
    if robots.standing is not Standing.RULES:
        return Verdict(robots.standing is Standing.OPEN, robots.why, 0)
    rules = _parsed(robots.text)
    rate = rules.request_rate(NAME)
    delays = [rules.crawl_delay(NAME) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0]
    return Verdict(rules.can_fetch(url, NAME), robots.why, min(max(0.0, *delays), LONGEST_DELAY))


_LAST: dict[str, Protego] = {}


def _parsed(text: str) -> Protego:
    """The rules; those of the last few sites are kept parsed."""
    if text not in _LAST:
        while len(_LAST) >= 16:
            del _LAST[next(iter(_LAST))]
        _LAST[text] = Protego.parse(text)
    return _LAST[text]
