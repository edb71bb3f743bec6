"""The National Guideline Clearinghouse (guideline.gov), which summarised others' guidelines until 2018."""

from betony.publisher import Publisher


class GuidelineGov(Publisher):
    id = "ngc"
    name = "National Guideline Clearinghouse"
    hosts = ("guideline.gov",)
    month_first = True
    names = ("National Guideline Clearinghouse",)
