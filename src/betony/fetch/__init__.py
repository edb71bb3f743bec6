"""The one door to the network: address checks, limits, robots.txt. Nothing outside this package knows an HTTP client."""

from betony.fetch.address import Address, join, parse, shown
from betony.fetch.door import Answer, Cut, Door, Limits
from betony.fetch.errors import FetchError, Refused, Trouble

__all__ = [
    "Address",
    "Answer",
    "Cut",
    "Door",
    "FetchError",
    "Limits",
    "Refused",
    "Trouble",
    "join",
    "parse",
    "shown",
]
