"""American College of Obstetricians and Gynecologists."""

from betony.publisher import Publisher


class Acog(Publisher):
    id = "acog"
    name = "American College of Obstetricians and Gynecologists"
    hosts = ("acog.org",)
    printed_types = (
        "Committee Opinion",
        "Committee Statement",
        "Practice Bulletin",
        "Practice Advisory",
        "Clinical Practice Guideline",
        "Clinical Consensus",
        "Obstetric Care Consensus",
    )
    month_first = True
