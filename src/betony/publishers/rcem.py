"""Royal College of Emergency Medicine."""

from betony.publisher import Publisher


class Rcem(Publisher):
    id = "rcem"
    name = "Royal College of Emergency Medicine"
    hosts = ("rcem.ac.uk",)
