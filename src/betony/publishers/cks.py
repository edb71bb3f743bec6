"""NICE's Clinical Knowledge Summaries (United Kingdom): a topic, its chapters, and theirs."""

import re
from urllib.parse import urlsplit

from betony.model import Head, PageKind, SectionType
from betony.publisher import Leads, Page, Publisher, canonical_address, chapters

_TOPIC = re.compile(r"^/topics/[^/]+(?:/(?P<part>.+))?$")


class Cks(Publisher):
    """Titles are `Scenario: Mild croup | Management | Croup | CKS | NICE`, of a topic `Croup | Topics A to Z | CKS | NICE`."""

    id = "cks"
    name = "NICE Clinical Knowledge Summaries"
    hosts = ("cks.nice.org.uk",)
    site_names = ("CKS",)
    headings = {
        "have i got the right topic": SectionType.SCOPE,
        "how up-to-date is this topic": SectionType.STATUS,
        "goals and outcome measures": SectionType.IMPLEMENTATION,
        "goals": SectionType.SCOPE,
        "outcome measures": SectionType.IMPLEMENTATION,
        "audit criteria": SectionType.IMPLEMENTATION,
        "qof indicators": SectionType.IMPLEMENTATION,
        "nice quality standards": SectionType.IMPLEMENTATION,
        "background information": SectionType.PROCEDURE,
        "basis for recommendation": SectionType.DISCUSSION,
        "how this topic was developed": SectionType.DEVELOPMENT,
    }

    def canonical(self, url: str) -> str:
        return canonical_address(url, keep_query=False)

    def page(self, url: str) -> Page:
        topic = _TOPIC.match(urlsplit(url).path)
        if topic is None:
            return Page(url, None, "", PageKind.OTHER)
        part = topic["part"] or ""
        return Page(url.removesuffix(f"/{part}"), None, part, PageKind.CHAPTER if part else PageKind.OVERVIEW)

    def title(self, head: Head) -> str | None:
        places = [place.strip() for place in (head.title or "").split("|")]
        if places[-2:] != ["CKS", "NICE"] or len(places) < 4:
            return super().title(head)
        return places[0] if places[-3] == "Topics A to Z" else places[-3]

    def leads(self, url: str, body: bytes) -> Leads:
        """Of a topic its chapters."""
        return Leads(chapters(self, url, body))
