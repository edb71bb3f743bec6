"""The duties of a passage as facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from betony.model import Basis, Block, Fact, Section, SectionType
from betony.nlp import actors, grades, lists, vocabulary
from betony.nlp.broken_off import breaks_off
from betony.nlp.clauses.doers import READER
from betony.nlp.clauses.opening import opening
from betony.nlp.clauses.signs import FINITE, stripped
from betony.nlp.looks import has_any
from betony.nlp.responsibilities.duty import THEY, Duty
from betony.nlp.responsibilities.places import LAID_DOWN, STRICT, asks_anybody, binds, is_expected, lays_down
from betony.nlp.responsibilities.sentence import duties, unnamed
from betony.nlp.sentences import sentences
from betony.text import squeeze

_THE_FOLLOWING = re.compile(r"\bthe\sfollowing(?:\s[\w-]+){0,4}$")
"""How an action ends that its items complete, whatever condition stands between: "include the following, if ill:"."""
_UNFINISHED = re.compile(
    r"(?:\bbe|^\w{1,2}|\b(?:when|where|if|who|while|unless|until|because|is|are|that|to|the|of|and|or|with|for|in|by|but|upon|from|into|an?|their|its|this|these|than|whose|which)|:)$"
)
"""A sentence whose list or next line the capture has lost."""
_CLOSES = re.compile(r"\s(?:is|are|for|in|with|to|from|on|by)$")
"""What a full stop may close though it looks unfinished: "tell people who this is", "a clinic near by"."""
_DOING_THIS = re.compile(r"\b[a-z]+\s(?:this|these)$")
"""What a condition may follow though it looks unfinished: "do this" if it is safe."""
_OPENED = re.compile(r"(?:If|When(?:ever)?|Where|Although|Though|While|Because|Unless|Once|As)\s")
_THEIRS = re.compile(r"(?:They|Their|These|This)\b")
"""How a sentence begins that goes on about those who were named before it."""
_CUT_OFF = ("…", "...")
_LABEL_BEHIND = re.compile(
    r"(?<=[\w)])\s(?=(?:Supersedes|Replaces|Version(?:\sNumber)?|Author|Owner|Review\s[Dd]ate|Issue\s[Dd]ate|Approved\s[Bb]y|Ratified\s[Bb]y"
    r"|Description\sof\s[Aa]mendments?|Target\s[Aa]udience|Document\s[Oo]wner|Key\s[Ww]ords)(?:\(s\))?:\s)"
)
"""Where a form goes on with its next label, which no stop divides from the sentence before."""
_DENIED = re.compile(r"(?:\([a-z]\)\s)?(?:not|never)\s(?!only\b)", re.IGNORECASE)
"""How an item begins that says what is not to be done."""
_LEADS_ON = " :–—"
"""What closes a sentence that its items complete."""
_NUMBER = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,3}){1,3}|\d{1,3}[A-Z]?\.\s?[—–-]\s?\(\d{1,2}\)|\d{1,3}[A-Z]?\.|\(\d{1,2}\))\s{0,3}(?=[A-Z])|\d{1,2}(?=[A-Z][a-z]{3})"
)
"""A paragraph's number before its first sentence; a law's too, "2.—(1)"; and a footnote's mark, "4Doses for children should be"."""


