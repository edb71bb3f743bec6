"""The Centers for Disease Control and Prevention (United States)."""

from betony.publisher import Publisher


class Cdc(Publisher):
    id = "cdc"
    name = "Centers for Disease Control and Prevention"
    hosts = ("cdc.gov",)
    printed_types = ("Health Advisory", "Health Alert", "Health Update", "Interim Guidance", "Fact Sheet")
    month_first = True
    names = ("Centers for Disease Control and Prevention", "Centers for Disease Control and Prevention (CDC)")
    site_names = ("Centers for Disease Control and Prevention",)
    furniture = (
        "//*[contains(@class, 'dfe-page-date') or contains(@class, 'related-pages') or contains(@class, 'cdc-social')"
        " or contains(@class, 'usa-banner') or contains(@class, 'cdc-page-navigation') or contains(@class, 'last-reviewed-row')"
        " or contains(@class, 'keep_reading') or contains(@class, 'item--language')]"
    )
