"""Health and Safety Executive."""

from betony.publisher import Publisher


class Hse(Publisher):
    id = "hse"
    name = "Health and Safety Executive"
    hosts = ("hse.gov.uk",)
