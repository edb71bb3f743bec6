"""National Institutes of Health."""

from betony.publisher import Publisher


class Nih(Publisher):
    id = "nih"
    name = "National Institutes of Health"
    hosts = ("nih.gov",)
    month_first = True
