"""Made-up records with varied words, as many as a bench wants; the same for the same number."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from typing import Any

_SYLLABLES = [
    "ba",
    "cor",
    "den",
    "fi",
    "gal",
    "hem",
    "in",
    "jo",
    "ka",
    "lum",
    "mi",
    "nor",
    "os",
    "pe",
    "qui",
    "ras",
    "sen",
    "tor",
    "u",
    "ve",
    "xy",
    "zol",
    "ar",
    "ec",
    "il",
    "on",
    "ur",
    "ta",
    "ri",
    "mo",
]
_TYPES = ("summary", "procedure", "evidence", "recommendations", "responsibilities", "research", "status", "scope")


def vocabulary(size: int = 20_000) -> list[str]:
    """Made-up words of two to four syllables, each once."""
    chance = random.Random(3)  # noqa: S311 - no secret
    words: dict[str, None] = {}
    while len(words) < size:
        words["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4)))] = None
    return list(words)


def records(number: int, sections: int = 8) -> Iterator[dict[str, Any]]:
    """Records of that many sections of 20 to 120 words, with frequent words and rare ones as texts have them."""
    chance = random.Random(5)  # noqa: S311 - no secret
    words = vocabulary()
    weights = [1 / (rank + 3) for rank in range(len(words))]
    pool = chance.choices(words, weights, k=400_000)
    for index in range(number):
        yield _record(index, pool, chance, sections)


def _record(index: int, pool: list[str], chance: random.Random, sections: int) -> dict[str, Any]:
    def some(least: int, most: int) -> str:
        start = chance.randrange(len(pool) - most)
        return " ".join(pool[start : start + chance.randint(least, most)])

    name = f"nice:ng{1_000_000 + index}"
    url = f"https://www.nice.org.uk/guidance/ng{1_000_000 + index}"
    text, made = "", []
    for number in range(sections):
        heading, words = some(2, 6), some(20, 120)
        start = len(text)
        text += f"{heading}\n\n{words}\n\n"
        made.append(
            {
                "id": f"s{number}", "type": _TYPES[number % len(_TYPES)], "subtype": None, "level": 1, "parent": None,
                "heading": {"text": heading, "start": start, "end": start + len(heading)}, "number": None,
                "start": start, "end": len(text) - 2, "text": words, "layer": "body", "basis": "explicit",
                "rule": None, "confidence": None, "xpath": None,
            }
        )  # fmt: skip
    evidence = [{"start": 0, "end": 5, "quote": text[:5], "page": None}]
    ground = {"basis": "explicit", "evidence": evidence, "rule": "bench"}
    digest = hashlib.sha256(text.encode()).hexdigest()
    date = {"value": "2026-01-02", "precision": "day", "text": "2 January 2026", **ground}
    advice = {
        "kind": "recommendation", "actor": None, "condition": None, "population": None, "arrangement": None,
        "strength": {"code": "strong", "term": "offer", "direction": "for"}, "outcome": None, "grade": None,
        "label": None, "rationale": None, "section": "s3", **ground,
    }  # fmt: skip
    duty = {
        "actor": "providers", "actor_kinds": ["provider"], "modality": "should", "term": "should", "recipient": None,
        "condition": None, "generic": False, "section": "s4", "confidence": None, **ground,
    }  # fmt: skip
    return {
        "schema_version": "1.0", "id": name, "aliases": [], "identifier": name[5:].upper(), "url": url,
        "title": {"value": some(4, 9), "confidence": None, **ground},
        "publisher": {"id": "nice", "name": "NICE"}, "document_type": "guideline", "page_kind": "document",
        "dates": {"published": date, "modified": None},
        "status": {"code": "active" if index % 4 else "retired", "currency": "current" if index % 4 else "withdrawn",
                   "checked": None, "notice": None, **ground},
        "relations": [], "sections": made,
        "recommendations": [{"id": f"{name}#{i}", "number": str(i), "text": some(8, 30), **advice} for i in range(3)],
        "responsibilities": [{"id": f"{name}#d{i}", "action": some(5, 20), **duty} for i in range(2)],
        "codes": [], "definitions": [], "links": [], "tables": [], "text": text, "parts": [],
        "source": {"uri": url}, "text_hash": digest, "content_hash": digest,
        "processing": {"pipeline": "bench", "ruleset": "1", "model": None, "at": None},
    }  # fmt: skip
