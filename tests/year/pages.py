"""How the made-up site looks: in its first markup, and after a redesign that changes no word of its documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.year.products import Part, Product, Recommendation

Look = Callable[[Product, str], str]
"""A page of a product; the second argument is what the site prints around every page that day."""


def first_look(product: Product, around: str) -> str:
    """The markup of NICE's pages today."""
    low = product.reference.lower()
    body = ['<h2 class="title"><a id="guidance"></a>Guidance</h2>', *_paragraphs(product.lead)]
    body += _old_section(low, "Is this guideline up to date?", _paragraphs((product.status,)) if product.status else ())
    for number, part in enumerate(product.parts):
        body += _old_section(low, part.heading, _old_part(low, part, number))
    body += _old_section(low, "Your responsibility", _paragraphs((" ".join(product.duties),))) if product.duties else []
    return f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"/>
<title>Guidance | {product.title} | Guidance | NICE</title>
<link rel="canonical" href="{product.url}"/>
{_meta(product)}
<meta property="og:site_name" content="NICE"/>
<script>window.session = "{around}";</script></head>
<body><div id="ccc" class="cookie-banner" role="region" aria-label="Cookies"><h2>Cookies on this site</h2>
<p>Some cookies are needed for these pages to work. ({around})</p><button>Accept all cookies</button></div>
<header class="header" aria-label="Site header"><a href="/">NICE</a><nav aria-label="Main menu"><ul>
<li><a href="/guidance">Guidance</a></li><li><a href="/about">About</a></li></ul></nav></header>
<main><div class="container">
<nav aria-label="Breadcrumbs"><ol class="breadcrumbs"><li><a href="/">Home</a></li><li>{product.reference}</li></ol></nav>
<div class="page-header"><h1 class="page-header__heading">{product.title}</h1>
<ul class="page-header__metadata" aria-label="Page description">{_header(product)}</ul></div>
<nav class="stacked-nav" aria-label="Chapters"><h2 class="visually-hidden">Chapters</h2>
<ul><li><a href="{product.url}">Overview</a></li></ul></nav>
<div class="content"><div class="chapter" title="Guidance" id="{low}_guidance">
{_lines(body)}
</div>
<nav class="prev-next"><a rel="next" href="{product.url}/history">Next page</a></nav></div>
<p class="page-last-updated">This page was last updated: </p>
</div></main>
<footer class="footer" aria-label="Site footer"><ul><li><a href="/accessibility">Accessibility</a></li></ul>
<p>© NICE. All rights reserved. {around}</p></footer></body></html>
"""


def second_look(product: Product, around: str) -> str:
    """The same documents after a redesign: other elements, classes, menus, and another order of what surrounds them."""
    body = ['<h2 class="ds-heading-l">Guidance</h2>', *_paragraphs(product.lead, "ds-body")]
    if product.status:
        body += _new_section("Is this guideline up to date?", _paragraphs((product.status,), "ds-body"))
    for number, part in enumerate(product.parts):
        body += _new_section(part.heading, _new_part(part, number))
        body.append('<nav class="ds-back" aria-label="Back"><a href="#top">Back to top</a></nav>')
    if product.duties:
        body += _new_section("Your responsibility", _paragraphs((" ".join(product.duties),), "ds-body"))
    return f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<title>Guidance | {product.title} | Guidance | NICE</title>
<meta property="og:site_name" content="NICE">
{_meta(product, reordered=True)}
<link rel="canonical" href="{product.url}"></head>
<body class="ds-template"><a class="ds-skip-link" href="#main">Skip to main content</a>
<div class="ds-phase-banner" role="banner"><p>This is our new site. Tell us what you think. {around}</p></div>
<nav class="ds-mega-menu" aria-label="Sections of the site"><ul><li><a href="/topics">Topics</a></li>
<li><a href="/guidance">All guidance</a></li><li><a href="/news">News</a></li><li><a href="/sign-in">Sign in</a></li></ul></nav>
<main id="main" class="ds-main"><article class="ds-document">
<header class="ds-document__head"><h1>{product.title}</h1><ul class="ds-facts">{_header(product)}</ul></header>
{_lines(body)}
</article>
<aside class="ds-related" aria-label="Related"><h2>You may also like</h2><ul>
<li><a href="/guidance/ng9199">A guideline on something else</a></li></ul></aside>
<nav class="ds-breadcrumbs" aria-label="Breadcrumbs"><a href="/">Home</a> <a href="/guidance">Guidance</a></nav>
</main>
<footer class="ds-footer"><nav aria-label="Footer"><a href="/cookies">Cookies</a> <a href="/privacy">Privacy</a></nav>
<p>Is there anything wrong with this page? {around}</p></footer></body></html>
"""


