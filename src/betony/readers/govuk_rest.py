"""What a page of GOV.UK's JSON says in fields that no rule names: each string that holds words for a reader, as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape

from betony.readers.govuk_values import Json, anchor, content, fragment, is_forms, paragraphs, string
from betony.text import repair

_NO_WORDS = re.compile(
    r"(?:.*_)?(?:id|ids|url|uri|href|path|slug|locale|type|kind|style|logic|state|format|filename|hash|checksum|code"
    r"|timestamp|at|isbn|issn|reference|paper_number|session|contact_email|synonyms|keywords|tags|analytics_profile|identifier"
    r"|government|organisations|headers|headings|header_links|next_node|rel|brand|phase)"
)
"""Names of fields that hold no words of the page, or those of its headings once more."""
_NAMES = ("title", "heading", "name", "label")
_NAMES_OF_ENTRIES = (*_NAMES, "text")
_ADDRESSES = ("href", "url", "base_path", "link_url", "web_url", "path")
_BESIDE = ("external_related_links", "image", "images", "lead_image")
"""Fields of what stands beside the words: related pages, and the illustration that a kind of page is given."""
_HOLDS_WORDS = re.compile(
    r"(?:.*_)?(?:title|heading|name|label|text|caption|body|content|notes?|summary|description|message|introduction"
    r"|details?|notice|explanation|address|question|answer|on)"
)
"""Names of fields in which a single word is one of the page's, and no value for programs."""
_HTML = re.compile(r"<[a-z][^<>]{0,500}>|&(?:#\d{1,6}|[a-z]{2,8});", re.IGNORECASE)
_CODE = re.compile(
    r"[a-z][a-z0-9+.-]{1,10}://\S*|/\S*|#\S*|[0-9a-f]{8}-[0-9a-f-]{27}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]{5,18}(?:Z|[+-][0-9:]{4,6})?)?",
    re.IGNORECASE,
)
"""An address, a path, an identifier, a time stamp."""
_WORD = re.compile(r"[A-Z][a-z]+[.,:;!?]?|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[^\s@/]{1,64}@[^\s@/]{1,200}\.[a-z]{2,20}")
"""A value without white space that is for readers whatever its field is called: a word, a day, an address of mail."""


def rest(fields: Json, *, level: int, title: str = "") -> str:
    """The fields as HTML, in their order, headings from `level` on; `title` is not said again.

    Mappings with a title and more are sections, lists are lists. RecursionError where they are nested too deeply.
    """
    return "".join(_value(name, value, level, title) for name, value in fields.items())


def _value(name: str, value: object, level: int, title: str) -> str:
    if _NO_WORDS.fullmatch(name):
        return ""
    if isinstance(value, str):
        return _string(name, repair(value)[0].strip(), level)
    if is_forms(value):
        return fragment(content(value), deeper=level - 2)
    inside = ""
    if isinstance(value, list):
        inside = "".join(_list(name, value, level, title))
    elif isinstance(value, Mapping):
        inside = _section(value, level, title)
    return f"<nav>{inside}</nav>" if inside and name in _BESIDE else inside


def _string(name: str, words: str, level: int) -> str:
    if name == "alt_text":
        return f'<img alt="{escape(words)}">'
    if _HTML.search(words):
        return fragment(words, deeper=level - 2)
    if not _is_for_readers(name, words):
        return ""
    return f"<button>{escape(words)}</button>" if name.endswith("button_text") else paragraphs(words)


def _is_for_readers(name: str, words: str) -> bool:
    if _NO_WORDS.fullmatch(name) or _CODE.fullmatch(words) or not any(map(str.isalnum, words)):
        return False
    spaced = any(map(str.isspace, words))
    return spaced or not words.isascii() or bool(_HOLDS_WORDS.fullmatch(name) or _WORD.fullmatch(words))


def _section(fields: Json, level: int, title: str) -> str:
    """A mapping: its title as a heading, where there is more, and what else it holds below that."""
    named = _named(fields, _NAMES)
    others = {name: value for name, value in fields.items() if name != named}
    words = string(fields, named) if named else ""
    if not words or words == title:
        return rest(others, level=level, title=title)
    inside = rest(others, level=level + 1, title=title)
    linked = anchor(words, _address(fields))
    return f"<h{min(level, 6)}>{linked}</h{min(level, 6)}>{inside}" if inside else f"<p>{linked}</p>"


def _list(name: str, values: list[object], level: int, title: str) -> Iterator[str]:
    entries: list[str] = []
    for value in values:
        entry = _entry(name, value)
        if entry is None:
            yield from _listed(entries)
            yield _value(name, value, level, title)
        elif entry:
            entries.append(f"<li>{entry}</li>")
    yield from _listed(entries)


def _listed(entries: list[str]) -> Iterator[str]:
    if entries:
        yield f"<ul>{''.join(entries)}</ul>"
        entries.clear()


def _entry(name: str, value: object) -> str | None:
    """What an entry of a list says, where it is no more than words or a link; None where it holds more."""
    if isinstance(value, str):
        return None if _HTML.search(value) else _string(name, repair(value)[0].strip(), 2)
    if not isinstance(value, Mapping) or value.get("type") == "paragraph" or any(map(_holds_more, value.values())):
        return None
    named = _named(value, _NAMES_OF_ENTRIES)
    words = string(value, named) if named else ""
    head = f"<p>{anchor(words, _address(value))}</p>" if words else ""
    return head + rest({name: other for name, other in value.items() if name != named}, level=2)


def _holds_more(value: object) -> bool:
    return (isinstance(value, list | Mapping) and bool(value)) or (
        isinstance(value, str) and _HTML.search(value) is not None
    )


def _named(fields: Json, names: tuple[str, ...]) -> str | None:
    """The first of the names under which the fields hold words."""
    return next((name for name in names if _is_for_readers(name, string(fields, name))), None)


def _address(fields: Json) -> str:
    return next(filter(None, (string(fields, name) for name in _ADDRESSES)), "")
