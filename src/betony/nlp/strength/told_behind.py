"""What stands right behind the words for a group: more of them, an event that it is about, or the sign that they are cut short."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from betony.nlp.clauses.signs import depth
from betony.nlp.phrases import any_of
from betony.nlp.strength.people import nouns
from betony.nlp.strength.verbs import verb_set


class Told(NamedTuple):
    """A group's words as far as they go, and an event behind them that sets a condition."""

    group: str | None
    event: str | None


_AGES = re.compile(r",\sage[sd]?\s\d[^,;:.()]{0,40}(?=,)")
"""An age between commas: "children with gout, ages 2 through 5 years,"."""
_WHO = re.compile(r",\swho(?:se)?\s(?![^,;:.()]*\b(?:should|must|may|can|will)\b)[^,;:.()]{3,240}(?=[,.]|$)")
"""A clause between commas that tells more of them: "patients with gout, who have stones,"."""
_LIVING = re.compile(r",\s(?:living|residing)\s(?:in|at|on)\s[^,;:.()*]{3,160}(?=[,.*]|$)")
"""Where they live, told behind a comma: "adolescents aged 10 years, living in places where gout is common,"."""
_ADJECTIVES = re.compile(r",\s\w+ed\s(?:or|and)\s\w+ed\s(?:[a-z][\w-]*\s){0,2}[a-z][\w-]*(?=[,.:]|$)")
"""The rest of a row of adjectives of which the group's words hold the first: "in suspected, diagnosed or established labour"."""
_FOLLOWING = re.compile(
    r",\s(?:following\s(?![^.;]*\b(?:discussion|assessment|consultation|review|advice|guidance|consent|counselling|considerat\w+)\b)|with\san\sonset\s)[^,;:.()]{3,120}(?:,\sincluding\s[^,;:.()]{2,60})?(?=\.|$|\s\()"
)
"""What befell them before, or since when they have what they have, up to the end: "who have a swelling, following a recent fall"."""
_INCLUDING = re.compile(
    r",\sincluding\s(?:those|people|patients|adults|children|women|men|anyone)\s(?:who|with|in\swhom|aged|having|taking|at|from)\s[^,;:.()]{3,100}(?=\.|$)"
)
"""Some of them, up to the end of the sentence: "adults with cracks, including people with gout"."""
_AND_THEIRS = re.compile(
    r"\sand,\s(?:if|where|when|as)\s[^,;:.()]{3,40},\s(?:their|his|her)\s[^.;:()]{3,80}?(?=,\s(?!(?:and|or)\b|[\w-]+,?\s(?:and|or)\b)|\.|$)"
)
"""Others of theirs who may belong to them: "people with gout and, if they wish, their spouses or friends"."""
_AND_FOR = re.compile(
    r",\s(?:and|or)\s(?:for|in|to|with)\s(?:those|people|patients|adults|children|women|men)\s"
    r"(?:who|with|in\swhom|aged|having|taking|at)\s(?![^,;:.()]*\b(?:should|must|may|can|is|consider|offer|use|give)\b)[^,;:.()]{3,100}(?=\.|$)"
)
"""Others for whom the same is to be done, up to the end of the sentence: "for adults who limp, and for those who wish to"."""
_WORD = r"(?!(?:and|versus|that|which|whether|how|what|whom?|whose|to|if|when|where|unless|because|since|as|so|until|using|with|by|via)\b)[^\s,;:.()\[\]]+"
_EVENT = re.compile(
    r"\s(?P<event>(?:(?:soon|shortly|immediately|straight)\s)?(?:after|following|during|before)\s(?!(?:this|these|they|it|he|she|each|every)\b)"
    rf"{_WORD}(?:\s{_WORD}){{0,7}}?)(?<![a-z]\d)(?<!\sthe)(?<!\sfrom)(?<!\sof)(?<!\sin)(?<!\sat)(?<!\son)(?<!\sfor)(?<!\sa)(?<!\sinto)"
    r"(?=(?<!ing)\s(?:an?|the)\s|\s*[.:;(\[]|,\s(?!(?:and|or)\b)|\s(?:to|if|when|unless|because|until|using)\s|$)"
)
"""An event behind the group's words, up to a sign or to why and on what condition something is done: "after cardiac arrest"."""
_OF_CARE = re.compile(
    r"\b(?:discussi|considerat|assess|counsel|review|evaluat|advice|consult|consent|decid|considering|explain|explor|discharg|tak(?:e|ing)\b|goals)"
)
"""What those who care do before or after, which befalls nobody."""
_BEFELL = re.compile(r"\s(?:who(?:se)?|whom)\s|\s(?:returning|recovering|presenting|remaining|persisting|starting)$")
"""A group's own words that an event behind them goes on with: "those returning" after an absence, "adults who fell" before it."""
_GOES_ON = re.compile(r"\s(?:after|before|during|in|at|on|from|to|with|by)\s")
_BARE = re.compile(r"[^\s]+\s(?:[\w-]+\s)?\w+ing$")
"""What somebody is doing, of which no more is told than the word: "those returning"."""
_SPAN = re.compile(r"\s\d+\s(?:hours|days|weeks|months|years)$")
"""How long something has lasted, before what it is counted from: "more than 12 hours" after the onset."""
_CUTS = re.compile(
    "|".join(
        (
            # another part of what they have or are
            r",?\s(?:or|and/or)\s(?!(?:not|also|both|all|even)?\s?(?:to|be|should|must|may|can|is|are|has|have|do)\b)",
            r"\s(?:who|whose|whom)\s",
            r",?\s(?:in|for|of|with|to)\s(?:whom|which)\s",
            r"\s(?:after|following|during|before)\s[^,;:.()]{1,60}?\swho(?:se)?\s",
            r",?\sin\sthe\sabsence\sof\s",
            r"\snot\s(?:(?:currently|already|previously|yet|otherwise)\s)?\w+(?:ing|ed)\s",
            # another group
            r",\sas\swell\sas\s(?:in|for|to)\s",
            r",\s(?:families|family|parents|carers|relatives|partners)\b",
            r",\sfor\s(?!example\b|instance\b|use\b|(?:prevent|treat|reduc|improv)ing\b|the\s(?:prevention|treatment)\b)",
            r",\swith\s(?!(?:an?|the|their|its|support|advice|information|help|or|regular|frequent|close|careful|particular|special|due)\b)",
        )
    )
)
"""What stands behind words that are no more than a part of those for a group."""
_LEFT_OPEN = re.compile(r"\s(?:through|via|into|within|towards?|using)$")
"""What no group ends with: words of something else have run into it."""
_AN_ADJECTIVE = re.compile(r"\sin\swhom\san?\s[\w-]+$")
"""A group's words that end before the noun of its clause: "in whom a clean-catch"."""
_WHO_IN = re.compile(r"\s(?:who|that)\s")
_VERBS = r"(?:have|has|had|are|is|were|do\snot\s(?:wish|want|have|respond|know|need|take|get|like)|cannot|takes?|needs?|lives?|smoke|feel)"
_VERB_OF_WHO = re.compile(rf",\s(?:(?:and|or)\s{_VERBS}|(?!take\b){_VERBS})\s")
"""What else those do or have of whom a clause has begun to tell: "who are frail, have gout or do not wish"; but "take" alone tells what
to do."""
_NOT_OF_WHO = r"(?!(?:should|must|may|can|will|if|when|unless)\b)[^\s,;:.()]{1,40}+"
_VERBS_OF_WHO = re.compile(
    rf"(?:,\s{_VERBS}(?:\s{_NOT_OF_WHO}){{1,12}}){{0,4}},\s(?:and|or)\s{_VERBS}(?:\s{_NOT_OF_WHO}){{1,24}}(?=\.|$)"
)
"""All else that they do or have, up to the end of the sentence: "who are frail, have gout, and do not wish it"."""
_AND = ", and "
_ANOTHER_CLAUSE = re.compile(
    r"(?:not|then|also|they|it|this|that|these|should|must|may|can|is|are|be|if|when|have|has|do|does|as|on|at)\b|\w+ly\b"
)
"""What opens a clause behind "and", and no further member of a row."""


