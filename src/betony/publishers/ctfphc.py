"""Canadian Task Force on Preventive Health Care."""

from betony.publisher import Publisher


class Ctfphc(Publisher):
    id = "ctfphc"
    name = "Canadian Task Force on Preventive Health Care"
    hosts = ("canadiantaskforce.ca",)
