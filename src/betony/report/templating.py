"""The templates, and how values become text in them: everything is escaped, and only web addresses are links."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from betony.export.identifiers import address

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""What a page may load: the style sheets and scripts beside it, and nothing else from anywhere."""

_SIGNS = {"active": "●", "retired": "✕", "draft": "◌", "unknown": "?"}  # so that colour is not the only sign


def render(template: str, /, **values: Any) -> str:
    """The page or fragment that a template makes of these values."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("betony.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(words=words, web=address, sign=_SIGNS.__getitem__, many=many, moment=moment)
    made.globals["policy"] = POLICY
    return made


def words(name: str | None) -> str:
    """A name of the record as a person writes it: `update_in_progress` as `update in progress`."""
    return (name or "").replace("_", " ")


def many(number: int, one: str, several: str | None = None) -> str:
    """A number with its noun: `1 record`, `1,200 records`."""
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"


def moment(written: str | None) -> str:
    """A time of the store as a person reads it: `2026-11-25 09:30 UTC`."""
    return f"{written[:10]} {written[11:16]} UTC" if written else ""
