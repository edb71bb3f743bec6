"""Clauses of one sentence: where they open, what they hang on, and which modal words rule them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from betony.nlp import actors, vocabulary
from betony.nlp.looks import has_any
from betony.nlp.phrases import any_of, word_of

_LINKS = (
    "However", "Until then", "Therefore", "Thus", "Hence", "Consequently", "Accordingly", "Also", "Then", "And", "But", "So", "This means that",
    "It means that", r"It is (?:\w+ )?(?:important|essential|vital|recommended|imperative|crucial) that",
)  # fmt: skip
_ASIDES = (
    "In contrast", "By contrast", "On the other hand", "Furthermore", "Moreover", "Additionally", "Finally", "In addition", "In general", "In particular", "In summary", "In conclusion",
    "For example", "For instance", "As a result", "At present", "Ideally", "Generally", "Nevertheless", "Similarly", "Likewise",
    "Instead", "Overall", "First", "Second", "Third", "Lastly", "Typically", "Usually", "Specifically", "If possible",
    "If appropriate", "If necessary", "Where possible", "Where appropriate", "Wherever possible", "When possible", "By law",
    "In practice", "In most cases", "In some cases", "In all cases", "In rare cases", "On balance", "Equally", "Conversely",
    "Alternatively", "Importantly", "Otherwise", "Note",
)  # fmt: skip
CONNECTIVE = re.compile(rf"(?:{any_of(_LINKS)}\b(?:,\s*|\s+(?![a-zA-Z]+,))|{any_of((*_ASIDES, *_LINKS))},\s*)+")
_OPENERS = (
    "If", "When(?:ever)?", "Where(?:ver)?", "Once", "Before", "After", "During", "Until", "Unless", "While",
    "Whilst", "As soon as", "As long as", "In the event", "In case", "Following", "Prior to", "Upon", "On",
    "For", "In", "At", "Among", "With", "Without", "Given", "Because", "Since", "Although", "Though",
    "Despite", "To", "By", "Under", "As", "Except", "Within", "From", "Depending", "Based", "According",
    "Due", "Even", "Only", "Provided", "Regardless", "Rather", "Unlike", "Through", "Throughout", "Owing",
    "Considering",
)  # fmt: skip
_OPENER = re.compile(any_of(_OPENERS) + r"\b")
_CONDITIONS = (
    "If", "When(?:ever)?", "Where(?:ver)?", "Once", "Before", "After", "During", "Until", "Unless", "While",
    "Whilst", "As soon as", "As long as", "In the event", "In case", "Following", "Prior to", "Upon", "For",
    r"In(?!\s(?:addition|order|line|accordance|keeping|conclusion|summary)\b)", "At", "Among", "With", "Without", "Given", "Even if", "Only (?:if|when)", "Provided",
    "On (?:admission|discharge|arrival|referral)", "Under", "Within", "Throughout",
)  # fmt: skip
_CONDITION = re.compile(any_of(_CONDITIONS) + r"\b")
_TRAILING = re.compile(
    r"(?=[,\s]),?\s(?:(?:only\s)?(?:if|when|whenever)|unless|provided\sthat|(?<=,\s)provided|as\slong\sas"
    r"|in\sthe\sevent\s(?:of|that))\s"
    r"(?!possible\b|appropriate\b|necessary\b|needed\b|required\b|available\b|relevant\b|applicable\b|so\b"
    r"|not\b(?!\s\w+ing\b)|and\b)"
)
_CONDITIONAL = ("if", "when", "unless", "provided", "long", "event")
"""Letters without one of which no sentence closes with a condition."""
_NOT_TRAILING = re.compile(
    r"\b(?:ask|check|decid|know|see|determin|consider|discuss|agre|assess|explain|about|on|establish|judg|show|specif"
    r"|record|understand|as"
    r"|find\sout|ask(?:ed|s|ing)?\s(?:you|them|him|her|people|patients|parents|women|carers|families|the\s(?:patient|person|child|woman))"
    r"|(?:possible|likely|potential)\sneed\sfor\s[^,;.]{3,60}"
    r"|or|and|that|even|especially|particularly|except|than|of|to|including|to\sbe\s\w+)(?:e|es|y|ies|ing|ed|ied|s)?\s*$",
    re.IGNORECASE,
)
_FINITES = (
    "is", "are", "was", "were", "has", "have", "had", "does", "do", "did", "will", "would", "can", "cannot",
    "may", "might", "could", "should", "must", "shall", "represents?", "shows?", "showed", "suggests?",
    "remains?", "requires?", "includes?", "occurs?", "exists?", "contains?", "describes?", "recommends?",
    "means", "became", "becomes", "appears?", "seems?", "depends?", "gives", "gave", "makes",
    "made", "takes", "took", "found", "finds", "needs", "helps", "allows?", "leads", "led", "applies",
    "allowed", "comes", "came", "works", "began", "causes", "thinks", "believes", "wishes", "chooses",
    "decides", "wants", "runs", "keeps", "maintains", "publishes", "operates", "intends", "collects", "concludes", "agrees", "says", "rests", "lies",
)  # fmt: skip
_NO_VERB = r"(?<=\b.)(?<!\bto\s.)(?!(?<=S)(?i:tates?)\b)"
"""An infinitive is not finite, and "Member States" are no verb."""
FINITE = re.compile(word_of((*_FINITES, "states?"), _NO_VERB) + r"\b")
_RELATIVE = re.compile(r"\b(?:who|which|that|whose|whom|where)\b", re.IGNORECASE)
_EMBEDDED = re.compile(
    r"\b(?=[whiuba])(?:whether|how|why|what|if|when|unless|until|because|although|whereas|while)\b", re.IGNORECASE
)
_EMBEDDED_TAIL = re.compile(r"\b(?:whether|how|why|what|which|when|if)\s+(?:[\w’'-]+\s+){0,4}[\w’'-]+$", re.IGNORECASE)
_WITHIN = re.compile(rf"{_RELATIVE.pattern}|{_EMBEDDED.pattern}", re.IGNORECASE)
_QUESTION = re.compile(r"\b(?:how|whether|why|what)\b")
_QUESTIONED = re.compile(r"\b(?:how|whether|why|what|which|who|whose)\b")
_ASKING = re.compile(r"\b(?:what|whether|how|why|(?:who|whom|where|when)\sto)\b", re.IGNORECASE)
_PRONOUNS = frozenset({"it", "they", "he", "she", "this", "that", "these", "those"})
"""Subjects that stand for what was named before."""
QUOTES = ('"', "“", "”", "'", "‘", "’")
_OPENED = re.compile(r"(?:(?<=[\s(:])|^)['‘](?=\w)")
_CLOSED = re.compile(r"(?<=[\w.,!?)])['’](?![\w])")
_NOT_NEEDED = re.compile(
    r"(?:n['’]t|\bnot|\bno\slonger|\bnever|\brarely|\bseldom|\bnor)\s+(?:\w+ly\s+|always\s+|usually\s+)?$",
    re.IGNORECASE,
)
"""What stands before "need to" and "have to" where nothing is to be done."""
_COMMON = re.compile(
    r"(should|must)(\s+(?:not|never|neither|no\s+longer|in\s+no\s+(?:case|way)|under\s+no\s+circumstances?|on\s+no\s+account"
    r"|at\s+no\s+time)|n['’]t)?\b"
)
_NOT_ONLY = re.compile(r"\s+(?:only|just|merely|simply)\b[^.;]*\bbut\b")
"""What stands behind a "not" that forbids nothing: "should not only be told but also be shown"."""
_AT_NO_TIME = re.compile(
    r"(?:(?:under|in)\sno\s(?:circumstances?|case|way)|at\sno\s(?:time|point|stage)|on\sno\saccount|not\sunder\sany\scircumstances?|never)",
    re.IGNORECASE,
)
"""How a sentence opens whose modal then stands before who acts: "Under no circumstances should it be heated"."""
_RARE = (
    "expected", "required", "obliged", "encouraged", "advised", "asked", "urged", "reminded", "requested",
    "responsib", "accountable", "duty", "obligation", "permitted", "allowed", "prohibited", "ought",
    "shall", "need", "has to", "have to", "may ", "Should", "Must", "MUST", "SHOULD",
)  # fmt: skip
"""Letters without one of which a sentence has no other modal expression than should and must."""
_LOOSE_END = re.compile(r"(?:,?\s+(?:and|or|for\sexample|such\sas|including))?[,:;\s]*$")
_BRIEF = re.compile(
    r"(?:if|when)\s(?:indicated|desired|wanted|needed|requested|tolerated|agreed|acceptable|feasible)(?=,\s)"
)
_RULED = re.compile(r",\s(?!(?:and|or)\s)[^,;]{1,160}?\b(?:should|must|shall)\b")
"""A main clause behind a comma, and not a further condition."""
_REASON = re.compile(r",\s(?=(?:as|because(?!\sof)|since|so\sthat)\s)")
_ASIDE_END = re.compile(r",\s(?=(?:to\s[a-z]+|as|because(?!\sof)|since|so\sthat)\s)")
"""Where a condition between commas ends: "give help, if people want it, to apply"."""
_BOUNDARY = re.compile(
    r";\s|,\s(?:under|by|in)\swhich\s|,\s(?:and|but|so|or|yet|therefore|thus|hence|although|because|while"
    r"|whereas|then)(?:\s(?:that|therefore|thus))?\s"
    r"|\s(?:and|but|so)\s(?:therefore\s|thus\s|hence\s|that\s)?|\s[–—-]\s|:\s"
)
_ENDS_JOINED = re.compile(r"(?:^|\s)(?:and|but)(?:\s(?:also|therefore|thus))?$")
"""Words that join a second verb to the subject before: "X gives advice and help and should …"."""
_DETERMINED = re.compile(r"(?:the|an?|this|these|each|every|all|any)\s[^;]+$", re.IGNORECASE)
"""What starts a clause of its own behind a semicolon, not the next one of a row."""
_PREPOSITION = re.compile(r"(?:For|In|At|On|During|Among|With|Without|Under|Within)\b", re.IGNORECASE)
_GRADE_BEFORE = re.compile(r"(?:[A-DI]|[1-4][A-D]?|GPP|✓|√)\s?[–—:-]\s")
"""A grade printed before what it is the grade of: "C - Clinicians should …"."""
_OPENED_BARE = re.compile(
    r"(?P<opener>Under\s(?:section|regulation|article|paragraph)s?\s\w{1,6}(?:\(\w{1,4}\)){0,2}\sof\sthe\s(?:[A-Z][\w&-]+\s|and\s|of\s){1,8}\(?(?:19|20)\d\d\)?|(?:During|Before|After|In|At|On|Within|Throughout|Following|For\sat\sleast)\s(?:[\w’'-]+\s){1,9}?[\w’'-]*(?<!\sof)(?<!\sby)(?<!\sand)(?<!\sor)"
    r"(?<!\sfor)(?<!\swith)(?<!\sin)(?<!\sto)(?<!\sfrom))\s"
    r"(?P<subject>you$|(?:your|the|an?|all|any|each|every|their|our)\s(?:(?!you\b)[\w’'-]+\s){0,3}(?!you\b)[\w’'-]+)"
)
"""An opening without a comma before its subject: "During the visit your nurse"."""
_OPENED_BY_A_STEP = re.compile(
    r"(?P<opener>(?:During|Before|After|Throughout|Following)\s(?:the|an?|any|each|every|this|their)\s(?:[\w’'-]+\s){0,3}?[\w’'-]+(?<!\sof)(?<!\sby)"
    r"(?<!\sand)(?<!\sor)(?<!\sfor)(?<!\swith)(?<!\sin)(?<!\sto)(?<!\sfrom))\s"
    r"(?P<subject>(?:(?:health|healthcare|medical|clinical|nursing|social|care|pregnant|young)\s){0,3}[a-z]+)"
)
"""An opening that names a step, without a comma before those who act in it: "During the consent process clinicians"."""
_WHEN = re.compile(
    r"(?:If|When(?:ever)?|Where(?:ver)?|Once|Before|After|Until|Unless|While|Whilst|As\ssoon\sas|As\slong\sas)\s"
)
_THEN_SUBJECT = re.compile(r"\sthen\s(?P<subject>[^,;:]{1,80})$")
_SUBJECT_AT_END = re.compile(
    r"\s(?P<subject>(?:the|an?|all|any|each|every|your|their)\s(?:[\w’'-]+\s){0,2}[\w’'-]+|[\w’'-]+)$"
)
_GOES_ON = re.compile(
    r"\b(?:not|also|often|still|already|sure|unsure|certain|aware|clear|worried|concerned|confident|told|advised|asked"
    r"|than|that|as|of|to|for|in|on|at|by|with|from|and|or|the|an?)$"
)
"""How a condition ends that is not over yet: "if you are sure", "if it is worse than"."""
_LONGEST_SUBJECT = 60
_PURPOSE_YOU = re.compile(r"(?P<purpose>(?:To|In\sorder\sto)\s[a-z][^,;:]{3,120}?)\s(?P<subject>you|we)")
_LOST_STOP = re.compile(
    r"(?<=[a-z])\s(?=(?:(?:All|Any|Each|Every|These)\s[a-z]|This\s(?:guidance|guideline|guide|document|policy|procedure|standard)\b))"
)
"""Where a sentence starts that no stop divides from the words before: "for safe use of slings All staff should"."""
_DETERMINER = re.compile(r"\b(?:the|a|any|no|of|their|this|that|for|an?)\s+$", re.IGNORECASE)
_LISTED = re.compile(r"(?!.*\b(?:who|which|that|whose|whom|if|when|where)\b)[^,;:.()]{3,160},\s")
"""What stands between two modals of one row: "should have a check, should be told …"."""
_ADVERB_AT_END = re.compile(r"\s(?:now|also|always|still|then|therefore|thus|already)$")
_JOINED = re.compile(r"(?:[,;]\s*)?\b(?:and|but|or|and/or)\s+(?:also\s+|therefore\s+|then\s+)?$")
_RELATIVE_AT_END = re.compile(
    r"\b(?:who|which|that|what|there|how)\s+(?:(?:also|then|now|always|still|therefore|thus|already)\s+)?$",
    re.IGNORECASE,
)

_PASSIVE = re.compile(
    r"\s{0,9}(?:(?:also|always|only|normally|usually|routinely|therefore|then|first|not|never|\w+ly)\s+){0,3}be\s+"
    r"(?:(?:\w+ly|also|always|first|well)\s+){0,2}(?!aware|able|available|present|responsible|accountable"
    r"|sure|ready|familiar"
    r"|mindful|alert|open|willing|need|speed|indeed|need)\w+(?:ed|en|wn|ne|ght|ept|eld|aid|ade|ut|ung|ead"
    r"|et|ld|nt|und|orn)\b",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"\s*(?:also\s|always\s)?be\s(?:\w+ly\s)?(?:accessible|available|in\splace|visible|clean|adequate|sufficient|suitable|appropriate|safe|near|close)\b",
    re.IGNORECASE,
)
_MADE_UP = re.compile(
    r"\s{0,9}(?:also\s|\w{1,20}ly\s)?(?:consist\sof|comprise|be\s(?:made\sup|composed)\sof)\b", re.IGNORECASE
)
_BY = re.compile(r"\sby\s+(?!\w+ing\b)")
_AFTER_AGENT = re.compile(
    r"\s(?:before|after|when|if|so\sthat|to(?=\s(?:(?:the|an?|their|its|your)\s|[A-Z]))|using|in\s(?:the\s)?(?:line|accordance|consultation|light|context|view)|within|at\s(?:\d|subsequent|each|every|follow|regular|least)"
    r"|for\s(?:this|these)|as\spart|during|through|unless|that(?=\s(?:the|they|their|there)\s)|who\s(?:should|must|shall|will))\s"
    r"|,(?!\s(?:and|or)\s(?:in\s\w{2,20}ing|with\s(?:experience|expertise|training|skills))\s)|$"
)
_BY_ANOTHER = re.compile(r"\s(or|and)\sby\s(?:both\s)?")
"""How a second one is joined who does it: "by a surgeon or by both a surgeon and a nurse"."""
_BETWEEN_QUALITIES = re.compile(
    r"\b(?:an?|the|their|its)\s(?:\w{1,20}ly\s)?[\w‑-]{1,30}(?:ed|ing|ive|al|ful|ous|ent|ant|ble),$"
)
"""A comma between two qualities of one thing, which ends nothing: "a service with a tested, written plan"."""

_APPOSITION = re.compile(
    r",\s(?:usually|normally|ideally|preferably|typically|for\sexample)\s(?:an?|the)\s[\w\s-]{3,60}?(?=[,;.]|\s(?:who|in|at|within|before|after)\s|$)"
)
"""Who that is as a rule, said behind the one who does it: "by a specialist, usually a neurologist"."""
_SUBORDINATE_PASSIVE = re.compile(
    r"\b(?:that|which|who)\s(?:\w+\s){0,3}(?:should|must|may|can|is|are|has|have|was|were)\b"
)
"""A clause of its own behind a passive, whose agent is not the passive's: "told of any steps that should be taken by staff"."""
_COORDINATED = re.compile(r"(?:\s(?:out|up|down|over|off))?\s(?:or|and)\s\w+")
"""What stands between a passive and who does it, where a second participle is joined to the first."""
_ENUMERATED = re.compile(
    r"[\w'’() -]{3,80}(?:,\s(?!(?:who|which|and|or|with|if|when|in)\b)[\w'’() -]{3,60}){1,6},?\s(?:and|or)\s"
)
"""Those who act together, up to the last of them ("a team of surgeons, nurses and")."""

