"""What a committee decided about a procedure (its arrangements) or a technology (its outcome)."""

from __future__ import annotations

import re
from functools import cache

from betony.nlp import vocabulary
from betony.nlp.looks import has_any

_SPECIAL = re.compile(r"\bspecial\s+arrangements\b", re.IGNORECASE)
_STANDARD = re.compile(r"\b(?:normal|standard)\s+arrangements\b|\bnormal\s+consent,\s+audit\b", re.IGNORECASE)
_RESEARCH = re.compile(
    r"\bonly\s+(?:(?:be\s+)?(?:used|done|performed|undertaken|offered|recommended|carried\s+out)\s+(?:for\s+use\s+)?)?"
    r"(?:in\s+the\s+context\s+of|as\s+part\s+of|within|in|for)\s+(?:an?\s+|the\s+context\s+of\s+)?"
    r"(?:(?:formal|ongoing|(?:good|high)-quality|formally\s+approved|ethically\s+approved"
    r"|well-designed|rigorous|supervised|controlled|randomi[sz]ed|robust)\s+)*(?:clinical\s+)?(?:research|trials?|stud(?:y|ies))\b"
    r"|\bonly\s+be\s+(?:used|done|performed|undertaken|offered|carried\s+out)\s+in\s+(?:patients|people|adults|children|women|men)\b[^.;,]{0,100}?"
    r"\bin\s+the\s+context\s+of\s+(?:formal\s+|clinical\s+)?research\b"
    r"|\bonly\s+in\s+research\b|\b(?:except|other\s+than"
    r"|(?:not|never)\b[^.]{0,160}\boutside)\s+(?:in\s+)?(?:the\s+context\s+of\s+)?(?:formal\s+)?research\b"
    r"|\bmore\s+research\s+is\s+(?:needed|recommended)\b[^.]{0,200}\bbefore\b[^.]{0,60}\b(?:funded|used)\b",
    re.IGNORECASE,
)
_GENERATION = re.compile(
    r"\bevidence[-\s]generation\b|\bwhile\s+(?:(?:more|further)\s+)?evidence\s+is\s+(?:being\s+)?generated\b",
    re.IGNORECASE,
)
_DO_NOT_USE = re.compile(
    r"\b(?:this|the)\s+(?:procedure|device|operation|technique)\s+(?:should|must)\s+not\s+be\s+(?:used"
    r"|done|performed|offered|undertaken|carried\s+out)"
    r"(?!\s+(?:without|unless|outside|except|other))\b|\bdo\s+not\s+(?:use|do|offer)\s+this\s+procedure\b",
    re.IGNORECASE,
)
_NOT_TO_TREAT = re.compile(
    r"^[^.;:]{3,200}?\bshould\s+not\s+be\s+used\s+(?:to\s+treat|for\s+treating|for\s+the\s+treatment\s+of)\b"
    r"(?!.{0,200}\b(?:without|unless|outside|except|other\s+than)\b)",
    re.IGNORECASE,
)
_CAN_BE_USED = re.compile(r"^(?P<subject>[^.;:]{3,200}?)(?<!\sthat)(?<!\swhich)\s+can\s+be\s+used\b", re.IGNORECASE)

