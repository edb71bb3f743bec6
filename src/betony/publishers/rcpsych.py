"""Royal College of Psychiatrists."""

from betony.publisher import Publisher


class Rcpsych(Publisher):
    id = "rcpsych"
    name = "Royal College of Psychiatrists"
    hosts = ("rcpsych.ac.uk",)