_ACCORDING = re.compile(
    r"\b[Aa]ccording\sto\s(?:(?:the|some|most|many|several|our|one|\d|clinical|patient|specialist)\s){0,3}(?:experts?|patients?|people|carers|families"
    r"|stakeholders|consultees|respondents|commentators|company|companies|manufacturers?|specialists|advis[eo]rs|submissions?|participants|responses)\b"
)
"""How what others think is opened."""
_NEED = re.compile(r"\s+(?:need\b|be\s+(?:necessary|needed)\b)")
_NOBODY = re.compile(r"(?:no|neither|none|nobody|not\sall|not\severy(?:one|body)?)\b", re.IGNORECASE)
_SAID_ASIDE = re.compile(r",\s(?:says?|said|according\sto)\s[^,.;]{2,80}(?:,|\.?\s*$)")
"""Who else says so, told between commas or at the end: "nurses, say the authors, should"."""
_REPORTS = ("that", "That", "agreed", "suggested", "thought", "felt", "said", "told", '"', "“")
"""Letters without one of which nothing is reported."""

LONGEST = 3_000
"""Characters above which a "sentence" is a table or a list without stops: nothing is concluded from it."""


@dataclass(frozen=True, slots=True)
class Modal:
    """A modal expression of a sentence; offsets into the sentence."""

    start: int
    end: int
    modality: str


