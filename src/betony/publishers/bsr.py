"""British Society for Rheumatology."""

from betony.publisher import Publisher


class Bsr(Publisher):
    id = "bsr"
    name = "British Society for Rheumatology"
    hosts = ("rheumatology.org.uk",)
