"""Royal College of General Practitioners."""

from betony.publisher import Publisher


class Rcgp(Publisher):
    id = "rcgp"
    name = "Royal College of General Practitioners"
    hosts = ("rcgp.org.uk",)
