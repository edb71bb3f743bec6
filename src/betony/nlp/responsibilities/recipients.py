"""To whom something is told, sent or reported."""

from __future__ import annotations

import re

from betony.nlp.clauses.signs import FINITE
from betony.nlp.responsibilities.spans import trimmed
from betony.nlp.strength.verbs import starts_with_verb

_REPORTING = re.compile(
    r"\b(?:reported|notified|submitted|sent|disclosed|escalated|communicated|report|notify|submit|send|disclose|communicate|reporting|submitting|sending|disclosing)\b",
    re.IGNORECASE,
)
_DIRECTED = re.compile(r"\s*be\s(?:directed|addressed|forwarded|emailed|put)(?=\sto:?\s)", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:enquir(?:y|ies)|inquir(?:y|ies)|quer(?:y|ies)|questions?|requests?|complaints?|comments?|concerns?|feedback|correspondence)\b",
    re.IGNORECASE,
)
"""What is directed to somebody, where attention is directed to something."""
_HOW = r"(?!(?:family|supply|reply|assembly|elderly|early|friendly|weekly|monthly|Italy)\b)\w{3,20}ly"
"""An adverb, which tells no more of whom: "the council immediately"."""
_RECIPIENT = re.compile(
    r"\sto:?\s+((?:the\s|a\s|an\s|their\s|its\s|your\s|each\s|every\s)?(?:(?!(?:each|every|once|twice|using|through|via|by|within|without|before|after|in|if|when|and"
    r"|or|on|as|at|to|be|for|upon|from|under|where|unless|so|because|only|until|while|during|about|weekly|monthly|"
    rf"{_HOW}|any)\b)(?:[\w’'&.@-]+(?:\(s\))?|\([A-Z][\w’'& -]{{1,30}}\))\s?|and\s(?:to\s)?(?=[\w\s]{{0,40}}(?:agency|system|scheme|authority"
    r"|commission|board|inspectorate|service|programme|registry)\b)){1,12})",
    re.IGNORECASE,
)
_TELL = re.compile(
    r"\s{0,9}(?:(?:also|always|first|then|\w+ly)\s+)?(?:tell|inform|notify|advise|telling|informing|notifying)\s+(?!(?:(?:all|the|any)\s)?(?:[\w-]+\s)?(?:results|findings|cases|incidents|outbreaks|deaths)\b)((?:(?:all\s|both\s)?(?:the|an?|their|its|your|our|his|her)\s)?(?:(?!(?:(?:along|together)(?=\swith\b)|about|that|who|which|whose|so|of(?!\s(?:health|the\s(?:(?:relevant|local|appropriate|responsible)\s){0,2}(?:authority|council|board|department|trust))\b)|if|when|and|or|on|how|what"
    rf"|within|without|to|in|as|by|at|before|after|using|through|via|until|unless|because|only|whether|why|where|(?<!of\s)(?:the|an?|their|its|your|our|his|her|any|this|these|those)|{_HOW})\b)[\w’'-]++\s?)"
    r"{1,8})",
    re.IGNORECASE,
)
_OR_ANOTHER = re.compile(
    r"\s?(?:and/or|or|and)\s(?P<other>(?:(?!(?:about|that|who|which|whose|so|of|if|when|and|or|on|how|what|within|to|in|as|by|immediately|without)\b)"
    r"[\w’'()-]++\s?){1,8})(?=(?:about|that|of|if|when|on|how|what|within|immediately|without)\b|[.,;]|$)"
)

