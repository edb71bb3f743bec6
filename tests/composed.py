"""Sentences composed of parts, each with the group and the condition that was put into it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

GROUPS = (
    "adults with gout", "children aged 6 months to 17 years", "people aged 65 and over", "pregnant women", "anyone with suspected sepsis",
    "people who have had a stroke", "people whose symptoms have not improved", "adults whose pain is severe", "people in whom wax has failed",
    "people for whom a heel graft is planned", "children, young people and adults with asthma", "babies and children under 6 years of age",
    "people with type 2 diabetes who are taking insulin", "people with gout, stones or cracked heels", "people with gout (including those with stones)",
    "people with moderate to severe pain", "people at high risk of heel fracture", "people with gout who cannot take wax", "people referred to a heel clinic",
    "people who have been discharged after assessment for hearing loss and related conditions", "people with advanced heel cancer that has spread",
    "people from Black, Asian and minority ethnic backgrounds", "people with learning disabilities, autism or both", "people who do not speak English",
    "people nearing the end of their life", "people who would like to stop smoking", "people with gout who wish to become pregnant",
    "people with severe, persistent or recurrent pain", "people who have a heel ulcer or who have had one", "people with heel pain lasting more than 6 weeks",
    "people with an allergy to balm", "women and people who are breastfeeding", "adults with an eGFR of less than 30 ml/min/1.73 m2",
)  # fmt: skip
"""Those whom a sentence is about, whole."""
VERBS = (
    "offer {thing} to {group}", "consider {thing} for {group}", "do not routinely offer {thing} to {group}", "give {thing} to {group}",
    "offer {group} a scan", "refer {group} to a heel clinic", "measure urate in {group}", "advise {group} to rest", "ask {group} about pain",
    "ensure that {group} are offered {thing}", "assess {group} for pain", "provide information to {group}", "tell {group} that wax is safe",
    "encourage {group} to walk", "discuss the options with {group}", "wax should not be used for {group}", "balm is recommended for {group}",
)  # fmt: skip
THINGS = (
    "wax",
    "drops for cracks",
    "a heel scan at diagnosis",
    "wax (see table 2)",
    "an assessment of pain",
    "a choice of wax, balm or rest",
)
OPENINGS = (
    "If wax has failed", "When symptoms change", "After surgery", "If there is pain, fever or a rash", "Unless there is an infection",
    "If the heel is hot, and there is no infection", "Within 2 days of admission", "If balm (for example, beeswax) has failed",
    "At diagnosis and when symptoms change",
)  # fmt: skip
NO_CONDITIONS = ("In all areas", "In all cases", "In addition", "To reduce pain", "At a minimum")
CLOSINGS = (
    "if the pain is severe", "when symptoms change", "unless the pain is mild", "as long as they agree", "only if wax has failed",
    "at diagnosis and when symptoms change",
)  # fmt: skip
BEHIND = (
    "as part of a care plan", "every year", "once a year", "rather than balm", "instead of balm", "except in an emergency", "as described in table 2",
    "regardless of age", "so that pain can be treated early", "in line with the plan", "and record the result", "(see the section on heels)",
)  # fmt: skip
"""What a sentence goes on with that is neither the group's nor a condition."""
IS_SO = (
    "{group} are offered {thing}",
    "{group} have {thing}",
    "{group} receive {thing}",
    "{group} are referred to a clinic",
)
"""What quality statements say."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A sentence, and what was put into it."""

    sentence: str
    group: str
    condition: str | None = None
    statement: bool = False


def sentences(count: int, seed: int = 1) -> Iterator[Composed]:
    """So many sentences, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    for _ in range(count):
        yield _statement(chance) if chance.random() < 0.2 else _recommendation(chance)


def _recommendation(chance: random.Random) -> Composed:
    group = chance.choice(GROUPS)
    words = chance.choice(VERBS).format(group=group, thing=chance.choice(THINGS))
    kind = chance.choice(("plain", "opened", "unopened", "closed", "behind"))
    if kind == "closed" and "that wax" not in words:
        closing = chance.choice(CLOSINGS)
        return Composed(f"{_capital(words)} {closing}.", group, closing)
    if kind == "behind":
        return Composed(f"{_capital(words)} {chance.choice(BEHIND)}.", group)
    if kind == "opened":
        opening = chance.choice(OPENINGS)
        return Composed(f"{opening}, {words}.", group, opening)
    if kind == "unopened":
        return Composed(f"{chance.choice(NO_CONDITIONS)}, {words}.", group)
    return Composed(f"{_capital(words)}.", group)


def _statement(chance: random.Random) -> Composed:
    group = _capital(chance.choice(GROUPS))
    words = chance.choice(IS_SO).format(group=group, thing=chance.choice(THINGS))
    if chance.random() < 0.5:
        closing = chance.choice(CLOSINGS)
        return Composed(f"{words} {closing}.", group, closing, statement=True)
    return Composed(f"{words}.", group, statement=True)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
