"""Health Service Executive."""

from betony.publisher import Publisher


class HseIreland(Publisher):
    id = "hse-ireland"
    name = "Health Service Executive"
    hosts = ("hse.ie",)
    printed_types = ("HSE National Policy", "HSE National Guideline", "HSE National Procedure", "HSE National Protocol")
