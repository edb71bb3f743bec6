"""National Institutes of Health."""

from betony.publisher import Publisher


class Nih(Publisher):
    id = "nih"
    name = "National Institutes of Health"
    hosts = ("nih.gov",)
    month_first = True

    def owns(self, host: str) -> bool:
        """The library's hosts hold articles and books of others."""
        return super().owns(host) and not host.endswith("nlm.nih.gov")
