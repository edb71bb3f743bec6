"""Of whom a quality statement speaks, which says what is so and not what should be: "Adults with gout are offered …"."""

from __future__ import annotations

import re
from itertools import pairwise

from betony.nlp import actors
from betony.nlp.clauses.doers import agent, agent_of_had
from betony.nlp.clauses.trailing import trailing
from betony.nlp.strength import groups
from betony.nlp.strength.people import group_start, nouns
from betony.nlp.strength.verbatim import content_end
from betony.nlp.strength.verbs import verb_set
from betony.nlp.strength.wording import Wording
from betony.text import squeeze

_VERB = re.compile(
    r",?\s(?:are|is|have|has|receives?|get|take|start|begin|agree|attend|undergo|feel|can|do\snot|does\snot|continue|complete"
    r"|discuss|talk\sabout|stay|live|understand|know|experience|provides?|maintains?|ensures?|makes?\ssure|undertakes?|identify|identifies|follows?|develops?|prescribes?|gives?|involves?|arranges?|carr(?:y|ies)\sout"
    r"|(?:use|offer)s?(?=\s(?:an?|the|all|people|adults|children|young)\s)|works?(?=\s(?:with|together|in)\s))\s"
)
_UNDERGOES = re.compile(r",?\s(?:are|is|receives?|undergo|feel)\s")
"""A verb whose subject does nothing: "professionals are trained"."""
_OF_A_CLAUSE = re.compile(
    r"\b(?:to|who|that(?:\s(?:their|his|her|the|they|it)(?:\s[\w-]+){0,3})?|which|whose(?:\s(?!(?:is|are|was|were|has|have|had|do|does|can|cannot|gets?|remains?)\b)[\w-]+){1,5}|where(?:\s(?!(?:is|are|was|were|has|have|had|do|does|can|cannot)\b)[\w-]+){1,4}|whom(?:\s(?!(?:is|are|has|have)\b)[\w‑-]+){1,5}|(?:for|in|to|with)\swhich(?:\s(?!(?:is|are|was|were|has|have)\b)[\w‑-]+){1,5}|where|when|if|they|it|there|he|she|you|and|or|but|not|cannot|can|could|may|might|would|will|do|does)(?:\s(?:\w+ly|also|still|already))?$"
)
"""What stands before a verb that is not the statement's own: that of a relative clause, or a second one within it."""
_NOTE = re.compile(r"(?:\d{1,2}\s)?\([a-z][a-z -]{2,40}\)\s|\d{1,2}\s(?=[A-Z])")
"""What a statement is marked with: "(developmental)"."""
_MODAL = re.compile(
    r"\b(?:should|must|shall|may|can|will)\b(?<!who\scan)(?<!who\smay)(?<!who\swill)(?<!they\scan)(?<!they\smay)(?<!they\swill)"
)
"""What rules the statement after all, before the verb that was found."""
_BEFORE_VERB = re.compile(r"\s(?:only|always|also|never|(?!family|elderly)\w{2,15}ly)$")
"""What stands between subject and verb: "Men only" have, "People jointly" develop."""
_OPENED = re.compile(r"(?P<condition>(?:When|If|Where|Before|After|Once)\s[^,;:]{3,160}),\s")
"""What a statement opens with before its subject: "When a person is discharged, a summary is sent"."""
_WHEN_THEY = re.compile(r"\bto\s[a-z]+\s(?:[\w-]+\s){0,6}$")
"""Behind an infinitive "when they …" is part of it: "are helped to replace them when they wear out"."""
_SEEN_BY = re.compile(
    r"(?:(?!offered|asked|advised|told|encouraged|invited)\w+ed|seen|told|taught|given(?=\sby\b))(?:\s(?:face\sto\sface|in\sperson|promptly|regularly|\w+ly))?(?=\sby\s(?!\w+ing\b))"
)
"""What is done to those a statement is about, before those who do it: are "assessed" by a team."""
_OR_IF = re.compile(r",\s(?=(?:or|and)\s(?:if|when)\s)")
"""Where a condition stands beside the group: "adults with gout, or if there are concerns, are seen"."""
_ON_AN_OCCASION = re.compile(r",\s(?P<when>on\s(?:admission|arrival|discharge|diagnosis|referral|transfer))$")
"""When it is so, between commas behind the subject: "All adults, on admission, receive"."""
_LONGEST = 400
_WORD = re.compile(r"(?:^|(?<=[\s)]))[\w’'-]+")
_ONE = re.compile(r"(?:An?|The|Each|Every)\s")
_MOST_WORDS = 14
_JOINTLY = re.compile(r"\s(?:\w+ly|also|always|together)$")
_OF_PEOPLE = re.compile(
    rf"\sof(?=\s(?:all\s)?(?:[\w-]+\s)?{nouns()}\s(?:who|with|at|aged|whose|living|having|taking)\b)"
)
"""What stands before those whose something is: "a register of adults with gout"."""


_GIVEN_BY = re.compile(
    r"(?:given|offered|told|taught|helped|supported|cared\sfor)(?:,?\s[^\s,;:.]+){0,24}?(?:(?<!ed)(?<!en)(?<!led)(?<!run)(?<!made)|,(?=\sby\s(?:the|an?|their)\s))(?=\sby\s)"
)
"""What those a statement is about are given, before who gives it: are "given advice on wax" by a nurse, but not "a class led" by one."""


