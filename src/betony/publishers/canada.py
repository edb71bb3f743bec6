"""Government of Canada."""

from betony.publisher import Publisher


class Canada(Publisher):
    id = "canada"
    name = "Government of Canada"
    hosts = ("canada.ca",)
    printed_types = ("Advisory Committee Statement",)
