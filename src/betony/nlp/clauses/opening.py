"""What a clause opens with before its subject: connectives, asides and conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from betony.nlp import actors
from betony.nlp.clauses.signs import AS_IT_MAY_BE, FINITE, RELATIVE, between_adjectives, depth
from betony.nlp.phrases import any_of

_LINKS = (
    r"Every (?:\d{1,2} |two |three |six |other )?(?:days?|weeks?|months?|years?|hours?)(?=,| (?:an?|the|all|each|your|their|staff|nurses|clinicians)\b)", "However", "Until then", "Therefore", "Thus", "Hence", "Consequently", "Accordingly", "Also", "Then", "And", "But", "So", "This means that",
    "It means that", "Strong evidence supports that", "Moderate evidence supports that", "Limited evidence supports that", r"In all (?:areas|cases|regions|settings)(?! (?:of|in|where|when|with|that|for|and|or)\b)", r"In (?:England|Scotland|Wales|Northern Ireland|Ireland|the UK|the United Kingdom|the United States)(?= (?!(?:and|or|is|are|was|were|as|by|it|this|these|the|there|has|have|if|when|where|unless|who|to|during|at|before|after|from|under|in|on|for|with|until|since|between)\b)[a-z])", r"It is (?:\w+ )?(?:important|essential|vital|recommended|imperative|crucial) that",
)  # fmt: skip
_ASIDES = (
    "In contrast", "By contrast", "At the same time", "On the other hand", "Furthermore", "Moreover", "Additionally", "Finally", "In addition", "In general", "In particular", "In principle", "In theory", "In effect", "In other words", "In summary", "In conclusion",
    "For example", "For instance", "As a result", "At present", "Ideally", "Generally", "Nevertheless", "Nonetheless", "Even so", "That said", "Similarly", "Likewise",
    "Instead", "Overall", "First", "Second", "Third", "Lastly", "Typically", "Usually", "Specifically", "By law",
    "In practice", "In most cases", "In some cases", "In rare cases", "On balance", "Equally", "Conversely",
    "Alternatively", "Importantly", "Otherwise", "Note", "In any case", "In any event", "In either case", "Out of hours", "In consequence", "In fact", "In short", "At a minimum", "As a minimum", "In the final analysis", "With this in mind", "With this knowledge",
)  # fmt: skip
CONNECTIVE = re.compile(rf"(?:{any_of(_LINKS)}\b(?:,\s*|\s+(?![a-zA-Z]+,))|{any_of((*_ASIDES, *_LINKS))},\s*)+")
AFTER_SO_LONG = r"More than (?:an?|one|two|three|\d{1,3}) \w+ (?:after|before|from)"
"""How a clause opens that tells after how long: "More than 2 years after surgery"."""
ON_AN_EVENT = r"On (?:admission|discharge|arrival|referral|relapse|recurrence|presentation|diagnosis|transfer|release|the (?:day|morning|evening|night) (?:of|before|after))"
"""How a clause opens that tells on what occasion, unlike "on balance"."""
_OPENERS = (
    "If", "Should", "When(?:ever)?", "Where(?:ver)?", "Once", r"The (?:first|next|last) time (?:you|they|people|patients|an?)", "Before", "After", "During", "Until", "Unless", "While",
    "Whilst", "As soon as", "As long as", "In the event", "In case", "Following", "Prior to", "Upon", "On",
    "For", "In", "At", "Among", "With", "Without", "Given", "Because", "Since", "Although", "Though",
    "Despite", "To", "By", "Under", "As", "Except", "Within", "From", "Depending", "Based", "According",
    "Due", r"No(?:t)? (?:later|more|less|earlier|sooner|longer) than", "Even", r"Only(?! (?:people|patients|adults|children|women|men|those|staff|clinicians|\w+s who|[a-z]+s(?: (?:in|with|of|on|for|trained)\b[^,;:]{3,80})?, or)\b)", "Provided", r"Providing (?:that |there |no |it |they )", "Regardless", "Rather", "Unlike", "Through", "Throughout", "Owing",
    "Considering", "Alongside", "Together with", "Along with", "Besides", "Across", "Beyond", "Building on", AFTER_SO_LONG,
)  # fmt: skip
OPENER = re.compile(any_of(_OPENERS) + r"\b")
NO_CONDITION_IN = r"(?!\s(?:addition|order|line|accordance|keeping|conclusion|summary|collaboration|partnership|conjunction|consultation|terms|relation|regard|respect|view(?=\sof\s(?:the|this|these|its|their)\s)|light|spite)\b)"
"""Behind "in": what tells why or by what, and not when."""
NO_CONDITION_FOR = r"(?!\s(?:this|these|that|those|such)\s(?:\w+\s)?(?:reason|purpose)s?\b|\sthe\s(?:prevention|purposes?|reasons?|(?:best|most\s\w+|safest)\s(?:\w+\s)?(?:results?|outcomes?|effects?))\b|\s(?:best|lasting|optimal|maximum|better|greater)\s\w+(?=,|$))"
"""Behind "for": why or what for."""
_CONDITIONS = (
    "If", "Should", "When(?:ever)?", "Where(?:ver)?", "Once", r"The (?:first|next|last) time (?:you|they|people|patients|an?)", "Before", "After", "During", "Until", "Unless", "While",
    "Whilst", "As soon as", "As long as", "In the event", "In case", "Following", "Prior to", "Upon",
    rf"For{NO_CONDITION_FOR}", rf"In{NO_CONDITION_IN}", "At", "Among", r"With(?! (?:regard|respect|reference)s? to\b)", "Without", "Even if", "Only (?:if|when)", "Provided", r"Providing (?:that |there |no |it |they )",
    ON_AN_EVENT, r"No(?:t)? (?:later|more|less|earlier|sooner|longer) than", "Under", "Within", "Throughout", AFTER_SO_LONG,
)  # fmt: skip
_CONDITION = re.compile(any_of(_CONDITIONS) + r"\b")
CONCEDES = re.compile(
    r"(?:While|Whilst)\s(?:there\s(?:is|are)\b|[^,;]{1,120}?\s(?:may|might)\b|(?:most|many|some|no|other|evidence|data)\b"
    r"|(?!(?:the\s|an?\s|your\s|any\s)?(?:[\w-]+\s)?(?:\w+ing|person|patient|child|woman|man|baby|infant|mother|people|patients|children|women|men|adults|residents|they|you|he|she|it|treatment|therapy|surgery|care)\b)"
    r"[^,;]{3,160}?\s(?:is|are|was|were|has|have|highlights?|suggests?|shows?|supports?|indicates?|remains?)\s)",
    re.IGNORECASE,
)
"""What a clause admits that opens with "while", unlike one that says when: "While cracks may be old, see to new ones"."""
_LAST_TWO = re.compile(
    r"\s(?!(?:including|such|especially|particularly|for|if|when|as|in|to|the|whether|both|either|with|without|who|which|and|or|at|on|by|after|before)\b)(?![^,;:]{0,60}\sbetween\s)[^,;:]{2,60}\s(?:or|and)\s[^,;:]{2,60}"
)
"""The last two of a row."""
_WITH_OR_WITHOUT = re.compile(r"\swith\sor\swithout\s[^,;:]{2,60}")
_NO_SUBJECT = re.compile(
    r"\s(?:with|without|including|such|especially|particularly|for|if|when|in|at|on|by|ideally|preferably|usually|together|alone|which|who|whose|and|or|as|using|after|before|even|not|both|rather|regardless|also|either)\b"
)
"""What begins no subject behind a row: "in adults, wax or balm, ideally together, should"."""
_HAVING = re.compile(
    r"\b(?:with|of|having|taking|receiving|undergoing|from|who\s(?:have|has|had|take|use|need))\s[^,;:]+$"
)
"""What stands before the first of a row that people have, get or come from."""
_BETWEEN = re.compile(r"\sbetween\s[^,]+$")
"""What opens a row that no comma of it ends: "talks between nurses, cooks, and"."""
_INCLUDED = re.compile(
    r",\sincluding\s(?!(?:those|people|patients|adults|children|women|men|anyone|when|if|where|by|in|for|on|at|to)\b)[^,;:]{3,120}(?=,\s)"
)
"""What belongs to the words before it, between their comma and the next: "At the first visit, including walk-ins, adults should"."""
_EXAMPLES = (" such as ", " for example ")
"""What stands behind a comma in a subject that nothing parts from the opening: "In adults with fever a score, such as X, should"."""
_THEN_A_TOOL = re.compile(
    r"[a-z](?<!\swith)(?<!\sof)(?<!\sin)(?<!\sfor)(?<!\sas)(?<!\sthan)(?<!\shave)(?<!\shas)(?<!\sto)(?<!\sby)(?<!\son)(?<!\sor)(?<!\sand)\san?\s(?:[\w-]+\s){0,2}[\w-]+$"
)
_ASIDE = re.compile(
    r",\s(?:who|which|whose|whom|often|usually|normally|ideally|preferably|typically|including|such\sas|together\swith|along\swith|as\swell\sas|using|or\s(?:an?|the|their|any)|supported\sby|whether)\s"
)
"""How that begins which is told aside before the verb: "To help, the nurse, who knows them, should"."""
_AND_IF = re.compile(rf"(?:(?<=\sand)|(?<=\sor)){AS_IT_MAY_BE}")
_ANOTHER_CLAUSE = re.compile(r",\s(?:but|yet)\s")
"""What joins a second clause to one that opens like a condition: "For most no change is needed, but those"."""
_PROVISO = re.compile(
    r"(?:\s|,)and,?\s(?P<condition>provided\s(?:that\s)?(?!(?:by|to|with|in|for)\b)[^;:]{3,200}?),\s[^,;:]{2,120}$"
)
_RATHER = re.compile(r",\s(?:rather\sthan|instead\sof)\s\w+ing\b")
"""What is not to be done, told behind a condition: "Where there is doubt, rather than waiting, advice should"."""
_COMMA_OR_BRACKET = re.compile(r"[,()\[\]]")
_PREPOSITION = re.compile(r"(?:For|In|At|On|During|Among|With|Without|Under|Within)\b", re.IGNORECASE)


def opening(sentence: str, start: int, end: int) -> tuple[tuple[int, int] | None, int]:
    """What a clause opens with before its subject: the condition, if one is told, and where the subject starts.

    Looks at sentence[start:end], the words up to the modal; connectives and the comma belong to neither.
    """
    at = start
    if match := CONNECTIVE.match(sentence, at, end):
        at = match.end()
    if not OPENER.match(sentence, at, end):
        return None, at
    comma = _last_comma(sentence, at, end)
    if comma is None or _ANOTHER_CLAUSE.match(sentence, comma, end):
        return None, at
    conditional = _CONDITION.match(sentence, at, comma) and not CONCEDES.match(sentence, at, comma)
    rather = _RATHER.search(sentence, at, comma)
    told = rather.start() if rather else _before_main_clause(sentence, at, comma, end)
    condition = (at, told) if conditional and not _is_over(sentence, at, comma) else None
    at = comma + 1
    while at < end and sentence[at].isspace():
        at += 1
    if match := CONNECTIVE.match(sentence[at:end]):
        at += match.end()
    if condition and _BY_LAW.match(sentence, *condition) and _CONDITION.match(sentence, at, end):
        further, behind = opening(sentence, at, end)
        return ((condition[0], further[1]), behind) if further else (condition, at)
    return condition, at


_AND_YOU = re.compile(r",\s(?:and|so)\s(?:therefore\s|so\s)?(?:you|they|he|she|it|we)$")
"""The subject of a second main clause: "If you smoke, you are at risk, and you are advised"."""
_SUBJECT_AND_VERB = re.compile(r",\s(?=(?:you|they|he|she|it|we)\s(?:is|are|has|have|may|can|might|will)\b)")


def _before_main_clause(sentence: str, start: int, comma: int, end: int) -> int:
    """Where the condition ends: at the comma, or before a first main clause that stands between it and the clause at the comma."""
    if not _AND_YOU.fullmatch(sentence[comma:end].rstrip()):
        return comma
    first = _SUBJECT_AND_VERB.search(sentence, start, comma)
    return first.start() if first else comma


_BY_LAW = re.compile(r"Under\s(?:[Ss]ection|[Rr]egulation|[Aa]rticle|[Pp]aragraph|the\s)")
"""An opening behind which a condition of its own may stand: "Under regulation 6, if it is hot, staff must"."""


def proviso(sentence: str, end: int) -> tuple[int, int] | None:
    """The proviso between an earlier clause and the one that sentence[:end] ends in: "the evidence is adequate and, provided
    that patients are warned, this procedure"."""
    found = _PROVISO.search(sentence, 0, end) if "provided" in sentence else None
    return found.span("condition") if found else None


