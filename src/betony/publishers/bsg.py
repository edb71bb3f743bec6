"""British Society of Gastroenterology."""

from betony.publisher import Publisher


class Bsg(Publisher):
    id = "bsg"
    name = "British Society of Gastroenterology"
    hosts = ("bsg.org.uk",)
