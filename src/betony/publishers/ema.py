"""European Medicines Agency."""

from betony.publisher import Publisher


class Ema(Publisher):
    id = "ema"
    name = "European Medicines Agency"
    hosts = ("ema.europa.eu",)
