"""National Health Service."""

from betony.publisher import Publisher


class Nhs(Publisher):
    id = "nhs"
    name = "National Health Service"
    hosts = ("nhs.uk",)
    names = ("National Health Service",)
