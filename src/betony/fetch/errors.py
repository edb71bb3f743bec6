"""What can go wrong between here and a server."""

from __future__ import annotations

from enum import StrEnum

from betony.errors import BetonyError


class Trouble(StrEnum):
    """Why no answer came."""

    REFUSED = "refused"
    """betony does not go there: not http, a private or special address, too many redirects."""
    NAME = "name"
    """The host's name leads to no address."""
    CONNECTION = "connection"
    """Nobody answers there, or the connection broke before the answer began."""
    CERTIFICATE = "certificate"
    """The server could not prove who it is, or speaks no TLS that is safe."""
    TIME = "time"
    """The answer had not begun when the time was up."""
    PROTOCOL = "protocol"
    """What came is no HTTP, or is packed in a way that was not asked for."""


class FetchError(BetonyError):
    """A request that brought no answer. `trouble` says why; the same request later may do better where it `passes`."""

    def __init__(self, what: str, address: str, trouble: Trouble, *, advice: str = "") -> None:
        self.trouble = trouble
        super().__init__(what, document=address, advice=advice)

    @property
    def passes(self) -> bool:
        """Whether the trouble may be over by itself."""
        return self.trouble in (Trouble.NAME, Trouble.CONNECTION, Trouble.TIME, Trouble.PROTOCOL)


class Refused(FetchError):  # noqa: N818 - a verdict, and named in every signature
    """betony does not go there."""

    def __init__(self, what: str, address: str, *, advice: str = "") -> None:
        super().__init__(what, address, Trouble.REFUSED, advice=advice)
