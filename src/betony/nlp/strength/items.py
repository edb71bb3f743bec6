"""What the items of a list add to what their lead says: more conditions and groups, others who act, a "not" before each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from betony.nlp import actors
from betony.nlp.clauses.doers import is_passive
from betony.nlp.clauses.signs import FINITE
from betony.nlp.sentences import sentences
from betony.nlp.strength import instructions, modals
from betony.nlp.strength.group_ends import GROUP_TAIL
from betony.nlp.strength.limits import limit_of
from betony.nlp.strength.people import ANYBODY, GOES_ON, group_start
from betony.nlp.strength.second_deeds import WHILE_DOING
from betony.nlp.strength.verbs import deeds, verb_set
from betony.nlp.strength.wording import Wording
from betony.text import squeeze

_OPEN_END = re.compile(r"\b(?:have|has|had|are|is|be|with|of|to|for|in|the|an?|and|or|who|that|if|when|unless)$")
"""How a clause ends that says nothing without the list below it."""
_OF_OTHERS = re.compile(
    r"\b(?:people|patients|adults|women|men|children|carers|parents|individuals|users|families|person|patient|woman)\sincluding$"
)
"""Behind a bare noun, what opens a list of other things than those people: "discuss with women including"."""
_OPENS_CONDITION = re.compile(
    r"(?:only\s)?(?:if|when|once|unless|provided|as\slong\sas|in\sthe\sevent)\b[^.]{0,300}[.;]?$"
)
"""How each item of a list begins that says on what conditions its lead holds: "can only be used:"."""
_ONLY = re.compile(r"(?:only\s(?:if|when)|if|provided)\s")
"""How an item begins that says on what condition it is so, among items that tell of a group."""
_AND = re.compile(r",?\s(?:and|or)$")
_THE_FOLLOWING = re.compile(r"\b[Tt]he\sfollowing\s[a-z]")
"""What the list is of, where the main clause announces it: "do not offer the following drops unless …:"."""
_AS_FOLLOWS = re.compile(r"\bas\sfollows,?\s$")
"""What announces the list of what is done, before its condition: "give wax as follows if it is dry:"."""
_JOINED = re.compile(r",?\sand:$")
"""How a lead ends that sets one condition itself and leaves the others to its list: "if they have heel pain and:"."""
_ARE_MET = re.compile(
    r"\bthe\sfollowing\s(?:[\w-]+\s){0,3}(?:(?:are|is)\s(?:met|present|satisfied|fulfilled|true)|apply|applies)$|\b(?:any|all|both|either|one)\s(?:or\smore\s)?of\sthe\sfollowing$"
)
"""How a condition ends whose list stands behind a full stop."""
_LEADS_ON = re.compile(
    r"\b(?:following|any|all|one|either|both|these|criteria|conditions|signs|symptoms|features|factors)(?:\s[\w-]+){0,4}$"
    r"|\b(?:have|has|are|is|with|if|unless|when|who|of|or)$"
)
_FOLLOWING = re.compile(r"\bfollowing\d{0,2}(?:\s[\w-]+){0,7}$")
"""How a group ends that its list tells: "patients with the following conditions"."""
_OF_THESE = re.compile(r"\b(?:with|have|has|having|of|show|shows)\s(?:[\w-]+\s){0,4}?these(?:\s[\w-]+){1,4}$")
"""The same where the list is announced by "these": "people with any of these injuries"."""
_REASON = re.compile(r"(?:as|because)\s(?:these|they|this)\s(?:is|are|may|have|has)\b")
"""How the sentence of a list goes on behind its last item with the reason: "as these are the adults at risk"."""
_SIGN_OF = re.compile(r",\swhich\s(?:may|might|can|could)\s(?:be\s)?[^,;:.]{3,80}:")
"""What the things a list names are a sign of, told before it: "with any of the following signs, which may suggest gout:"."""
_WHOSE = re.compile(r"\bwhose\s[\w-]+(?:\s[\w-]+)?$")
"""How a group ends whose list is its clause's verb: "adults whose tumours:"."""
_FOR_WHOM = re.compile(
    r"(?:for|in)\s(?:the\s|all\s)?(?:[\w-]+\s)?(?:adults?|people|patients|children|infants|babies|women|men|boys|girls|adolescents|young\speople|mothers)\b[^.;:]{0,200}[.;,]?(?:\s(?:and|or))?$"
)
"""How each item of a list stands that says for whom its lead holds."""
_TO_WHOM = re.compile(
    r"\b(?:offer|giv|provid|recommend|consider|prescrib|made\savailable)\w*\s[^.;:]*\s(?:to|for|in):$", re.IGNORECASE
)
"""A lead that its items complete with those to whom something is given."""
_KIN = re.compile(
    r"(?:\w+[-‑]degree\s|close\s|all\s|the\s|their\s)?(?:relatives|contacts|partners|siblings|family\smembers)\b",
    re.IGNORECASE,
)
_DOING = re.compile(r"(?!breastfeeding|lactating)\w+ing\s", re.IGNORECASE)
_WHO = re.compile(r"(?:who|whom|whose|for\swhom)\b", re.IGNORECASE)
"""How an item begins that tells more of those whom the lead names."""
_TELLS_MORE = re.compile(
    r"(?:who|whom|whose|for\swhom|with(?!\s(?:care|caution)\b)|without|aged|(?:younger|older)\sthan|\d{1,3}\s(?:years|months)\s(?:or|and)\s(?:older|over|above|younger|under))\s|\d{1,3}\s(?:years|months)\s(?:or|and)\s(?:older|over|above|younger|under),",
    re.IGNORECASE,
)
"""How an item begins that tells more of people whom the lead names by no more than the noun: "with gout"."""
_OR_MORE = re.compile(r"(?:in|on|at|under|over|taking|having|receiving)\s", re.IGNORECASE)
"""How others of its list may begin, beside one with "who": "in custody"."""
_BARE = re.compile(r"(?:all\s)?(?:people|adults|patients|women|men|children|those|individuals)")
_AND_SHOULD = re.compile(r";\s(?!(?:and|or)\s)[^;]{3,160}?\b(?:should|must)\b.*$", re.DOTALL)
"""What should be done with those whom an item names, behind them: "in custody; wax should be given"."""
_WHATEVER_WHO = re.compile(
    r",\s(?:(?:irrespective|regardless|whatever)\b[^,;:]{2,60},|that\sis,?\s(?:those|people|adults|patients|women))\swho(?:se)?:$"
)
"""What stands between a group and the list that tells more of it: what makes no difference, "adults with gout, whatever their age, who:", or
the group again, "adults at risk, that is those who:"."""
_THAT_IS = re.compile(r",?\sthat\sis,\s(?:those|people|adults|patients|women|men|children)$")
"""How a group is said again before the list that tells more of it: "adults with gout, that is, people:"."""
_NOT = re.compile(r"(?:not\s(?!only\b|just\b|merely\b|simply\b)|never\s)", re.IGNORECASE)
_TAKEN_UP = re.compile(r"(?:the|this|these|those|they|such)\b", re.IGNORECASE)
"""How an actor begins who was named before."""
_IN_CAPITALS = re.compile(r"[A-Z][A-Z\d‑-]+\b")
"""An abbreviation that an item begins with, whose capital opens no sentence."""
_ENDS = re.compile(r"[.](?:\s?\[[^\[\]]{4,60}\])?$")
MORE_LIMITS = re.compile(
    r"\b(?:only|unless|provided)\b|^(?:(?:Or|And|but)\s)?(?:[Ii]f|[Ww]hen)\b|\b(?:should|must|recommended|needed|required|is|are)\b[^.]*\b(?:if|when)\b|\b(?:if|when)\b[^.]*\b(?:should|must)\b"
)
"""What shows that a sentence below a list of conditions adds another."""
_CAPITAL_VERB = re.compile(
    r"(?!(?:Only|Use|Check|Stop|Increase|Decrease|Change|Delay|Test|Support|Contact|Control)\b)[A-Z][a-z]+\s(?:[a-z]+\s)?(?:the|an?|all|any|their|them|people|adults|patients|women|children|him|her|it|to|that|with)\s"
)
"""How an item begins that tells what else is to be done: "Give balm to"."""
_MEANING = re.compile(r"(?:^|(?<=\.)\s)[A-Z][^.;:]{2,80}\s(?:is|are)\s(?:here\s)?defined\sas\s")
"""A sentence behind the items of a list that says what a word of theirs means."""
_DASH = re.compile(r"\s[–—-]\s")
_THAT_OR_WHO = re.compile(r"\s(?:that|which|who)\s")
"""How what is told of those who act begins, where a list would complete it: "by a team that can provide:"."""
_ASIDE_OF_MODAL = re.compile(r"\b(?:should|must),\s$")
"""What stands before a condition behind which the list tells what is to be done: "staff should, unless it hurts:"."""
_OF_WHOM = re.compile(
    r",\s(?:in|for)\s(?P<group>(?:(?!(?:and|or|if|when|who|with)\b)[\w-]+\s){1,4}(?:with|who(?:\shave|\shas|\sare)?|whose))$"
)
"""Those in whom it is done, behind a condition and before the list that tells of them: "if balm has failed, in adults with:"."""
_EVENT = re.compile(r"(?:before|after|during|following)\s")
_THE_FOLLOWING_ACT = re.compile(
    r"The\sfollowing\s(?:[\w-]+\s){0,2}?(?:should|must)\s(?:also\s|all\s)?(?:ensure|make\ssure|work|agree|provide|offer|take|use|plan|develop|commission|support|help|identify|consider)\b"
)
"""How a lead begins whose items are those who act: "The following should ensure that:"."""
_IN_CIRCUMSTANCES = re.compile(
    r"\s(?P<condition>in\s(?:all|any|both|either|each)\sof\sthe\sfollowing\s(?:circumstances|situations|cases):)$"
)
"""How a lead ends whose items are the circumstances in which it holds."""
_OPENER_ALONE = re.compile(
    r"only|(?:only\s)?(?:if|when|whenever|unless|as\slong\sas|(?:in\sthe\sevent|provided)\s(?:of|that))(?:\s(?:they|it|you|he|she))?"
)
"""A condition that only the list behind it would tell."""


