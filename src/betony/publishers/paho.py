"""Pan American Health Organization."""

from betony.publisher import Publisher


class Paho(Publisher):
    id = "paho"
    name = "Pan American Health Organization"
    hosts = ("paho.org",)
    printed_types = ("Epidemiological Alert", "Epidemiological Update")
