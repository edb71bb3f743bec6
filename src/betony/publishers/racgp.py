"""Royal Australian College of General Practitioners."""

from betony.publisher import Publisher


class Racgp(Publisher):
    id = "racgp"
    name = "Royal Australian College of General Practitioners"
    hosts = ("racgp.org.au",)
