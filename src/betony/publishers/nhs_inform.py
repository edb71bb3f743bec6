"""NHS inform."""

from betony.publisher import Publisher


class NhsInform(Publisher):
    id = "nhs-inform"
    name = "NHS inform"
    hosts = ("nhsinform.scot",)
