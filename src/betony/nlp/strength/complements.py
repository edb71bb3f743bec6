"""What the clause behind "recommend that" says: "We suggest that, if it hurts, adults with X should rest"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from betony.nlp import actors
from betony.nlp.clauses.doers import agent, is_passive
from betony.nlp.clauses.opening import OPENER
from betony.nlp.clauses.signs import FINITE, RELATIVE, depth
from betony.nlp.clauses.subjects import is_subject
from betony.nlp.phrases import any_of
from betony.nlp.strength.openings import FOR, group_or_condition
from betony.nlp.strength.people import nouns
from betony.nlp.strength.verbatim import content_end, quoted
from betony.nlp.strength.verbs import verb_set
from betony.text import squeeze

_THAT = re.compile(r"\s+that,?\s+")
_BLANK = re.compile(r"\s+(?=[a-z])")
_RULED = re.compile(r"(?:all|any|every)\s(?:[\w-]+\s){1,8}?(?:should|must|be)\s")
"""A subject with a modal word right behind it, or with what stands before an infinitive."""
_MAIN = re.compile(rf"{FINITE.pattern}|\b(?:be|not)\b")
"""The verb of the clause, or what stands before an infinitive: "that heels be kept dry", "that he not run"."""
_JOINED = re.compile(r"(?:and|or|but|nor|to|that|who|which|whose|whom|not)$")
"""What stands before a verb that is not the first of its clause."""
_STARTS_JOINED = re.compile(r"(?:and|or)\b")
_RUNS_ON = re.compile(r"[;:]|\b(?<!who\s)(?:undergo|receive|use|it|they|we)\b")
"""Signs of a verb that stands in what would be the subject."""
_ASKED_TO = re.compile(
    r"\s(?P<who>(?:all\s)?(?:(?!(?:of|in|for|with|from|to|by|and|or|the|an?|on|at|that)\b)[\w-]+\s){0,2}?"
    r"(?![\w-]*(?:services|program\w*|clinics|systems|sessions|materials|policies|pathways|plans)\b)[\w-]+s)\sto\s(?P<verb>[a-z]+)\s"
)
"""Who is recommended to do something, without "that": "recommends employers to consult"."""
_COMMA = re.compile(r",\s")
_WHO_DO = re.compile(rf"who\s(?!(?:they|we|you|he|she|it|the|an?)\b|\w+ly\b)(?!{FINITE.pattern})(?!\w+['’])[a-z]+\b")
"""A relative clause whose verb is none of those known as finite: "who undergo surgery"."""
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Complement:
    """Who acts in the clause, whom it is about, and when; None where the words do not say."""

    actor: str | None = None
    population: str | None = None
    condition: str | None = None


def told(sentence: str, start: int) -> Complement:
    """What the clause that opens at sentence[start:] says; empty where none does."""
    opened = _THAT.match(sentence, start) or _bare_clause(sentence, start)
    people = _who_receive().match(sentence, opened.end() if opened else start + 1)
    if people and _is_one_group(squeeze(people["who"])):
        return Complement(population=squeeze(people["who"]))
    if opened is None:
        asked = _ASKED_TO.match(sentence, start)
        acts = asked and asked["verb"] in verb_set() and set(actors.kinds(asked["who"])) - {"patient"}
        return Complement(actor=squeeze(asked["who"])) if asked and acts else Complement()
    begin, end = opened.end(), min(content_end(sentence), opened.end() + _LONGEST)
    population, condition = None, None
    if OPENER.match(sentence, begin):
        comma = _end_of_opening(sentence, begin, end)
        if comma is None:
            return Complement()
        population, condition = group_or_condition(quoted(sentence, (begin, comma.start())))
        begin = comma.end()
    actor, group = _subject(sentence, begin, end)
    return Complement(actor, population or group, condition)


def _bare_clause(sentence: str, start: int) -> re.Match[str] | None:
    """The blank before a clause that no "that" opens: "we suggest clinicians offer", "we recommend all people should be"."""
    blank = _BLANK.match(sentence, start)
    if blank is None:
        return None
    bare = _bare_subject().match(sentence, blank.end())
    acts = bare and bare["subject"].endswith("s") and set(actors.kinds(bare["subject"])) - {"patient"}
    return blank if acts or _RULED.match(sentence, blank.end()) else None


def _end_of_opening(sentence: str, begin: int, end: int) -> re.Match[str] | None:
    """The comma behind which a subject and its verb stand, without another comma between them."""
    for comma in _COMMA.finditer(sentence, begin, end):
        bare = _bare_subject().match(sentence, comma.end(), end)
        verb = _MAIN.search(sentence, comma.end(), end)
        if bare and actors.kinds(bare["subject"]):
            return comma
        if verb is None:
            return None
        between = sentence[comma.end() : verb.start()]
        if "," not in between and not _STARTS_JOINED.match(between) and not depth(sentence, begin, comma.start()):
            return comma
    return None


def _subject(sentence: str, begin: int, end: int) -> tuple[str | None, str | None]:
    """Who acts in the clause, whom a passive names with "by" as well, or whom it is about."""
    by: tuple[int, int] | None = None
    verb = _main_verb(sentence, begin, end)
    bare = _bare_subject().match(sentence, begin, end)
    if bare and actors.kinds(bare["subject"]) and (verb is None or bare.end() < verb.start()):
        subject, rest = bare["subject"], ""
    elif verb:
        by = agent(sentence, verb.start() if verb.group() == "be" else verb.end(), end)
        subject = squeeze(sentence[begin : verb.start()])
        rest = f" {sentence[verb.start() : end]}" if verb.group() == "be" else sentence[verb.end() : end]
        rest = f" be{rest}" if verb.group() in ("is", "are") else rest
    else:
        return None, None
    kinds = actors.kinds(subject)
    passive = is_passive(rest)
    doer = squeeze(sentence[slice(*by)]) if by and passive else None
    if not kinds or FOR.match(subject) or not is_subject(subject) or _RUNS_ON.search(subject):
        return doer, None
    if kinds == ("patient",):
        return doer, subject
    return (doer if passive else subject), None


def _main_verb(sentence: str, begin: int, end: int) -> re.Match[str] | None:
    """The verb that no relative clause before it has taken: "patients who are ill should"."""
    relatives = [match.start() for match in RELATIVE.finditer(sentence, begin, end)]
    taken = sum(_WHO_DO.match(sentence, at, end) is not None for at in relatives)
    for verb in _MAIN.finditer(sentence, begin, end):
        if depth(sentence, begin, verb.start()):
            continue
        before = sentence[begin : verb.start()].rstrip()
        opened = sum(at < verb.start() for at in relatives)
        if opened <= taken and not _JOINED.search(before):
            return verb
        taken += 0 if _JOINED.search(before) and not RELATIVE.search(before[-6:]) else 1
    return None


_MORE_THAN_A_GROUP = re.compile(r"\b(?:be|until|they|their|never|always|then)\b|\b(?:and|or|to)$")
_OF_AGE = re.compile(r"\s\d{1,3}(?:[–-]\d{1,3})?\syears(?:\sof\sage)?(?:\sand\s(?:older|over|younger|under))?")
_OF_THEM = re.compile(r"\s(?:who|that|whose|with)\s")


def _is_one_group(words: str) -> bool:
    """Whether the words name people and hold no other verb than those that tell of them."""
    if actors.kinds(_OF_AGE.sub("", words)) != ("patient",) or _MORE_THAN_A_GROUP.search(words):
        return False
    return verb_set().isdisjoint(_OF_THEM.split(words, maxsplit=1)[0].lower().split())


@cache
def _who_receive() -> re.Pattern[str]:
    """Those of whom it is recommended that they get something, whatever is told of them: "adults 70 years of age and older receive"."""
    return re.compile(
        rf"(?P<who>(?:all|any|every|most)?\s?(?:(?!(?:the|for|in|of|to|with|who|that|which|and|or|by|where|when|if)\b)[\w-]+\s){{0,3}}?{nouns()}\b(?:\s(?!(?:should|must|not)\b)[^\s,;:.]+){{0,24}}?)(?<!\bwho)(?<!\bthat)\s(?:receive|get|undergo)\s"
    )


@cache
def _bare_subject() -> re.Pattern[str]:
    """Those who act, with their verb right behind them: "that all clinicians offer"."""
    verbs = any_of([*map(re.escape, sorted(verb_set())), "undergo", "receive"])
    return re.compile(
        rf"(?P<subject>(?!(?:the\s)?use\b)[\w’'-]+(?:\s(?!(?:of|in|for|with|from|to|by|and|or|who|that|which|whose)\b)[\w’'-]+){{0,4}}?)\s(?:\w+ly\s)?{verbs}\b"
    )
