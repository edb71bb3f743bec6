"""The NHS website (England)."""

import re
from urllib.parse import urlsplit

from betony.model import PageKind
from betony.publisher import Page, Publisher, canonical_address

_OLD_PAGE = re.compile(r"^(?P<product>/.+)/pages/(?P<page>[^/]+)\.aspx$", re.IGNORECASE)


class Nhs(Publisher):
    """Until 2018 a condition's pages were `/conditions/<name>/Pages/<page>.aspx`, the overview `Introduction`."""

    id = "nhs"
    name = "National Health Service"
    hosts = ("nhs.uk",)
    names = ("NHS website", "NHS Choices")
    site_names = ("NHS Choices", "nhs.uk", "NHS")
    untrusted_meta = ("dc.date.issued",)  # year-day-month: `2016-20-06`

    def owns(self, host: str) -> bool:
        """Its own hosts alone, the one on which it was tried among them: every trust, board and library of the health service has one below `nhs.uk`."""
        return host in {"nhs.uk", "www.nhs.uk", "beta.nhs.uk"}

    def canonical(self, url: str) -> str:
        split = urlsplit(canonical_address(url, keep_query=False))
        path = split.path.lower()
        if (match := _OLD_PAGE.match(path)) and match["page"] == "introduction":
            path = match["product"]
        return f"https://www.nhs.uk{path}"

    def page(self, url: str) -> Page:
        split = urlsplit(url)
        if match := _OLD_PAGE.match(split.path):
            return Page(f"https://{split.hostname}{match['product']}", None, match["page"], PageKind.CHAPTER)
        return Page(url)
