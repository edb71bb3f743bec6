"""British Thoracic Society."""

from betony.publisher import Publisher


class Bts(Publisher):
    id = "bts"
    name = "British Thoracic Society"
    hosts = ("brit-thoracic.org.uk",)