def in_passage(
    text: str,
    start: int,
    end: int,
    items: Sequence[Block],
    section: Section,
    role: tuple[int, int] | None = None,
    before: tuple[int, int] | None = None,
) -> Iterator[Fact]:
    """The duties of one passage; its items complete the last sentence, and those without a subject are the role's. Those
    named `before` it are the "they" with whom it begins."""
    if end == len(text.rstrip()) and breaks_off(text, start, end):
        spans = sentences(text, start, end)
        end = spans[-1][0]
    start += lists.bullet(text[start:end])
    if number := _NUMBER.match(text, start, end):
        start = number.end()
    spans = sentences(text, start, end)
    for left, right in spans:
        label = grades.label(text[left:right])
        sentence = text[left : left + label.start].rstrip() if label else text[left:right]
        if ":" in sentence and (behind := _LABEL_BEHIND.search(sentence)):
            sentence = sentence[: behind.start()]
        last: tuple[int, int] | None = None
        told = duties(sentence)
        if not told and role and (meant := unnamed(sentence)):
            told, before = [meant], role
        for duty in told:
            own = duty is told[-1] or any(start < stop for start, stop in told[-1].action)
            whole = items if left == spans[-1][0] and own else ()
            named = last or _named_first(sentence, left, duty) or (before if _stands_first(sentence, duty) else None)
            for one, some in _by_modality(text, sentence, duty, whole):
                fact = _fact(text, left, left + len(sentence), one, section, named, some)
                if fact is not None:
                    yield fact
                    last = _who(sentence, left, duty, named) or last
        before = last


def _who(sentence: str, left: int, duty: Duty, named: tuple[int, int] | None) -> tuple[int, int] | None:
    """Who acts by the duty of a sentence at `left`, or whom it is done for; of "they" those whom they stand for."""
    if duty.actor is None:
        given = duty.recipient if duty.action[:1] == (duty.recipient,) else None
        owed = given and _OWED_TO.fullmatch(sentence, *given) and not sentence.startswith(("You ", "you "), given[0])
        return (left + given[0], left + given[1]) if given and owed else None
    return named if THEY.match(sentence[slice(*duty.actor)]) else (left + duty.actor[0], left + duty.actor[1])


def _by_modality(
    text: str, sentence: str, duty: Duty, items: Sequence[Block]
) -> Iterator[tuple[Duty, Sequence[Block]]]:
    """The duty with its items; where they follow the modal word, those that begin with "not" are a duty of their own."""
    denied = [item for item in items if _DENIED.match(lists.words(text, item))]
    if (
        not denied
        or duty.modality not in ("must", "should")
        or not squeeze(sentence.rstrip(_LEADS_ON)).endswith(duty.term)
    ):
        yield duty, items
        return
    if asked := [item for item in items if item not in denied]:
        yield duty, asked
    yield replace(duty, modality=f"{duty.modality}_not", term=f"{duty.term} … not"), denied


def _named_first(sentence: str, left: int, duty: Duty) -> tuple[int, int] | None:
    """Whom an earlier clause of the sentence, which stands at `left`, has for its subject: "Employers are free, but they must"."""
    if duty.actor is None or not THEY.match(sentence[slice(*duty.actor)]):
        return None
    finite = FINITE.search(sentence, 0, duty.actor[0])
    if finite is None:
        return None
    opened = _OPENED.match(sentence)
    _, at = opening(sentence, 0, finite.start())
    start, end = stripped(sentence, at or (opened.end() if opened else 0), finite.start())
    return (left + start, left + end) if start < end and actors.kinds(sentence[start:end]) else None


def _stands_first(sentence: str, duty: Duty) -> bool:
    """Whether no other clause than a condition stands before who acts, so that "they" are those of the sentence before."""
    if duty.actor is None or THEY.match(sentence[slice(*duty.actor)]) is None:
        return True
    start = duty.actor[0]
    opened = duty.condition is not None and duty.condition[1] <= start
    head = sentence[: duty.condition[0] if duty.condition and opened else start].strip()
    return (
        FINITE.search(head) is None
        or opening(sentence, 0, duty.actor[1])[1] == start
        or _THEIRS.match(head) is not None
    )