def _is_over(sentence: str, start: int, end: int) -> bool:
    """Whether a semicolon ends what opens sentence[start:end], so that another clause stands behind it."""
    stop = sentence.find(";", start, end)
    return stop >= 0 and depth(sentence, start, stop) == 0


def _commas(sentence: str, start: int, end: int) -> Iterator[int]:
    """Where commas stand outside brackets, in one pass: a sentence may have thousands."""
    opened = 0
    for match in _COMMA_OR_BRACKET.finditer(sentence, start, end):
        sign = match.group()
        if sign == ",":
            if opened == 0:
                yield match.start()
        else:
            opened += 1 if sign in "([" else -1


def _last_comma(sentence: str, start: int, end: int) -> int | None:
    """The comma that ends the opening clause: the last, unless what follows it belongs to a list of actors."""
    commas = list(_commas(sentence, start, end))
    if len(commas) > 1:  # an aside stands between two
        asides = [match.span() for match in _AND_IF.finditer(sentence, start, end)]
        commas = [i for i in commas if not any(begin <= i < stop for begin, stop in asides)] if asides else commas
    if commas and sentence.startswith(_EXAMPLES, commas[0] + 1) and _THEN_A_TOOL.search(sentence, start, commas[0]):
        return None
    commas = [
        i
        for i in commas
        if i == commas[-1] or not between_adjectives(sentence[max(start, i - 50) : i], sentence, i + 1)
    ]
    if len(commas) > 2 and not sentence[commas[-1] + 1 : end].strip() and _ASIDE.match(sentence, commas[-2]):
        commas = commas[:-2]
    if not commas:
        return None
    if then := next((i for i in commas if sentence.startswith(" then ", i + 1)), None):
        return then
    if re.match(r"\s*(?:and|or|but|so)\s", sentence[commas[-1] + 1 : end]) and not actors.kinds(
        sentence[commas[-1] + 1 : end].strip()[3:]
    ):
        return commas[0]
    if len(commas) > 1 and (included := _INCLUDED.match(sentence, commas[0])) and included.end() == commas[-1]:
        return included.end()
    if len(commas) > 1 and _BETWEEN.search(sentence, commas[0], commas[1]):
        return commas[0]
    if _PREPOSITION.match(sentence, start) and len(commas) > 1 and _ends_row(sentence, commas[0], commas[1], end):
        return commas[1]
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


def _ends_row(sentence: str, first: int, second: int, end: int) -> bool:
    """Whether a row of groups, or of what people have, ends between two commas: "with gout, stones or a single kidney, clinicians"."""
    between, behind = sentence[first + 1 : second], sentence[second + 1 : end]
    if _WITH_OR_WITHOUT.fullmatch(between):
        return True
    if (
        _LAST_TWO.fullmatch(between) is None
        or FINITE.search(RELATIVE.split(between, 1)[0])
        or _NO_SUBJECT.match(behind)
    ):
        return False
    kinds = actors.kinds(between.strip())
    return kinds == ("patient",) or (
        not kinds and (bool(actors.kinds(behind.strip())) or _HAVING.search(sentence, 0, first) is not None)
    )


def _is_bare(words: str) -> bool:
    return len(words.split()) <= 4 and not FINITE.search(words)
