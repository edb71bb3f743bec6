"""Clauses whose modal words bind nobody: what somebody said, and what nobody needs to do."""

from __future__ import annotations

import re
from functools import cache

from betony.nlp import actors, vocabulary
from betony.nlp.clauses.clause import Clause
from betony.nlp.looks import has_any

_ACCORDING = re.compile(
    r"\b[Aa]ccording\sto\s(?:(?:the|some|most|many|several|our|one|\d|clinical|patient|specialist)\s){0,3}(?:experts?|patients?|people|carers|families"
    r"|stakeholders|consultees|respondents|commentators|company|companies|manufacturers?|specialists|advis[eo]rs|submissions?|participants|responses)\b"
)
"""How what others think is opened."""
_NEED = re.compile(r"\s+(?:need\b|be\s+(?:necessary|needed)\b)")
_NOBODY = re.compile(r"(?:no|neither|none|nobody|not\sall|not\severy(?:one|body)?)\b", re.IGNORECASE)
_SAID_ASIDE = re.compile(r",\s(?:says?|said|according\sto)\s[^,.;]{2,80}(?:,|\.?\s*$)")
"""Who else says so, told between commas or at the end: "nurses, say the authors, should"."""
_IN_THEIR_VIEW = re.compile(
    r"\b[Ii]n\sthe\s(?:\w+\s)?(?:committee|panel|group|expert)['’]s\s(?:experience|view|opinion)\b"
)
"""How what those who wrote it know from their own practice is marked."""
_SENT = r"\s(?:your|an?|the)\s(?:(?!with\b|of\b|for\b)[\w-]+\s){0,2}?(?:results?|letters?|e-?mails?|texts?|text\smessages?|calls?|invitations?|tickets?|confirmation|reply)\b"
_SOMEHOW_OR_SOON = r"(?=[^.;:]{0,60}?\s(?:by\s(?:e-?mail|post|text|phone)|in\sthe\spost|within|shortly|in\s\d)\b)"
WILL_HAPPEN = re.compile(
    rf"\s{{0,9}}(?:(?:then|soon|usually|normally|also)\s)?(?:(?:get|receive|be\ssent){_SENT}{_SOMEHOW_OR_SOON}|hear\s(?:back|from)\b)"
)
"""What "you" can expect, and do nothing for: "you should get your results within 2 weeks"."""
DESCRIBES = re.compile(
    r"(?:The|This|These|Our)\s(?:[\w-]+\s){0,3}(?:guidelines?|guidance|standards?|documents?|polic(?:y|ies)|statements?|leaflet|page|chapter|section)"
    r"\s(?:also\s)?(?:outlines?|describes?|sets?\sout|defines?|summari[sz]es?|lists?|covers?|clarif(?:y|ies)|explains?|details?|highlights?)\s(?!that\b)"
    r"(?:(?:[^,;:.]{1,120}\s)?(?:how|what|when|where|which|that|who|whether)|the\s(?:\w+\s)?(?:steps|actions|measures|precautions|checks|care|support|treatment|information))\s[^,;:.]{2,120}$"
)
"""How a document is said to tell what people should do, which is told elsewhere."""
_WHAT_IF = re.compile(r"(?:If|When(?:ever)?|Where|Once|Unless|Before|After)\s.*", re.IGNORECASE | re.DOTALL)
"""A condition before the main clause, of whose verb no "that" in the main clause hangs: "If it is found there, the team that"."""
_REPORTS = (
    "recommended ",
    "advised ",
    "concluded ",
    "that",
    "That",
    "agreed",
    "suggested",
    " proposed ",
    "thought",
    "felt",
    "said",
    "believed",
    "told",
    '"',
    "“",
)
"""Letters without one of which nothing is reported."""


_ITS_SOURCE = re.compile(
    r"(?:However,\s)?[Ii]t\sis\s(?:also\s)?(?:noted|recogni[sz]ed|acknowledged|suggested)\sthat\s"
    r"|(?:(?:Core|Developmental|National)\s)?(?i:standard|principle|section|regulation|article|direction|rule)\s[A-Z]?\d[\w.()]{0,8}(?:\sof\s[^,;:]{3,100}?)?\s(?:states|specifies|says)\sthat\s"
    r"|(?:[^,;:.]{3,160},\s)?(?:the\s)?[A-Z][^,;:.]{2,120}?\s(?:reiterates?|emphasi[sz]es?|stresses|reminds?)\s(?:to\s)?(?:[Mm]ember\s[Ss]tates|[Cc]ountries|(?:[\w-]+\s){0,2}(?:authorities|professionals|staff|clinicians|providers|prescribers))\sthat\s"
    r"|[Ii]t\sis\sa\s(?:legal|statutory|regulatory)\srequirement\s(?:under\s[^;:.]{3,120}?,?\s)?that\s"
    r"|(?:The\s)?(?:MHRA|Medicines\sand\sHealthcare\sproducts\sRegulatory\sAgency|Care\sQuality\sCommission|CQC)\s(?:also\s)?states\sthat\s"
)
"""Who or what lays down the clause behind it; what is noted there is the guidance's own word."""
_SOURCES = (
    "ed that ",
    "tates that ",
    "ountries that ",
    "uthorities that ",
    "essionals that ",
    "taff that ",
    "inicians that ",
    "oviders that ",
    "ribers that ",
    " states that ",
    " specifies that ",
    " says that ",
    "uirement that ",
    ", that ",
)
"""Letters without one of which nothing has such a source."""


