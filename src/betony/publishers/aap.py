"""American Academy of Pediatrics."""

from betony.publisher import Publisher


class Aap(Publisher):
    id = "aap"
    name = "American Academy of Pediatrics"
    hosts = ("aap.org",)
    month_first = True
