"""Where the words of a condition end, and which words only look like one."""

from __future__ import annotations

import re

from betony.nlp import vocabulary
from betony.nlp.clauses.signs import FINITE, RELATIVE, depth
from betony.nlp.looks import has_any
from betony.nlp.phrases import any_of
from betony.nlp.strength.verbatim import without_citation
from betony.nlp.strength.verbs import verb_set

_WORDS = vocabulary.read("recommendations")["conditions"]
_QUALITIES, _AIMS = any_of(_WORDS["qualities"]), any_of(_WORDS["aims"])
_NO_CONDITION = re.compile(
    rf"For\s(?:the\s|an?\s)?(?:{_QUALITIES}\s)*{_AIMS}\b(?:\s(?:of|in)\b|$)"
    r"|For\s(?:further\s|more\s|additional\s|an?\smore\sdetailed\s)?(?:details?|discussion|information|recommendations?|guidance|advice)\b"
    r"|At\s(?:a\s)?minimum\b|At\sleast\s(?:once|twice|(?:three|four|\d{1,2})\stimes|every|annually|weekly|monthly|daily|yearly)\b|At\s(?:regular|\d[\w-]*|\w+ly)\sintervals\b|In\s(?:the|our)\s(?:[\w-]+\s){0,2}[\w-]+['’]s?\s(?:view|opinion|judge?ment|experience)$|At\s(?:the\s)?present(?:\stime)?\b|At\sthe\s(?:\w+['’]s\s)?discretion\b|For\s(?:safety|example|instance)$"
    r"|In\sthe\s(?:meantime|final\sanalysis|past|literature|recent\b.*)$|In\s(?:some|the\smajority\sof)\s[\w-]+s$"
    r"|In\s(?:contrast|comparison)\sto\b|In\sdiscussion\swith\b|With\s(?:this|these)\s(?:in\smind|knowledge|information)$|With\sits\b"
    r"|With\s(?:the\s)?exception\sof\b|(?:if|when)\s(?:any|so)$|(?:if|when)\sany,|provided\sby\b"
)
"""What opens or closes a clause as a condition does, and tells what for, by what or how often."""
_UNTOLD = re.compile(r"(?:[Oo]nly\s)?(?:[Ii]f|[Ww]hen|[Uu]nless|[Oo]nce)(?:\s(?:the|an?|any|your|their|his|her)\s\w+)?")
"""What is left of a condition whose words stand elsewhere: "If", "if the symptoms"."""
_SUBORDINATE = re.compile(
    r"(?:\b(?:although|though|because(?!\sof)|whereas|so\sthat|meaning\sthat|instructions\sthat)\b|\bexcept\b)[^,;:.]*\s$",
    re.IGNORECASE,
)
"""What stands before a condition that is part of a clause within the sentence: "so that they can ring when they are ready"."""
_OF_ANOTHER = re.compile(r";\s$")
"""What stands before the condition of another clause: "talk to the patient; if they do not answer, ring"."""
_ASKED = re.compile(
    r"\b(?:ask|check|find\sout)\s(?:[\w’'-]++\s?){0,5}?(?:,\s[^,;:.]{2,60},\s|\s?\w+ly\s)$", re.IGNORECASE
)
"""What stands before an "if" that opens what is asked: "ask the person, at every visit," if they are well."""
_OF_ALTERNATIVE = re.compile(
    r"(?:^|[,:]\s)[^,;:]{15,},\sor\s(?!(?:for|in|to|with|from|who|whose|where|is|are|be|at)\b)(?:(?!(?:if|when|unless)\b)[^\s,;:]+\s){1,8}$"
)
"""What stands before the condition of a second course: "use a soft wax, or a balm" if wax is not at hand."""
_KNOWN_WHEN = re.compile(
    r"\b(?:recogni[sz]e[sd]?|appreciate|predict|anticipate|(?:needs?\sfor|compliance\swith)\s(?:[\w-]+\s){0,2}?[\w-]+|for\s(?:them|him|her)\sto\s[a-z]+|(?:whom?|how|where|what)\sthey\s(?:should|can|must|need\sto)\s[a-z]+(?:\s[a-z]+)?)\s$"
)
"""What stands before a condition that belongs to it alone: "recognise" when, "the need for advice" when, "groups for them to join" if they wish."""
_ABOVE_ALL = re.compile(r",\s(?:especially|particularly|in\sparticular)\s(?:for|in|with|among)\s[^,;:]{3,120}$")
"""For whom above all something is done, behind a condition of doing it at all."""
_INSERTED = re.compile(
    r"(?:if|when|where|unless)\s[^,;:.()]{3,60}(?=,\s(?:within|using|via|through|by|according\sto|in\s(?:line|accordance)\swith|as\spart\sof)\s(?!\w+ing\b)[^,;:]{3,120}$)"
)
"""A condition between commas, before where or by what it is done: "be sent to a clinic, if there is one, within the county"."""
_RISK_OF = re.compile(
    r"\b(?:inform|remind|advis|warn|tell|told|educat|counsel|instruct)(?:e|ed|ing)?\s[^;:.]{0,120}?\b(?:of|about|in)\s(?:(?:the|any|their|this|an?)\s)?(?:[\w-]+\s){0,3}?"
    r"(?:risks?|dangers?|hazards?|needs?|possibility|likelihood|consequences)\s(?:of|to|that|from)\s[^;:.]{2,120}\s$",
    re.IGNORECASE,
)
"""What stands before an "if" that is part of what is told: "inform patients of the risk of cracks" if wax is used daily."""
_FOR_THE_TELLING = re.compile(
    r"(?:if|when)\s(?:\w+ing\b|(?:they|he|she|he\sor\sshe|the\s\w+)\s(?:asks?|wants?|wish(?:es)?|agrees?|requests?|likes?|prefers?|is\sready|are\sready)\b)"
)
"""A condition of telling it all the same: "advise adults of the risk of falls" when offering wax, if they ask."""
_THAT_IS = re.compile(r";\s(?:that\sis|i\.e\.),?\s[^;]*$")
"""What stands before a condition of what is explained: "should be taught care; that is, to cover the heel" when walking."""
_BRIEF = re.compile(
    r"(?:[Ii]f|[Ww]hen|[Oo]nce|[Uu]nless)\s(?:\w+ly\s|not\s)?(?!(?:wo)?men\b|children\b)\w{2,}(?:ed|en|al|ive|ble|ous|ary|ate|ent|ant|own|ught|ling)(?=,)"
)
"""A condition without a verb, of an adjective or a participle: "If negative"."""
_FEASIBLE = re.compile(
    r"(?:if|when|whenever)\s(?:\w+ly\s)?(?:feasible|possible|practical|practicable|warranted)(?=\s(?:in|for|to)\s)"
)
"""A whole condition, before those in whom or what for it is done."""
_BEHIND_BRIEF = re.compile(r",\s(?!(?:or|and|but|if|when)\b)(?!(?:[\w-]+,\s){0,4}[\w-]+,?\s(?:and|or)\s[\w-]+$)")
"""A comma that ends a brief condition, and is none of a row: "when practical, safe and cheap"."""
_INSTRUCTS = re.compile(r"\s\(for\s[^(),]{2,40},\s(?:use|give|offer|consider)\b[^()]{1,120}\)$")
"""What is to be done for others, in brackets behind a condition."""
# Such patterns begin with the signs that all of their alternatives begin with: most places are left at the first look.
_THEN = re.compile(r"(?=[,\s])(?<!they)(?<!it)(?<!and)(?<!or),?\sthen(?:\s(?=[a-z])|$)")
"""Where what is done then begins."""
_DASHED = re.compile(
    r"(?=[,\s—–])(?:,\sas\swell\sas\s(?=the\s|any\s|their\s)|\s?[—–]\s?(?=not\b)|,?\sfollowed\sby\s|,?\sand,?\sat\s(?=the\slowest)|\sand,\sat\sleast\s"
    r"|,\s(?=(?:what|how|why|whether)\s)|,?\s(?:and|or)\s(?:within|after|at|by|in)\s[^,;]{2,30}?\sotherwise\b|,\sand\s(?:again|then)\s(?:at|after|before|every|on)\s|,\sin\swhich\scase\b|,\swhich\s(?:may|might|can|could|will)\s(?:hide|mask|delay|increase|reduce)\b|,?\sand\sin\sany\s(?:case|event)\b|,\s(?:after|following)\s(?:an?\s|(?:full|careful|open|further)\s){0,2}(?:discussion|consultation|agreement)\swith\s)"
)
"""Where another course, or how something is done, is told."""
_EVIDENCE = re.compile(
    r"(?=[,\s])(?:(?:,?\s(?:because|since|even\sthough|although)|,\sas)\s(?!of\b)(?=[^;]*\b(?:evidence|effectiveness|risks?|known|unknown|uncertain|improves?|increases?|shown|established|expensive|undetectable|benefits?)\b)|,\sdue\sto\s)"
)
"""Where a reason for the recommendation begins: "unless it is infected because there is no evidence"."""
_PURPOSE = re.compile(
    r"(?=[,\s])(?:,\sto\s(?!(?:an?|the|any|all|their|this|these|other|another)\s)(?=[a-z]+\s)|,?\sand\sto\s(?!(?:an?|the|any|all|their|this|these|other|another)\s)(?=[a-z]+\s)|\s(?=to\s(?:exclude|diagnose|reduce|determine|establish|minimi[sz]e|detect|rule\sout|ensure)\s))"
)
"""Where it begins what for something is done."""
_CARE = re.compile(r"\snot\sto\s(?=[a-z]+\s)")
"""What care is to be taken of: "take care when giving wax not to press"."""
_WANTS_TO = re.compile(
    r"\b(?:(?:un)?able|(?:im)?possible|necessary|need\w*|place|required|(?:un)?likely|wish\w*|want\w*|try|tries|trying|aim\w*|used|order|difficult|easy|fail\w*|expected|plan\w*"
    r"|intend\w*|(?:in)?sufficient|enough|(?:in)?adequate|(?:in)?appropriate|attempt\w*|deci\w+|how|whether|what|when|where|if|going|refus\w+|advised|asked|agree\w*|continue\w*"
    r"|start\w*|begin\w*|test\w*|treatment|surgery|time|way|method|due|like|have|has|had|is|are|be|ready|there|as|or|and|not)$"
)
"""What stands before a "to" that belongs to the condition: "when it is necessary to exclude"."""
_SECOND_DEED = re.compile(r",?\s(?:and|or|but)\s(?:(?:then|also|(?!family)\w+ly)\s)?(?P<verb>[a-z]+)(?=\s)(?!\sthat\b)")
"""Where a second deed may begin."""
_DONE_IF = re.compile(
    r"(?=[,\s])(?:,?\s(?:and|but)\s(?:then\s)?[a-z]+ed\s(?=(?:only\s)?if\s)|,\sor\s(?:within|after|at|by)\s[^,;]{2,30}?\s(?=(?:if|when)\s)|\sand\sfor\s[^,;]{2,30}?\s(?=if\s))"
)
"""What else is done, on another condition: "if it exceeds 92% but increased if it falls"."""
_SECOND_NORM = re.compile(
    r"(?=[,\s])(?:,?\sand\s(?=(?:an?|the|that)\s[^,;]{2,80}?\s(?:should|must)\s)|,\sand\sthat\s|,\swhen\s(?=[^,;]*\b(?:should|must)\b)|\swhen\s(?=[\w-]+\s(?:should|must)\s))"
)
"""Where a second clause begins that says what should be done."""
_GERUND = re.compile(r"(?:[Ww]hen(?:ever)?|[Bb]efore|[Aa]fter|[Ww]hile|[Ii]f)\s(?!being\b)\w+ing\s")
"""A condition that tells what somebody is doing, and has no verb that a second could join."""
_STATE = re.compile(r"\b(?:is|are|was|were|been|be)\s(?!able\b|willing\b|expected\b|likely\b|going\b)[\w-]+\b")
"""A condition's own verb, which no second deed can join: "if sedation is needed"."""
_MAY_DO = re.compile(
    r"\b(?:to|can|cannot|may|might|could|would|should|must|do|does|did|not|who|that|which|they|we|you|people|patients|children|adults|parents|carers)\s(?:\w+ly\s)?(?!(?:is|are|was|were|have|has|had)\b)[a-z]+\b[^,;]*$"
)
"""What stands before a second verb of the condition's own: "if they can stop and start"."""
_MAIN = re.compile(
    r",\s(?!(?:or|and|but|if|when|unless|where|who|which|that|whose|with|without|including|such|especially|particularly|for|in|on|at|of|by|either|both|as|not|then)\b)"
)
"""A comma behind which a main clause may begin."""
_WILL = re.compile(
    r"(?:[\w()/’'-]+\s){0,9}?(?:should|would|must|will|may|might|can|could)(?:\s|$)|(?:it|this|there|they|these|he|she)\s(?:is|are|was|were)\b"
)
"""The main clause behind a condition, by its verb."""
_LISTED = re.compile(r"\bto\s[a-z]+\s[^;:]*$")
"""An infinitive that others may follow: "in order to maintain posture, assist"."""
_ONE_MORE = re.compile(r",\s(?:or|and)\s(?:in|for|with)\b[^,]*$")
"""A further case behind a comma, whose verb is still to come: "or in older people, there is"."""
_GOES_ON = re.compile(r",\s(?:or|and)\s(?:if|when|unless)\b")
"""A further condition behind the clause."""
_WHOLE_ROW = re.compile(r"(?:an?|the|further)\s[^,;]{2,120},\s(?:together|along|including|such|followed|as\swell)\b")
"""A subject that is a row of things, and no more of the condition."""
_SUBJECT_ROW = re.compile(
    r"(?:(?!\b(?:who|which|that|whose|whom|where|when|if|unless|whether|how|what)\b)[^,;:.()]){2,60}(?:,\s[^,;:.()]{2,60}){0,3},?\s(?:or|and)\s(?:(?!\b(?:who|which|that|whose|whom|where|when|if|unless|whether|how|what|they|it)\b)[^,;:.()]){2,60}?\s(?:is|are|was|were|has|have)\s"
)
"""The rest of a row that is the subject of a condition, up to its verb: "if cracks found at home, contact points or new shoes are"."""
_ROW_OF_STATES = re.compile(r"[a-z]+(?:,\s[a-z]+){0,3},?\s(?:and|or)\s[a-z-]+")
"""The rest of a row of adjectives, one of them a verb as well: "once the heel is dry, clean and warm"."""
_ELSE = re.compile(r"\b(?:who|which|that|whose|whom|where|if|when|or|and)\b")
"""What shows that a verb is of a clause within, or of a row of conditions."""
_DEEDS = frozenset(_WORDS["deeds"])
_CLAUSES = ("If ", "When", "Once ", "Unless ", "if ", "when", "once ", "unless ", "only if ", "only when ", "Where ")
"""How a condition begins that has a clause of its own."""
_LAST_WORD = re.compile(r"\s(?P<word>[a-z]+)$")
_THERE_IS = re.compile(r"(?<=ed)\s(?=there\s(?:is|are)\s)")
"""Where a main clause begins that no comma parts from its condition."""
_SUBJECT_AND_MODAL = re.compile(
    r"\s(?:all\s|the\s|your\s|an?\s)?(?P<subject>[a-z]+(?:\s[a-z]+)?)\s(?:should|must|can)$"
)
"""The subject of a list's lead that no comma parts from the condition: "when assessing people all staff should:"."""
_MODALS = ("should", "must", "can")
"""What such a lead ends in."""