def behind_its_source(sentence: str, end: int) -> int:
    """Where the clause starts that a standard or a regulator lays down, or that the guidance says is recognised: "It is also noted
    that", "The MHRA states that"; 0 where none does."""
    if not has_any(sentence[:end], _SOURCES):
        return 0
    source = _ITS_SOURCE.match(sentence, 0, end)
    if source is None:
        return 0
    joined = sentence.rfind(", and ", source.end(), end)
    apart = joined > 0 and actors.kinds(sentence[joined:end]) and not actors.kinds(sentence[source.end() : joined])
    return joined + len(", and ") if apart else source.end()


def not_needed(sentence: str, clause: Clause) -> bool:
    """Whether the clause frees of a need instead of binding: "nobody needs to fast", "you should not need to"."""
    if clause.modal.modality in ("should_not", "must_not"):
        return _NEED.match(sentence, clause.rest[0], clause.rest[1]) is not None
    needs = sentence[clause.modal.start : clause.modal.start + 4].lower() in ("need", "has ", "have")
    return needs and _NOBODY.match(sentence, *clause.subject) is not None


_RECOMMENDED_FOR_YOU = re.compile(r"\b(?:is|are)\srecommended\sfor\syou\b")
"""What a condition says of the reader, and reports from nobody: "If wax is recommended for you and your doctor thinks that"."""


_IT_SHOWS = re.compile(
    r"(?:If|When(?:ever)?|Where|Once|Unless)\s(?:(?!\b(?:committee|panel|group|experts?|stakeholders|consultees|guidance|guidelines?)\b)[^,;:]){2,100}?\s(?:shows?|suggests?|indicates?|confirms?|(?:has|have)\s(?:confirmed|shown|found|decided|agreed)|reveals?|finds?|believes?|considers?|suspects?|judges?)\sthat\s"
    r"|(?:If|When|Where|Once)\sit\s(?:is|becomes|has\sbeen)\s\w+\sthat\s"
)
"""A condition that a finding sets, or what somebody believes, which reports nothing of the main clause: "If a check shows that they may have gout, the clinic"."""


def is_reported(sentence: str, clause: Clause) -> bool:
    """Whether the clause is what somebody said, not what the guidance says."""
    before = sentence[behind_its_source(sentence, clause.modal.start) : clause.modal.start]
    if has_any(before, ("ecommendation that ", "ecommendations that ")):
        return True
    if ("'s " in sentence or "’s " in sentence) and _IN_THEIR_VIEW.search(sentence):
        return True
    if ", sa" in sentence and _SAID_ASIDE.search(sentence):
        return True
    if not before.endswith(" and ") and DESCRIBES.match(before):
        return True
    if clause.condition and clause.condition[1] <= clause.subject[0] and not has_any(before, ('"', "“")):
        opened = _WHAT_IF.match(sentence, *clause.condition)
        found = _IT_SHOWS.match(sentence, *clause.condition) is not None
        own = sentence[clause.condition[1] : clause.modal.start]
        for_you = _RECOMMENDED_FOR_YOU.search(sentence, *clause.condition) is not None
        if for_you or found or (opened and not _reported_pattern().search(opened.group())):
            before = own
    return (has_any(before, _REPORTS) and _reported_pattern().search(before) is not None) or (
        "ccording to" in before and _ACCORDING.search(before) is not None
    )


@cache
def _reported_pattern() -> re.Pattern[str]:
    verbs = "|".join(vocabulary.read("duties")["reported"]["verbs"])
    return re.compile(
        rf"\b(?:{verbs})\b[^.;]{{0,120}}?\bthat\b|\b(?:(?<!\bhas\s)(?<!\bhave\s)agreed|agreed(?!\s(?:an?|to|on|with)\s)|suggested|(?:thought|felt|said|believed)(?!\s(?:to|at|likely|unlikely)\b))\s|\b(?:it|they|he|she|WHO)\sproposed\s|^(?!(?:If|When|Where|Once|Unless)\b)(?:(?!\b(?:who|that|which)\b)[^,;:.])*?\b(?:is|are|was|were)\sproposing\sthat\b|\b(?:review|report|inquiry|evaluation|audit|study|investigation)\s(?:has\s|had\s)?(?:recommended|advised|proposed|concluded)\s|\btold\s(?:us|me|him|her|them|NICE|the\scommittee)\s|\b(?:conclud|stat"
        rf"|report|recommend|suggest)\w*,?\s[\"“]",
        re.IGNORECASE,
    )
