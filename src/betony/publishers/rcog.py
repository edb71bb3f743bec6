"""Royal College of Obstetricians and Gynaecologists."""

from betony.publisher import Publisher


class Rcog(Publisher):
    id = "rcog"
    name = "Royal College of Obstetricians and Gynaecologists"
    hosts = ("rcog.org.uk",)
    printed_types = ("Green-top Guideline", "Consent Advice", "Scientific Impact Paper", "Good Practice Paper")
