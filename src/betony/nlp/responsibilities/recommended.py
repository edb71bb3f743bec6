"""What a body recommends on a page without recommendations of its own: "CDC recommends that adults with cracks rest"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from betony.model import Basis, Block, BlockKind, Fact, Section, SectionType
from betony.nlp import actors, lists, vocabulary
from betony.nlp.broken_off import breaks_off
from betony.nlp.clauses.doers import is_passive
from betony.nlp.clauses.signs import FINITE
from betony.nlp.clauses.trailing import trailing
from betony.nlp.sentences import sentences
from betony.nlp.strength import complements
from betony.nlp.strength.verbs import verb_set
from betony.text import squeeze

_SECTIONS = frozenset(
    {
        SectionType.SUMMARY,
        SectionType.PROCEDURE,
        SectionType.SCOPE,
        SectionType.STATUS,
        SectionType.EVIDENCE,
        SectionType.OTHER,
    }
)
_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
_AGAIN = re.compile(r"\b(?:recommends?|advises?|suggests?)\b|;\s|,\sbut\s|,\sand\s(?:that|it|they|does|should)\b")
"""What tells of a second recommendation, so that nobody can tell where the first ends."""
_ONCE = re.compile(r"\b(?:19|20)\d\d\b|\bcontrast\b|\bhistory\b")
"""What an opening holds of what was, or is elsewhere: "Before 1972"."""
_TOLD_OF = re.compile(r"\b(?:was|were|had|found|argued|said|answered|replaced)\b")
"""How the sentence goes on that tells of a recommendation, and gives none."""
_IS_SO = re.compile(r"(?:is|are|has|have)\s")
_IS_DONE = re.compile(r"(?:is|are)\s(?:\w+ly\s)?(?:\w+ed|given|shown|told|sent|seen|taught)\b(?!\s(?:that|in|by)\b)")
"""What is recommended as if it were so: "recommends that people are invited to"."""
_DENIED = re.compile(r"(?:(?:should|must|do|does)\s)?not\s")
_MODAL = re.compile(r"(?:should|must)\s")
_NAMES_CARE = re.compile(
    r"(?:(?!(?:of|for|in|with|by|to|and|or|no|not|any)\b)[\w-]+\s){0,4}(?:vaccination|immuni[sz]ation|screening|testing|treatment|prophylaxis|isolation)"
    r"(?=\s(?:of|for|in|with|at|against|before|after|every|if|when|to|and\s(?:catch-up\s)?\w+(?:ation|ing|ment))\b|,|$)"
)
"""What is recommended by its name: "yearly vaccination of"."""
_DOING = re.compile(r"(?P<stem>[a-z]{2,})ing\s(?P<next>[\w-]+)")
_WHOM = (
    "all",
    "any",
    "each",
    "every",
    "people",
    "patients",
    "adults",
    "children",
    "women",
    "men",
    "pregnant",
    "infants",
)
"""How those begin to whom something is done."""
_THINGS = ("the", "a", "an", "their", "its", "these", "this", "that")
"""How that begins which something is done to."""


def recommended(text: str, blocks: Sequence[Block], sections: Sequence[Section]) -> Iterator[Fact]:
    """The duties that a body states by recommending them, each with its sentence; none where the page has a section of
    recommendations, of which such sentences only tell."""
    if " recommends " not in text or any(section.type is SectionType.RECOMMENDATIONS for section in sections):
        return
    for _, inside in lists.within(blocks, sections, _SECTIONS, _KINDS):
        for block in inside:
            for start, end in sentences(text, block.start, block.end):
                last = end == len(text.rstrip())
                if " recommends " in text[start:end] and not (last and breaks_off(text, start, end)):
                    yield from _of_sentence(text, start, end)


def _of_sentence(text: str, start: int, end: int) -> Iterator[Fact]:
    sentence = text[start:end]
    said = _recommends().match(sentence)
    if said is None or sentence.endswith((":", "?")) or _AGAIN.search(sentence, said.end()):
        return
    if _ONCE.search(said["when"] or "") or _TOLD_OF.search(sentence, said.end()):
        return
    whole = len(sentence.rstrip(" ."))
    who, begin, condition = None, said.end(), squeeze(said["when"] or "") or None
    if said["that"]:
        told = complements.told(sentence, said.end("term") - len(said["that"]))
        who = told.actor or told.population
        at = sentence.find(who, begin) if who else -1
        if who is None or at < 0 or FINITE.search(who.rpartition(" ")[2]):
            return
        begin, condition = at + len(who) + 1, told.condition or condition
    elif not _is_deed(sentence, begin):
        return
    denied = _DENIED.match(sentence, begin) or said["against"]
    if modal := _DENIED.match(sentence, begin) or _MODAL.match(sentence, begin):
        begin = modal.end()
    tail = trailing(sentence, begin, whole)
    action = squeeze(sentence[begin : tail[0] if tail else whole]).rstrip(" ,")
    if not action or (_IS_SO.match(action) and not (is_passive(f" {action}") or _IS_DONE.match(action))):
        return
    if who and (is_passive(f" {action}") or _IS_DONE.match(action)):
        who, action = None, f"{who} {action}"
    yield Fact(
        kind="responsibility",
        value=action,
        spans=((start, end),),
        basis=Basis.EXPLICIT,
        rule="duty:recommends",
        detail={
            "actor": who,
            "actor_kinds": list(actors.kinds(who)) if who else [],
            "modality": "should_not" if denied else "should",
            "term": squeeze(said["term"]),
            "recipient": None,
            "condition": "\n".join(filter(None, [condition, squeeze(sentence[slice(*tail)]) if tail else None]))
            or None,
            "generic": False,
        },
    )


def _is_deed(sentence: str, at: int) -> bool:
    """Whether sentence[at:] names what is to be done, as a deed ("expanding the tests") or by a noun ("yearly vaccination of")."""
    if _NAMES_CARE.match(sentence, at):
        return True
    doing = _DOING.match(sentence, at)
    if doing is None:
        return False
    stem = doing["stem"]
    is_verb = not verb_set().isdisjoint((stem, f"{stem}e", stem[:-1]))
    return is_verb and doing["next"] in (*_WHOM, *_THINGS)


_BODY = (
    r"(?:[A-Z][\w’'&-]+\s(?:(?:on|of|for|and|the|in)\s){0,2}){1,6}(?:Committee|Task\sForce|Organi[sz]ation|Academy|Association|Society|College|Council|Agency|Institute|Partnership|Forum|Ministry)"
    r"(?:\s(?:on|of|for)\s(?:[A-Z][\w’'&-]+\s?(?:(?:on|of|for|and|the|in)\s){0,2}){1,6}(?<=\w))?"
)
"""The whole name of a body, by the word that says that it is one."""


@cache
def _recommends() -> re.Pattern[str]:
    """Who recommends, by a short form, by a name with its short form or as the page's own guidance, and when it holds."""
    names = "|".join(vocabulary.read("duties")["recommending"]["bodies"])
    return re.compile(
        r"(?:(?P<when>(?:In(?!\s(?:view|light|response|addition|order|line)\b)|For|If|When|After|Before|During)\s[^;:.,]{3,160}),\s|(?:Therefore|However),\s|(?:Because|Given|Considering|Based\son|In\s(?:view|light|response|addition|order|line)\s(?:of|to|with)|Due\sto|Following|To)\b[^;:.]{0,240}?,\s)?"
        rf"(?:(?:[Tt]he\s)?(?:{names})(?:/[A-Z]{{2,8}})?|(?:[Tt]he\s)?[A-Z][^,;:.()]{{5,100}}\s\([A-Z]{{2,8}}(?:/[A-Z]{{2,8}})?\)|(?:[Tt]he\s)?{_BODY}|[Tt]his\s(?:guidance|guideline))\s"
        r"(?:(?:also|currently|now|strongly|therefore)\s)?(?P<term>recommends(?P<against>\sagainst)?(?P<that>\sthat)?)\s"
    )