_RECOMMENDED = re.compile(
    r"\b(?:is|are)\s+(?:only\s+|also\s+)?recommended\b|\b(?:NICE|this\s+guidance)\s+(?:also\s+)?(?:recommends\b|has\s+recommended(?=\sthat\b|\s[^.;,]{3,80}?\sas\san?\s(?:possible\s)?(?:treatment\s)?option\b)(?![^.]*\b(?:TA|NG|CG)\s?\d))|\bcan\s+be\s+used\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?<!\bthat\s)(?<!\bwhich\s)\b(?:is|are)\s+not\s+recommended\b|\bdoes\s+not\s+recommend\b|\bshould\s+not\s+be\s+used\b|\bcannot\s+be\s+recommended\b",
    re.IGNORECASE,
)
_NOT_ROUTINELY = re.compile(
    r"^[^.;:]{3,200}\s(?:is|are)\s(?:therefore\s)?not\srecommended\sfor\sroutine\suse\sin\sthe\sNHS\b"
)
"""How a technology is refused of which nobody says if it is a drug: "The test is not recommended for routine use in the NHS"."""
_OF_A_DECISION = re.compile(
    r"\brecommended\sthat\s(?:(?:the\s|any\s)?(?:decisions?|choice|need)\b|[^.;:]{0,160}?\b(?:be|is|are)\s(?:\w+ly\s)?(?:continued|stopped|reviewed|assessed|re-?assessed|monitored|supervised|discontinued|withdrawn|repeated|(?:started|initiated|prescribed|given|administered)\s(?:and\s\w+\s)?(?:only\s)?by)\b"
    r"|treatment\b[^.;:]{0,120}\b(?:continued|stopped|reviewed|assessed|started\sby|monitored|supervised)\b|(?:an?\s)?(?:specialists?|clinicians?)\b)"
)
"""How it is recommended to decide, which decides nothing about the technology."""
_USED = re.compile(
    r"\brecommended\sthat\b(?:(?![.;]\s)[^\n]){0,300}?\b(?:be|is|are)\s(?:\w+ly\s|only\s|made\s)?(?:used|available(?=\s(?:as|in\sthe\sNHS|for\s(?:the\s)?(?:treatment|use|treating)))|offered|given|prescribed|provided|considered(?=\s(?:as|for|in)\b)|recommended|an\soption|adopted|funded|restricted|limited|reserved|undertaken|performed|carried|implanted|commissioned|started|initiated|treated\swith|the\s(?:treatment|drug|choice))\b|\brecommended\sthat\b(?:(?![.;]\s)[^\n]){0,200}?\b(?:receive|have\saccess\sto)\s"
)
"""What is recommended of a technology itself, and not of how to choose it: "It is recommended that wax be used"."""
_FOR_YOU = re.compile(r"\bIf\s[^.;]{2,200}?\s(?:is|are)\srecommended\sfor\syou\b")
"""What is told for the case that something is recommended, and decides nothing."""
_OF_SOME = re.compile(r"[A-Z][^,;]{2,160}?\bwhose\b(?:(?!\b(?:should|must|may|can)\b)[^;]){0,600}$")
"""What is told of those in whose care something was not recommended, and decides nothing."""
_LICENCE = re.compile(r"\bmarketing\s+authori[sz]ations?\b|\bconditional\s+licen[cs]e\b", re.IGNORECASE)
_OPTION = re.compile(
    r"\bas\s+(?:an?\s+(?:possible\s+)?(?:treatment\s+)?option|(?:treatment\s+)?options|a\s+possible\s+treatment)\b",
    re.IGNORECASE,
)
_MANAGED = re.compile(
    r"\bmanaged\s+access\b|\bCancer\s+Drugs\s+Fund\b|\bInnovative\s+Medicines\s+Fund\b", re.IGNORECASE
)
_SCHEME = re.compile(
    r"\bpatient\s+access\s+scheme\b|\bcommercial\s+(?:access\s+)?(?:arrangement|agreement)\b", re.IGNORECASE
)
_TERMINATED = re.compile(
    r"\bunable\s+to\s+make\s+a\s+recommendation\b|\bunable\s+to\s+recommend\s+the\s+use\b[^.;]{3,400}?\bno\s+evidence\s+submission\b|\b(?:appraisal|evaluation)\s+(?:is|was"
    r"|has\s+been)\s+terminated\b|\bterminated\s+appraisal\b",
    re.IGNORECASE,
)
_IN_RESEARCH = re.compile(
    r"\b(?:recommended|used)\s+only\s+(?:in|for"
    r"|within)\s+(?:the\s+context\s+of\s+)?(?:clinical\s+)?research\b|\bonly\s+(?:recommended"
    r"|used)(?:\s+for\s+use)?\s+in\s+research\b",
    re.I,
)
_LIMIT = re.compile(
    r"\bonly\s+(?:recommended\s+)?(?:if|when|in|for|of|as)\b|\bprovided\s+that\b|\bwhen\s+the\s+(?:following\b|(?:criteria|conditions)\s+in\b)|(?:,|\b(?:option|possible\s(?:[\w-]+\s){0,3}?treatments?)\b[^.]{0,600})\s(?:only\s)?if\b"
    r"|\b(?:options?|possible\streatments?)\s(?:[\w-]+\s){0,8}?(?:for|in)\s(?:some|certain)\s(?:people|adults|children|patients)\b"
    r"|\bas\s+(?:specified|set\s+out|shown|described|detailed|listed)\s+in\s+table\b",
    re.IGNORECASE,
)
_CANNOT_HAVE = re.compile(
    r"\bfor\swhom\s[^.;]{3,100}?\s(?:is|are|would\sbe)\s(?:inappropriate|unsuitable|not\s(?:suitable|appropriate))\b|\bwho\shave\s(?:not\s)?(?:already\s|previously\s)?(?:(?:had|received|tried)\s(?!(?:[\w-]+\s){0,3}?(?:diagnos[ie]s|vaccines?)\b)[^.;:,]{0,60}?\b(?:treatments?|therap(?:y|ies)|medicines?|drugs?|inhibitors?|chemotherapy|radiotherapy|courses?|doses?|lines?)\b|responded\b)"
    r"|\b(?:can['’]t|cannot)\s(?:take|have|tolerate)\b"
    r"|\b(?:who|whom|that|if\s(?:they|the\sperson))\s(?:are\s(?:also\s)?(?:intolerant|unable\sto\s(?:take|have|tolerate|use|receive))|cannot\s(?:take|have|tolerate|receive|use(?!\s(?:their|his|her|the)\b))|(?:do|does)\snot\stolerate|have\s(?:an?\s)?(?:intolerance|contraindications?))\b"
    r"|\b(?:is|are|was|were)\s(?:contraindicated|not\stolerated)\b|\b(?:with|has|have)\s(?:an?\s)?contraindications?\sto\b"
)
"""Some of those who have an illness: who cannot have another treatment."""
_LIMIT_ITSELF = re.compile(
    r"\bunder\s+(?:certain|some|particular|specific)\s+circumstances\b|\bunder\s+(?:all\s+(?:of\s+)?)?the\s+(?:following\s+)?(?:conditions|circumstances|criteria)\b|\bused\s+only\s+to\b|\bonly(?=\s*(?:[.;]|$))",
    re.IGNORECASE,
)
"""What limits the sentence that recommends, and elsewhere may be told of anything: "for severe gout only."."""
_SIGNS = ("uthori", "licen", "option", "possible treatment", "anaged access", "Fund", "access scheme", "ommercial")
"""Letters without one of which no sentence is an appraisal's."""
_ONLY_IF = re.compile(r"\bonly\s+(?:recommended\s+)?(?:if|when)\s+\w", re.IGNORECASE)
_OF_PRICE = re.compile(
    r"\b(?:(?:only\s{1,3})?if|provided\s{1,3}that)\s{1,3}(?=(?:the\s{1,3})?(?:company|manufacturer)\b)"
    r"|,?\s{1,3}(?:and|when)\s{1,3}(?=the\s{1,3}(?:company|manufacturer)\b)"
)
_OF_THE_MAKER = re.compile(r"\b(?:company|manufacturer|sponsor)\b", re.IGNORECASE)
_PRICE = re.compile(r"(?:the\s+)?(?:company|manufacturer)\s+(?:provides?|makes?)\b[^.;]*", re.IGNORECASE)


