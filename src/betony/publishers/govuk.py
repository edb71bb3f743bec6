"""GOV.UK, the website of the government of the United Kingdom."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from betony.model import Head, PageKind
from betony.publisher import Leads, Page, Publisher, canonical_address, chapters, of_classes

_CONTENT = "/api/content"
_SEARCH = "/api/search.json"
_SECTION = re.compile(r"^(?P<manual>/(?:guidance|hmrc-internal-manuals)/[^/]+)/(?P<section>[^/]+)$")
"""A section of a manual: a guide that is no manual has no page below its own."""
_MANUAL = re.compile(r"^/(?:guidance|hmrc-internal-manuals)/[^/]+/?$")
"""A manual's own page, or a guide."""
_UPDATES = "updates"
_NO_GUIDANCE = re.compile(
    r"^/government/(?:news|speeches|organisations|people|ministers|case-studies|fatalities|get-involved|history"
    r"|world-location-news|topical-events|how-government-works)(?:/|$)"
)
_CONSULTATIONS = re.compile(r"^/government/(?:consultations|calls-for-evidence)/")
_TYPE = re.compile(r"[a-z][a-z_]{2,50}")
_KINDS = {
    **dict.fromkeys(("manual", "hmrc_manual"), PageKind.OVERVIEW),
    **dict.fromkeys(
        ("news_story", "news_article", "press_release", "government_response", "world_news_story"), PageKind.OTHER
    ),
    **dict.fromkeys(
        ("speech", "written_statement", "oral_statement", "authored_article", "case_study"), PageKind.OTHER
    ),
    **dict.fromkeys(("organisation", "fatality_notice", "person", "topical_event"), PageKind.OTHER),
    **dict.fromkeys(
        ("open_consultation", "closed_consultation", "consultation_outcome", "consultation"), PageKind.CONSULTATION
    ),
    **dict.fromkeys(("open_call_for_evidence", "closed_call_for_evidence", "call_for_evidence"), PageKind.CONSULTATION),
}
"""What a page is whose head names its type, where that is more than a document."""


class GovUk(Publisher):
    id = "govuk"
    name = "GOV.UK"
    hosts = ("gov.uk",)
    printed_types = (
        "Guidance",
        "Statutory guidance",
        "Detailed guide",
        "Policy paper",
        "Research and analysis",
        "Independent report",
        "Promotional material",
        "Corporate report",
        "Regulation",
        "Notice",
        "Correspondence",
        "Form",
        "Drug Safety Update",
        "Drug Alert",
        "Medicines Recall",
        "Device Safety Information",
        "National Patient Safety Alert",
    )
    names = ("GOV.UK",)
    site_names = ("GOV.UK",)
    bodies = r"/government/organisations/[a-z0-9-]+/?"
    furniture = of_classes(
        *("gem-c-breadcrumbs", "gem-c-contextual-breadcrumbs", "govuk-breadcrumbs", "gem-c-cookie-banner"),
        *("gem-c-contents-list", "gem-c-back-to-top-link", "gem-c-step-nav-header", "gem-c-step-nav-related"),
        *("gem-c-contextual-sidebar", "gem-c-contextual-footer", "gem-c-related-navigation", "gem-c-pagination"),
        *("gem-c-previous-and-next-navigation", "govuk-pagination", "gem-c-share-links", "gem-c-print-link"),
        *("gem-c-search", "gem-c-search-with-autocomplete"),
        *("gem-c-signup-link", "gem-c-single-page-notification-button", "gem-c-feedback", "gem-c-intervention"),
    )

    def owns(self, host: str) -> bool:
        """Other bodies have hosts of their own below gov.uk: only these two are the site itself."""
        return host in ("www.gov.uk", "gov.uk")

    def canonical(self, url: str) -> str:
        path = urlsplit(canonical_address(url, keep_query=False)).path
        return f"https://www.gov.uk{path}"

    def page(self, url: str) -> Page:
        """A manual's sections are chapters of it."""
        path = urlsplit(url).path
        if match := _SECTION.match(path):
            if match["section"] == _UPDATES:
                return Page(url, None, "", PageKind.HISTORY)
            manual = url.removesuffix(f"/{match['section']}")
            return Page(manual, None, match["section"], PageKind.CHAPTER)
        if _NO_GUIDANCE.match(path):
            return Page(url, None, "", PageKind.OTHER)
        return Page(url, None, "", PageKind.CONSULTATION if _CONSULTATIONS.match(path) else PageKind.DOCUMENT)

    def page_kind(self, page: Page | None, head: Head) -> PageKind:
        """As the head names its type, else by its place."""
        kind = super().page_kind(page, head)
        return _KINDS.get(self.stated_type(head) or "", kind) if kind is PageKind.DOCUMENT else kind

    def stated_type(self, head: Head) -> str | None:
        """GOV.UK's own name of the type: `detailed_guide`, `statutory_guidance`."""
        named = head.get("govuk:document_type", "govuk:format") or ""
        return named if _TYPE.fullmatch(named) else None

    def leads(self, url: str, body: bytes) -> Leads:
        """Of the search API what it found and its next page, of a collection its documents: from the Content API all.

        Of a manual its sections.
        """
        split = urlsplit(url)
        if not split.path.startswith((_CONTENT, _SEARCH)):
            return Leads(chapters(self, url, body)) if _MANUAL.match(split.path) else Leads()
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError):
            return Leads()
        if not isinstance(answer, dict):
            return Leads()
        site = f"{split.scheme}://{split.netloc}"
        if split.path == _SEARCH:
            results = _objects(answer.get("results"))
            found = [f"{site}{_CONTENT}{path}" for result in results if (path := _own_path(result.get("link")))]
            return Leads(tuple(found), _next_page(url, answer, len(results)), is_document=False)
        links = answer.get("links")
        documents = _objects(links.get("documents")) if isinstance(links, dict) else []
        return Leads(tuple(f"{site}{_CONTENT}{path}" for one in documents if (path := _own_path(one.get("base_path")))))


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _own_path(link: Any) -> str | None:
    """The path where it is one of GOV.UK's own; the search finds other sites' pages too."""
    return link if isinstance(link, str) and link.startswith("/") and not link.startswith("//") else None


def _next_page(url: str, answer: dict[str, Any], found: int) -> tuple[str, ...]:
    start, total = answer.get("start"), answer.get("total")
    if not found or not isinstance(start, int) or not isinstance(total, int) or start + found >= total:
        return ()
    kept = [(name, value) for name, value in parse_qsl(urlsplit(url).query) if name != "start"]
    return (f"{url.split('?', maxsplit=1)[0]}?{urlencode([*kept, ('start', str(start + found))])}",)
