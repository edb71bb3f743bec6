"""American College of Obstetricians and Gynecologists."""

from betony.publisher import Publisher


class Acog(Publisher):
    id = "acog"
    name = "American College of Obstetricians and Gynecologists"
    hosts = ("acog.org",)
    month_first = True