def arrangement(text: str, *, procedures: bool) -> str | None:
    """The arrangement under which a procedure may be used, as RECORD.md codes it; None where the text sets none.

    `procedures` tells that the document is about procedures: its bare "can be used" is then the newer name of the
    standard arrangements.
    """
    if not has_any(
        text,
        (
            "arrangements",
            "research",
            "rocedure",
            "vidence",
            "can be used",
            "not be used",
            "consent, audit",
            "trial",
            "stud",
        ),
    ):
        return None
    special = standard = research = None
    if has_any(text, ("arrangements", "consent, audit")):
        special, standard = _SPECIAL.search(text), _STANDARD.search(text)
    if has_any(text, ("nly ", "xcept ", "other than", "utside", "needed", "research is")) and not _is_licensed(text):
        research = _RESEARCH.search(_without_audit(text))
    if special and standard:
        return "mixed"
    if "generat" in text and _GENERATION.search(text) and _CAN_BE_USED.search(text):
        return "special" if special else "evidence_generation"
    if standard:
        return "mixed" if research else "standard"
    if special:
        return "mixed" if (research and _stand_apart(text)) or _is_refused_to_others(text) else "special"
    if research:
        return "research_only"
    if " not " in text and (_DO_NOT_USE.search(text) or (procedures and _NOT_TO_TREAT.search(text))):
        return "do_not_use"
    match = _CAN_BE_USED.search(text) if "can be used" in text else None
    if (
        match
        and not _is_licensed(text)
        and (procedures or (_OPTION.search(text) and _names_procedure(match["subject"])))
    ):
        return "standard"
    return None


def _stand_apart(text: str) -> bool:
    """Whether of the lines (a lead and its items) one sets special arrangements and another allows research alone."""
    return any(_RESEARCH.search(_without_audit(line)) and not _SPECIAL.search(line) for line in text.split("\n"))


def _is_refused_to_others(text: str) -> bool:
    """Whether of the lines (a lead and its items) one refuses the procedure and another sets special arrangements."""
    return " not " in text and any(_DO_NOT_USE.search(line) and not _SPECIAL.search(line) for line in text.split("\n"))