def outage(product: Product, around: str) -> str:
    """What the site answers, with status 200, while it is broken."""
    return f"""<!DOCTYPE html><html lang="en-GB"><head><title>NICE</title></head><body>
<header><a href="/">NICE</a><nav><a href="/guidance">Guidance</a></nav></header>
<main><h1>Sorry, there is a problem with the service</h1>
<p>Try again later. We are working on it. Reference: {product.reference}-{around}.</p></main>
<footer>© NICE</footer></body></html>
"""


def stub(product: Product, around: str, words: str, look: Look) -> str:
    """A page of which nothing is left but its header and a notice."""
    return look(replace(product, lead=(words,), status="", parts=(), duties=()), around)


def _meta(product: Product, *, reordered: bool = False) -> str:
    modified = (product.modified or product.published)[0]
    given = [
        ("DC.Publisher", "NICE"),
        ("DCTERMS.issued", product.published[0]),
        ("DCTERMS.modified", modified + ("T09:30:00Z" if reordered else "")),
        ("DCTERMS.identifier", product.reference),
        ("DCTERMS.type", product.kind),
    ]
    return "\n".join(
        f'<meta name="{name}" content="{value}"/>' for name, value in (given[::-1] if reordered else given)
    )


def _header(product: Product) -> str:
    items = [product.kind, f"Reference number:&nbsp;{product.reference}", f"Published: {_time(product.published)}"]
    if product.modified:
        items.append(f"Last updated: {_time(product.modified)}")
    return "".join(f"<li><span>{item}</span></li>" for item in items)


def _time(date: tuple[str, str]) -> str:
    return f'<time datetime="{date[0]}">{date[1]}</time>'


def _paragraphs(words: tuple[str, ...], style: str = "") -> list[str]:
    attribute = f' class="{style}"' if style else ""
    return [f"<p{attribute}>{paragraph}</p>" for paragraph in words]


def _old_section(low: str, heading: str, inner: list[str] | tuple[str, ...]) -> list[str]:
    slug = re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")
    return [
        f'<div class="section" title="{heading}" id="{low}_{slug}">',
        f'<h3 class="title"><a id="{slug}"></a>{heading}</h3>',
        *inner,
        "</div>",
    ]


def _old_part(low: str, part: Part, number: int) -> list[str]:
    found = _paragraphs(part.paragraphs)
    for name, item in _numbered(part, number):
        found += [
            f'<div id="{low}_{name.replace(".", "_")}" class="recommendation_text"><p class="numbered-paragraph">',
            f'<span class="paragraph-number">{name} </span>{item.text} <strong>{item.label}</strong></p></div>',
        ]
    return found


def _new_section(heading: str, inner: list[str]) -> list[str]:
    return [f'<section class="ds-section"><h3 class="ds-heading-m">{heading}</h3>', *inner, "</section>"]


def _new_part(part: Part, number: int) -> list[str]:
    found = _paragraphs(part.paragraphs, "ds-body")
    for name, item in _numbered(part, number):
        found.append(
            f'<div class="ds-recommendation"><div class="ds-recommendation__text"><p><b>{name}</b> {item.text}'
            f' <span class="ds-tag">{item.label}</span></p></div></div>'
        )
    return found


def _numbered(part: Part, number: int) -> Iterator[tuple[str, Recommendation]]:
    for i, item in enumerate(part.recommendations, start=1):
        yield f"1.{number + 1}.{i}", item


def _lines(words: list[str]) -> str:
    return "\n".join(words)
