"""Who acts, without what stands around the name: dates, habits, circumstances, who says it."""

from __future__ import annotations

import re
from dataclasses import replace

from betony.nlp import actors, phrases, vocabulary
from betony.nlp.clauses.clause import Clause
from betony.nlp.clauses.signs import FINITE, PARAGRAPH_NUMBER
from betony.nlp.clauses.subjects import SPEAKERS, WILL_AT_END
from betony.nlp.strength.verbs import starts_with_verb, verb_set

HABITUAL = re.compile(
    r"(?:Sometimes|Often|Usually|Normally|Generally|Occasionally|Typically|Frequently),?\s", re.IGNORECASE
)
"""How a sentence opens on what is done as a rule, not on what is to be done."""
_SAYING = re.compile(
    r"\b(?:agrees?|recommends?|states?|notes?|advises?|emphasi[sz]es?|stress(?:es)?|suggests?|specif(?:y|ies)|provides?|sets?\s+out\s+an?\s+(?:\w+\s+)?expectation)\s+that\s+"
)
"""Who says it, before the subject of what is to be done."""
_SINCE = re.compile(
    r"(?:From|Since|By|In|Until|After|Before)\s(?:(?:\d{1,2}\s)?[A-Z][a-z]{2,8}\s)?(?:19|20)\d\d,?\s", re.IGNORECASE
)
"""The date from which it is to be done, before the subject."""
_YEAR = re.compile(r"(?:19|20)\d\d,\s")
"""The end of a date before the subject, whose comma was taken for the end of it all: "On April 2, 2030, clinics"."""
_DOING_SO = re.compile(r"In\s(?:doing|so\sdoing)(?:\sso)?,?\s(?=they\b)")
_SAYS_THAT = re.compile(
    r"\s(?:stating|saying|noting|warning|announcing|claiming|reporting|arguing|concluding|suggesting|indicating|confirming|explaining"
    r"|asserting|reminding\s\w+|telling\s\w+)\sthat\s"
)
"""How it goes on that somebody says something, whose clause it then is."""
_THAT = re.compile(r"\b(?:that|which|whom)\s(?P<who>[^,;:()]{2,80})$")
_NAMED = re.compile(
    r"(?:users|people|patients|nurses|doctors|clinicians|staff|children|adults|women)\s(?:of|with|in|at|from)\s"
)
_OF_ITSELF = (
    r"(?P<own>{self}) (?:also |now |then |further )?(?:offers|provides|lists|outlines|details|explains|covers|summari[sz]es|specifies|identifies|introduces|highlights"
    r"|presents|discusses|addresses|sets out|tells you|tells|reviews|explores|looks at|gives|describes|defines) "
)
"""What a document says of itself: the modal words behind it tell more of what it lists."""
_AND_IT = re.compile(r",?\s(?:and|but)(?:\salso)?$")
_SHORT = 12
_TOLD_FIRST = re.compile(r"[A-Z][a-z]+\b[^.;]{0,80}?,\s(?:and|so)\s")
"""An instruction joined to the subject of another clause: "Ignore the score, and anyone with symptoms"."""
_SOME_DO = re.compile(r"(?P<do>(?:Not\s(?:all|every)|Some|Most|Many|Few)\s[^,;]{30,200}),\s(?:and|so|but)\s")
"""What is told of some, before the subject of another clause: "Not all heels respond to wax, and the nurse"."""
_TELLING = ("Ignore ", "Disregard ", "Stop", "Remember", "Note ", "Count ", "Score ")
"""How an instruction opens, besides by the verbs of recommendations."""
_CIRCUMSTANCES = re.compile(
    r",?\s+in\s+(?:the\s+)?(?:light|context|view)\s+of\s|,\s+(?:(?:and|but)\s+)?not\s|,?\s+rather\s+than\s",
    re.IGNORECASE,
)

_POST = re.compile(
    r"(?:The|the|Each|each|Every|every|All|all|Any|any)(?:\s[\w’'-]+){1,5}|[A-Z][\w’'-]*(?:\s[\w’'-]+){0,4}s"
)
"""How those are named who have a post: "The heel champion", "Bursars"."""
_CHAIRS = ("The Chair", "the Chair", "The Vice Chair", "The Deputy Chair")
"""Posts that in lower case are furniture."""
_NO_POST = re.compile(r"(?:No|None|Nothing|This|It)\b|.*\d", re.DOTALL)


def is_somebody(subject: str, term: str, rest: str) -> bool:
    """Whether a subject that no list of those who act holds is one by what it is to do: "Bursars must sign"."""
    if subject in _CHAIRS:
        return True
    if _POST.fullmatch(subject) is None or _NO_POST.match(subject):
        return False
    if term.startswith(("has ", "have ")) and term not in ("has to", "have to"):
        return True
    deed = rest.split(maxsplit=1)
    return bool(deed) and deed[0] in vocabulary.read("duties")["deeds"]["verbs"]


def without_circumstances(sentence: str, actor: tuple[int, int]) -> tuple[int, int]:
    """Who acts, without what is told behind: "the clinician, in light of the facts", "the maker, and not the owner"; and without the
    "will" before "need to"."""
    actor = (actor[0], actor[1] - len(" will")) if WILL_AT_END.search(sentence, *actor) else actor
    told = _CIRCUMSTANCES.search(sentence, *actor)
    return (actor[0], told.start()) if told and told.start() > actor[0] else actor


def with_its_subject(sentence: str, clause: Clause) -> Clause:
    """The clause, its subject without the date or the habit that opens the sentence, and without who says it."""
    start, end = clause.subject
    start = max(start, sentence.rfind("\t", start, end) + 1)
    for opener in (PARAGRAPH_NUMBER, _SINCE, _YEAR, HABITUAL, _DOING_SO):
        if match := opener.match(sentence, start, end):
            start = match.end()
    if said := _SAYING.search(sentence, start, end):
        start = said.end()
    if end - start > _SHORT and (joined := _AND_IT.search(sentence, end - _SHORT, end)):
        itself = phrases.pattern(_OF_ITSELF).match(sentence, start, joined.start())
        end = itself.end("own") if itself else end
    if (
        (some := _SOME_DO.match(sentence, start, end))
        and set(actors.kinds(sentence[some.end() : end])) - {"patient"}
        and actors.kinds(some["do"]) in ((), ("patient",))
    ):
        start = some.end()
    if (told := _TOLD_FIRST.match(sentence, start, end)) and _is_told(sentence[start : told.end()]):
        start = told.end()
    return replace(clause, subject=(start, end)) if start < end else clause


def is_within(subject: str) -> bool:
    """Whether the words before the modal end in who acts in a clause that stands within another, so that the modal is that
    clause's: "a letter stating that the firm", "the checks that a nurse", "This document lists the steps hospitals"."""
    if phrases.pattern(_OF_ITSELF).match(subject):
        return True
    says = _SAYS_THAT.search(subject)
    if says and not FINITE.search(subject, says.end()):
        return True
    told = _THAT.search(subject)
    return told is not None and (
        told["who"].lower() in SPEAKERS or actors.is_name(told["who"]) or bool(_NAMED.match(told["who"]))
    )


def _is_told(words: str) -> bool:
    """Whether the words up to an "and" tell the reader to do something, rather than name the first of those who act."""
    first, _, rest = words.partition(" ")
    if first.isalpha() and rest.startswith(("and ", "or ")) and first.lower() not in verb_set():
        return False  # things, the second of which may be a verb elsewhere: "medicines and support"
    return (starts_with_verb(words) or words.startswith(_TELLING)) and not actors.kinds(words.rpartition(",")[0])
