"""Royal College of Midwives."""

from betony.publisher import Publisher


class Rcm(Publisher):
    id = "rcm"
    name = "Royal College of Midwives"
    hosts = ("rcm.org.uk",)
