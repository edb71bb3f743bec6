"""NHS Specialist Pharmacy Service."""

from betony.publisher import Publisher


class Sps(Publisher):
    id = "sps"
    name = "NHS Specialist Pharmacy Service"
    hosts = ("sps.nhs.uk",)