@dataclass(frozen=True, slots=True)
class Clause:
    """Subject, modal words and what follows them; offsets into the sentence, None or equal where there is nothing."""

    subject: tuple[int, int]
    modal: Modal
    rest: tuple[int, int]
    condition: tuple[int, int] | None


def clauses(sentence: str, found_before: Sequence[Modal] | None = None) -> list[Clause]:
    """The main clauses of the sentence that a modal expression rules, in order; `found_before` are its modals, if known.

    Modal words inside a relative, conditional or reported clause rule nothing. A clause joined by "and" whose own
    subject is not named takes over the one before.
    """
    found: list[Clause] = []
    for modal in modals(sentence) if found_before is None else found_before:
        clause = _next(sentence, found[-1], modal) if found else _first(sentence, modal)
        if clause is None:
            continue
        if found:
            found[-1] = _cut(sentence, found[-1], modal)
        found.append(clause)
    return found


def modals(sentence: str) -> Iterator[Modal]:
    """The modal expressions of the sentence, in order."""
    if not has_any(sentence, _RARE):
        if "should" not in sentence and "must" not in sentence:
            return
        for match in _COMMON.finditer(sentence):
            if not _is_quoted(sentence, match):
                yield _modal(sentence, match, f"{match[1]}_not" if match[2] else match[1])
        return
    pattern, modalities = _modal_terms()
    for match in pattern.finditer(sentence):
        if match.group()[:4].lower() == "need" and _DETERMINER.search(sentence[: match.start()]):
            continue
        if match.lastindex is None or _is_quoted(sentence, match):
            continue
        if match.group()[:4].lower() in ("need", "have") and _NOT_NEEDED.search(sentence, 0, match.start()):
            continue
        yield _modal(sentence, match, modalities[match.lastindex - 1])


