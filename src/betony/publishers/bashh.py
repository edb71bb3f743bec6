"""British Association for Sexual Health and HIV."""

from betony.publisher import Publisher


class Bashh(Publisher):
    id = "bashh"
    name = "British Association for Sexual Health and HIV"
    hosts = ("bashh.org", "bashhguidelines.org")
