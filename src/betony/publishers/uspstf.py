"""U.S. Preventive Services Task Force."""

from betony.publisher import Publisher


class Uspstf(Publisher):
    id = "uspstf"
    name = "U.S. Preventive Services Task Force"
    hosts = ("uspreventiveservicestaskforce.org",)
    month_first = True
    names = ("U.S. Preventive Services Task Force",)