_TOLD_OF_THEM = re.compile(r"\s(?:who|that|which)\s")
"""What is told of those who give something, and may go on where their name is over: "a team that keeps a list" of what."""


def _works(words: str) -> bool:
    """Whether the words name those who care."""
    kinds = actors.kinds(words)
    return bool(kinds) and "patient" not in kinds


def _done_by(statement: str, start: int, end: int) -> str | None:
    """Who does what is done to a group, as "are" or "have" tells that ends before statement[start]."""
    by = None
    if statement.endswith(("are ", "is "), 0, start) and (done := _SEEN_BY.match(statement, start, end)):
        by = agent(statement, done.end(), end)
        by = by if by and by[0] == done.end() + len(" by ") else None
    elif given := _GIVEN_BY.match(statement, start, end):
        by = agent(statement, given.end(), end)
        by = by if by and by[0] == given.end() + len(" by ") and _works(statement[slice(*by)]) else None
    elif statement.endswith(("have ", "has "), 0, start):
        by = agent_of_had(statement, start, end)
    if by is None:
        return None
    told = _TOLD_OF_THEM.search(statement, *by)
    cut = told is not None and statement[by[1] : by[1] + 1] not in (".", ",", ";", "")
    return squeeze(statement[by[0] : told.start() if told and cut else by[1]])


def read(statement: str) -> Wording | None:
    """The group or those who act, as the statement's subject; None where its verb is not found, or it is about neither."""
    note = _NOTE.match(statement)
    start = note.end() if note else 0
    opened = _OPENED.match(statement, start)
    start = opened.end() if opened else start
    for verb in _VERB.finditer(statement, start, start + _LONGEST):
        subject = statement[start : verb.start()]
        if _OF_A_CLAUSE.search(subject):
            continue
        if not subject or not subject.isprintable() or _MODAL.search(subject):
            return None
        subject = _BEFORE_VERB.sub("", subject)
        occasion = _ON_AN_OCCASION.search(subject)
        subject = subject[: occasion.start()] if occasion else subject
        subject, *besides = _OR_IF.split(subject, maxsplit=1)
        tail = trailing(statement, verb.end() - 1, content_end(statement))
        if tail and statement.startswith("when they ", tail[0]) and _WHEN_THEY.search(statement, verb.start(), tail[0]):
            tail = None
        if tail and _OR_ANOTHER.fullmatch(statement, verb.end(), tail[0]):
            tail = None
        told = [squeeze(statement[slice(*tail)])] if tail else []
        first = [found for found in (opened and opened["condition"], occasion and occasion["when"]) if found]
        condition = "\n".join([*first, *map(squeeze, besides), *told]) or None
        kinds = actors.kinds(subject)
        in_care = _HAVE.match(verb.group()) and _IN_CARE.match(subject)
        if kinds == ("patient",) or (group_start().match(subject) and not kinds) or in_care:
            actor = _done_by(statement, verb.end(), tail[0] if tail else content_end(statement))
            return Wording("none", None, None, actor=actor, condition=condition, population=squeeze(subject))
        acts = bool(kinds) and not _UNDERGOES.match(verb.group())
        group = groups.group(_OF_PEOPLE.sub(" for", statement), verb.end() - 1) if acts else None
        return Wording(
            "none", None, None, actor=squeeze(subject) if acts else None, condition=condition, population=group
        )
    return _of_those_who_act(statement, start)


_HAVE = re.compile(r",?\s(?:are|is|have|has|receives?|get|undergo)\s")
_IN_CARE = re.compile(
    r"(?:(?!(?:of|for|with|who|to|in|that|whose|and|or|caring|working|supporting|at|found|identified|diagnosed|exposed|absent)\s)[\w-]+\s){1,4}"
    r"(?:at\s(?:(?:an?|increased|high|higher|raised|greater|particular)\s){0,2}risk|found\sto\s(?:be|have)|(?:identified|diagnosed)\swith|exposed\sto|absent\s(?:from|for|with))\b"
)
"""What shows that those who work are cared for themselves: "workers found to be at risk" have a plan."""
_OR_ANOTHER = re.compile(r"[^,;:]{2,120},\sor\s[^,;:]{2,80}")
"""The second of two courses, whose condition is its own: "are offered wax, or balm" if it is dry."""


def _of_those_who_act(statement: str, start: int) -> Wording | None:
    """Those who act, one or several, before a verb that only instructions know: "Schools and clinics keep a list of"."""
    ends = [match.end() for match in _WORD.finditer(statement, start, start + _LONGEST)][:_MOST_WORDS]
    for end, after in pairwise(ends):
        subject = _JOINTLY.sub("", statement[start:end])
        verb = statement[end:after].strip()
        several = subject.endswith("s") and verb in verb_set()
        alone = _ONE.match(subject) and not subject.endswith("s") and verb.endswith("s") and verb[:-1] in verb_set()
        if not (several or alone) or _MODAL.search(subject):
            continue
        kinds = actors.kinds(subject)
        if not kinds or "patient" in kinds:
            continue
        tail = trailing(statement, after - 1, content_end(statement))
        return Wording(
            "none",
            None,
            None,
            actor=squeeze(subject),
            condition=squeeze(statement[slice(*tail)]) if tail else None,
            population=groups.group(_OF_PEOPLE.sub(" for", statement), after - 1),
        )
    return None
