"""GOV.UK, the website of the government of the United Kingdom."""

from urllib.parse import urlsplit

from betony.publisher import Publisher, canonical_address


class GovUk(Publisher):
    id = "govuk"
    name = "GOV.UK"
    hosts = ("gov.uk",)
    names = ("GOV.UK",)
    site_names = ("GOV.UK",)
    furniture = (
        "//*[contains(@class, 'gem-c-contents-list') or contains(@class, 'gem-c-print-link')"
        " or contains(@class, 'gem-c-feedback') or contains(@class, 'gem-c-step-nav') or contains(@class, 'gem-c-share')"
        " or contains(@class, 'gem-c-related-navigation') or contains(@class, 'gem-c-contextual-sidebar')"
        " or contains(@class, 'govuk-breadcrumbs') or contains(@class, 'gem-c-pagination')]"
    )

    def owns(self, host: str) -> bool:
        """Other bodies have hosts of their own below gov.uk: only these two are the site itself."""
        return host in ("www.gov.uk", "gov.uk")

    def canonical(self, url: str) -> str:
        path = urlsplit(canonical_address(url, keep_query=False)).path
        return f"https://www.gov.uk{path}"
