"""British Society for Haematology."""

from betony.publisher import Publisher


class Bsh(Publisher):
    id = "bsh"
    name = "British Society for Haematology"
    hosts = ("b-s-h.org.uk",)
