"""Public Health Wales."""

from betony.publisher import Publisher


class Phw(Publisher):
    id = "phw"
    name = "Public Health Wales"
    hosts = ("phw.nhs.wales", "publichealthwales.org")
