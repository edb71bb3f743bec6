"""Care Quality Commission."""

from betony.publisher import Publisher


class Cqc(Publisher):
    id = "cqc"
    name = "Care Quality Commission"
    hosts = ("cqc.org.uk",)
