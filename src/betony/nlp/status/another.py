"""Whether what is said is said of another document than the page's own."""

from __future__ import annotations

import re

from betony.nlp import phrases, references, subject
from betony.nlp.status.decisions import decided_of, is_decided_on


def subject_of(text: str, start: int, verb: int) -> subject.Subject:
    """The verb's subject: the sentence's, or that of the clause that ends at the verb."""
    about = subject.of(text, start, verb)
    if not about.own and is_decided_on(text, start, verb):
        return subject.OWN
    if about.own and not is_of_listed(text, start, verb):
        return about
    clause = max((match.end() for match in _CLAUSE.finditer(text, start, verb)), default=start)
    if is_of_listed(text, start, clause):
        return subject.OTHER
    if clause >= verb and _own_start().match(text, start, clause) and not references.find(text, start, clause):
        return subject.OWN
    if clause > start and not _stands_for_another(text, start, clause):
        about = subject.OWN if is_decided_on(text, clause, verb) else subject.of(text, clause, verb)
    if not about.own and _BY_TITLE.match(text, clause, verb) and not references.find(text, clause, verb):
        title = " ".join(text[clause:verb].split()).lower()
        name = title.partition(" on ")[2]
        if len(name) > 8 and text[:2000].lower().count(name) > 1:
            return subject.OWN
    return about


_CLAUSE = re.compile(r",\s(?:and\s|but\s|so\s)?(?:therefore\s)?|;\s|:\s|\band\s|\bthat\s|\.(?=[A-Z])")
_BY_TITLE = re.compile(r"The\s(?!source\b)[\w\s-]{3,40}?guid(?:ance|eline)\son\s")


def _own_start() -> re.Pattern[str]:
    return phrases.pattern("{self}(?! (?:on|and|or) )")


def _stands_for_another(text: str, start: int, clause: int) -> bool:
    """Whether a bare pronoun at `clause` stands for a document named before it: "We issued advice in 2031 (IPG1) and this was"."""
    if BARE.match(text, clause) is None or _own_start().match(text, start, clause):
        return False
    return bool(references.find(text, start, clause))


BARE = re.compile(r"(?:this|it|these|they)\s(?:was|were|has|have|is|are)\b", re.IGNORECASE)


def is_of_listed(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] speaks of documents that the page lists, or of many: "Guidelines placed on the static list"."""
    return _OF_LISTED.search(text, start, end) is not None or _OF_MANY.match(text, start, end) is not None


_OF_LISTED = re.compile(
    r"\b(?:lists?|shows?|contains?|covers?|details?|links?\sto|all|following)\s(?:[\w’'-]+\s){0,5}?(?:guid\w+|appraisals|documents|standards|statements|recommendations|topics)\s(?:that|which)\s(?:(?:has|have|had|was|were|are|is)\s(?:now\s|since\s)?(?:been\s)?\w*)?$"
    r"|\b(?:guidelines|appraisals|documents|standards)\s(?:to\sbe\s)?\w?$"
)
"""Others that the page only lists: "This table lists guidelines that" have been withdrawn."""
_OF_MANY = re.compile(
    r"(?:(?:The|All|Some|Any|NICE|Clinical|Published)\s){0,3}(?:[Gg]uidelines|[Dd]ocuments)\s(?![^,;]*\bth(?:is|ese)\b)"
)
"""What speaks of many documents, and not of "this" one."""


def is_others(text: str, start: int, verb: int) -> bool:
    """Whether the verb's clause is what someone else said or thought, not the publisher: "Two experts agreed that the"."""
    said = _SAID.match(text, start, verb)
    return said is not None and _PUBLISHERS.search(said["who"]) is None


_SAID = re.compile(
    r"(?P<who>[^.;:\n]{2,120}?)\s(?:said|thought|felt|agreed|noted|commented|stated|suggested|believed|argued|indicated|responded|told\sus)\s(?:that\s)?"
)
_PUBLISHERS = re.compile(
    r"\b(?:[Ww]e|NICE|[Ii]t\swas|[Ii]t\shas\sbeen|committee|[Dd]evelopment\s[Gg]roup|GDG|panel|review|surveillance|programme|Institute|Executive|Agency)"
    r"(?:,?\s(?:has|have|had|also|all|then|therefore|now|\w+ly))*$"
)