_TOLD_BEHIND = re.compile(
    r"(?:take\s(?:in)?to\saccount|be\saware|recogni[sz]e|remember|note|bear\sin\smind|explain|acknowledge|ensure|make\ssure)\s$",
    re.IGNORECASE,
)
"""Verbs that a "that" belongs to, also behind a condition: "take into account when choosing wax that"."""


def settled(condition: str, sentence: str) -> str | None:
    """The condition as far as it goes, of those that the sentence sets, a line each; None where it sets none."""
    kept = [end for line in condition.split("\n") if (end := _line(line, sentence))]
    return "\n".join(kept) or None


def _line(line: str, sentence: str) -> str | None:
    if (
        _NO_CONDITION.match(line)
        or (line.startswith(("if ", "when ")) and line.endswith((", and why", ", and how", " and why")))
        or _is_untold(line, sentence)
        or _is_subordinate(line, sentence)
        or _leads_on(line, sentence)
    ):
        return None
    line = _ABOVE_ALL.sub("", _INSTRUCTS.sub("", without_citation(line)))
    if (inserted := _INSERTED.match(line)) and f", {line}" in sentence:
        line = inserted.group()
    if _GERUND.match(line) and " that " in line and _TOLD_BEHIND.search(sentence[: max(sentence.find(line), 0)]):
        line = line.partition(" that ")[0]
    for shorter in (_without_main_clause, _without_deeds, _without_reasons):
        line = shorter(line)
    return line