def told_behind(group: str, sentence: str) -> Told:
    """The group with what stands behind its words in the sentence."""
    at = sentence.find(group)
    if at < 0 or "\n" in group or depth(sentence, 0, at):
        return Told(group, None)
    end = at + len(group)
    joined = sentence[max(0, at - len("and  ")) : at].rstrip().endswith(("and", "or"))
    if joined and (first := _first_of_two().search(sentence, max(0, at - _FIRST_LONGEST), at)):
        group = sentence[first.start() : end]
    if _LEFT_OPEN.search(group):
        return Told(None, None)
    if group.endswith("ed") and (rest := _ADJECTIVES.match(sentence, end)):
        return Told(group + rest.group(), None) if sentence[rest.end() : rest.end() + 1] != "," else Told(None, None)
    if _AN_ADJECTIVE.search(group) and sentence.startswith(", ", end):
        return Told(None, None)
    for more in (_AGES, _WHO, _LIVING, _AND_THEIRS, _AND_FOR, _FOLLOWING, _INCLUDING):
        if match := more.match(sentence, end):
            group, end = group + match.group(), match.end()
    if _WHO_IN.search(group) and (theirs := _VERBS_OF_WHO.match(sentence, end)):
        return Told(group + theirs.group(), None)
    if (
        _CUTS.match(sentence, end)
        or (_WHO_IN.search(group) and _VERB_OF_WHO.match(sentence, end))
        or _is_one_of_two(group, sentence, end)
    ):
        return Told(None, None)
    if group.endswith((" it", " them", " this")) and sentence.startswith((" as ", " for "), end):
        return Told(None, None)  # how, which says which of them
    event = _EVENT.match(sentence, end)
    if _BARE.fullmatch(group) and _GOES_ON.match(sentence, end) and not (event and _BEFELL.search(group)):
        return Told(None, None)
    if event is None or (sentence.startswith(" to ", event.end()) and _OF_CARE.search(event["event"])):
        return Told(group, None)
    if (
        (sentence.startswith(":", event.end()) and not _OF_CARE.search(event["event"]))
        or _SPAN.search(group)
        or (_BEFELL.search(group) and not _OF_CARE.search(event["event"]))
    ):
        return Told(group + event.group(), None)
    return Told(group, event["event"])


