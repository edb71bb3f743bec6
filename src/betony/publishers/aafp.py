"""American Academy of Family Physicians."""

from betony.publisher import Publisher


class Aafp(Publisher):
    id = "aafp"
    name = "American Academy of Family Physicians"
    hosts = ("aafp.org",)
    month_first = True
