"""Scottish Health Technologies Group."""

from betony.publisher import Publisher


class Shtg(Publisher):
    id = "shtg"
    name = "Scottish Health Technologies Group"
    hosts = ("shtg.scot",)
    printed_types = ("Advice Statement", "Evidence Note")
