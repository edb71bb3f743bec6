"""Health Information and Quality Authority."""

from betony.publisher import Publisher


class Hiqa(Publisher):
    id = "hiqa"
    name = "Health Information and Quality Authority"
    hosts = ("hiqa.ie",)
