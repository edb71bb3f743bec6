"""Scottish Intercollegiate Guidelines Network."""

from betony.publisher import Publisher


class Sign(Publisher):
    id = "sign"
    name = "Scottish Intercollegiate Guidelines Network"
    hosts = ("sign.ac.uk",)
    names = ("Scottish Intercollegiate Guidelines Network",)