def turned(wording: Wording, sentence: str, items: Sequence[str]) -> Wording:
    """The wording, its direction turned where a "not" opens each item of the list that the sentence leads."""
    denied = bool(items) and sentence.endswith(":") and all(map(_NOT.match, items))
    return replace(wording, direction="against") if denied and wording.direction == "for" else wording


def with_actors(wording: Wording, sentence: str, items: Sequence[str], *, titled: bool) -> Wording:
    """The wording, with those besides who act by the items that are sentences of their own: "Nurses should: … Managers should
    pay", or below a title "Nurses should measure. … Managers should pay"."""
    if wording.actor is None or not (titled or sentence.endswith(":")):
        return wording
    open_end = _THAT_OR_WHO.search(wording.actor) if sentence.endswith(f"{wording.actor}:") else None
    first = wording.actor[: open_end.start()] if open_end else wording.actor
    own = (item for item in items if item[:1].isupper() and (" should " in item or " must " in item))
    told = (modals.find(item[start:end]) for item in own for start, end in sentences(item, 0, len(item)))
    named = (found[1].actor for found in told if found and found[1].actor)
    acting = [first]
    for name in named:
        if not (_TAKEN_UP.match(name) or any(known.startswith(name) for known in acting)):
            acting.append(name)
    return replace(wording, actor="\n".join(acting))


