"""Royal College of Physicians."""

from betony.publisher import Publisher


class Rcp(Publisher):
    id = "rcp"
    name = "Royal College of Physicians"
    hosts = ("rcp.ac.uk", "rcplondon.ac.uk")