def _is_untold(line: str, sentence: str) -> bool:
    """Whether the words only open a condition, and no list behind them tells it."""
    return _UNTOLD.fullmatch(line) is not None and not sentence.rstrip().endswith(f"{line}:")


def _leads_on(line: str, sentence: str) -> bool:
    """Whether the sentence only says where to look: "For other interventions, refer to"."""
    _, _, behind = sentence.partition(line)
    return line.startswith("For ") and behind.startswith((", refer to ", ", see ", " refer to ", " see "))


def _is_subordinate(line: str, sentence: str) -> bool:
    at = sentence.find(f" {line}") + 1
    return at > 0 and (
        _OF_ANOTHER.search(sentence, 0, at) is not None
        or sentence.endswith((", for example ", ", such as ", "(for example "), 0, at)
        or (line.startswith("when ") and sentence.endswith(", or ", 0, at))
        or (line.startswith("if ") and _ASKED.search(sentence, 0, at) is not None)
        or (
            line.startswith(("if ", "when "))
            and line.count(" ") > 1
            and _OF_ALTERNATIVE.search(sentence[:at]) is not None
        )
        or _SUBORDINATE.search(sentence, 0, at) is not None
        or _KNOWN_WHEN.search(sentence, 0, at) is not None
        or (
            line.startswith(("if ", "when "))
            and (
                _is_of_a_risk(line, sentence, at) or ("; " in sentence and _THAT_IS.search(sentence, 0, at) is not None)
            )
        )
    )


