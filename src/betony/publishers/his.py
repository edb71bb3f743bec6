"""Healthcare Improvement Scotland."""

from betony.publisher import Publisher


class His(Publisher):
    id = "his"
    name = "Healthcare Improvement Scotland"
    hosts = ("healthcareimprovementscotland.org", "healthcareimprovementscotland.scot")
