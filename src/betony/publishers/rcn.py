"""Royal College of Nursing."""

from betony.publisher import Publisher


class Rcn(Publisher):
    id = "rcn"
    name = "Royal College of Nursing"
    hosts = ("rcn.org.uk",)