def _is_of_a_risk(line: str, sentence: str, at: int) -> bool:
    """Whether the condition at sentence[at:] says when what somebody is told of comes about, or is needed."""
    return _RISK_OF.search(sentence, 0, at) is not None and _FOR_THE_TELLING.match(line) is None


def _without_main_clause(line: str) -> str:
    """The condition without the clause that goes on behind it: "if used together, monitor for bleeding"."""
    if not line.startswith(_CLAUSES):
        return line
    if (feasible := _FEASIBLE.match(line)) is not None:
        return feasible.group()
    if (brief := _BRIEF.match(line)) and _BEHIND_BRIEF.match(line, brief.end()):
        return brief.group()
    if (then := _THEN.search(line)) and depth(line, 0, then.start()) == 0:
        return line[: then.start()]
    for comma in _MAIN.finditer(line):
        if depth(line, 0, comma.start()) == 0 and _is_main(line, comma):
            return line[: comma.start()]
    if (last := _LAST_WORD.search(line)) and last["word"] in _DEEDS and FINITE.search(line, 0, last.start()):
        return line[: last.start()] if not _MAY_DO.search(line[: last.end()] + " x") else line
    if (there := _THERE_IS.search(line)) and FINITE.search(line, 0, there.start()):
        return line[: there.start()]
    if line.endswith(_MODALS) and (norm := _SUBJECT_AND_MODAL.search(line)):
        return line[: norm.start()]
    return line


