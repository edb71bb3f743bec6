"""Infectious Diseases Society of America."""

from betony.publisher import Publisher


class Idsa(Publisher):
    id = "idsa"
    name = "Infectious Diseases Society of America"
    hosts = ("idsociety.org",)
    printed_types = ("Clinical Practice Guideline",)
    month_first = True
