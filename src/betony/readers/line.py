"""From the pieces of a line to its clean text, and where its links stand in it."""

from __future__ import annotations

from betony.text import collapse, strip_span

Links = list[tuple[int, int, str]]

REPAIRED = "&#xFFFD;"
"""How a page that is written out has a character that no text may hold."""

_SPACES = ("\n", "\t", "  ", "\r", "\f")
_NO_BREAK_SPACES = {"\xa0": "\x01", "\u202f": "\x02", "\u2007": "\x03"}
"""What a page's text cannot hold stands for them while the rest is cleaned."""


def unescape(text: str) -> str:
    """The text of a well-formed page without the few escapes that writing it out puts in."""
    if "&#" in text:
        text = text.replace("&#13;", "\r").replace(REPAIRED, "\ufffd")
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def clean(text: str) -> str:
    """Runs of breaking white space as one space, none at the ends."""
    if text.isascii():
        for space in _SPACES:
            if space in text:
                return " ".join(text.split())
        return text.strip()
    if "  " not in text and text.isprintable():  # then its white space is single spaces: most lines, and far faster
        return text.strip()
    kept = [(space, sign) for space, sign in _NO_BREAK_SPACES.items() if space in text]
    for space, sign in kept:
        text = text.replace(space, sign)
    text = " ".join(text.split())
    for space, sign in kept:
        text = text.replace(sign, space)
    return text.strip()


def _squash(text: str) -> str:
    for space in _SPACES:
        if space in text:
            return collapse(text)
    return text if text.isascii() or text.isprintable() else collapse(text)


def with_links(pieces: list[str], marks: list[tuple[int, str | None]]) -> tuple[str, Links | None]:
    """Clean text of a line, and where in it each link stands."""
    parts: list[str] = []
    found: Links = []
    length = last = begun = 0
    spaced = True
    href: str | None = None
    for index, mark in (*marks, (len(pieces), None)):
        part = _squash("".join(pieces[last:index]))
        if spaced and part[:1] == " ":
            part = part[1:]
        if part:
            parts.append(part)
            length += len(part)
            spaced = part[-1] == " "
        if href is not None and length > begun:
            found.append((begun, length, href))
        href, begun, last = mark, length, index
    whole = "".join(parts)
    text = whole.strip()
    lead = len(whole) - len(whole.lstrip())
    links: Links = []
    for start, end, address in found:
        left, right = strip_span(text, max(start - lead, 0), max(end - lead, 0))
        if right > left:
            links.append((left, right, address))
    return text, links or None