def _is_main(line: str, comma: re.Match[str]) -> bool:
    before, behind = line[: comma.start()], line[comma.end() :]
    first, _, rest = behind.partition(" ")
    if behind.startswith("take into account "):
        return True
    if _ROW_OF_STATES.fullmatch(behind) and FINITE.search(before):
        return False
    if first in verb_set() and rest:
        if line.startswith(("If ", "if ")) and _SUBJECT_ROW.match(behind) and not FINITE.search(before):
            return False
        return not (FINITE.match(behind) or _LISTED.search(before) or before.rpartition(" ")[2] in verb_set())
    if _WHOLE_ROW.match(behind):
        return True
    will = _WILL.match(behind)
    return (
        will is not None
        and _ELSE.search(will.group()) is None
        and RELATIVE.search(before[-20:]) is None
        and _ONE_MORE.search(before) is None
        and not (behind.startswith("there ") and _GOES_ON.search(behind))
    )


def _without_deeds(line: str) -> str:
    """The condition without what is to be done besides: "when assessing a child and closely monitor them"."""
    for second in (_SECOND_NORM, _DONE_IF):
        if (match := second.search(line)) and depth(line, 0, match.start()) == 0:
            line = line[: match.start()]
    for deed in _SECOND_DEED.finditer(line):
        before = line[: deed.start()]
        if (
            deed["verb"] in _DEEDS
            and not before.endswith(",")
            and depth(before, 0, len(before)) == 0
            and (_GERUND.match(before) or _STATE.search(before))
            and not _MAY_DO.search(line[: deed.end()])
        ):
            return before
    return line


def _without_reasons(line: str) -> str:
    """The condition without why and what for the recommendation is made."""
    if _GERUND.match(line) and (care := _CARE.search(line)):
        line = line[: care.start()]
    if dashed := _DASHED.search(line):
        line = line[: dashed.start()]
    if not has_any(line, ("because", "since", "though", " as ", " to ")):
        return line
    if (reason := _EVIDENCE.search(line)) and depth(line, 0, reason.start()) == 0:
        line = line[: reason.start()]
    for purpose in _PURPOSE.finditer(line):
        before = line[: purpose.start()]
        if line.startswith("When ") and purpose.group() == " " and _GERUND.match(line):
            continue  # what they do it for who are spoken of: "When using scales to determine dryness, nurses should"
        if depth(before, 0, len(before)) == 0 and " " in before and not _WANTS_TO.search(before):
            return before
    return line
