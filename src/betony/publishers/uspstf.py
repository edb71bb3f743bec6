"""U.S. Preventive Services Task Force."""

from betony.publisher import Publisher


class Uspstf(Publisher):
    id = "uspstf"
    name = "U.S. Preventive Services Task Force"
    hosts = ("uspreventiveservicestaskforce.org",)
    names = ("U.S. Preventive Services Task Force",)
