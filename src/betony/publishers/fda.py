"""U.S. Food and Drug Administration."""

from betony.publisher import Publisher


class Fda(Publisher):
    id = "fda"
    name = "U.S. Food and Drug Administration"
    hosts = ("fda.gov",)
    month_first = True
