"""The World Health Organization."""

import re

from betony.publisher import Page, Publisher

_OLD = re.compile(
    r"https?://(?:\w+\.)?who\.int/(?!mediacentre|features|topics|teams|news)(?!.*/(?:guidelines|pub|don|topics)/).+/(?:en|fr|es|ru|ar|zh)(?:/index\d*\.html)?"
)
"""Addresses of the site as it was until 2019: a part of it, a topic, and the language at the end.
The media centre and the topics have the title first."""


class Who(Publisher):
    id = "who"
    name = "World Health Organization"
    hosts = ("who.int",)
    printed_types = (
        "Fact Sheet",
        "Interim Guidance",
        "Guidance summary",
        "Technical Note",
        "Policy Brief",
        "Disease Outbreak News",
    )
    names = ("World Health Organization", "World Health Organization (WHO)")
    site_names = ("World Health Organization",)
    furniture = (
        "//*[contains(@class, 'languages') or contains(@class, 'sf-language-switch') or contains(@class, 'sf-language')"
        " or contains(@class, 'sf-share') or contains(@class, 'newsletter') or contains(@class, 'sf-breadscrumb')"
        " or contains(@class, 'sf-related') or contains(@class, 'sf-list-vertical')]"
    )

    def page(self, url: str) -> Page:
        """Pages of the old site are headed by the part of it that they belong to."""
        return Page(product=url, site_first=_OLD.fullmatch(url) is not None)
