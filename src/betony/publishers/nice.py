"""NICE, the National Institute for Health and Care Excellence (England)."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from betony.model import Head, PageKind, SectionType
from betony.publisher import Leads, Page, Publisher, canonical_address, chapters, linked

_PRODUCT = re.compile(
    r"^/(?P<root>guidance|advice|process|corporate|indicators|article)/(?:(?P<stage>retired|terminated)/)?"
    r"(?P<type>[a-z]{2,5})0*(?P<number>\d+)(?:-[^/]*)?(?:/(?P<rest>.*))?$",
    re.IGNORECASE,
)
"""Behind an indicator's number stands its title, which may change; what is no longer in force stands below its stage; `article` is an older root."""
_SHORT = re.compile(r"^/(?P<type>[a-z]{2,4})0*(?P<number>\d+)(?:niceguideline)?$")
"""Old addresses of guidance on paper: `/ipg309`, `/CG014NICEguideline`."""
_LETTERED = re.compile(r"^/(?:guidance/)?csg(?!id)[a-z]{2,16}(?:/(?P<rest>.*))?$")
"""Cancer service guidance of old, whose address has letters for a number: `/guidance/csgxy`."""
_OLD_PAGE = re.compile(r"(?:^|&)o=(?P<page>\d{1,9})(?=&|$)")
"""What told the pages of the oldest site apart, which all had one path (`/guidance/index.jsp?action=download&o=36578`)."""
_ROOTS = {
    "ES": "advice",
    "ESNM": "advice",
    "ESUOM": "advice",
    "MIB": "advice",
    "KTT": "advice",
    "LGB": "advice",
    "PMG": "process",
    "ECD": "corporate",
    "IND": "indicators",
}
"""Where a type's addresses begin, if not with `guidance`."""
_PROJECT = re.compile(
    r"^/(?:guidance|advice|process|corporate|indicators)"
    r"/(?P<stage>indevelopment|awaiting-development|discontinued|inconsultation|topic-selection|prioritisation|proposed)"
    r"/(?P<reference>[^/]+)(?:/(?P<rest>.*))?$",
    re.IGNORECASE,
)
_HUB = re.compile(r"^/hub/indevelopment/(?P<reference>gid-hub\d{1,6})/?$", re.IGNORECASE)
"""What lists the updates of all guidance on one topic, and is no project of its own."""
_INDICATOR = re.compile(r"^/standards-and-indicators/(?:qof|ccg|gp)[a-z]*indicators/[^/]+/?$", re.IGNORECASE)
"""An indicator's page of old, whose address has its words for a number."""
_OLD_STANDARD = re.compile(r"^/guidance/qualitystandards/[^/]+/[^/]+$", re.IGNORECASE)
"""A statement of a quality standard of old, whose address has the standard's topic for a number."""
_OLD_PROJECT = re.compile(
    r"^/(?:guidance|advice)/gid-[^/]+/(?=(?:documents|consultations?|resources|evidence)(?:/|$))", re.IGNORECASE
)
"""What stands before the documents of a project whose address names no stage."""
_STANDING = {
    "indevelopment": "in_development",
    "awaiting-development": "awaiting_development",
    "proposed": "awaiting_development",
    "discontinued": "discontinued",
    "inconsultation": "in_consultation",
    "retired": "withdrawn",
    "terminated": "terminated",
}
"""What the stage in an address says; a topic that may yet be turned down stands nowhere."""
_PROJECT_TYPE = re.compile(r"^GID-(?P<letters>[A-Z]+?)(?:WAVE)?\d")
_OF_PROJECTS = {"MT": "MTG", "DT": "DG", "IP": "IPG", "QSD": "QS"}
"""Letters of projects that are not those of the guidance to come."""
_KINDS = {
    "": PageKind.OVERVIEW,
    "chapter": PageKind.CHAPTER,
    "resources": PageKind.RESOURCE,
    "evidence": PageKind.RESOURCE,
    "ifp": PageKind.RESOURCE,
    "informationforpublic": PageKind.RESOURCE,
    "documents": PageKind.RESOURCE,
    "history": PageKind.HISTORY,
    "consultation": PageKind.CONSULTATION,
    "consultations": PageKind.CONSULTATION,
}
_CHAPTER = re.compile(r"(?<=.)/chapters?/[^/]+$", re.IGNORECASE)
"""A chapter of a document that belongs to a product: an evidence review, a report, a draft."""