def _is_one_of_two(group: str, sentence: str, end: int) -> bool:
    """Whether others are named behind a comma and "and": "all adults with gout, and all children with gout"."""
    if not sentence.startswith(_AND, end):
        return False
    behind = end + len(_AND)
    if _others().match(sentence, behind):
        return True
    is_row = "," in group and depth(group, 0, len(group)) == 0
    word = sentence[behind:].partition(" ")[0].lower()
    return is_row and word not in verb_set() and _ANOTHER_CLAUSE.match(sentence, behind) is None


_FIRST_LONGEST = 30
"""Characters of the first of two who are named together."""


@cache
def _first_of_two() -> re.Pattern[str]:
    """The first of two who are named together, before the second: "parents or" carers."""
    return re.compile(rf"\b{nouns()}\s(?:and|or|and/or)\s$")


@cache
def _others() -> re.Pattern[str]:
    """Other people than those named, and no subject of another clause."""
    return re.compile(
        rf"(?:(?:all|any|both|the|other|those|each|an?)\s)?(?:(?!(?:{any_of(sorted(verb_set()))}|with|for|in|to|of|on|from|by|their|his|her)\b)[\w-]+\s){{0,2}}{nouns()}\b(?!(?:\s(?!who)[\w-]+){{0,6}}?\s(?:should|must|may|can|is|are|has|have)\b)"
    )
