"""GOV.UK, the website of the government of the United Kingdom."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from betony.publisher import Leads, Publisher, canonical_address, of_classes

_CONTENT = "/api/content"
_SEARCH = "/api/search.json"


class GovUk(Publisher):
    id = "govuk"
    name = "GOV.UK"
    hosts = ("gov.uk",)
    names = ("GOV.UK",)
    site_names = ("GOV.UK",)
    bodies = r"/government/organisations/[a-z0-9-]+/?"
    furniture = of_classes(
        *("gem-c-breadcrumbs", "gem-c-contextual-breadcrumbs", "govuk-breadcrumbs", "gem-c-cookie-banner"),
        *("gem-c-contents-list", "gem-c-back-to-top-link", "gem-c-step-nav-header", "gem-c-step-nav-related"),
        *("gem-c-contextual-sidebar", "gem-c-contextual-footer", "gem-c-related-navigation", "gem-c-pagination"),
        *("gem-c-previous-and-next-navigation", "govuk-pagination", "gem-c-share-links", "gem-c-print-link"),
        *("gem-c-signup-link", "gem-c-single-page-notification-button", "gem-c-feedback", "gem-c-intervention"),
    )

    def owns(self, host: str) -> bool:
        """Other bodies have hosts of their own below gov.uk: only these two are the site itself."""
        return host in ("www.gov.uk", "gov.uk")

    def canonical(self, url: str) -> str:
        path = urlsplit(canonical_address(url, keep_query=False)).path
        return f"https://www.gov.uk{path}"

    def leads(self, url: str, body: bytes) -> Leads:
        """Of the search API what it found and its next page, of a collection its documents: from the Content API all."""
        split = urlsplit(url)
        if not split.path.startswith((_CONTENT, _SEARCH)):
            return Leads()
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