def _fact(
    text: str,
    start: int,
    end: int,
    duty: Duty,
    section: Section,
    before: tuple[int, int] | None,
    items: Sequence[Block],
) -> Fact | None:
    """The duty as a fact, or None where its section wants more than it says; `before` names who "they" are."""
    sentence = text[start:end]
    spans = [(start, end), *((item.start, item.end) for item in items)]
    actor = sentence[slice(*duty.actor)] if duty.actor else None
    if duty.rule == "role" and before:
        actor = text[slice(*before)]
        spans.append(before)
    if actor and THEY.match(actor):
        if before is None:
            return None
        actor = text[slice(*before)]
        spans.append(before)
    who = actors.kinds(actor) if actor else ()
    owed = duty.modality == "should" and _is_owed(text, sentence, duty, actor)
    if duty.actor and not owed and THEY.match(sentence[slice(*duty.actor)]) and _OWED_TO.fullmatch(actor or ""):
        return None  # "they" may as well be what is given
    if section.type in STRICT and not (
        owed or binds(duty, who) or is_expected(duty, who, section) or asks_anybody(duty, sentence, section)
    ):
        return None
    if section.type in LAID_DOWN and not lays_down(duty, who, sentence, section):
        return None
    pieces = duty.action
    recipient = sentence[slice(*duty.recipient)] if duty.recipient else None
    if actor and duty.actor and owed:
        recipient, actor, who, pieces = actor, None, (), (duty.actor, *pieces)
    end_of = _SOON.search(sentence, *pieces[-1]) if pieces and _EXTENDED.match(text, end) else None
    if end_of:
        pieces = (*pieces[:-1], (pieces[-1][0], end_of.start()))
        spans.append(sentences(text, end, min(len(text), end + _EXTENDED_LONGEST))[0])
    pieces, duty = _whole(sentence, pieces, duty)
    action = " ".join(squeeze(sentence[a:b]) for a, b in pieces)
    if action.count('"') % 2 and sentence[pieces[-1][1] :].lstrip(".,") == '"':
        action += '"'
    told = [span for span in (duty.condition, duty.closing) if span]
    condition = "\n".join(squeeze(sentence[slice(*span)]) for span in told) or None
    listed = [lists.words(text, item) for item in items]
    if duty.term.endswith("… not"):
        listed = [_DENIED.sub("", words) for words in listed]
    below = told and duty.action and told[-1][0] > duty.action[-1][0] and not _THE_FOLLOWING.search(action)
    if items and below:
        condition = "\n".join([f"{condition}:", *listed])
    elif items:
        lead = [action.rstrip(":") + ":"] if action.rstrip(":") else []
        action = "\n".join([*lead, *listed])
    closed = sentence.endswith(".") and pieces and pieces[-1][1] == len(sentence) - 1 and _CLOSES.search(action)
    whole = closed or (below and _DOING_THIS.search(action))
    if not action or (_UNFINISHED.search(action) and not whole) or sentence.endswith(_CUT_OFF):
        return None
    return Fact(
        kind="responsibility",
        value=action,
        spans=tuple(dict.fromkeys(spans)),
        basis=Basis.EXPLICIT,
        rule=f"duty:{duty.rule}",
        detail={
            "actor": squeeze(actor) if actor else None,
            "actor_kinds": list(who),
            "modality": duty.modality,
            "term": duty.term,
            "recipient": squeeze(recipient) if recipient else None,
            "condition": condition,
            "generic": _is_boilerplate(sentence, section.type),
        },
    )


def _whole(sentence: str, pieces: tuple[tuple[int, int], ...], duty: Duty) -> tuple[tuple[tuple[int, int], ...], Duty]:
    """The pieces of the action and the duty, without a condition that is of what the action tells last: "protect those whom people
    deal with when they are at home"."""
    condition = duty.condition
    if not pieces or condition is None or not 0 <= condition[0] - pieces[-1][1] <= 1:
        return pieces, duty
    if not _DEALS_WITH.search(sentence, *pieces[-1]):
        return pieces, duty
    return (*pieces[:-1], (pieces[-1][0], condition[1])), replace(duty, condition=None)


