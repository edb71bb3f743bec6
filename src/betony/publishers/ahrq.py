"""Agency for Healthcare Research and Quality."""

from betony.publisher import Publisher


class Ahrq(Publisher):
    id = "ahrq"
    name = "Agency for Healthcare Research and Quality"
    hosts = ("ahrq.gov",)
    month_first = True
