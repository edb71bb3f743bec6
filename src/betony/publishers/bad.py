"""British Association of Dermatologists."""

from betony.publisher import Publisher


class Bad(Publisher):
    id = "bad"
    name = "British Association of Dermatologists"
    hosts = ("bad.org.uk",)