_DEALS_WITH = re.compile(r"\bthey\s(?:(?:may|might|can|will)\s)?have\s\w+\swith$")
"""How a relative clause ends that has no "whom": "other people they may have dealings with"."""


_OWED_TO = re.compile(
    rf"(?:{READER}|[Yy]our\s(?:family|carers?|partner|parents?|relatives|friends|needs|wishes|views|choices|preferences|concerns)\b[\w\s,’'()]{{0,60}})"
)
_OWED = re.compile(
    r"\s?(?:also\s|always\s)?(?:be\s(?:\w+ly\s|also\s)?(?:treated|given|offered|told|informed|asked|involved|supported|shown|invited|advised|able\sto|part\sof|taken\sinto\saccount|discussed|talked\sover|listened\sto|respected)"
    r"|have\s(?:access|the\s(?:chance|opportunity|right|choice)|a\s(?:chance|say|choice)))\b"
)
_TO_KNOW = re.compile(r"(?:(?:The|This|All|Any)\s)?(?:[a-z]+\s)?[Ii]nformation\b")
_FOR_YOU = re.compile(r"\s?(?:also\s)?be\s.{0,100}?\byou\b")
_ON_THE_NHS = re.compile(r"\s?(?:also\s)?be\s(?:\w+ly\s)?available\s(?:on|in|through)\sthe\sNHS\b")
_THEIR_OWN = ("care", "treatment", "child", "health", "GP")
_THOSE_THEY_LEAD = frozenset({"team", "staff", "personnel", "trainee", "locum", "registrant", "prescriber", "operator"})
"""Clinicians who are "yours" on a page for those who manage care as well: "your staff should be given"."""


@cache
def _to_the_patient() -> re.Pattern[str]:
    """What a page has that tells people of their own care: "your dermatologist"."""
    theirs = (noun for noun in vocabulary.read("actors")["clinician"] if noun not in _THOSE_THEY_LEAD)
    return re.compile(rf"\b[Yy]our\s(?:{'|'.join(map(re.escape, (*_THEIR_OWN, *theirs)))})")


def _is_owed(text: str, sentence: str, duty: Duty, actor: str | None) -> bool:
    """Whether a page that tells people of their own care says what is owed to them: "You should be treated with dignity".

    `actor` is who "they" are, where the sentence says no more than that: "They should also have the chance".
    """
    if not duty.action or (actor and not (duty.actor and THEY.match(sentence[slice(*duty.actor)]))):
        return False
    subject = actor or sentence[slice(*duty.action[0])]
    rest = sentence[duty.action[0 if actor else -1][0] : duty.action[-1][1]]
    told = _OWED_TO.fullmatch(subject) is not None and _OWED.match(rest) is not None
    told = told or (actor is None and _TO_KNOW.match(subject) is not None and _FOR_YOU.match(rest) is not None)
    told = told or (actor is None and _ON_THE_NHS.match(rest) is not None)
    return told and _to_the_patient().search(text) is not None


_EXTENDED_LONGEST = 400
_EXTENDED = re.compile(
    r"\s{1,3}The\s(?:normal\s)?period\s(?:of|for)\scompliance\s(?:has\sbeen|is)\s(?:extended|deferred|varied|changed)\b"
)
"""What the sentence behind a duty says of the time for it, which holds in the place of the usual one."""
_SOON = re.compile(r",?\s(?:normally\s)?within\s(?:\d+|three|six)\s(?:months?|days)\b[^,;]*$")


_PHRASES = {SectionType.RESPONSIBILITIES: "phrases", SectionType.IMPLEMENTATION: "implementation"}
"""Where a publisher's standing duties are, and which list of the vocabulary knows them."""


def _is_boilerplate(sentence: str, type_: SectionType) -> bool:
    """Whether every document of the publisher, of its kind, repeats the duty."""
    if type_ not in _PHRASES:
        return False
    return has_any(squeeze(sentence).lower(), vocabulary.read("duties")["boilerplate"][_PHRASES[type_]])