_RECOMMENDING = re.compile(r"chapters?/(?:\d{1,2}-)?(?:recommendations|guidance)", re.IGNORECASE)
"""The chapter that recommends."""
_IMPLEMENTING = re.compile(r"chapters?/(?:\d{1,2}-)?implementation", re.IGNORECASE)
"""The chapter that says how what is recommended comes about."""
_FOR_THE_PUBLIC = re.compile(r"(?:ifp|informationforpublic)(?:/|$)", re.IGNORECASE)
"""What guidance says, told again to patients and the public."""
_DRAFT = re.compile(
    r"(?:^|/)(?:documents|consultations?)/(?![^/]*final-draft(?![^/]*consultation))[^/]*(?:draft|consultation)",
    re.IGNORECASE,
)
"""A document on which comments are asked for; the final draft may only be appealed against."""
_SURVEILLANCE = re.compile(r"(?:^|[-/])surveillance(?:[-/]|$)", re.IGNORECASE)
_PROGRAMMES = ("Guidance", "Advice", "Quality standard", "Process", "Indicators", "Project information")


def _places(head: Head) -> list[str]:
    """The page's place in the site, from the page up, as its `<title>` gives it; none where that is another form."""
    places = [place.strip() for place in (head.title or "").split("|")]
    return places[:-1] if places[-1] == "NICE" else []


_FORMULARIES = ("bnf.nice.org.uk", "bnfc.nice.org.uk")
_MONOGRAPH = re.compile(r"^/(?:drugs|treatment-summaries|medicines-guidance)/[^/]+$")
_ARCHIVE = "publications.nice.org.uk"
_EXTRACT = re.compile(r"^/[^/]*-(?P<letters>[a-z]{2,5})0*(?P<number>\d{1,4})(?:/(?P<chapter>[^/]+))?$")
"""What the older site for reading guidance on screen showed of a product, by its title and reference, whole or by chapters."""
_NUMBERS = "guidance.nice.org.uk"
"""An older host, where a product's number stood first: guidance.nice.org.uk/TA133."""
_PATHWAYS = "pathways.nice.org.uk"
_API = "api.nice.org.uk"
_SITE = "https://www.nice.org.uk"
_LISTINGS = re.compile(
    r"^/(?:guidance|advice|process|indicators)(?:/(?:published|terminated|retired|inconsultation|indevelopment"
    r"|awaiting-development|deferred|prioritisation|topic-selection|proposed|[a-z-]+-guidance))?/?$",
    re.IGNORECASE,
)


