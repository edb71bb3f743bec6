"""GOV.UK."""

from betony.publisher import Publisher


class GovUk(Publisher):
    id = "govuk"
    name = "GOV.UK"
    hosts = ("gov.uk",)
    names = ("GOV.UK",)
