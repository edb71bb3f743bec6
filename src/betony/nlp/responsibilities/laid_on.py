"""Duties that a law or a public body lays on others: "The Act requires trusts to", "NICE expects clinicians to"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from betony.nlp import actors, vocabulary
from betony.nlp.clauses.opening import opening
from betony.nlp.clauses.trailing import trailing
from betony.nlp.responsibilities.duty import Duty
from betony.nlp.responsibilities.spans import before_light, trimmed
from betony.nlp.strength.verbs import verb_set
from betony.text import squeeze

_EXPECTS = re.compile(
    r"\b(?P<who>[A-Z]\w+)\s+(?P<term>expects\s+(?:that\s+)?)(?=\w)(?![^.;]{3,100}?\swill\s(?:not\s)?be\s(?:needed|required|necessary)\b)"
)
"""What the publisher wants done, and not what it believes will come."""
_SOMEBODY_TO = re.compile(r"(?P<actor>[^,;:.]{3,100}?)\sto(?:\s(?=[a-z])|(?=:$))")
_EXPECTED = re.compile(
    r"(?P<term>It\sis\s(?:also\s)?expected\sthat)\s(?P<actor>[^,;:.]{3,100}?)\s(?:would|will|should)\s(?!be\b)(?:need\sto\s)?(?=[a-z])"
)
_REQUIRES = re.compile(
    r"(?P<law>[^,;]{3,240}?)\s{1,3}(?P<term>requires?)\s{1,3}(?:(?P<actor>(?!that\b)[^;.]{3,240}?)(?<!\brespect)(?<!\bregard)\s{1,3}to(?:\s{1,3}(?=\w)|(?=:$))"
    r"|(?P<that>that\s{1,3})(?=\w))"
)
_DIRECTED = re.compile(
    r"(?:The\s)?(?:Secretary\sof\sState|(?:Assembly\s)?Ministers?|Welsh\sMinisters|Welsh\s(?:Assembly\s)?Government|Department\sof\sHealth)(?:\sfor\s[A-Z][^,;.]{3,60}?)?\s"
    r"(?P<term>(?:has|have)\sdirected\sthat)\s(?=\w)"
)
"""Who lays a duty on others by a direction: "The Secretary of State has directed that the NHS provides"."""
_OPENED = (
    r"(?:(?:Given|Considering|In\s(?:view|light)\sof|Following|In\saddition|Therefore|However)\b[^;:.]{0,240}?,\s)?"
)
_ADVISES = re.compile(
    rf"{_OPENED}(?P<body>[^,;:.]{{2,120}}?)\s(?:(?:also|now|strongly)\s)?(?P<term>advises|is\sadvising|urges|asks|encourages|calls\s(?:up)?on|reminds|has\s(?:urged|asked|called\s(?:up)?on))\s(?P<actor>(?!that\b)(?:(?!\sabout\s(?:(?:what|how|whether|which)\b|[^,;:.]{{3,80}}\sand\s\w+s\sthem\b))[^,;:.]){{3,100}}?),?\s(?P<not>not\s)?to(?:\s(?=[a-z])|(?=:$))"
)
"""What a public body wants those to do whom it names: "The MHRA asks prescribers to"."""
_ADVISES_THAT = re.compile(
    rf"{_OPENED}(?P<body>[^,;:.]{{2,120}}?)\s(?:(?:also|now|strongly)\s)?(?P<term>(?:advises|urges|asks|requests)\sthat)\s(?=\w)"
)
"""The same in a clause of its own: "WHO advises that travellers avoid"."""
_RECOMMENDS_THAT = re.compile(
    rf"{_OPENED}(?P<body>[^,;:.]{{2,120}}?)\s(?:(?:also|now|strongly)\s)?(?P<term>recommends\sthat)\s(?=(?:(?:all|affected|other)\s)?(?:Member\s[Ss]tates|[Cc]ountries|[Gg]overnments|(?:national|local|health|public\shealth)\sauthorities|[Mm]inistries)\b)"
)
"""What a public body recommends to those who govern, and what is no treatment: "PAHO recommends that Member States continue"."""
_GOES_ON = re.compile(r",\s(?:and|but)\s(?:\w+\s){0,3}?(?:does|should|must|recommends?|that|will|is|are)\b")
"""What more is told behind a comma, by another verb: "maintain a count, and does not recommend"."""
_REMINDED = re.compile(r"\s(?:of|that)\s")
"""What those are reminded of, or that something is so: "reminds employers of their duty to"."""
_ACT = re.compile(
    r"(?:stop|avoid|check|use|consider|ensure|refrain|offer|seek|monitor|review|follow|test|wear|continue|discuss|inform|consult|start|switch|refer|limit|keep)\b(?!\sof\b)"
)
"""What somebody is advised to do, and what nobody is said to do anyhow, as "have", "take" and "report" may be."""
_NO_SUBJECT = re.compile(r"\b(?:who|that|if|when|where|not|no|most|some|few|many|should)\b")
"""What the words before such a verb hold that name more than those who act, or fewer."""
_OTHERS_TO = re.compile(r"\s(?:and|or|but)\s(?P<who>[\w\s-]{3,40}?)\s(?:not\s)?to\s")
"""Others who are asked as well, so that what the first are to do may stand behind them: "nurses to order and patients to take"."""
_BODIES = frozenset({"regulator", "publisher"})
_NAMED = re.compile(
    r"(?:[Tt]he\s)?(?:[A-Z]{3,8}(?:/[A-Z]{2,8})?|[A-Z][^,;:.()]{5,100}\s\([A-Z]{2,8}(?:\s?/\s?[A-Z]{2,8})?\)|Public\sHealth\s[A-Z]\w+|NHS\s(?:England|Wales|Scotland)|Department\sof\sHealth(?:\sand\sSocial\sCare)?)"
)
"""A body that goes by its short form, or by its name."""
_OF_A_BODY = re.compile(
    r"(?:[Tt]he\s)?(?:[A-Z]{3,8}(?:/[A-Z]{2,8})?)\s(?:guidance|guidelines?|framework|strategy|resolution)\b[^,;:.]*"
)
"""What a body has laid down: "The ECDC guidance for the care of heels"."""
_NO_BODY = re.compile(
    r"\b(?:Questionnaire|Scale|Tool|Score|Index|Test|[Tt]herapy|prevention|messaging|vaccine|Inventory|Checklist)\b"
)
"""What has a short form and tells nobody what to do."""
_OF_A_DATE = re.compile(r"(?:\s(?:in|of|on)\s(?:\d{1,2}\s)?(?:[A-Z][a-z]{2,8}\s)?(?:19|20)\d\d)?(?:\s(?:that|which))?$")
"""What stands between a law and "requires": "issued a direction in October 2030 that"."""
_NUMBERED = re.compile(r"\b(?:[Ss]tandard|[Pp]rinciple|[Rr]ule|[Ss]ection|[Aa]rticle)\s[A-Z]?\d[\w.()]{0,8}$")
"""A part of what is laid down that its number tells from any other standard or principle."""


_SHORT_FORM = re.compile(r"[A-Z]{4,8}")
"""A law that goes by its short form alone: "COSHH requires you to"."""
_BOUND = re.compile(
    r"(?:all\s|the\s)?(?:you|(?:[\w-]+\s)?(?:employers?|businesses|companies|dutyholders|duty\sholders|manufacturers|suppliers|importers|owners|landlords|contractors))\b",
    re.IGNORECASE,
)
"""Whom laws bind by such names; what else has a short form, as an illness has, "requires" something of others."""


def laid_on(sentence: str, end: int) -> Iterator[Duty]:
    """The duties that sentence[:end] says a law or a public body lays on those whom it names."""
    if (match := _EXPECTS.search(sentence)) and "publisher" in actors.kinds(match["who"]):
        condition, _ = opening(sentence, 0, match.start())
        named = _SOMEBODY_TO.match(sentence, match.end(), end)
        who = named.span("actor") if named and actors.kinds(named["actor"]) else None
        action = (named.end(), end) if named and who else (match.end(), end)
        yield Duty("expected", squeeze(match["term"]), (action,), who, None, condition, "expects")
    if (match := _EXPECTED.match(sentence)) and set(actors.kinds(match["actor"])) - {"patient"}:
        yield Duty("expected", squeeze(match["term"]), ((match.end(), end),), match.span("actor"), rule="expected")
    if (match := _REQUIRES.match(sentence)) and _is_law(match["law"]):
        who = None if match["that"] else trimmed(sentence, *match.span("actor"))
        split = (who, match.end()) if who else _subject_and_verb(sentence, match.end(), end)
        bound = sentence[slice(*split[0])] if split else ""
        if split and actors.kinds(bound) and (_BOUND.match(bound) or not _SHORT_FORM.fullmatch(match["law"])):
            term = squeeze(f"{match['term']} {match['that'] or ''}")
            yield Duty("must", term, ((split[1], end),), split[0], rule="requires")
    if (match := _ADVISES.match(sentence)) and _is_body(match["body"]) and actors.kinds(match["actor"]):
        if (others := _OTHERS_TO.search(sentence, match.end())) and actors.kinds(others["who"]):
            return
        if match["term"] == "reminds" and _REMINDED.search(match["actor"]):
            return
        yield _advised(sentence, match, end)
    if (match := _ADVISES_THAT.match(sentence)) and _is_body(match["body"]):
        split = _subject_and_verb(sentence, match.end(), end)
        if split and _ACT.match(sentence, split[1]) and not _NO_SUBJECT.search(sentence, *split[0]):
            tail = trailing(sentence, split[1], end)
            action = (split[1], tail[0] if tail else end)
            yield Duty("should", squeeze(match["term"]), (action,), split[0], condition=tail, rule="advises")
    if (match := _RECOMMENDS_THAT.match(sentence)) and _is_body(match["body"]):
        split = _subject_and_verb(sentence, match.end(), end)
        goes_on = split and (sentence.startswith("be ", split[1]) or _GOES_ON.search(sentence, split[1]))
        if split and not goes_on and not _NO_SUBJECT.search(sentence, *split[0]):
            tail = trailing(sentence, split[1], end)
            action = (split[1], tail[0] if tail else end)
            yield Duty("should", squeeze(match["term"]), (action,), split[0], condition=tail, rule="advises")
    if (match := _DIRECTED.match(sentence)) and (split := _provides(sentence, match.end(), end)):
        yield Duty("must", squeeze(match["term"]), ((split[1], end),), split[0], rule="directed")


def _advised(sentence: str, match: re.Match[str], end: int) -> Duty:
    """The duty of those whom a public body tells what to do, or not to do."""
    tail = trailing(sentence, match.end(), end)
    modality, term = ("should_not", f"{match['term']} … not") if match["not"] else ("should", match["term"])
    action = before_light(sentence, match.end(), tail[0] if tail else end)
    return Duty(modality, term, action, match.span("actor"), condition=tail, rule="advises")


def _is_body(words: str) -> bool:
    """Whether the words name a public body that tells others what to do."""
    if _NO_BODY.search(words):
        return False
    named = _NAMED.fullmatch(words) or _OF_A_BODY.fullmatch(words)
    return named is not None or any(kind in _BODIES for kind in actors.kinds(words))


def _subject_and_verb(sentence: str, start: int, end: int) -> tuple[tuple[int, int], int] | None:
    """Where the subject of "clinicians make arrangements" ends and its verb starts."""
    for word in re.finditer(r"\s([a-z]+)", sentence[start:end]):
        if word[1] in verb_set() and actors.kinds(sentence[start : start + word.start()]):
            return (start, start + word.start()), start + word.start(1)
    return None


def _provides(sentence: str, start: int, end: int) -> tuple[tuple[int, int], int] | None:
    """Where the subject of "the NHS provides funding" ends and its verb starts."""
    for word in re.finditer(r"\s([a-z]+?)s?\b", sentence[start:end]):
        if word[1] in verb_set() and actors.kinds(sentence[start : start + word.start()]):
            return (start, start + word.start()), start + word.start(1)
    return None


def _is_law(words: str) -> bool:
    """Whether what requires something is laid down: its last words name a law, or a standard by its number."""
    nouns = set(vocabulary.read("duties")["law"]["nouns"])
    if words.endswith((" no longer", " not", " never", " rarely", " seldom")):
        return False
    words = words[: match.start()] if (match := _OF_A_DATE.search(words)) else words
    return (
        _NUMBERED.search(words) is not None
        or _SHORT_FORM.fullmatch(words) is not None
        or any(word.lower() in nouns for word in words.split()[-3:])
    )
