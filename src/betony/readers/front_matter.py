"""Front matter: what programs that keep notes and build sites write above a text about it, as names and values."""

from __future__ import annotations

import re

from betony.model import Head

_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
"""What opens it, and what may close it: YAML and TOML."""
_MOST = 20_000
_ENTRY = re.compile(r"(?P<name>[A-Za-z][\w .-]{0,60}?)[ \t]{0,4}(?P<sign>[:=])(?:[ \t]+(?P<value>\S.*))?$")
_QUOTED = re.compile(r"(?P<sign>[\"'])(?P<words>.*)(?P=sign)(?:\s+#.*)?$")
_NAMES = {
    "title": "dc.title",
    "date": "datepublished",
    "published": "datepublished",
    "publishdate": "datepublished",
    "pubdate": "datepublished",
    "date_published": "datepublished",
    "datepublished": "datepublished",
    "lastmod": "datemodified",
    "modified": "datemodified",
    "updated": "datemodified",
    "last_modified": "datemodified",
    "last_updated": "datemodified",
    "datemodified": "datemodified",
    "last_reviewed": "jsonld.lastreviewed",
    "lastreviewed": "jsonld.lastreviewed",
    "reviewed": "jsonld.lastreviewed",
    "site_name": "og:site_name",
}
"""How a page's head calls what front matter calls otherwise."""
_ADDRESSES = ("canonical", "canonical_url", "canonicalurl", "url", "source_url", "source")
_LANGUAGES = ("lang", "language")


def end_of(text: str) -> int:
    """Where the front matter of a text ends; 0 where it has none.

    It stands between two fences on lines of their own, the first at the very top, and its first line is a name with a
    value: a rule above a text is none.
    """
    opening = text[:3]
    if opening not in _FENCES:
        return 0
    lines = text[:_MOST].split("\n")
    if lines[0].strip() != opening or len(lines) < 3 or not _ENTRY.match(lines[1].rstrip()):
        return 0
    at = len(lines[0]) + 1
    for line in lines[1:]:
        if line.rstrip() in _FENCES[opening]:
            return at + len(line.rstrip())
        at += len(line) + 1
    return 0


def read(text: str) -> tuple[Head, int]:
    """What the front matter says of the document, and where it ends (0 where there is none)."""
    end = end_of(text)
    if not end:
        return Head(), 0
    said: dict[str, str] = {}
    for line in text[:end].split("\n")[1:-1]:
        entry = _ENTRY.match(line.rstrip())
        if entry and entry["value"] and not entry["value"].startswith(("[", "{", "|", ">", "&", "*", "#")):
            name = entry["name"].lower().replace(" ", "_").replace("-", "_")
            said.setdefault(name, _plain(entry["value"]))
    address = next((said[name] for name in _ADDRESSES if said.get(name, "").startswith(("http://", "https://"))), None)
    meta = tuple((_NAMES.get(name, name), value) for name, value in said.items() if value)
    language = next((said[name] for name in _LANGUAGES if said.get(name)), None)
    return Head(title=said.get("title") or None, canonical=address, language=language, meta=meta), end


def _plain(value: str) -> str:
    """A value without its quotation marks, or the remark behind it."""
    quoted = _QUOTED.match(value)
    return (quoted["words"] if quoted else value.partition(" #")[0]).strip()