def is_anothers(text: str, start: int, at: int) -> bool:
    """Whether the words before what is said name a document that is not the one whose decision the page tells."""
    named = references.find(text, start, at)
    return bool(named) and any(one.id != decided_of(text) for one in named)


def is_on_another(text: str, start: int, end: int, reference: str | None) -> bool:
    """Whether what is decided there is on another guideline than the page's, by the reference behind its title: "We will update the
    guideline on wax (NICE guideline PH31)"; where the address has none, whether the page decides on several in this way."""
    titled = _ON_A_GUIDELINE.search(text, start, end)
    if titled is None or phrases.pattern(r"\b(?:{self}|it\b)").search(text, start, titled.start()):
        return False
    if reference:
        named = _bracketed(text, titled.end())
        return bool(named) and reference not in named
    return len({one for found in _UPDATE_ONE.finditer(text) for one in _bracketed(text, found.end())}) > 1


_TITLED = r"(?:the|our|its)\s(?:NICE\s)?guid(?:eline|ance)\son\s[^.;()\n]{3,160}\((?=[^()\n]{3,60}\))"
_ON_A_GUIDELINE = re.compile(rf"\b(?:updat|amend|revis|review|check|chang)(?:e|es|ed|ing|s)?\s(?:of\s|to\s)?{_TITLED}")
"""What is decided on a guideline that its title and its reference name, right behind the verb."""
_UPDATE_ONE = re.compile(rf"\bupdate\s{_TITLED}")
_ITS_KIND = re.compile(r"(?<=\()(?!(?:which|that|now|formerly|previously)\b)(?:NICE\s)?(?:[\w-]{1,20}\s){0,3}")
"""What may stand before the reference with which a bracket opens."""


def _bracketed(text: str, start: int) -> set[str]:
    """The references in the bracket that has opened before text[start:], where it opens with one."""
    named = references.find(text, start, text.find(")", start))
    if not named or not _ITS_KIND.fullmatch(text, start, named[0].start):
        return set()
    return {one.identifier for one in named}


def is_on_something_else(text: str, start: int, end: int) -> bool:
    """Whether the sentence begins with guidance on what the head of the page does not name: "The NICE guideline on wax was moved"."""
    about = _ON_A_TOPIC.match(text, start, end)
    return about is not None and text[:_HEAD].lower().count(about["topic"].lower()) < 2


_ON_A_TOPIC = re.compile(
    r"The\s(?:NICE\s)?guid(?:ance|eline)\son\s(?P<topic>(?!th(?:is|ese)\b)[^.;:,\n]{4,120}?)\s(?:was|is|has|will|should)\s"
)


def is_told_of(text: str, start: int, end: int) -> bool:
    """Whether the page is about what text[start:end] names: its first word, its longest and whom it is for stand elsewhere near the
    top, and no reference in it."""
    words = [word for word in re.findall(r"[^\W\d_]{3,}", text[start:end].lower()) if word not in _TELLS_NOTHING]
    longest = max(words, key=len, default="")
    head = f"{text[:start]} {text[end:]}"[:_HEAD].lower()
    told = all(word in head for word in (*words[:1], longest, *_PEOPLE.intersection(words)))
    return len(longest) >= _TELLING and told and not references.find(text, start, end)


_HEAD = 2000
_TELLING = 7
"""Letters of a word from which on it tells what a page is about."""
_TELLS_NOTHING = frozenset(
    [
        "the",
        "use",
        "using",
        "and",
        "for",
        "with",
        "managing",
        "management",
        "treating",
        "treatment",
        "preventing",
        "prevention",
        "diagnosing",
        "diagnosis",
    ]
)
"""Words of a topic that many topics share."""
_PEOPLE = frozenset({"children", "adults", "babies", "infants", "adolescents", "pregnancy"})
"""Words that set guidance on an illness apart from other guidance on it."""
