"""Scottish Medicines Consortium."""

from betony.publisher import Publisher


class Smc(Publisher):
    id = "smc"
    name = "Scottish Medicines Consortium"
    hosts = ("scottishmedicines.org.uk",)
