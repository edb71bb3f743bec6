"""Health Protection Surveillance Centre."""

from betony.publisher import Publisher


class Hpsc(Publisher):
    id = "hpsc"
    name = "Health Protection Surveillance Centre"
    hosts = ("hpsc.ie",)
