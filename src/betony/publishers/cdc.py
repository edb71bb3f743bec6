"""Centers for Disease Control and Prevention."""

from betony.publisher import Publisher


class Cdc(Publisher):
    id = "cdc"
    name = "Centers for Disease Control and Prevention"
    hosts = ("cdc.gov",)
    names = ("Centers for Disease Control and Prevention",)
