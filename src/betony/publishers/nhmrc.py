"""National Health and Medical Research Council."""

from betony.publisher import Publisher


class Nhmrc(Publisher):
    id = "nhmrc"
    name = "National Health and Medical Research Council"
    hosts = ("nhmrc.gov.au",)
