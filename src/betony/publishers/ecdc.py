"""European Centre for Disease Prevention and Control."""

from betony.publisher import Publisher


class Ecdc(Publisher):
    id = "ecdc"
    name = "European Centre for Disease Prevention and Control"
    hosts = ("ecdc.europa.eu",)
    printed_types = (
        "Rapid Risk Assessment",
        "Rapid Outbreak Assessment",
        "Risk Assessment",
        "Threat Assessment Brief",
        "Technical Report",
        "Surveillance Report",
        "Scientific Advice",
        "Epidemiological Update",
        "Mission Report",
    )
