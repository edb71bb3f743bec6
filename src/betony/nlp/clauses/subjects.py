"""Which words can be the subject of a clause, and whose subject serves a second verb too."""

from __future__ import annotations

import re

from betony.nlp import actors
from betony.nlp.clauses.opening import OPENER
from betony.nlp.clauses.signs import EMBEDDED, FINITE, QUESTIONED, RELATIVE, stripped
from betony.nlp.looks import has_any

_EMBEDDED_TAIL = re.compile(r"\b(?:whether|how|why|what|which|when|if)\s+(?:[\w’'-]+\s+){0,4}[\w’'-]+$", re.IGNORECASE)
_TO_WHOM = re.compile(r"\b(?:to|for|with|from|of|by|in)\swhom\s(?P<who>[^,;:]{2,80})$")
"""A relative clause that breaks off before its verb: "those to whom the rule"."""
_ADVERB_AT_END = re.compile(
    r"\s(?:now|also|always|still|then|therefore|thus|already|often|generally|usually|normally|typically|routinely|rather|instead|either)$"
)
WILL_AT_END = re.compile(r"(?<!\ba)(?<!\bthe)(?<!\btheir)(?<!\bliving)\swill$")
"""The "will" before "need to" at a subject's end, and not the testament."""
_TELLS_MORE = re.compile(r"\b(?:who|that|which|whose|not|\w+ed)\s")
"""What an adverb may belong to that ends a subject: "babies who do not feed normally"."""
_BRACKETS = re.compile(r"\([^()]{1,200}\)")
"""What is told aside within a subject: "massage (whether by hand or not) of the heel"."""
_ASKED_ABOUT = re.compile(r"\b(?:about|us|them|asked|advised|unclear|uncertain|unsure)\swhether\s")
"""What opens a question that somebody was asked: "experts advised us about whether" the wax should be kept."""
_EITHER_WAY = re.compile(
    r",\swhether\sor\snot\s[^,;:()]{2,80}$|,\swhether\s[^,;:()]{2,60}\sor\s(?:[\w-]+\s){0,6}(?:\([A-Z]{2,6}\)-)?[\w-]+$"
)
"""What makes no difference to those who are named: "Every clinic, whether new or old,"."""
_IF_AT_ALL = re.compile(
    r",?\s(?:if|when|where)\s(?:indicated|needed|necessary|required|possible|appropriate|available|feasible|applicable|relevant)\b,?"
)
"""What is told aside of a thing in two words: "a scan, with dye if needed,"."""
_WISHING = re.compile(r"(?:[A-Z][\w-]+\s)(?:[\w-]+\s){0,3}?(?:wishing|wanting|intending|planning)\sto\s")
"""Those who wish to do something, whatever is told of it: "Clinicians wishing to do it when surgery is unsuitable"."""
_SAYS_MORE = re.compile(
    r"(?:It|We|They|He|She|I)\s(?:(?:also|then|thus|now|therefore|all|both|each|too)\s)*(?!(?:also|then|thus|now|therefore|all|both|each|too)\b)\w+\s\w"
)
"""A pronoun with a verb of its own behind it: no subject of a later verb."""
_LEADS = re.compile(r"leads(?=,|\s(?:and|or|of|for)\b)")
"""Those who lead, in a row with others: "heel leads and nurses"."""
_NOUNS_TOO = ("leads", "needs", "works", "shows", "finds", "causes", "runs")
"""Words that are no verb right before one: "the heel leads should"."""
_PARTICIPLE = re.compile(r"(?:found\s(?:to|on|at|in)|made\s(?:in|by|on|under|for)|led\sby|causes\sof)\b")
"""Words that are no verb of a clause: "patients found to be positive", "other causes of"."""
_NEWLY = ("newly ", "recently ")
"""What shows that the word behind it is no verb: "children with newly found deafness"."""
_BESIDE = re.compile(r"(?P<first>[^,]{3,120}),\s(?:and|or)\s(?:the|any|all)\s[^,]{3,120}?\s(?:it|them)")
"""A second thing between commas, of which more is told: "Care, and the leaflets patients are given about it," should be."""
_TOPIC = re.compile(
    r"(?P<head>(?:[\w‑-]+\s){0,4}(?:training|advice|information|guidance|instructions?|education|help|support))\s(?:in|on|about)\s"
    r"(?:how|what|when|where|whether|which)\s(?:\w+\s)?to\s",
    re.IGNORECASE,
)
"""What is given, and the question that it answers: "training in how to give wax"."""
_THOSE_WHICH = re.compile(
    r"(?P<who>(?:(?:the|an?|any|each|every|all|those)\s)?(?:[\w’'-]+\s){0,4}?[\w’'-]+)\swhich\s(?:(?:also|already|currently)\s)?(?:[a-z]{2,12}(?:[^s\W]s|ed)|have|are|do|use|run|provide|offer|hold|make|supply)\s",
    re.IGNORECASE,
)
"""Those who act, of whom "which" and its verb tell more, and no question: "the team which runs the clinic"."""
_TELLS_OF_IT = re.compile(r"\b(?:that|which|who)\s(?:\w+ly\s)?[a-z]+\sit$")
"""How a relative clause ends whose object is "it": "habits that suggest it"."""
_THAT_ONE = re.compile(r"that\s(?:[a-z]+\s)?[a-z]+(?<!s)")
"""One who was named before, and no clause: "that team"."""
SPEAKERS = ("they", "we", "you", "he", "she", "it")
_BARE_RELATIVE = re.compile(
    rf"(?<!\band)(?<!\bor)(?<!\bbut)(?<!\bso)(?<!\bthen)(?<!\bthat)(?<!\balso)(?<!\bcase)(?<!,)"
    rf"(?<!\babout)(?<!\bwith)(?<!\bon)(?<!\bfor)(?<!\bof)(?<!\bto)(?<!\bby)(?<!\bfrom)(?<!\baround)(?<=[\w)])\s(?:{'|'.join(SPEAKERS)})$"
)
"""How the subject of a clause without "that" ends, told of the noun before: "the documents they" must have."""


