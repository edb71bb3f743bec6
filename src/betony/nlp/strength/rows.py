"""Commas within the words for a group, and whether its row goes on behind them: "adults with gout, stones or cracks"."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from betony.nlp import vocabulary
from betony.nlp.clauses.signs import FINITE, between_adjectives
from betony.nlp.phrases import any_of
from betony.nlp.strength.people import no_modifier, nouns
from betony.nlp.strength.verbs import deeds, verb_set

_LISTED = re.compile(r"\s(?:(?:or|and|other)\s){0,2}[A-Z][\w-]+")
_NAMED = re.compile(r"\bfrom\s[^.;:]*[A-Z][\w-]+$")
"""Where people come from, told in a list: "people from Asian, Black African or other backgrounds"."""
_HAVING = re.compile(
    r"\b(?:with(?:out)?|of|undergoing|having|receiving|taking|using|requiring|(?:who|that)\s(?:have|has|had|need|use|take))\s[^,;:]+$"
)
"""What stands before the first thing of a row that people have, get or take."""
_FURTHER_CLAUSE = re.compile(r"\s(?:and|or)\s(?:also\s)?(?:(?:in|for|with|of|to|on)\swhom|who(?:se|m)?)\b")
"""A second clause that tells more of the group: "people who smoke, or whose …"."""
_FURTHER_VERB = re.compile(
    r"\s(?:and|or)\s(?:have|had|are|were|do|cannot)\b(?!\s(?:\w+ly\s)?(?:recommended|preferred|suggested|indicated|advised|effective|safe|useful)\b)"
)
_NOT = re.compile(r"\snot\s(?P<verb>[a-z]+)\b")
"""A second instruction behind "and do": "people who are frail, and do not offer"."""
_CLAUSE = re.compile(r"\b(?:who(?:se|m)?)\b")
_PREPOSITION_AT_END = re.compile(r"\b(?:to|with|of|for|by|from|in|on)$")
"""How a clause ends whose object stands behind its comma: "who cannot bear, or have not responded to, the first"."""
_SHARED = re.compile(
    r"\b(?:to|with|for|of|by|from|tolerate|bear|have|take|use|receive),\s(?:or|and)\s(?:who|have|has|are|cannot|do)[^,;:]{3,100}$"
)
"""Two clauses between whose commas the second stands, before the object of both."""
_ROW = re.compile(
    r"\s[^,;:.()]{2,80}(?:\([^()]{1,80}\)[^,;:.()]{0,40})?(?:,\s[^,;:.()]{2,80}(?:\([^()]{1,80}\)[^,;:.()]{0,40})?){0,6}?(?:,\s|\s)(?:or|and)\s"
)
"""What may be the rest of a row, up to its last member."""


_IN_BRACKETS = re.compile(r"\s\([^()]{1,80}\)$")
"""An example or a number behind the last word of a group."""


def goes_on(sentence: str, told: str, comma: int) -> int | None:
    """Where to look on for the end of the group's words `told`, whose row goes on behind sentence[:comma]."""
    if between_adjectives(told, sentence, comma):
        return comma
    if _CLAUSE.search(told) and (
        further := _FURTHER_CLAUSE.match(sentence, comma) or _FURTHER_VERB.match(sentence, comma)
    ):
        forbidden = _NOT.match(sentence, further.end())
        return None if forbidden and forbidden["verb"] in verb_set() else further.end()
    if _CLAUSE.search(told) and (_PREPOSITION_AT_END.search(told) or _SHARED.search(told)):
        return comma
    more = _more_of_group().match(sentence, comma)
    if more and not _bids(more.group()):
        return comma
    if _LISTED.match(sentence, comma) and _NAMED.search(told):
        return comma
    having = _HAVING.search(_IN_BRACKETS.sub("", told))
    others = _alternatives().match(sentence, comma) if having else None
    if others is None or FINITE.search(others.group()):
        return None
    return max(others.start() + others.group().rfind(f" {word} ") for word in ("or", "and")) + 1


