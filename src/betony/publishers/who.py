"""World Health Organization."""

from betony.publisher import Publisher


class Who(Publisher):
    id = "who"
    name = "World Health Organization"
    hosts = ("who.int",)
    names = ("World Health Organization",)
