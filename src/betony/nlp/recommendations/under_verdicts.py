"""What a heading decides about the technologies that the recommendations below it name: "Can only be used in research"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from betony.model import Fact, Section
from betony.nlp.heading_words import normalise
from betony.nlp.looks import has_any

_VERDICTS = (
    (
        re.compile(r"(?:can )?(?:only )?be used only in research|can only be used in research|more research is needed"),
        "research_only",
    ),
    (re.compile(r"can be used (?:in the nhs )?(?:while|during) .{0,60}evidence.{0,40}"), "evidence_generation"),
)
_NAMES_THEM = re.compile(
    r"\bresearch\s(?:is|are)\sneeded\b|(?<!\bthat\s)(?<!\bwhich\s)\bcan\s(?:only\s)?be\sused\b|\bshould\sonly\sbe\sused\b"
)
"""What such a recommendation says of them, unlike one that tells how to get them."""


def with_verdict(text: str, section: Section, facts: Sequence[Fact]) -> list[Fact]:
    """The facts of the section, those that say nothing of it themselves with the arrangement that its heading sets."""
    if not facts:
        return []
    if section.heading is None or not has_any(text[slice(*section.heading)].lower(), ("research", "evidence")):
        return list(facts)
    heading = normalise(text[slice(*section.heading)])
    verdict = next((arrangement for words, arrangement in _VERDICTS if words.fullmatch(heading)), None)
    if verdict is None:
        return list(facts)
    return [
        replace(fact, spans=(*fact.spans, section.heading), detail={**fact.detail, "arrangement": verdict})
        if not (fact.detail["arrangement"] or fact.detail["outcome"]) and _NAMES_THEM.search(str(fact.value))
        else fact
        for fact in facts
    ]
