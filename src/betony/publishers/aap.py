"""American Academy of Pediatrics."""

from betony.publisher import Publisher


class Aap(Publisher):
    id = "aap"
    name = "American Academy of Pediatrics"
    hosts = ("aap.org",)
    printed_types = ("Policy Statement", "Clinical Report", "Technical Report", "Clinical Practice Guideline")
    month_first = True
