"""Therapeutic Goods Administration."""

from betony.publisher import Publisher


class Tga(Publisher):
    id = "tga"
    name = "Therapeutic Goods Administration"
    hosts = ("tga.gov.au",)
