"""Royal College of Ophthalmologists."""

from betony.publisher import Publisher


class Rcophth(Publisher):
    id = "rcophth"
    name = "Royal College of Ophthalmologists"
    hosts = ("rcophth.ac.uk",)