class Nice(Publisher):
    id = "nice"
    name = "National Institute for Health and Care Excellence"
    hosts = ("nice.org.uk",)
    names = (
        "National Institute for Health and Care Excellence",
        "National Institute for Health and Clinical Excellence",
        "National Institute for Clinical Excellence",
    )
    types = {
        "TA": "technology_appraisal_guidance",
        "TAG": "technology_appraisal_guidance",
        "HST": "highly_specialised_technologies_guidance",
        "IPG": "interventional_procedures_guidance",
        "MTG": "medical_technologies_guidance",
        "DG": "diagnostics_guidance",
        "PSG": "patient_safety_guidance",
        "HTG": "healthtech_guidance",
        "HTE": "health_technology_evaluation",
        "NG": "nice_guideline",
        "CG": "clinical_guideline",
        "PH": "public_health_guideline",
        "SC": "social_care_guideline",
        "SG": "safe_staffing_guideline",
        "CSG": "cancer_service_guideline",
        "MPG": "medicines_practice_guideline",
        "APG": "antimicrobial_prescribing_guideline",
        "COV": "covid_19_rapid_guideline",
        "ES": "evidence_summary",
        "ESNM": "evidence_summary",
        "ESUOM": "evidence_summary",
        "MIB": "medtech_innovation_briefing",
        "KTT": "key_therapeutic_topic",
        "LGB": "local_government_briefing",
        "QS": "quality_standard",
        "IND": "indicator",
        "PMG": "process_and_methods",
        "ECD": "corporate_document",
    }
    furniture = (
        "//*[contains(@class, 'breadcrumbs') or contains(@class, 'stacked-nav') or contains(@class, 'in-page-nav')"
        " or contains(@class, 'prev-next') or contains(@class, 'chapter-nav') or contains(@class, 'page-last-updated')]"
        " | //p[starts-with(normalize-space(), 'This page was last updated')]"
        " | //p[count(a) = 1 and starts-with(normalize-space(a), 'Download ') and normalize-space() = normalize-space(a)]"
    )

    site_names = ("NICE", "National Institute for Health and Care Excellence")
    terms_end = r"Subject to Notice of rights(?:\s?\([^()]{1,120}\)\.?|\.(?=\s|$))"

    def owns(self, host: str) -> bool:
        """The Clinical Knowledge Summaries are a publisher of their own."""
        return super().owns(host) and not host.startswith("cks.")

    def document_type(self, reference: str) -> str | None:
        """Of a project (`GID-IPG10088`) the type of the guidance that is to come of it."""
        project = _PROJECT_TYPE.match(reference.upper())
        if project is None:
            return super().document_type(reference)
        return self.types.get(_OF_PROJECTS.get(project["letters"], project["letters"]))

    def page_kind(self, page: Page | None, head: Head) -> PageKind:
        """Without an address by the page's title, which names its place: `Recommendations | … | Guidance | NICE`."""
        places = _places(head)
        if page or not places:
            return page.kind if page else PageKind.DOCUMENT
        if places[-1] not in _PROGRAMMES:
            return PageKind.OTHER
        return PageKind.CHAPTER if len(places) > 2 and places[0] != "Overview" else PageKind.OVERVIEW

    def title(self, head: Head) -> str | None:
        """Of a chapter's `<title>` the second place is the product's title."""
        places = _places(head)
        return places[1] if len(places) > 2 else super().title(head)

    def canonical(self, url: str) -> str:
        address = canonical_address(url, keep_query=False)
        split = urlsplit(address)
        path = split.path.lower()  # menus name a chapter in mixed case, its own canonical link in lower case
        if split.hostname == _NUMBERS:
            path = f"/guidance{path}"
        if match := _PRODUCT.match(path):
            rest = match["rest"]
            root = _ROOTS.get(match["type"].upper(), "guidance") if match["root"] == "article" else match["root"]
            path = f"/{root}/{match['type']}{match['number']}" + (f"/{rest}" if rest else "")
        elif (match := _SHORT.match(path)) and (letters := match["type"].upper()) in self.types:
            path = f"/{_ROOTS.get(letters, 'guidance')}/{match['type']}{match['number']}"
        host = "www.nice.org.uk" if split.hostname in ("nice.org.uk", _NUMBERS) else split.hostname
        asked = _OLD_PAGE.search(urlsplit(url.strip()).query) if path.endswith(".jsp") else None
        return f"https://{host}{path}" + (f"?o={asked['page']}" if asked else "")

    def page(self, url: str) -> Page:
        host, path = urlsplit(url).hostname, urlsplit(url).path
        if host == _ARCHIVE and (extract := _EXTRACT.match(path)):
            letters, chapter = extract["letters"].upper(), extract["chapter"]
            reference = f"{letters}{extract['number']}" if letters in self.types else None
            if chapter is None:
                return Page(url, extract_of=reference)
            recommends = SectionType.RECOMMENDATIONS if _RECOMMENDING.fullmatch(f"chapter/{chapter}") else None
            product = url.removesuffix(f"/{chapter}")
            return Page(product, None, chapter, PageKind.CHAPTER, extract_of=reference, series=recommends)
        if host == _PATHWAYS and path.startswith("/pathways/"):
            return Page(url)
        if host in _FORMULARIES and _MONOGRAPH.match(path):
            return Page(url)
        if match := _PRODUCT.match(path):
            product = url[: len(url) - len(match["rest"]) - 1] if match["rest"] else url
            part = match["rest"] or ""
            kind = _KINDS.get(part.split("/")[0].lower(), PageKind.RESOURCE)
            if kind is PageKind.OVERVIEW or kind is PageKind.CHAPTER:
                series = SectionType.DEVELOPMENT if match["root"].lower() == "process" else None
                if series is None and _RECOMMENDING.fullmatch(part):
                    series = SectionType.RECOMMENDATIONS
                elif series is None and _IMPLEMENTING.fullmatch(part):
                    series = SectionType.IMPLEMENTATION
                return Page(product, f"{match['type']}{match['number']}".upper(), part, kind, series=series)
            if _FOR_THE_PUBLIC.match(part):
                return replace(_document(url, part, kind, None), series=SectionType.SUMMARY)
            if _SURVEILLANCE.search(part):
                kind = PageKind.SURVEILLANCE
            elif _DRAFT.search(part):
                kind = PageKind.CONSULTATION
            return _document(url, part, kind, "in_consultation" if kind is PageKind.CONSULTATION else None)
        if match := _PROJECT.match(path):
            reference = match["reference"].upper()
            rest = match["rest"] or ""
            stage = _STANDING.get(match["stage"].lower())
            if rest.startswith("consultation") or _DRAFT.search(rest):
                return _document(url, rest, PageKind.CONSULTATION, "in_consultation")
            if rest.startswith("documents"):
                return _document(url, rest, PageKind.RESOURCE, stage)
            product = url[: len(url) - len(rest) - 1] if rest else url
            return Page(product, reference, rest, PageKind.IN_DEVELOPMENT, stage)
        if hub := _HUB.match(path):
            return Page(url, hub["reference"].upper(), "", PageKind.IN_DEVELOPMENT)
        if _INDICATOR.match(path):
            return Page(url, kind=PageKind.DOCUMENT, document_type=self.types["IND"])
        if _OLD_STANDARD.match(path):
            return Page(url, kind=PageKind.DOCUMENT, document_type=self.types["QS"])
        if _OLD_PROJECT.match(path) and _DRAFT.search(path):
            return _document(url, path, PageKind.CONSULTATION, "in_consultation")
        if project := _OLD_PROJECT.match(path):
            return _document(url, path[project.end() :], PageKind.RESOURCE, None)
        if path.startswith("/consultations/"):
            return Page(url, None, "", PageKind.CONSULTATION, "in_consultation")
        if lettered := _LETTERED.match(path):
            if rest := lettered["rest"]:
                return _document(url, rest, _KINDS.get(rest.partition("/")[0], PageKind.RESOURCE), None)
            return Page(url, kind=PageKind.OVERVIEW, document_type=self.types["CSG"])
        if "/surveillance" in path:
            return _document(url, path, PageKind.SURVEILLANCE, None)
        return Page(url, None, "", PageKind.OTHER)

    def standing(self, address: str) -> str | None:
        """Of a product that is no longer in force, as its place says: the canonical address is that of all its days."""
        match = _PRODUCT.match(urlsplit(address).path)
        return _STANDING[match["stage"].lower()] if match and match["stage"] else None

    def leads(self, url: str, body: bytes) -> Leads:
        """Of a product its chapters; of a listing the products, or the projects, and the listing's further pages."""
        if body.lstrip().startswith(b"{"):
            return Leads(_indexed(body), is_document=False)
        path = urlsplit(url).path
        if _PRODUCT.match(path):
            return Leads(chapters(self, url, body))
        if not _LISTINGS.match(path):
            return Leads()
        there = [link for link in linked(url, body) if _same_site(link, url)]
        products = [link for link in there if _is_product(_path(link))]
        further = [link for link in there if _path(link) == path.lower() and "pa" in parse_qs(urlsplit(link).query)]
        return Leads(tuple(products), tuple(further), is_document=False)

    def request_headers(self, host: str, keys: Mapping[str, str]) -> Mapping[str, str]:
        """The user's key for NICE's syndication service, which is asked for JSON."""
        if host == _API and "nice" in keys:
            return {"API-Key": keys["nice"], "Accept": "application/json"}
        return {}


def _document(url: str, rest: str, kind: PageKind, standing: str | None) -> Page:
    """A document of its own, or a chapter of one, by what stands in the address behind the product's."""
    chapter = _CHAPTER.search(rest)
    if chapter is None:
        return Page(url, None, "", kind, standing)
    return Page(url.removesuffix(chapter[0]), None, chapter[0].strip("/"), kind, standing)


def _path(link: str) -> str:
    return urlsplit(link).path.lower()


def _same_site(link: str, url: str) -> bool:
    return urlsplit(link).netloc.lower() == urlsplit(url).netloc.lower()


def _is_product(path: str) -> bool:
    """Whether it is the address of a product's own page, or of a project's."""
    match = _PRODUCT.match(path) or _PROJECT.match(path)
    return bool(match) and not (match and match["rest"])


def _indexed(body: bytes) -> tuple[str, ...]:
    """The products in an index of NICE's syndication service, as addresses of the site."""
    try:
        items = json.loads(body).get("IndexItems", [])
    except (ValueError, AttributeError, RecursionError):
        return ()
    numbers = [item.get("GuidanceNumber") for item in items if isinstance(item, dict)]
    return tuple(f"{_SITE}/guidance/{number.lower()}" for number in numbers if isinstance(number, str) and number)