def _modal(sentence: str, match: re.Match[str], modality: str) -> Modal:
    start, end = match.span()
    if modality.endswith("_not") and _NOT_ONLY.match(sentence, end):
        return Modal(start, start + len(match.group().split()[0]), modality.removesuffix("_not"))
    return Modal(start, end, modality)


def _is_quoted(sentence: str, match: re.Match[str]) -> bool:
    """Whether the words are spoken of, not used: "must" in quotation marks, or a sentence quoted within this one."""
    start, end = match.span()
    if ("'" in sentence or "‘" in sentence) and _within_single_quotes(sentence, start, end):
        return True
    if sentence.count('"', 0, start) % 2 or sentence.count("“", 0, start) > sentence.count("”", 0, start):
        return True
    return sentence[start - 1 : start] in QUOTES and sentence[end : end + 2].lstrip(",.")[:1] in QUOTES


def _within_single_quotes(sentence: str, start: int, end: int) -> bool:
    """Whether sentence[start:end] stands between single quotation marks, which may be apostrophes as well."""
    opened = max((mark.end() for mark in _OPENED.finditer(sentence, 0, start)), default=None)
    return (
        opened is not None and not _CLOSED.search(sentence, opened, start) and _CLOSED.search(sentence, end) is not None
    )


def opening(sentence: str, start: int, end: int) -> tuple[tuple[int, int] | None, int]:
    """What a clause opens with before its subject: the condition, if one is told, and where the subject starts.

    Looks at sentence[start:end], the words up to the modal; connectives and the comma belong to neither.
    """
    at = start
    if match := CONNECTIVE.match(sentence, at, end):
        at = match.end()
    if not _OPENER.match(sentence, at, end):
        return None, at
    comma = _last_comma(sentence, at, end)
    if comma is None:
        return None, at
    condition = (at, comma) if _CONDITION.match(sentence, at, comma) else None
    at = comma + 1
    while at < end and sentence[at].isspace():
        at += 1
    if match := CONNECTIVE.match(sentence[at:end]):
        at += match.end()
    return condition, at


