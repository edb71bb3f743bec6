"""Royal College of Paediatrics and Child Health."""

from betony.publisher import Publisher


class Rcpch(Publisher):
    id = "rcpch"
    name = "Royal College of Paediatrics and Child Health"
    hosts = ("rcpch.ac.uk",)
