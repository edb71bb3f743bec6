"""NHS England."""

from betony.publisher import Publisher


class NhsEngland(Publisher):
    id = "nhs-england"
    name = "NHS England"
    hosts = ("england.nhs.uk",)
