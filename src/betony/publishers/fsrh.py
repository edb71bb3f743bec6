"""Faculty of Sexual and Reproductive Healthcare."""

from betony.publisher import Publisher


class Fsrh(Publisher):
    id = "fsrh"
    name = "Faculty of Sexual and Reproductive Healthcare"
    hosts = ("fsrh.org",)
