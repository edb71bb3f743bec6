"""The World Health Organization."""

from betony.publisher import Publisher


class Who(Publisher):
    id = "who"
    name = "World Health Organization"
    hosts = ("who.int",)
    names = ("World Health Organization", "World Health Organization (WHO)")
    site_names = ("World Health Organization",)
    furniture = (
        "//*[contains(@class, 'languages') or contains(@class, 'sf-language-switch') or contains(@class, 'sf-language')"
        " or contains(@class, 'sf-share') or contains(@class, 'newsletter') or contains(@class, 'sf-breadscrumb')"
        " or contains(@class, 'sf-related') or contains(@class, 'sf-list-vertical')]"
    )
