"""One request: what is asked, and what its answer comes to. Everything but the request itself is decided from values."""

from __future__ import annotations

import json
import random
import re
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from betony import fetch, publishers
from betony.crawl.scope import Scope, usable
from betony.fetch import Address, Answer, Door, FetchError, Refused, again, robots
from betony.fetch.robots import Robots, Standing
from betony.model import Capture, Http
from betony.publisher import Leads, Publisher, linked
from betony.sources import indexes
from betony.store import PENDING, Claim, KeptRobots, Outcome, Visit

MOST_REDIRECTS = 5
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_CHARSET = re.compile(r"charset\s*=\s*\"?([^\s\";]+)", re.IGNORECASE)
_DAY = 86_400.0
_ASK_AGAIN = 60.0
"""Seconds for which a robots.txt that has moved is known to have moved."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How hosts are treated."""

    delay: float = 2.0
    """Seconds between the end of a request and the next to the same host; more where its robots.txt asks for more."""
    polite: bool = True
    """False asks for everything at once, without robots.txt: for loopback alone."""
    keys: dict[str, str] = field(default_factory=dict)
    """Keys of the user's own, by publisher."""


class Visitor:
    """Makes the requests that were claimed."""

    def __init__(self, door: Door, manners: Manners, scopes: dict[int, Scope], chance: random.Random) -> None:
        self._door = door
        self._manners = manners
        self._scopes = scopes
        self._chance = chance

    async def visit(self, claim: Claim) -> Visit:
        """Makes one request, to the address or to its site's robots.txt where that is not known, or none.

        Whatever goes wrong is what the visit came to: one address must not stop the others.
        """
        try:
            return await self._visit(claim)
        except Exception as error:  # noqa: BLE001 - as above
            words = f"betony failed on it: {type(error).__name__}: {error}"[:300]
            return self._final(replace(self._began(claim, time.time()), asked=True), Outcome.FAILED, words)

    async def _visit(self, claim: Claim) -> Visit:
        now = time.time()
        if now > claim.until - self._door.limits.seconds:
            return self._later(self._began(claim, now), claim.tries, now)  # it was held up, and its lease is over soon
        try:
            address = fetch.parse(claim.place)
        except Refused as error:
            return self._final(self._began(claim, now), Outcome.REFUSED, error.what)
        if not self._manners.polite:
            return await self._ask(claim, address, 0)
        known = claim.robots
        if known is None or known.standing == PENDING or known.expires <= now:
            return await self._ask_robots(claim, address, now)
        kept = Robots(Standing(known.standing), known.text, known.why, 0)
        verdict = robots.verdict(kept, str(address))
        if not verdict.allowed:
            return self._forbidden(claim, address, known, now)
        return await self._ask(claim, address, max(self._manners.delay, verdict.delay))

    # The address itself

    async def _ask(self, claim: Claim, address: Address, delay: float) -> Visit:
        scope = self._scopes[claim.source_id]
        publisher = _publisher(scope, str(address))
        conditional = _conditions(claim, time.time() - scope.full_days * _DAY)
        keys = self._manners.keys if address.scheme == "https" else {}
        headers = {**publisher.request_headers(address.host, keys), **conditional}
        began = time.time()
        visit = replace(self._began(claim, began), address=str(address), delay=delay, asked=True)
        try:
            answer = await self._door.get(address, headers)
        except FetchError as error:
            ended = replace(visit, ended=time.time(), seconds=time.time() - began, message=error.what)
            if error.trouble is fetch.Trouble.REFUSED:
                return self._final(replace(ended, asked=False), Outcome.REFUSED, error.what)
            return self._later(ended, claim.tries + 1, None) if error.passes else self._final(ended, Outcome.FAILED)
        visit = replace(visit, ended=time.time(), seconds=answer.seconds, status=answer.status)
        return self._answered(visit, answer, publisher, bool(conditional))

    def _answered(self, visit: Visit, answer: Answer, publisher: Publisher, conditional: bool) -> Visit:
        claim, status = visit.claim, answer.status
        if status in _REDIRECTS:
            return self._redirected(visit, answer)
        if status == 304 and conditional:
            found = tuple(usable(json.loads(claim.leads)))
            return replace(self._final(visit, Outcome.UNCHANGED), leads=claim.leads, found=found)
        if status in (404, 410):
            return self._final(visit, Outcome.GONE, f"the server answers {status}")
        if status in again.PASSING:
            waits = again.wait_asked(answer.header("retry-after"), visit.ended)
            if waits is not None and status in again.BUSY:
                visit = replace(visit, host_wait=waits)
            said = replace(visit, message=f"the server answers {status}")
            return self._later(said, claim.tries + 1, None if waits is None else visit.ended + waits)
        if status not in (200, 203):
            return self._final(visit, Outcome.FAILED, f"the server answers {status}")
        return self._whole(visit, answer, publisher) if answer.cut is None else self._cut(visit, answer)

    def _whole(self, visit: Visit, answer: Answer, publisher: Publisher) -> Visit:
        claim = visit.claim
        capture = _capture(claim.url, answer, visit.at, self._scopes[claim.source_id])
        leads = self._leads(claim, answer, publisher)
        left_out = self._left_out(claim, answer, leads)
        documents = [(url, host) for url, host in usable(leads.documents) if url not in left_out]
        found = (*documents, *usable(leads.indexes))
        message = None
        if claim.leads != "[]" and not found:
            message = "it led to others before and to none now; those stay listed"
            found = tuple(usable(json.loads(claim.leads)))
        same = capture.digest == claim.digest
        return replace(
            self._final(visit, Outcome.SAME if same else Outcome.STORED, message),
            capture=None if same else capture,
            is_document=leads.is_document,
            headers=answer.headers,
            etag=answer.header("etag"),
            last_modified=answer.header("last-modified"),
            final_url=str(answer.address),
            leads=json.dumps([url for url, _ in found]),
            found=found,
            documents=tuple(url for url, _ in documents),
            left_out=tuple(left_out.items()),
        )

    def _leads(self, claim: Claim, answer: Answer, publisher: Publisher) -> Leads:
        """Where the body leads to."""
        scope, here = self._scopes[claim.source_id], str(answer.address)
        if index := indexes.read(here, answer.body):
            leads = Leads(index.documents, index.indexes, is_document=False)
        elif scope.links and claim.is_seed:
            leads = Leads(tuple(linked(here, answer.body)), is_document=False)
        else:
            leads = publisher.leads(here, answer.body)
        return leads

    def _left_out(self, claim: Claim, answer: Answer, leads: Leads) -> dict[str, str]:
        """The documents that the source does not admit, and why."""
        hosts = {answer.address.host, fetch.parse(claim.url).host}
        scope = self._scopes[claim.source_id]
        reasons = {url: scope.admits(url, hosts) for url, _ in usable(leads.documents)}
        return {url: why for url, why in reasons.items() if why is not None}

    def _cut(self, visit: Visit, answer: Answer) -> Visit:
        """A body that is not whole: kept and marked; what may do better is tried again."""
        words = {
            fetch.Cut.LENGTH: "it is longer than betony fetches",
            fetch.Cut.TIME: "it did not come whole in time",
            fetch.Cut.DISCONNECT: "it broke off before its end",
        }
        assert answer.cut is not None  # noqa: S101 - for the type checker
        capture = _capture(visit.claim.url, answer, visit.at, self._scopes[visit.claim.source_id])
        cut = replace(visit, cut=answer.cut, capture=replace(capture, truncated=True), message=words[answer.cut])
        if answer.cut is fetch.Cut.LENGTH or visit.claim.tries + 1 >= again.TRIES:
            return self._final(cut, Outcome.CUT, words[answer.cut])
        return self._later(cut, visit.claim.tries + 1, None)

    def _redirected(self, visit: Visit, answer: Answer) -> Visit:
        location = answer.header("location")
        if not location:
            return self._final(visit, Outcome.FAILED, f"the server answers {answer.status} without saying where to")
        if visit.claim.hops >= MOST_REDIRECTS:
            return self._final(visit, Outcome.REFUSED, f"more than {MOST_REDIRECTS} redirects")
        try:
            onward = fetch.join(answer.address, location)
        except Refused as error:
            return self._final(visit, Outcome.REFUSED, f"it leads on to {error.document}: {error.what}")
        return replace(
            visit,
            outcome=Outcome.REDIRECTED,
            place=str(onward),
            host=onward.host,
            hops=visit.claim.hops + 1,
            tries=visit.claim.tries,
            due=visit.ended,
        )

    # robots.txt

    async def _ask_robots(self, claim: Claim, address: Address, now: float) -> Visit:
        known = claim.robots
        if known is None or known.standing != PENDING:
            known = KeptRobots(address.origin, address.robots, address.host, 0, PENDING, "", "", 0)
        visit = replace(
            self._began(claim, now), outcome=Outcome.ROBOTS, address=known.place, delay=self._manners.delay, asked=True
        )
        try:
            answer = await self._door.get(fetch.parse(known.place))
        except FetchError as error:
            if not error.passes and known.hops == 0:  # then it is the site itself that cannot be had
                refused = error.trouble is fetch.Trouble.REFUSED
                ended = replace(visit, ended=time.time(), asked=not refused)
                return self._final(ended, Outcome.REFUSED if refused else Outcome.FAILED, error.what)
            why = f"its robots.txt cannot be had: {error.what}"
            return self._robots_failed(replace(visit, message=error.what), known, why, error.passes)
        visit = replace(visit, seconds=answer.seconds, status=answer.status)
        if answer.status in _REDIRECTS and answer.header("location"):
            return self._robots_moved(visit, answer, known)
        if answer.status in again.PASSING:
            waits = again.wait_asked(answer.header("retry-after"), time.time())
            visit = replace(visit, host_wait=(waits or 0) if answer.status in again.BUSY else 0)
            return self._robots_failed(visit, known, f"its robots.txt answers {answer.status}", passes=True)
        return self._robots_known(visit, known, robots.read(answer))

    def _robots_moved(self, visit: Visit, answer: Answer, known: KeptRobots) -> Visit:
        if known.hops >= MOST_REDIRECTS:
            return self._robots_known(visit, known, robots.unknown("its robots.txt leads on and on"))
        try:
            onward = fetch.join(answer.address, answer.header("location") or "")
        except Refused as error:
            return self._robots_known(
                visit, known, robots.unknown(f"its robots.txt leads where nobody goes: {error.what}")
            )
        ended = time.time()
        moved = replace(known, place=str(onward), host=onward.host, hops=known.hops + 1, expires=ended + _ASK_AGAIN)
        return replace(visit, ended=ended, robots=moved)

    def _robots_failed(self, visit: Visit, known: KeptRobots, why: str, passes: bool) -> Visit:
        if not passes or known.tries + 1 >= again.TRIES:
            return self._robots_known(visit, known, robots.unknown(why))
        wait = max(again.own_wait(known.tries + 1, self._chance), visit.host_wait)
        ended = time.time()
        pending = replace(known, tries=known.tries + 1, expires=ended + wait)
        return replace(visit, ended=ended, host_wait=wait, robots=pending)

    def _robots_known(self, visit: Visit, known: KeptRobots, found: Robots) -> Visit:
        ended = time.time()
        holds = max(found.seconds, visit.host_wait) if found.standing is Standing.UNKNOWN else found.seconds
        kept = KeptRobots(
            known.origin, known.place, known.host, known.hops, found.standing, found.text, found.why, ended + holds
        )
        return replace(visit, ended=ended, robots=kept)

    def _forbidden(self, claim: Claim, address: Address, known: KeptRobots, now: float) -> Visit:
        visit = replace(self._began(claim, now), address=str(address))
        if known.standing != Standing.UNKNOWN:
            return self._final(visit, Outcome.FORBIDDEN, f"not fetched: forbidden {known.why}")
        why = f"not fetched: nobody can tell whether it may be, as {known.why}"
        if claim.tries + 1 >= again.TRIES:
            return self._final(visit, Outcome.FORBIDDEN, why)
        return self._later(replace(visit, message=why), claim.tries + 1, known.expires)

    # What all have in common

    def _began(self, claim: Claim, now: float) -> Visit:
        at = datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return Visit(claim, claim.place, Outcome.LATER, at, now, asked=False, host=_host(claim.url, claim.host))

    def _final(self, visit: Visit, outcome: Outcome, message: str | None = None) -> Visit:
        """Nothing more is asked for in this round; the next one begins at the address itself."""
        host = _host(visit.claim.url, visit.claim.host)
        return replace(visit, outcome=outcome, message=message or visit.message, place=None, host=host, hops=0, tries=0)

    def _later(self, visit: Visit, tries: int, due: float | None) -> Visit:
        """Another try at the moment that is set; where there were enough, none."""
        if tries >= again.TRIES:
            return self._final(visit, Outcome.FAILED, f"{visit.message} ({tries} tries)")
        claim = visit.claim
        own = visit.ended + again.own_wait(max(tries, 1), self._chance)
        return replace(
            visit,
            outcome=Outcome.LATER,
            place=claim.place,
            host=_host(claim.place, claim.host),
            hops=claim.hops,
            tries=tries,
            due=own if due is None else max(due, visit.ended),
        )


def _conditions(claim: Claim, full_before: float) -> dict[str, str]:
    """The headers that ask for the body only where it changed; none where it is time for the whole."""
    if claim.digest is None or claim.full_at is None or claim.full_at < full_before:
        return {}
    given = {"If-None-Match": claim.etag, "If-Modified-Since": claim.last_modified}
    return {name: value for name, value in given.items() if value}


def _capture(url: str, answer: Answer, at: str, scope: Scope) -> Capture:
    stated = answer.header("content-type") or ""
    charset = _CHARSET.search(stated)
    return Capture(
        answer.body,
        url,
        url=url,
        final_uri=str(answer.address),
        media_type=stated.split(";")[0].strip().lower() or None,
        charset=charset[1] if charset else None,
        retrieved_at=at,
        http=Http(answer.status, answer.header("etag"), answer.header("last-modified")),
        publisher=scope.publisher,
    )


def _publisher(scope: Scope, url: str) -> Publisher:
    return publishers.by_id(scope.publisher) if scope.publisher else publishers.of_address(url)


def _host(place: str, otherwise: str) -> str:
    try:
        return fetch.parse(place).host
    except Refused:
        return otherwise