_BARE_ROW = re.compile(r"\s[\w‑-]+(?:,\s[\w‑-]+){0,3},?\s(?:and|or)\s[\w‑-]+(?=\s{0,3}[.;]?\s{0,3}$)")
"""Others, each in a word, who end the sentence behind the first: "toddlers, pupils and students"."""


def is_cut(sentence: str, told: str, comma: int) -> bool:
    """Whether a row that cannot be read whole goes on behind the comma, so that `told` names a part of the group alone."""
    having = _HAVING.search(_IN_BRACKETS.sub("", told))
    row = (_ROW if having or _CLAUSE.search(told) else _BARE_ROW).match(sentence, comma)
    if row is None or _no_row().match(sentence, comma):
        return False
    words = row.group()
    return FINITE.search(words) is None and not _bids(words)


def _bids(words: str) -> bool:
    """Whether one of the words may tell to do something: a verb that is no infinitive, as in "unable to walk"."""
    found = words.lower().replace(",", " ").split()
    return any(word in verb_set() and before != "to" for before, word in pairwise(["", *found]))


@cache
def _no_row() -> re.Pattern[str]:
    """What opens something else than the next member of a row."""
    words = "|".join(vocabulary.read("recommendations")["population"]["no_row"])
    return re.compile(rf"\s(?:{words})\b", re.IGNORECASE)


@cache
def _more_of_group() -> re.Pattern[str]:
    """Behind a comma, a further group of the same row: "adults, young people and children"."""
    return re.compile(
        rf"\s(?:(?:and|or)\s)?(?:(?!{no_modifier()})[\w‑-]+\s){{0,2}}?{nouns()}(?=,|[.;:]|\s(?:and|or|and/or|with|who|aged)\s|$)"
        r"|\s(?:(?:and|or)\s)?those\s(?:with(?:out)?|who(?:se)?|aged|born|in|under|over)\s"
        r"|\s(?:(?:and|or)\s)?(?:their|his|her)\s(?:main\s)?(?:family\smembers?|famil(?:y|ies)|carers?|parents?|partners?|relatives?)(?=,|[.;:]|\s(?:and|or)\s|$)",
        re.IGNORECASE,
    )


@cache
def _alternatives() -> re.Pattern[str]:
    """Behind a comma, what else people may have, to the end of the sentence: "adults with gout, stones or a single kidney"."""
    verbs = any_of(map(re.escape, sorted(verb_set())))
    told = any_of(sorted(deeds()))
    others = "|".join(vocabulary.read("recommendations")["population"]["no_alternative"])
    starts = "|".join(vocabulary.read("recommendations")["population"]["no_row"])
    word = rf"\s(?!(?:{verbs}|{others})\b)[\w’'‑/-]+"
    ill = rf"\s(?:(?!(?:{told}|{others})\b)[\w’'‑-]+\s){{1,2}}(?:problems?|changes?|disorders?|difficult(?:y|ies)|loss|symptoms|disturbances?|tests?|results?)(?=,|\s(?:or|and)\s|\s{{0,3}}[.;]?\s{{0,3}}$)"
    name = rf"(?!\s(?:{starts})\b)(?:{ill}|{word}(?:{word}){{0,4}})(?:\s\([^()]{{1,60}}\))?"
    return re.compile(
        rf"{name}(?:,{name}){{0,4}}(?:,?\s(?:or|and){name}|\sor\sboth)(?=\s{{0,3}}[.;]?\s{{0,3}}$|\s{{0,3}}[.(\[]|,?\s(?:only\s)?(?:if|when|unless)\b"
        r"|\s(?:as\s(?:part|soon|long|described)|every|once\san?|rather\sthan|instead\sof|except|in\sline\swith|so\sthat|regardless|because|within|until)\b)",
        re.IGNORECASE,
    )