_AND_TO = re.compile(
    r"\s?(?:and|or)\s(?:also\s)?to\s(?:(?:the|an?|their|its|your|any|all|each)\s|(?=[A-Z]))(?:(?!(?:and|or|if|when|where|within|in|on|by|via|using|through|at|as|for|to|so|because|who|which|that)\b)[\w’'&-]++\s?){1,6}"
)
"""Others to whom it goes as well: "to the council and to the board", not "to the council and to improve care"."""
_ENUMERATED = re.compile(
    r"(?:,\s(?:the|an?|their|its|your)(?:\s(?!(?:and|or)\s)[\w’'&-]+){1,5}){1,6},?(?=\s(?:and|or)\s(?:the|an?|their|its|your)\s)"
)
"""Those between the first and the last of a row: "the office, the pharmacy and the board"."""
_FOR_WHAT = re.compile(
    r"\sfor\s(?:(?:the|an?)\s(?=[A-Z]))?(?P<what>(?:(?!(?:the|an?|its|their|your|this|these|each|every|once|using|through|via|by|within|without|before|after|in|if|when|and|or|on|as|at|to|be|for|upon|from|under|where"
    rf"|unless|so|because|further|{_HOW}|any|all)\b)[\w’'&-]++\s?){{1,5}})"
)
"""What stands behind "for", where it tells whose register or director it is and not why something goes there."""
_FOR_SOMETHING = re.compile(
    r"\b(?:registe?r(?:y|s|ies)?|databases?|datasets?|audits?|(?:[Dd]irector|[Ll]ead|[Mm]inister|State|[Oo]fficer|[Mm]anager|[Cc]oordinator|[Cc]hampion|[Gg]uardian|[Cc]entre|[Nn]etwork|[Uu]nit)s?)$"
)
"""Those whose name goes on behind "for"."""
_WHY = re.compile(
    r"\b(?:approval|agreement|information|review|consideration|comments?|advice|action|decisions?|signature|sign-off|authori[sz]ation|analysis|testing|checking|processing|assessment|investigation|audit|discussion"
    r"|ratification|inclusion|publication|payment|use|help|support|scrutiny|confirmation|verification|consent|guidance|resolution|logging|filing|storage|reporting|feedback|evaluation|validation|appraisal|learning"
    r"|monitoring|follow-up|response|reply|entry|upload|dissemination|circulation|disposal|examination|interpretation|reference|onward|archiving|recording)\b"
)
"""Why something goes to somebody."""
_AND_IF_SO = re.compile(r"\s?(?:and|or),\s(?:if|when|where)\s[^,;:]{3,80},\sto\s")
_BY_EACH = re.compile(r"\s?by\s[^,;:.]{3,80}?\sand\sto\s(?:[\w’'-]+\s){1,8}by\s")
_IF_SO = re.compile(r"\s(?:and|or),\s(?:if|when|where)\s[^,;:]{3,80},?$")
"""Where it goes to somebody else as well in some case, which no row of those tells: "to the board and, if it is grave, to"."""
_AT = re.compile(r"\sat\s(?:the\s)?(?:[A-Z][\w’'&-]+)(?:\s[A-Z][\w’'&-]+){0,4}")
"""Where those are to be found to whom it goes: "the pricing team at Waxco"."""
_IN_THEIRS = re.compile(
    r"\s?in\s(?:their|its|your)\s(?:[\w’'-]+\s){0,2}?(?:[Tt]rusts?|hospitals?|organi[sz]ations?|areas?|clinics?|practices?|departments?|services?|units?)\b(?!\s(?:about|of)\b)"
)
"""Where those are to be found who are told: "the heel leads in their trusts"."""
_CONTACT = re.compile(
    r",\s(?:by\s|on\s|at\s)?(?:tele)?phone(?:\snumber)?:?\s\+?\(?\d|,\s(?:e-?mail|fax)(?:\saddress)?:?\s\S+@"
)
"""The numbers at which those are reached to whom it goes: what is done ends before them."""
_IS_FIRST = re.compile(r"\sto:\s[^;.]{3,160};")
"""Where those are listed to whom it goes, each with what it is about: "to: the pricing team for prices; and the board for advice"."""
_ARTICLE = re.compile(r"(?:the|an?|their|its|your)\s")


def recipient_of(
    sentence: str, pieces: list[tuple[int, int]], recipient: tuple[int, int] | None
) -> tuple[tuple[int, int] | None, list[tuple[int, int]]]:
    """To whom, where the words tell; "to …" of a report leaves the action."""
    if recipient:
        return recipient, pieces
    for i, piece in enumerate(pieces):
        start, end = piece
        if told := _TELL.match(sentence, start, end):
            return _with_others(sentence, *trimmed(sentence, *told.span(1))), pieces
        verb = _REPORTING.search(sentence, start, min(end, start + 30))
        if i and not verb and _ASKED.search(sentence, *pieces[0]):
            verb = _DIRECTED.match(sentence, start, end)
        match = _RECIPIENT.search(sentence, verb.end(), end) if verb else None
        at = i
        if (
            verb and match is None and i + 1 < len(pieces)
        ):  # who does it stood between: "be sent by nurses to the board"
            at, (start, end) = i + 1, pieces[i + 1]
            match = _RECIPIENT.match(sentence, start - 1, end)
        if match and (_goes_to_others(sentence, start, match) or _IS_FIRST.match(sentence, match.start())):
            continue
        if match and not sentence.startswith(("–", "— "), match.end()):
            left, right = _with_those(sentence, *trimmed(sentence, *match.span(1)))
            behind = end if _CONTACT.match(sentence, right, end) else right
            split = [trimmed(sentence, start, match.start()), trimmed(sentence, behind, end)]
            return (left, right), [*pieces[:at], *split, *pieces[at + 1 :]]
    return None, pieces


def _goes_to_others(sentence: str, start: int, match: re.Match[str]) -> bool:
    """Whether it goes to others too, in some case or by somebody else, so that those who match are half of them."""
    if _AND_IF_SO.match(sentence, match.end(1)) or _BY_EACH.match(sentence, match.end(1)):
        return True
    return _IF_SO.search(sentence, start, match.start()) is not None


def _with_those(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Those to whom it goes, with the others that an article shows to be such: "the council and the board", not "and treated"."""
    if (for_what := _FOR_WHAT.match(sentence, end)) and _FOR_SOMETHING.search(sentence, start, end):
        end = end if _WHY.search(for_what["what"]) else trimmed(sentence, start, for_what.end())[1]
    if located := _AT.match(sentence, end):
        end = located.end()
    if too := _AND_TO.match(sentence, end):
        return trimmed(sentence, start, too.end())
    if enumerated := _ENUMERATED.match(sentence, end):
        end = enumerated.end()
    joined = _OR_ANOTHER.match(sentence, end)
    if enumerated and joined is None:
        return start, enumerated.start()
    if joined is None or not _ARTICLE.match(joined["other"]) or FINITE.search(joined["other"]):
        return start, end
    return trimmed(sentence, start, joined.end("other"))


def _with_others(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Those who are told, with the others joined to them: "their council or the local team of …", but not "or call 999"."""
    if theirs := _IN_THEIRS.match(sentence, end):
        end = theirs.end()
    joined = _OR_ANOTHER.match(sentence, end)
    if joined is None or starts_with_verb(joined["other"][:1].upper() + joined["other"][1:]):
        return start, end
    return trimmed(sentence, start, joined.end("other"))
