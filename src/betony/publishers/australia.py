"""Australian Government Department of Health."""

from betony.publisher import Publisher


class Australia(Publisher):
    id = "australia"
    name = "Australian Government Department of Health"
    hosts = ("health.gov.au",)
