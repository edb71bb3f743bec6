"""Health Service Executive."""

from betony.publisher import Publisher


class HseIreland(Publisher):
    id = "hse-ireland"
    name = "Health Service Executive"
    hosts = ("hse.ie",)