def trailing(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """The condition that closes sentence[start:end] ("if …", "unless …"), without the white space before it."""
    if not has_any(sentence, _CONDITIONAL):
        return None
    for match in _TRAILING.finditer(sentence, start, end):
        before = sentence[start : match.start()]
        if not (_NOT_TRAILING.search(before) or _ASKING.search(before)) and depth(sentence, start, match.start()) == 0:
            at = match.start()
            while sentence[at] in ", \n\t\u00a0":
                at += 1
            if brief := _BRIEF.match(sentence, at, end):
                return at, brief.end()
            if not before.strip() and (between := _between(sentence, match.start(), at, end)):
                return between
            if aside := (_ASIDE_END if sentence[match.start()] == "," else _REASON).search(sentence, at, end):
                end = aside.start()
            loose = _LOOSE_END.search(sentence, at, end)
            return at, loose.start() if loose else end
    return None


def _between(sentence: str, start: int, at: int, end: int) -> tuple[int, int] | None:
    """The condition that stands right behind a verb, before what the verb rules: "should, unless it hurts, be moved"."""
    comma = sentence.find(", ", at, end)
    if comma < 0 or depth(sentence, at, comma):
        return None
    return (at, comma) if sentence[start] == "," or _RULED.match(sentence, comma, end) else None


def is_passive(words: str) -> bool:
    """Whether what follows a modal is a passive ("be reported …")."""
    return bool(_PASSIVE.match(words))


def is_place(subject: str, rest: str) -> bool:
    """Whether the subject is rooms and things that are to be in some state, not somebody who acts."""
    return subject.lower().endswith("facilities") and _STATE.match(rest) is not None


def is_made_up(rest: str) -> bool:
    """Whether what follows a modal tells of whom a team or of what a service is made up: its subject does nothing."""
    return _MADE_UP.match(rest) is not None


def agent(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """Who does it, where sentence[start:end] says "be done by …"; not who does what a later participle says."""
    passive = _PASSIVE.match(sentence, start, end)
    for match in _BY.finditer(sentence, start, end):
        before = sentence[start : match.start()].rpartition(" ")[2]
        if (
            passive
            and match.start() > passive.end()
            and _SUBORDINATE_PASSIVE.search(sentence, passive.end(), match.start())
        ):
            return None
        if (
            passive
            and match.start() > passive.end()
            and before.endswith("ed")
            and not _COORDINATED.fullmatch(sentence, passive.end(), match.start())
        ):
            continue
        listed = _ENUMERATED.match(sentence, match.end(), end)
        stop = _AFTER_AGENT.search(sentence, listed.end() if listed else match.end(), end)
        if stop and _BETWEEN_QUALITIES.search(sentence, match.end(), stop.end()):
            stop = _AFTER_AGENT.search(sentence, stop.end(), end)
        right = stop.start() if stop else end
        if beside := _APPOSITION.match(sentence, right, end):
            right = beside.end()
        if actors.kinds(_BY_ANOTHER.sub(r" \1 ", sentence[match.end() : right])):
            return match.end(), right
    return None


def not_needed(sentence: str, clause: Clause) -> bool:
    """Whether the clause frees of a need instead of binding: "nobody needs to fast", "you should not need to"."""
    if clause.modal.modality in ("should_not", "must_not"):
        return _NEED.match(sentence, clause.rest[0], clause.rest[1]) is not None
    needs = sentence[clause.modal.start : clause.modal.start + 4].lower() in ("need", "has ", "have")
    return needs and _NOBODY.match(sentence, *clause.subject) is not None


def is_reported(sentence: str, clause: Clause) -> bool:
    """Whether the clause is what somebody said, not what the guidance says."""
    before = sentence[: clause.modal.start]
    if ", sa" in sentence and _SAID_ASIDE.search(sentence):
        return True
    return (has_any(before, _REPORTS) and _reported_pattern().search(before) is not None) or (
        "ccording to" in before and _ACCORDING.search(before) is not None
    )


def depth(text: str, start: int, end: int) -> int:
    """How many brackets opened in text[start:end] are still open at its end."""
    return (
        text.count("(", start, end)
        - text.count(")", start, end)
        + text.count("[", start, end)
        - text.count("]", start, end)
    )


def _first(sentence: str, modal: Modal) -> Clause | None:
    condition, begin = opening(sentence, 0, modal.start)
    at = _after_earlier_clause(sentence, begin, modal.start)
    if condition is None:
        condition, at = opening(sentence, at, modal.start)
    if at == 0 and (grade := _GRADE_BEFORE.match(sentence, 0, modal.start)):
        at = grade.end()
    for lost in _LOST_STOP.finditer(sentence, at, modal.start):
        condition, at, begin = None, lost.end(), lost.end()
    subject = _without_adverb(sentence, *_stripped(sentence, at, modal.start))
    if modal.modality in ("should", "must") and _AT_NO_TIME.fullmatch(sentence, *subject):
        denied = Modal(modal.start, modal.end, f"{modal.modality}_not")
        return Clause((modal.start, modal.start), denied, (modal.end, _end(sentence)), condition)
    split = None
    if condition is None:
        split = _OPENED_BARE.fullmatch(sentence, *subject) or _OPENED_BY_A_STEP.fullmatch(sentence, *subject)
    if split and actors.kinds(split["subject"]):
        condition, subject = split.span("opener"), split.span("subject")
    elif condition is None and (unparted := _unparted(sentence, begin, subject[1], modal)):
        condition, subject = unparted
    if _RELATIVE_AT_END.search(sentence, subject[0], modal.start) and not _there(sentence, *subject):
        return None
    if not _is_subject(sentence[subject[0] : subject[1]]):
        shared = _shared_subject(sentence, *subject)
        if shared is None:
            return None
        subject = shared
    return Clause(subject, modal, (modal.end, _end(sentence)), condition)


def _unparted(
    sentence: str, start: int, end: int, modal: Modal
) -> tuple[tuple[int, int] | None, tuple[int, int]] | None:
    """Condition and subject where no comma parts them: "If it hurts then this should stop". None where the modal may as
    well be part of the condition, which is where a comma follows it."""
    if purpose := _PURPOSE_YOU.fullmatch(sentence, start, end):
        return None, purpose.span("subject")
    if not _WHEN.match(sentence, start, end) or "," in sentence[start:end] or "," in sentence[modal.end :]:
        return None
    if then := _THEN_SUBJECT.search(sentence, start, end):
        return ((start, then.start()), then.span("subject")) if _is_subject(then["subject"]) else None
    at = max(start, end - _LONGEST_SUBJECT)
    while split := _SUBJECT_AT_END.search(sentence, at, end):
        if _is_over(sentence, start, split.start()) and _begins_anew(sentence, split["subject"], modal.end):
            return (start, split.start()), split.span("subject")
        at = split.start() + 1
    return None


def _begins_anew(sentence: str, subject: str, after: int) -> bool:
    """Whether the words are a subject of their own; one that is "you" may as well belong to "something you must do"."""
    if not _is_subject(subject) or any(f" {speaker}" in subject for speaker in _SPEAKERS):
        return False
    if subject in _SPEAKERS:
        inside = min((match.start() for match in _WITHIN.finditer(sentence, after)), default=len(sentence))
        return FINITE.search(sentence, after, inside) is None
    return " " in subject or subject in _PRONOUNS or bool(actors.kinds(subject))


def _is_over(sentence: str, start: int, end: int) -> bool:
    """Whether sentence[start:end] is a whole condition: its verb, and something behind it, none of it another clause."""
    verb = FINITE.search(sentence, start, end)
    return (
        verb is not None
        and sentence[verb.end() : end].strip() != ""
        and not _GOES_ON.search(sentence, verb.start(), end)
        and not _EMBEDDED.search(sentence, verb.start(), end)
        and not _RELATIVE.search(sentence, verb.end(), end)
    )


def _there(sentence: str, start: int, end: int) -> bool:
    return sentence[start:end].lower() == "there"


def _shared_subject(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """The subject of "X is Y and should …", where sentence[start:end] is "X is Y and"."""
    joined = re.search(r"\s(?:and|but)(?:\s+(?:also|therefore|thus))?$", sentence[start:end])
    finite = FINITE.search(sentence, start, end)
    if joined is None or finite is None or _QUESTIONED.search(sentence, finite.end(), start + joined.start()):
        return None
    subject = _stripped(sentence, start, finite.start())
    return subject if _is_subject(sentence[slice(*subject)]) and not _RELATIVE.search(sentence, *subject) else None


def _next(sentence: str, before: Clause, modal: Modal) -> Clause | None:
    """The clause of a further modal, or None where it stands inside the clause before it."""
    gap = sentence[before.modal.end : modal.start]
    if (told := _RELATIVE_AT_END.search(gap)) and not told.group().lower().startswith("there"):
        return None
    if (joined := _JOINED.search(gap) or _LISTED.fullmatch(gap)) and not depth(gap, 0, len(gap)):
        if not gap[: joined.start()].strip() and joined.re is _JOINED:
            return None
        return Clause(before.subject, modal, (modal.end, _end(sentence)), before.condition)
    at = None
    for match in _BOUNDARY.finditer(gap):
        at = match.end() if depth(gap, 0, match.start()) == 0 else at
        strong = match.group()[0] in ";,:" or "but" in match.group()
        rest = gap[match.end() :].strip()
        if at is None or not rest:
            continue
        condition, begin = opening(sentence, before.modal.end + match.end(), modal.start)
        subject = _stripped(sentence, begin, modal.start)
        words = sentence[subject[0] : subject[1]]
        if _is_subject(words) and (
            actors.kinds(words) or words.lower() in _PRONOUNS or (strong and len(words.split()) <= 8)
        ):
            return Clause(subject, modal, (modal.end, _end(sentence)), condition)
    return None


def _cut(sentence: str, clause: Clause, modal: Modal) -> Clause:
    """The clause ended where the next one begins."""
    gap = sentence[clause.modal.end : modal.start]
    end = modal.start
    if _LISTED.fullmatch(gap):
        end = modal.start
    elif joined := _JOINED.search(gap):
        end = clause.modal.end + joined.start()
    else:
        for match in _BOUNDARY.finditer(gap):
            _, begin = opening(sentence, clause.modal.end + match.end(), modal.start)
            words = sentence[begin : modal.start].strip()
            if _is_subject(words) and (
                actors.kinds(words) or words.lower() in _PRONOUNS or match.group()[0] in ";,:" or "but" in match.group()
            ):
                end = clause.modal.end + match.start()
                break
    return Clause(clause.subject, clause.modal, (clause.rest[0], end), clause.condition)


def _after_earlier_clause(sentence: str, at: int, end: int) -> int:
    """Where the modal's own clause starts, if a clause without one stands before it."""
    best = at
    for match in _BOUNDARY.finditer(sentence, at, end):
        left = sentence[best : match.start()]
        if match.group()[0] == ":" and len(left.split()) <= 4 and sentence[match.end() : end].strip():
            best = match.end()
            continue
        told = match.group()[0] == ";" and _DETERMINED.match(sentence, match.end(), end)
        if depth(left, 0, len(left)) == 0 and (told or FINITE.search(left)):
            right = sentence[match.end() : end].strip()
            if (
                right
                and not _ENDS_JOINED.search(right)
                and not (_RELATIVE.search(left) and not FINITE.search(_RELATIVE.split(left, 1)[0]))
                and not _opens_question(left)
            ):
                best = match.end()
    return best


def _opens_question(words: str) -> bool:
    """Whether they break off in a question that they embed ("it shows how hospitals"), before its verb."""
    asked = list(_QUESTION.finditer(words))
    return bool(asked) and not FINITE.search(words, asked[-1].end())


_WISHING = re.compile(r"(?:[A-Z][\w-]+\s)(?:[\w-]+\s){0,3}?(?:wishing|wanting|intending|planning)\sto\s")
"""Those who wish to do something, whatever is told of it: "Clinicians wishing to do it when surgery is unsuitable"."""
_SAYS_MORE = re.compile(
    r"(?:It|We|They|He|She|I)\s(?:(?:also|then|thus|now|therefore|all|both|each|too)\s)*(?!(?:also|then|thus|now|therefore|all|both|each|too)\b)\w+\s\w"
)
"""A pronoun with a verb of its own behind it: no subject of a later verb."""
_SPEAKERS = ("they", "we", "you", "he", "she", "it")
_BARE_RELATIVE = re.compile(
    rf"(?<!\band)(?<!\bor)(?<!\bbut)(?<!\bso)(?<!\bthen)(?<!\bthat)(?<!\balso)(?<!\bcase)(?<!,)(?<=[\w)])\s(?:{'|'.join(_SPEAKERS)})$"
)
"""How the subject of a clause without "that" ends, told of the noun before: "the documents they" must have."""


def _is_subject(words: str) -> bool:
    """Whether the words can be one noun phrase: nothing finite outside a relative clause, nothing embedded."""
    if not words or len(words) > 400:
        return False
    if _WISHING.match(words):
        return True
    if _SAYS_MORE.match(words):
        return False
    if words.endswith(_SPEAKERS) and _BARE_RELATIVE.search(words) and not _OPENER.match(words):
        return False
    relative = _RELATIVE.search(words)
    head = words[: relative.start()] if relative else words
    if not any(map(str.isalnum, head)) or FINITE.search(head) or _EMBEDDED.search(head):
        return False
    return words.count("(") == words.count(")") and not _EMBEDDED_TAIL.search(words)


def _last_comma(sentence: str, start: int, end: int) -> int | None:
    """The comma that ends the opening clause: the last, unless what follows it belongs to a list of actors."""
    commas = [i for i in range(start, end) if sentence[i] == "," and depth(sentence, start, i) == 0]
    if not commas:
        return None
    if then := next((i for i in commas if sentence.startswith(" then ", i + 1)), None):
        return then
    if re.match(r"\s*(?:and|or)\s", sentence[commas[-1] + 1 : end]) and not actors.kinds(
        sentence[commas[-1] + 1 : end].strip()[3:]
    ):
        return commas[0]
    if _PREPOSITION.match(sentence, start) and not re.search(r",\s(?:and|or)\s", sentence[commas[0] : end]):
        return commas[0]
    at = len(commas) - 1
    while (
        at > 0
        and actors.kinds(sentence[commas[at - 1] + 1 : commas[at]].strip())
        and _is_bare(sentence[commas[at - 1] + 1 : commas[at]])
    ):
        at -= 1
    return commas[at]


def _is_bare(words: str) -> bool:
    return len(words.split()) <= 4 and not FINITE.search(words)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in ' ,;:\n\t\u00a0"“':
        start += 1
    while end > start and text[end - 1] in " ,;:\n\t\u00a0":
        end -= 1
    return start, end


def _without_adverb(text: str, start: int, end: int) -> tuple[int, int]:
    """The subject less the word that stands between it and its verb: "all practices now have to"."""
    adverb = _ADVERB_AT_END.search(text, max(start, end - 12), end)
    return (start, adverb.start()) if adverb and adverb.start() > start else (start, end)


def _end(sentence: str) -> int:
    """The sentence's end without its final stop and blanks."""
    return len(sentence.rstrip(' .;:\n\t"”’'))


@cache
def _reported_pattern() -> re.Pattern[str]:
    verbs = "|".join(vocabulary.read("duties")["reported"]["verbs"])
    return re.compile(
        rf"\b(?:{verbs})\b[^.;]{{0,120}}?\bthat\b|\b(?:agreed|suggested|thought|felt|said)\s|\btold\s(?:us|me|him|her|them|NICE|the\scommittee)\s|\b(?:conclud|stat"
        rf"|report|recommend|suggest)\w*,?\s[\"“]",
        re.IGNORECASE,
    )


@cache
def _modal_terms() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """A pattern with a group a term, and the modality of each group; of the terms that fit the first one decides.

    It begins with the set of all first letters, as in `phrases.word_of`.
    """
    by_letter: dict[str, list[tuple[str, str]]] = {}
    for modality, terms in vocabulary.read("duties")["terms"].items():
        for term in terms:
            first, closing, rest = term[1:].partition(")") if term[0] == "(" else (term, "", "")
            for word in first.split("|") if closing else [first]:
                words = (word + rest).replace("(", "(?:").replace(" ", r"\s+")
                by_letter.setdefault(words[0], []).append((words[1:], modality))
    letters = "".join(letter + letter.upper() for letter in by_letter)
    groups = (
        f"(?<=[{letter}{letter.upper()}])(?i:{'|'.join(f'({words})' for words, _ in terms)})"
        for letter, terms in by_letter.items()
    )
    pattern = re.compile(rf"[{letters}](?<=\b.)(?:{'|'.join(groups)})\b")
    return pattern, tuple(modality for terms in by_letter.values() for _, modality in terms)