def are_conditions(items: Sequence[str]) -> bool:
    """Whether each of the items, of which there are some, says on what condition their lead holds, or the first does and "and"
    joins the others to it: "if a person is over 45 and", "has heel pain"."""
    if not items or not _OPENS_CONDITION.match(items[0]):
        return False
    return all(map(_OPENS_CONDITION.match, items)) or all(map(_AND.search, items[:-1]))


def with_items(wording: Wording, sentence: str, items: Sequence[str]) -> Wording:
    """A condition or a group of people that ends in a colon completed by the items of its list."""
    condition, population = wording.condition, wording.population
    items = list(takewhile(lambda item: not _REASON.match(item), items))
    said = squeeze(sentence)
    if wording.actor and said.endswith(" be:") and items and all(is_passive(f" be {item}") for item in items[:2]):
        wording = replace(wording, actor=None)  # something is done to them
    if wording.actor and said.endswith(f"{wording.actor} should be:") and not items:
        wording = replace(wording, actor=None)  # nobody can tell if they do something, or something is done to them
    if wording.actor is None and items and said.endswith(":") and _THE_FOLLOWING_ACT.match(said):
        wording = replace(
            wording,
            actor="\n".join(items)
            if all(set(actors.kinds(item.rstrip(" .;"))) - {"patient"} for item in items)
            else None,
        )
    if not condition and items and (circumstances := _IN_CIRCUMSTANCES.search(said)):
        return replace(wording, condition="\n".join([circumstances["condition"], *of_list(items)]))
    if not condition and sentence.endswith(":") and are_conditions(items):
        return replace(wording, condition="\n".join(items))
    closing = condition.rpartition("\n")[2] if condition else ""
    if condition and items and said.endswith(f"{closing}:"):
        if (whose := _OF_WHOM.search(closing)) and group_start().match(whose["group"]):
            ended = condition[: len(condition) - len(closing) + whose.start()]
            return replace(wording, condition=ended, population="\n".join([f"{whose['group']}:", *of_list(items)]))
        if _ASIDE_OF_MODAL.search(said, 0, said.rfind(closing)):
            return without_open_end(wording)
        if _AS_FOLLOWS.search(said, 0, said.rfind(closing)) and not _OPENER_ALONE.fullmatch(closing):
            return wording
        if _EVENT.match(closing) and not _LEADS_ON.search(closing):
            return without_open_end(wording)  # the list tells what is done then
        if said.startswith("The following ") and WHILE_DOING.match(closing):
            return wording
        if _THE_FOLLOWING.search(said, 0, len(said) - len(closing)) and not _LEADS_ON.search(closing):
            return without_open_end(wording)
        limits = [limit_of(item) for item in of_list(items, but=MORE_LIMITS)]
        return without_open_end(replace(wording, condition="\n".join([f"{condition}:", *limits])))
    joined = (
        _JOINED.search(said) if condition and items and said[: -len(" and:")].rstrip(",").endswith(closing) else None
    )
    if joined and not any(item.partition(" ")[0].lower() in verb_set() for item in items):
        return replace(wording, condition="\n".join([f"{condition}{joined.group()}", *of_list(items, but=MORE_LIMITS)]))
    if condition and items and _ARE_MET.search(closing) and said.rstrip(".").endswith(closing):
        return replace(wording, condition="\n".join([condition, *of_list(items, but=MORE_LIMITS)]))
    if population is None and items and sentence.endswith(":") and all(map(_FOR_WHOM.match, of_list(items))):
        return replace(wording, population="\n".join(item.partition(" ")[2] for item in of_list(items)))
    if population is None and items and _TO_WHOM.search(sentence) and _name_groups(items):
        return replace(wording, population="\n".join(items))
    if population and items and said.endswith(f"{population}:") and _THAT_IS.search(population):
        return replace(wording, population="\n".join([f"{population}:", *of_list(items)]))
    if population and items and _FOLLOWING.search(population) and _LED_LATER.fullmatch(said, _end_of(said, population)):
        signs = takewhile(lambda item: not _RULES.search(item), of_list(items))
        return replace(wording, population="\n".join([f"{population}:", *signs]))
    if population and items and (more := _WHATEVER_WHO.search(said)) and said.endswith(population, 0, more.start()):
        return replace(wording, population="\n".join([f"{population}{more.group()}", *of_list(items)]))
    if (
        population
        and items
        and (
            GROUP_TAIL.search(population)
            or _FOLLOWING.search(population)
            or _OF_THESE.search(population)
            or _WHOSE.search(population)
            or _WHO.match(items[0])
            or (_BARE.fullmatch(population) and _tell_of_people(items))
        )
        and not _OF_OTHERS.search(population)
        and (leads := _leads_list(said, population))
    ):
        population, listed = leads, [_AND_SHOULD.sub("", item) for item in of_list(items)]
        bound = [item for item in listed if _ONLY.match(item)]
        named = [item for item in listed if item not in bound]
        if condition is None and bound and named:
            wording = replace(wording, condition="\n".join(bound))
            listed = [*named[:-1], _AND.sub("", named[-1])]
        return replace(wording, population="\n".join([population, *listed]))
    if population and not items and GROUP_TAIL.search(population) and said.endswith(f"{population}:"):
        return replace(wording, population=None)  # the capture has lost the list
    wording = without_open_end(wording)
    if wording.population and (wording.population.lower() in ANYBODY or _OPEN.search(wording.population)):
        return replace(wording, population=None)
    return wording