def outcome(text: str, *, appraisal: bool) -> str | None:
    """What an appraisal decided about a technology, as RECORD.md codes it; None where the text is none of an appraisal.

    Words that only appraisals use decide (a marketing authorisation, "as an option", managed access); `appraisal` tells
    that the document is one, so that a bare "is not recommended" counts too.
    """
    if not has_any(text, ("recommend", "can be used", "should not be used", "erminated")):
        return None
    if has_any(text, ("unable to ", "erminated")) and _TERMINATED.search(text):
        return "terminated"
    if " routine use in the NHS" in text and _NOT_ROUTINELY.search(text):
        return "not_recommended"
    if not (appraisal or has_any(text, _SIGNS)):
        return None
    if has_any(text, ("arrangements", "consent, audit")) and (_SPECIAL.search(text) or _STANDARD.search(text)):
        return None
    first = _deciding(text)
    if not (_is_licensed(text) or _OPTION.search(first) or _MANAGED.search(text) or _SCHEME.search(text) or appraisal):
        return None
    if not appraisal and first.startswith(("For ", "In ")) and not (_is_licensed(text) or _MANAGED.search(text)):
        return None
    if denied := _NOT.search(first):
        if _OF_SOME.match(first, 0, denied.start()):
            return None
        if not (appraisal or _is_licensed(text)):
            return None
        return "research_only" if _BUT_FOR_RESEARCH.search(first) else "not_recommended"
    if " recommended that " in first and not _USED.search(first):
        return None
    if not _RECOMMENDED.search(first) or _OF_A_DECISION.search(first) or _FOR_YOU.search(first):
        return None
    if "can be used" in first and not (appraisal or _is_licensed(text) or _MANAGED.search(text)):
        return None
    if _IN_RESEARCH.search(first):
        return "research_only"
    if _MANAGED.search(text):
        return "managed_access"
    if _LICENCE.search(first):
        narrowed = _ONLY_IF.search(_less_price(first)) or _is_narrowed_by_items(text)
        return "optimised" if narrowed else "recommended"
    if (
        _CANNOT_HAVE.search(first)
        or _is_narrowed_by_items(text)
        or _is_narrowed(text)
        or _LIMIT_ITSELF.search(_less_price(first))
    ):
        return "optimised"
    return "recommended"


def _deciding(text: str) -> str:
    """The first sentence, or, where it decides nothing, the first that does: "A and B are alike. They are therefore recommended"."""
    first, *more = text.split(". ")
    if has_any(first, ("ecommend", "can be used", "not be used")):
        return first
    return next(
        (one for one in more if _RECOMMENDED.search(one) and (_OPTION.search(one) or _LICENCE.search(one))), first
    )


def _is_licensed(text: str) -> bool:
    return has_any(text, ("uthori", "licen")) and _LICENCE.search(text) is not None


_BUT_FOR_RESEARCH = re.compile(
    r"\bexcept\b[^.]*\b(?:research|trials?|study|studies)\b|\bunless\s(?:it\sis\s|they\sare\s)?(?:being\s)?(?:used\s|given\s)?(?:as\spart\sof|in|within)\s[^.]*\b(?:research|trials?|study|studies)\b"
)
"""Where alone something is used that is not recommended otherwise."""
_OPENS_LIMITS = re.compile(
    r"\s(?:(?:if|when|(?<!those\s)(?<!anyone\s)who):|(?:if|when|where)\s(?:all|any|both|either)\s(?:of\s)?the\sfollowing\b[^:.]{0,60}[:.])$"
)
"""How a lead ends whose items are conditions: "if:", "where all of the following circumstances apply."."""


_IS_AN_OPTION = re.compile(r"(?:It|They)\s(?:is|are)\s(?:only\s)?(?:an\s)?options?\b")
"""How a sentence begins that says when what was recommended is an option."""


def _is_narrowed_by_items(text: str) -> bool:
    """Whether the sentence that recommends announces conditions and one of the items below it, if they are there, is no matter of
    price."""
    lead, _, items = text.partition("\n")
    last = lead.rpartition(". ")[2]
    decides = _RECOMMENDED.search(last) or _IS_AN_OPTION.match(last)
    announces = _OPENS_LIMITS.search(last) is not None and decides is not None
    return announces and any(not _OF_THE_MAKER.search(item) for item in items.split("\n"))


def _is_narrowed(text: str) -> bool:
    """Whether the recommendation sets conditions beyond the price."""
    return _LIMIT.search(_less_price(text)) is not None


def _less_price(text: str) -> str:
    """The text without the condition that the company gives a discount."""
    return _PRICE.sub("", _OF_PRICE.sub(" ", text))


def _without_audit(text: str) -> str:
    """The text without the "audit or research" of special arrangements."""
    return re.sub(r"\baudit\s+(?:and|or)\s+research\b", "audit", text)


def _names_procedure(subject: str) -> bool:
    words = re.split(r"\s(?:for|in|with|of|to)\s", subject.lower())[0].split()
    return bool(words) and words[-1].endswith(_endings())


@cache
def _endings() -> tuple[str, ...]:
    return tuple(vocabulary.read("recommendations")["procedures"]["endings"])
