"""Lines that stand the same on every page of a site, known by their words."""

from __future__ import annotations

import re
from functools import cache

from betony.nlp import vocabulary

_SPACE = re.compile(r"\s+")


def is_known(line: str) -> bool:
    """Whether the line, whole, is one of those that the vocabulary holds."""
    words = _SPACE.sub(" ", line).strip(" •*-\u2013:.").lower()
    return _lines().fullmatch(words) is not None


@cache
def _lines() -> re.Pattern[str]:
    lines: list[str] = vocabulary.read("furniture")["lines"]
    return re.compile(
        "|".join(re.escape(line).replace(r"\*", ".{0,60}").replace(r"\#", r"[\dxX -]*\d[\dxX -]*") for line in lines)
    )
