"""Public Health Scotland."""

from betony.publisher import Publisher


class Phs(Publisher):
    id = "phs"
    name = "Public Health Scotland"
    hosts = ("publichealthscotland.scot",)
