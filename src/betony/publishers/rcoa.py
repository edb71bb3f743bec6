"""Royal College of Anaesthetists."""

from betony.publisher import Publisher


class Rcoa(Publisher):
    id = "rcoa"
    name = "Royal College of Anaesthetists"
    hosts = ("rcoa.ac.uk",)
