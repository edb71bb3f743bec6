"""British HIV Association."""

from betony.publisher import Publisher


class Bhiva(Publisher):
    id = "bhiva"
    name = "British HIV Association"
    hosts = ("bhiva.org",)