def shared_subject(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """The subject of "X is Y and should …", where sentence[start:end] is "X is Y and"."""
    joined = re.search(
        r"\s(?:and|but)(?:\s+(?:also|therefore|thus|rather|instead|then|generally|usually|always|still|often))?$",
        sentence[start:end],
    )
    finite = FINITE.search(sentence, start, end)
    if joined is None or finite is None or QUESTIONED.search(sentence, finite.end(), start + joined.start()):
        return None
    subject = stripped(sentence, start, finite.start())
    return subject if is_subject(sentence[slice(*subject)]) and not RELATIVE.search(sentence, *subject) else None


def is_subject(words: str) -> bool:
    """Whether the words can be one noun phrase: nothing finite outside a relative clause, nothing embedded."""
    if not words or len(words) > 400:
        return False
    if _WISHING.match(words) or (_THAT_ONE.fullmatch(words) and actors.kinds(words)):
        return True
    if _SAYS_MORE.match(words):
        return False
    if (
        words.endswith(SPEAKERS)
        and _BARE_RELATIVE.search(words)
        and not (OPENER.match(words) or _TELLS_OF_IT.search(words))
    ):
        return False
    if ", whether " in words:
        words = _EITHER_WAY.sub("", words)
    if " whether " in words and _ASKED_ABOUT.search(words):
        return False
    if has_any(words, (" if ", " when ")):
        words = _IF_AT_ALL.sub("", words)
    if " whom " in words and (told := _TO_WHOM.search(words)) and not FINITE.search(told["who"]):
        return False
    if topic := _TOPIC.match(words):
        words = topic["head"]
    if beside := _BESIDE.fullmatch(words):
        words = beside["first"]
    relative = RELATIVE.search(words)
    head = words[: relative.start()] if relative else words
    head = _BRACKETS.sub("", head).strip() or head
    finite = FINITE.search(head)
    while finite and (
        _PARTICIPLE.match(head, finite.start())
        or head.endswith(_NEWLY, 0, finite.start())
        or _LEADS.match(head, finite.start())
    ):
        finite = FINITE.search(head, finite.end())
    if finite and finite.group() in _NOUNS_TOO and finite.end() == len(head) and relative is None:
        finite = None
    if not any(map(str.isalnum, head)) or finite or EMBEDDED.search(head):
        return False
    if words.count("(") != words.count(")"):
        return False
    told = _THOSE_WHICH.match(words)
    return (told is not None and bool(actors.kinds(told["who"]))) or not _EMBEDDED_TAIL.search(words)


def without_adverb(text: str, start: int, end: int) -> tuple[int, int]:
    """The subject less the word that stands between it and its verb: "all practices now have to"."""
    adverb = _ADVERB_AT_END.search(text, max(start, end - 12), end)
    if adverb and adverb.group().endswith("ly") and _TELLS_MORE.search(text, start, end):
        return start, end
    return (start, adverb.start()) if adverb and adverb.start() > start else (start, end)
