"""American College of Physicians."""

from betony.publisher import Publisher


class Acp(Publisher):
    id = "acp"
    name = "American College of Physicians"
    hosts = ("acponline.org",)
    month_first = True