_LED_LATER = re.compile(
    r"(?:,\s[^:;]{3,160}\sbeing\s(?:identified|noted|noticed|observed|recogni[sz]ed|found|detected|seen)"
    r"|\s(?!and\b|or\b)(?:(?!\b(?:following|these|those|using|including|with|by|as|to|about|on)\b)[^:;.]){3,160}):"
)
"""What is done, between a group and the list that completes it: "with any of these signs, scan within 1 hour of the sign being noted:",
"with the following problems should be offered a scan:"."""
_OPEN = re.compile(r"\bof\sthe\sfollowing$")
"""What a group's words end with where the list of what they have stands nowhere."""


_RULES = re.compile(r"\b(?:should|must)\b")
"""What stands in a sentence below a list of signs, and in no sign."""


def _end_of(said: str, words: str) -> int:
    at = said.find(words)
    return at + len(words) if at >= 0 else len(said)


def _leads_list(said: str, population: str) -> str | None:
    """The words for a group up to the colon that ends what is said, where they lead its list."""
    if said.endswith(f"{population}:"):
        return f"{population}:"
    if not _FOLLOWING.search(population) or (at := said.rfind(f"{population},")) < 0:
        return None
    sign_of = _SIGN_OF.fullmatch(said, at + len(population))
    return population + sign_of.group() if sign_of else None


