"""U.S. Preventive Services Task Force."""

from betony.publisher import Publisher


class Uspstf(Publisher):
    id = "uspstf"
    name = "U.S. Preventive Services Task Force"
    hosts = ("uspreventiveservicestaskforce.org",)
    printed_types = (
        "Final Recommendation Statement",
        "Draft Recommendation Statement",
        "Recommendation Statement",
        "Clinician Summary",
        "Final Research Plan",
        "Draft Research Plan",
        "Final Evidence Review",
        "Draft Evidence Review",
    )
    month_first = True
    names = ("U.S. Preventive Services Task Force",)
