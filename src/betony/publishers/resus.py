"""Resuscitation Council UK."""

from betony.publisher import Publisher


class Resus(Publisher):
    id = "resus"
    name = "Resuscitation Council UK"
    hosts = ("resus.org.uk",)