def _tell_of_people(items: Sequence[str]) -> bool:
    """Whether each item tells more of people whom only their noun names: "with gout", or beside "who have cracks" "in custody"."""
    told = list(map(_TELLS_MORE.match, items))
    who = any(map(_WHO.match, items))
    return all(match or (who and _OR_MORE.match(item)) for match, item in zip(told, items, strict=True))


def of_list(items: Sequence[str], but: re.Pattern[str] | None = None) -> Sequence[str]:
    """The items up to a sentence that stands below the list, `but` one in which this is found, and up to one that says what a
    word of theirs means."""
    items = _without_meaning(items)
    if not items or (items[0][:1].isupper() and instructions.is_instruction(items[0])):
        return items
    for i in range(1, len(items)):
        if items[i][:1].isupper() and _instructs(items[i]):
            return items[:i]  # the next item of the list around this one
    if items[0][:1].isupper() and not (
        _IN_CAPITALS.match(items[0]) and all(map(str.islower, (one[:1] for one in items[1:2])))
    ):
        return items
    for i in range(1, len(items)):
        if items[i][:1].isupper() and _ENDS.search(items[i - 1]) and not (but and but.search(items[i])):
            return items[:i]
    return items


def _instructs(item: str) -> bool:
    """Whether the item surely tells what to do: its verb is hardly ever a noun, or has an object."""
    sure = item.partition(" ")[0].lower() in deeds() or _CAPITAL_VERB.match(item)
    return bool(sure) and instructions.is_instruction(item)


def _without_meaning(items: Sequence[str]) -> Sequence[str]:
    for i, item in enumerate(items):
        meaning = _MEANING.search(item) if " defined as " in item else None
        if meaning and meaning.start() and items[i + 1 : i + 2] and _AND.search(item) and items[i + 1][:1].islower():
            continue  # the list goes on behind it
        if meaning and (i or meaning.start()):
            return [*items[:i], item[: meaning.start()]] if meaning.start() else items[:i]
    return items


def _name_groups(items: Sequence[str]) -> bool:
    """Whether the items, but for those of a list that one of them leads, name those to whom something is given."""
    leads = False
    for item in items:
        named = _names_group(item)
        if not (named or leads):
            return False
        leads = item.endswith(":") if named else leads
    return True


def _names_group(item: str) -> bool:
    """Whether the item of a list names those to whom something is given: "first-degree relatives of people with gout"."""
    named = group_start().match(item) or _KIN.match(item)
    if _DOING.match(item):
        return False
    return named is not None and GOES_ON.match(item, named.end()) is not None


def without_open_end(wording: Wording, sentence: str = "") -> Wording:
    """The wording, with a group's words ended before a dash that tells more of it and before the "who" that only its list
    would complete, and without a condition that the sentence leaves to a list ("only if they have:")."""
    before, _, closing = (wording.condition or "").rpartition("\n")
    if closing and (
        _OPENER_ALONE.fullmatch(closing)
        or (not before and sentence.endswith(f"{closing}:") and _OPEN_END.search(closing))
    ):
        wording = replace(wording, condition=before or None)
    if (
        wording.population
        and (told := _DASH.search(wording.population))
        and FINITE.search(wording.population, told.end())
    ):
        wording = replace(wording, population=wording.population[: told.start()])
    if wording.population is None or not GROUP_TAIL.search(wording.population):
        return wording
    return replace(wording, population=GROUP_TAIL.sub("", wording.population))
