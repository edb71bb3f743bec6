"""European Centre for Disease Prevention and Control."""

from betony.publisher import Publisher


class Ecdc(Publisher):
    id = "ecdc"
    name = "European Centre for Disease Prevention and Control"
    hosts = ("ecdc.europa.eu",)
