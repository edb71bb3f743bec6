"""Who a phrase names: the kinds of actor, told by its head nouns."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from betony.nlp import vocabulary

_TAIL = re.compile(
    r",?\s(?:who|which|that|whose|whom|with|without|as|of|in|for|from|at|on|to|by|about|within|across|among|amongst"
    r"|under|such|including|between(?=\sthose)|working(?=\s(?:with|together|in)\b)|acting(?=\sthrough\b)"
    r"|(?:responsible|accountable)(?:\sand\s\w+)?\sfor|able\sto|and/or their|together(?=\swith)|along(?=\swith))\b(?!-)|,\s(?:whether|(?:supported|led|assisted|helped|guided)\sby)\b"
    r"|,\s(?:experienced|skilled|trained|qualified|competent)(?=\s(?:in|with|to)\s)|\s\("
)
_JOINT = re.compile(r",?\s(?:and/or|and|or)\s|,\s|/")
_PARTICIPLE = re.compile(
    r"\s(?:\w+(?:ing|ed)|born|found|allergic|negative|positive|competent|knowledgeable|proficient|eligible|unable|likely|unlikely|resistant|refractory|intolerant|suitable|unsuitable|susceptible|(?:over|under|below|above|(?:younger|older)\sthan)(?=\s\d))\b"
)
_DOINGS = frozenset(
    {
        "training",
        "counselling",
        "screening",
        "monitoring",
        "funding",
        "feeding",
        "handling",
        "housing",
        "testing",
    }
)
"""Nouns in the form of a participle: "carer training" is nobody."""
_ADVERB = re.compile(r"\s(?:currently|already|now|newly|recently|previously|regularly|still)$")
"""What stands between those who are named and what is told of them: "people currently receiving"."""
_TAKING = re.compile(r"\s(?:receiving|taking|having|using|undergoing)\s")
"""What those do behind whom "and" joins no others, but what else they take: "people receiving wax or balm"."""
_AT_WORK = re.compile(
    r"\s(?:using|doing|undertaking|performing|providing|offering|prescribing|managing|delivering|conducting|operating|treating|supplying)\s"
)
"""What those do who act, behind whom "and" joins what else they do it with: "units providing wax and balm"."""
_HELD = re.compile(r"(?:considered|thought|known|found|judged|believed|deemed)\b")
"""How what others hold of people goes on behind "or", which joins nobody: "people who fell or considered" likely to."""
_OTHERS = re.compile(r"others\b")
"""How those begin who are joined to the ones named: "nurses and others caring for"."""
_ABBREVIATED = re.compile(r"\s\([\w-]{2,12}\)(?=\s[a-z])")
"""The short form of what stands before it, in the midst of a name: "bone marrow transplant (bmt) nurses"."""
_FOR_WHOM = frozenset({"adult", "child", "adolescent", "infant", "newborn", "neonate", "patient", "carer", "family"})
"""Nouns that tell without an article whom a service is for, and join nobody: "adult and paediatric teams"."""
_OLOGIST = re.compile(r"\w+ologists?$")
_NO_CLINICIAN = (
    "biolog",
    "epidemiolog",
    "sociolog",
    "anthropolog",
    "ecolog",
    "entomolog",
    "criminolog",
    "zoolog",
    "geolog",
)
"""Sciences whose people care for nobody."""
_NO_BODY = re.compile(
    r"\b(?:storage|dosage|packaging|dosing|measurement)\sunits?$"
    r"|\b(?:training|teaching|exercise|education|educational|assessment|reduction|control|qc|assurance|dietary|walking|learning)\sprogram(?:me)?s?$"
)
"""Things that go by the name of those who act: "a storage unit", "training programmes"."""
_OF_THEIRS = ("partner", "partners")
"""Those who are kin behind people in care, and elsewhere do business: "pregnant women and their partners"."""
_AND_OVER = re.compile(r"\s(?:and|or)\s(?:over|older|above|under|younger|below)\b")
"""How an age ends: "adults aged 80 years and over"."""
_THOSE_IN_CARE = re.compile(
    r"(?:all\s)?(?:those|anyone|everyone)\s(?:with(?:out)?\s(?!(?:the\s|an?\s)?(?:\w+\s)?(?:responsib|expertise|experience|training|knowledge|skill|concern|interest|role|duty|authority|access|clinic|service|polic|contract|budget|facilit|staff))"
    r"|who\s(?:persist|present\s(?:with|late)|develop\s(?:symptoms|signs|pain|fever|complications|side\seffects|an?\s(?:fever|rash|cough))|test(?:ed)?\s(?:positive|negative)|(?:have\s)?missed\s(?:an?|their|the|any)\s(?:[\w-]+\s)?(?:dose|vaccin\w+|appointment|screening)|(?:become|are|were)\s(?:\w+ly\s)?(?:ill|unwell|pregnant|sick|infected|exposed|at\srisk(?!\sassess)|immunocompromised|unvaccinated)\b|have\s(?:symptoms|signs(?!\sto)|had\s(?!(?:[\w-]+\s){0,3}(?:training|experience|instruction|education|responsib))|an?\s(?:fever|cough|rash|history)))"
    r"|aged\b|whose\b|taking\b|receiving\b|undergoing\b|at\s(?:\w+\s)?risk\b)"
)
"""Those of whom it is told what they have: "those with gout", unlike "those with responsibility for"."""
_ASIDE = re.compile(
    r",\s(?:with\s(?:respect|regard)\sto\s[^,]{3,80}|in\s(?:their|his|her|the)\sabsence|(?:if|when|where)\s(?:relevant|appropriate|applicable|available|needed|necessary|required|possible)),"
)
"""What stands between "A, B and" and the last of those who act: "the nurse or, in her absence, the doctor"."""
_FOOTNOTE_MARK = re.compile(r"(?<=\w)\s?\[\d{1,3}\]")
_OF_A_NOTICE = re.compile(
    r"\sof\sth(?:is|ese|e)\s(?:[\w-]+\s){0,3}(?:recall|notice|alert|letter|message|notification|report|guidance|grant)s?\b"
)
"""What "recipients" of are nobody in care."""
_READING = re.compile(
    r"\s(?:who\s)?(?:seek(?:s|ing)?|wish(?:es|ing)?|choos(?:es?|ing)|intend(?:s|ing)?)\sto\s(?:\w+\sor\s)?(?:apply|use|consult|implement|follow|rely\son|refer\sto)"
    r"\s(?:th(?:e|is|ese)|our|any)\s(?:[\w-]+\s){0,2}?(?:reports?|guidelines?|guidance|recommendations?|documents?|articles?|information|statements?|protocols?)\b"
)
"""What those do who read guidance, whoever they are: "any person seeking to apply the report"."""
_GIVES = re.compile(
    r"\s*giving\s(?:(?:the|an?|any|each)\s)?(?:\w+\s)?(?:vaccin\w+|injections?|medicines?|medications?|doses?|infusions?|treatments?)\b",
    re.IGNORECASE,
)
"""What those give who care for others, unlike "people giving birth" or "consent"."""
_OF_THE_PUBLISHER = re.compile(r"(?:the\s|all\s|other\s)?nice\s(?:[\w-]+\s){0,2}(?:staff|teams?|personnel)\b")
"""Those who work for the publisher, whom their noun alone would make clinicians: "NICE staff"."""
_BY_ANOTHER = re.compile(r",?\s(and|or)\sby\s(?:both\s)?")
"""How a second one is joined by whom something is done: "a nurse, or by a trainee"."""
_ARTICLE = re.compile(r"(?:the|an?|each|every|all|any|their|its|our|your)\s")
_SKILLED = r"(?:skilled|trained|experienced|qualified|competent|accredited)"
_AND_SKILLED = re.compile(rf"(?<=\s){_SKILLED}\s(?:and|or)\s(?=(?:\w+ly\s)?{_SKILLED}\b)")
"""The first of two participles that tell what those can do who act: "surgeons skilled and trained in it"."""
_LONGEST = 200
_CONTACT = re.compile(r"\s(?:it|they|we)\s[a-z]+$")
"""What is told of a noun without "that", and names nobody who acts: "the help it advocates"."""


@lru_cache(maxsize=4096)
def kinds(phrase: str) -> tuple[str, ...]:
    """The kinds of actor that the noun phrase names, in its order, each once; empty where its head names none.

    Only heads count: "the details of each patient" names no actor, "staff who see patients" names clinicians.
    """
    words = " ".join(phrase.lower().replace("’", "'").replace("‑", "-").replace("(s)", "s").split())
    if not words or (len(words) > _LONGEST and not _TAIL.search(words, 0, _LONGEST)):
        return ()
    words = words.removesuffix(" themselves")
    if " between " in words:
        passes, _, them = words.partition(" between ")
        in_care = all(kinds(who) == ("patient",) for who in them.split(" and "))
        words = words if in_care else passes  # "talks between nurses and patients"
    if contact := _CONTACT.search(words):
        words = words[: contact.start()]
    if "heads of " in words:
        words = words.replace("heads of ", "leaders of ")  # "heads" alone may be what hurts
    if "[" in words:
        words = _FOOTNOTE_MARK.sub("", words)
    if " by " in words:
        words = _BY_ANOTHER.sub(r" \1 ", words)
    if (bare := words.removeprefix("the ")) in _kinds():
        return (_kinds()[bare],)
    if " to " in words and (reader := _READING.search(words)) and kinds(words[: reader.start()]) == ("patient",):
        return ("other",)
    if ", with re" in words or " absence," in words or ", if " in words or ", wh" in words:
        words = _ASIDE.sub("", words)
    if "ed and " in words or "ed or " in words or "ent and " in words:
        words = _AND_SKILLED.sub("", words)
    if _THOSE_IN_CARE.match(words):
        return ("patient",)
    if " over" in words or " older" in words or " under" in words or " younger" in words:
        words = _AND_OVER.sub("", words)
    tail = _TAIL.search(words)
    if tail and (short := _ABBREVIATED.match(words, tail.start())):
        whole = kinds(words[: short.start()] + words[short.end() :])
        if whole:
            return whole
    core = words[: tail.start()] if tail else words
    parts = _JOINT.split(core)
    found = [_head(part) for part in parts]
    if found[-1] not in (None, "patient"):
        found = [None if part in _FOR_WHOM else kind for part, kind in zip(parts, found, strict=True)]
    if found[0] and len(parts) > 1 and _OTHERS.match(parts[-1]):
        found[-1] = found[-1] or "other"
    if found[0] not in (None, "patient") and not any(found[1:]) and _AT_WORK.search(parts[0]):
        found = found[:1]
    if found[0] == "patient" and not any(found[1:]) and _TAKING.search(parts[0]):
        found = found[:1]
    if found[0] == "patient" and not any(found[1:]) and _HELD.match(parts[-1]):
        found = found[:1]
    if found[0] == "patient" and len(parts) == 2 and parts[1].endswith(_OF_THEIRS):
        found[1] = "patient"
    if found[-1] == "patient" and tail and (cares(words[tail.start() :]) or _OF_A_NOTICE.match(words, tail.start())):
        found[-1] = "other"
    return tuple(dict.fromkeys(kind for kind in found if kind)) if found[-1] else ()


def is_name(phrase: str) -> bool:
    """Whether the phrase is nothing but a name for who acts: such a noun alone, or one that an article opens."""
    words = " ".join(phrase.lower().split())
    return words in _kinds() or (_ARTICLE.match(words) is not None and bool(kinds(words)))


def _head(part: str) -> str | None:
    """The kind of the last word of the part, or of the one before a participle ("staff seeing patients")."""
    if "nice " in part and _OF_THE_PUBLISHER.match(part):
        return "publisher"
    for match in _PARTICIPLE.finditer(part):
        if match.end() == len(part) and match.group().strip() in _DOINGS:
            continue
        if kind := _last(_ADVERB.sub("", part[: match.start()])):
            return "other" if kind == "patient" and cares(part[match.start() :]) else kind
    return _last(_ADVERB.sub("", part))


def _last(part: str) -> str | None:
    words = part.split()
    for count in (3, 2, 1):
        if kind := _kinds().get(" ".join(words[-count:])):
            return None if kind == "provider" and _NO_BODY.search(part) else kind
    return "clinician" if words and _OLOGIST.match(words[-1]) and not words[-1].startswith(_NO_CLINICIAN) else None


def cares(words: str) -> bool:
    """Whether the words behind a noun for people begin with what those do who care for others ("delivering care")."""
    first = _WHO_DOES.sub("", words.strip()).split(maxsplit=1)
    if not first:
        return False
    return (
        first[0].lower() in _acting()
        or (words.lstrip().startswith("who ") and _does(first[0]))
        or words.lstrip().lower().startswith("in charge")
        or bool(_GIVES.match(words))
    )


_WHO_DOES = re.compile(r"who\s(?:(?:is|are|will\sbe)\s)?")


def _does(verb: str) -> bool:
    """Whether the verb is what those do who care for others: "who conducts the scan"."""
    stem = verb.lower().removesuffix("s")
    return not {f"{stem}ing", f"{stem.removesuffix('e')}ing"}.isdisjoint(_acting())


@cache
def _acting() -> frozenset[str]:
    return frozenset(vocabulary.read("duties")["acting"]["words"])


@cache
def _kinds() -> dict[str, str]:
    nouns = {noun: kind for kind, nouns in vocabulary.read("actors").items() for noun in nouns}
    return {_plural(noun): kind for noun, kind in nouns.items()} | nouns


def _plural(noun: str) -> str:
    if noun.endswith("y") and not noun.endswith(("ay", "ey")):
        return noun[:-1] + "ies"
    if noun.endswith("wife"):
        return noun[:-2] + "ves"
    return noun + ("es" if noun.endswith(("ch", "s", "sh")) else "s")
