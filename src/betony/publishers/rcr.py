"""Royal College of Radiologists."""

from betony.publisher import Publisher


class Rcr(Publisher):
    id = "rcr"
    name = "Royal College of Radiologists"
    hosts = ("rcr.ac.uk",)
