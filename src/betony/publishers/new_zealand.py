"""New Zealand Ministry of Health."""

from betony.publisher import Publisher


class NewZealand(Publisher):
    id = "new-zealand"
    name = "New Zealand Ministry of Health"
    hosts = ("health.govt.nz",)
