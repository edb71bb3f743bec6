"""How strongly the wording of a recommendation binds, which way it points, for whom and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from betony.nlp import actors, grades, vocabulary
from betony.nlp.clauses import (
    CONNECTIVE,
    FINITE,
    LONGEST,
    Clause,
    agent,
    clauses,
    depth,
    is_passive,
    is_place,
    is_reported,
    opening,
    trailing,
)
from betony.nlp.looks import has_any
from betony.nlp.phrases import any_of, word_of
from betony.nlp.sentences import sentences
from betony.text import squeeze

_NEGATIVE = r"(?:do\s+not|don['’]t|never)\s+"
_ADVERB = r"(?:(?:only|also|always|then|first|not|routinely|\w+ly)\s+){0,2}"
_NOUN_FOLLOWS = (
    r"(?!\s+(?:of|is|are|was|were|has|should|must|may|can|could|will|would|had|does|did|and/or)\b"
    r"|\s*[,;:.)/-]\s*(?:\w+\s+)?(?:of|is)\b|['’-]s?\b)"
)
_HOLLOW = re.compile(
    r"\s{0,9}(?:also\s+)?be\s+(?:noted|remembered|emphasi[sz]ed|stressed|acknowledged|understood|recogni[sz]ed|appreciated"
    r"|mentioned|borne\s+in\s+mind|pointed\s+out)\b(?!\s+(?:and|as|by|in|with)\b)",
    re.I,
)
_PERFECT = re.compile(
    r"\s{0,9}(?:have\s+(?:been|had|led|shown)|last|settle|resolve|subside|disappear|recover|heal|get\s+better|go\s+away"
    r"|wear\s+off|expect\s+(?:some|to|an?)|(?:improve|fall|rise|drop)(?=\s*[.,;]|\s+(?:within|in|after|over|once|when|as|by)\b|$))\b",
    re.IGNORECASE,
)
_NOT_FINITE = (
    r"(?!(?:and|or|to|that|which|who|whose|whom|when|whenever|where|wherever|if|whether|how|why|what|because|as|while|until|unless"
    r"|before|after|once|so|than|though|although|there|they|it|he|she|we|you|them|provided)\b)"
)
_NOUN_PHRASE = re.compile(
    rf"(?:\s+(?!(?:the|an?|any|all|each|every|this|these|those|your|their|his|her|its|our|no|both|other)\b){_NOT_FINITE}"
    rf"(?P<first>[\w’'-]+))(?P<words>(?:\s+{_NOT_FINITE}[\w’'-]+){{0,5}}?)\s+"
    r"(?:is|are|was|were|has|have|had|should|must|can|cannot|may|might|could|will|would|does|did|comes|came|takes|took|remains?"
    r"|reflects?|reduces|reduced|var(?:y|ies|ied)|depends?|differs?|seems?|appears?|becomes?|became|begins|began|occurs|occurred|exists|requires|involves|includes|provides)\b"
)
"""What makes the verb at a sentence's start a noun or an adjective: a few words, no new clause among them, and a verb behind them."""
_PERSON_AT_END = re.compile(
    r"\b(?:people|patients|staff|carers|children|adults|women|men|parents|users|individuals|families|someone|everyone|clinicians)$"
)
"""Of whom a clause without "that" is told: "use words people can follow"."""
_PREPOSITION = re.compile(r"in|for|with|by|from|of|on|at|between|among|during|within|without", re.IGNORECASE)
_NOUN_WITH = re.compile(
    r"(?:(?:support|request|target|schedule|label|increase|decrease|change)s?\s+(?:for|by|from)"
    r"|contact\s+(?:with|between|from|by|in)|(?:increase|decrease|delay|rise|change|balance)\s+(?:in|of|between)"
    r"|(?:review|visit|report|order|update|test|record|transfer|offer|search|estimate|help|advice)\s+(?:by|from|between))\b",
    re.IGNORECASE,
)
"""Nouns that are verbs too, with the prepositions that follow the noun alone."""
_COMPLETED = re.compile(r"\s(?:the|an?|all|any|each|this|these|those|your|their|both|every)\b", re.IGNORECASE)
"""Behind "Complete" where it is a verb: not "Complete blood count"."""
_TOLD_BY = re.compile(
    r"(?:the\s+following|this|these)\s+(?:[\w-]+\s+){0,3}?(?:questions?|answers?|information|leaflet|booklet|page|website|article|factsheet|video)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\s*(?:also\s+)?(?:cover|help|give|tell|provide|answer|explain|describe|contain|make)\b", re.IGNORECASE
)
"""What the page itself is likely to tell its reader."""
_ITSELF = re.compile(
    r"(?:the|(?:these|this|our)(?:\s+[\w-]+){0,2})\s+(?:recommendations?|guidelines?|guidance|statements?|documents?|policy|standards?|toolkit)",
    re.IGNORECASE,
)
_IS_READ = re.compile(
    r"\s*(?:also\s+|always\s+)?be\s+(?:read|used|considered|viewed|interpreted|seen)\b", re.IGNORECASE
)
"""How a document is to be read, where it is itself the subject."""
_TO_AVOID = re.compile(
    r"\s+(?:to\s+)?(?:\w+ly\s+)?(?:avoid(?:ing|ance\s+of)?|refrain(?:ing)?\s+from|discourag(?:e|ing))\b", re.IGNORECASE
)
_NOT_DOING = re.compile(r"\s+not\s+(?:to\s+)?\w+")
"""Behind "Consider": what is not to be done."""
_AVOIDS = re.compile(
    r"\s*(?:(?:also|always|generally|usually|therefore|\w+ly)\s+)?(?:be\s+(?:\w+ly\s+)?(?:avoided|discouraged)|avoid|refrain\s+from|discourage)\b",
    re.IGNORECASE,
)
"""Verbs that turn the direction of "should"."""
_GRADED = re.compile(
    r"\b(?:recommends?(?:\s+against)?|provide|offer|use\s+of|providing)\s+(?:the|this)\s+service\s*[.;]?$|\bindicates\s+an?\s+(?:strong|weak|conditional)",
    re.IGNORECASE,
)
"""What a grade of recommendation means, in the table that explains the grades."""
_REFER_TO_PAGE = re.compile(
    r"refer\s+to\s+(?:the\s+)?(?:original|full|guideline|accompanying|companion|tables?|figures?|sections?|appendix|appendices|annex|chapters?)\b",
    re.IGNORECASE,
)
_INDEFINITE = re.compile(r"(?:some|many|most|few|a\s+few)\b", re.IGNORECASE)
_SHOWN = re.compile(
    r"\s+(?:here|below|above|by|with\s+(?:an?|the)\s+(?:asterisk|star|symbol|letter|number|mark)"
    r"|in\s+(?:the\s+)?(?:tables?|figures?|box(?:es)?|brackets|parentheses|text|columns?|square|bold|italics?|appendix|legend))\b",
    re.IGNORECASE,
)
"""Behind "is indicated": that it is printed somewhere, not that it is the thing to do."""
_BY_OTHERS = re.compile(
    r"\s+by\s+(?!(?:the\s+)?(?:\w+\s+){0,2}(?:committee|panel|group|workgroup|task\s+force|authors?|guideline)\b"
    r"|(?:the\s+)?[A-Z][A-Z/&-]+\b|us\b|this\b|\w+ing\b)(?:the|an?|some|many|most|several|other|[A-Z])"
)
"""Behind "is recommended": that others do so."""
_BY_EVIDENCE = re.compile(
    r"\s(?:from|by)\s(?:[\w-]+\s){0,5}?(?:stud(?:y|ies)|trials?|data|evidence|results?|findings?|analys[ie]s|reports?|reviews?|series)\b",
    re.IGNORECASE,
)
"""Behind "is suggested": what a study makes likely, not what is to be done."""
_WEAK = re.compile(
    r"\b(?P<term>(?-i:may|might|could|can))(?P<not>\s+not)?\s+(?:also\s+|only\s+|then\s+"
    r"|\w+ly\s+)?(?P<verb>consider\b|offer\b|use\b|choose\b|prescribe\b|start\b|give\b|refer\b|supply\b|perform\b"
    r"|be\s+(?:\w+ly\s+)?(?:used|considered|offered|given|done|performed|prescribed|recommended"
    r"|administered|tried|started|continued|repeated"
    r"|added|substituted|carried\s+out|undertaken|stopped|discontinued|omitted|deferred|delayed|appropriate)\b)",
    re.IGNORECASE,
)
_PASSIVE_FRAME = re.compile(
    r"\b(?:(?:is|are)\s+(?P<not>not\s+|no\s+longer\s+)?(?:(?:strongly|therefore|generally|routinely|only|also|currently"
    r"|usually|thus|conditionally)\s+)*"
    r"(?P<verb>recommended|advised|suggested|indicated|contraindicated|preferred)"
    r"|(?P<cannot>cannot\s+(?:currently\s+)?be\s+recommended))\b",
    re.IGNORECASE,
)
_SUPPORT = (
    (
        re.compile(
            r"\b(?:does\s+not|do\s+not|is\s+not\s+(?:adequate|sufficient)\s+to|is\s+(?:inadequate"
            r"|insufficient)\s+to|not\s+adequate\s+to)"
            r"\s+support\b|\bcase\s+for\s+adopt\w+\b[^.]{0,200}\bis\s+not\s+(?:currently\s+)?supported\b"
            r"|\bmore\s+research\s+is\s+needed\b[^.]{0,200}\bbefore\b",
            re.IGNORECASE,
        ),
        "against",
    ),
    (
        re.compile(
            r"\b(?:adequate|sufficient)\b[^.]{0,60}\bto\s+support\b|\bsupports?\s+(?:the\s+)?(?:use|case)\b"
            r"|\bNICE\s+encourages\b"
            r"|\bcase\s+for\s+adopt\w+\b[^.]{0,200}\bis\s+(?:partially\s+)?supported\b",
            re.IGNORECASE,
        ),
        "for",
    ),
)
_WITHOUT = re.compile(
    r"\b(?:used|done|performed|offered|undertaken|carried\s+out)\s+(?:without|unless|outside|except)\b", re.IGNORECASE
)
_ARRANGED = re.compile(r"\b(?:without|unless)\b[^.]{0,60}\barrangements\b", re.IGNORECASE)
_RULED = re.compile(r"\b(?:recommends?|suggests?|should|must|may)\b", re.IGNORECASE)
_SUBORDINATE = re.compile(r"(?:If|When(?:ever)?|Where(?:ver)?|Because|Since|Although|Though|Unless|While|Whilst|As)\s")
_RELATIVE = re.compile(r"\b(?:who|whose|which|that)\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\s+that\b[^.;]{0,120}?\b(?:not\s+(?:be|use|offer|receive|undergo|provide|routinely)"
    r"|(?<!who\s)(?<!that\s)(?:do|does)\s+not|should\s+not|avoid)\b",
    re.IGNORECASE,
)
_LONE = re.compile(
    r"\b(?:patient|person|child|woman|man|adult|infant|baby|individual|parent|carer|user|donor|recipient)$",
    re.IGNORECASE,
)
_AT_END = re.compile(r"\.?\s?(?:[(\[][^()\[\]]{1,300}[)\]]|\((?:[^()\[\]]|\[[^()\[\]]{1,60}\]){1,300}\))$")
_CITATION = re.compile(
    r"\b(?:19|20)\d{2}\b|\blevel\b|\bgrade\b|\bevidence\b|\bquality\b|\bconsensus\b|\bexpert\s?(?:ise|opinion)\b",
    re.IGNORECASE,
)
_UNSUPPORTED = re.compile(
    r"\b(?:insufficient|inadequate|no|not|little|limited|lack\w*|nor)\b[^.]{0,80}\bsupport", re.IGNORECASE
)
_FIRST_WORD = re.compile(r"[\w-]+")
_BEFORE_VERB = frozenset({"do", "don", "never", "only", "also", "always", "then", "first", "not", "routinely"})
_FIRST_WORDS = re.compile(r"[\w-]+(?:,?\s+[\w-]+){0,2}")
_ACTIVE_VERBS = ("consider", "offer", "use", "choose", "prescribe", "start", "give", "refer", "supply", "perform")
_NEGATIONS = ("Do not", "Don", "Never", "DO NOT", "do not", "never", "don")
_CONSIDERED = re.compile(
    r"\s{0,9}(?:also\s+|\w+ly\s+)?(?P<words>be\s+(?:\w+ly\s+)?considered|consider)\b", re.IGNORECASE
)
_WEIGHS = re.compile(
    r"(?:(?:The|Any|This|All|Each)\s)?(?:\w+\s){0,2}(?:decision|choice|assessment|evaluation|selection|plan|planning|review|discussion|strategy"
    r"|policy|approach|programme)s?\b",
    re.IGNORECASE,
)
"""What takes into account what it "considers", unlike somebody who may do so or not."""
_STOPPERS = (
    r"(?:for|to|in|of|with|by|from|at|on|and|or|that|who|than|whether|about|the|any|all|each|every|refer|help|not"
    r"|\w+ing)\b"
)


_SEE = re.compile(
    r"[Ss]ee\s(?P<who>(?:an?|your|the)\s[\w\s]{2,40}?)(?=\s(?:if|as|when|for|about|and|to|who|urgently|immediately)\b|[.,;:]|$)"
)
_PAUSE = re.compile(r"[,:]\s+")
_BEFORE_WEAK = re.compile(r"\b(?:who|which|that|whether|how|if|what|it|before|until)\s+(?:\w+\s+){0,4}$", re.IGNORECASE)
_BEFORE_FRAME = re.compile(
    r"\b(?:who|which|that|whether|if|whom|as(?!\s+(?:mono\w+|combination|an?|adju\w+|first|second|third|initial|maintenance|add)\b)|than|what|unless|until|when)\s+(?:[\w-]+\s+){0,5}$",
    re.IGNORECASE,
)
_BEFORE_ACTIVE = re.compile(
    r"\b(?:previously|earlier|who|which|that|insufficient|whether|not|if|when|whenever|where|because|although|unless)\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
"""Words before a verb that make it no recommendation of this document, or part of another clause."""
_RESOURCE = re.compile(
    r"\b(?:factsheet|leaflet|letter|template|toolkit|poster|booklet|web\s?page)s?\s+$", re.IGNORECASE
)
"""What may be given or used so describes a document, and no care."""
_YOU = re.compile(r"(?:^|,\s|\band\s)(?:You|you|Your child|your child)\s$")
_NO_ONE = re.compile(r"\s*(?:no|neither|none)\s", re.IGNORECASE)
_FOR = re.compile(r"(?:For|In|Among|With|To)\s+", re.IGNORECASE)
_SETS_CONDITION = re.compile(
    r"(?:If|When(?:ever)?|Where(?:ver)?|Once|Before|After|During|Until|Unless|While|Whilst|As\s+(?:soon|long|part)|Following"
    r"|Prior|Upon|Even\s+if|Only|Provided|For|In|At|On\s+(?:admission|discharge|arrival|referral)|With|Within|Throughout"
    r"|Without)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"(?:these|those|such|this)\s+[\w-]+", re.IGNORECASE)
"""A group named before, in another sentence: these words name none."""
_BEFORE_GROUP = (
    "to", "for", "in", "from", "among", "refer", "invite", "ask", "advise", "inform", "help", "that", "encourage", "offer", "give",
    "tell", "treat", "assess",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wording:
    """What the words of a recommendation say; every string is verbatim, white-space runs as one space."""

    code: str
    term: str | None
    direction: str | None
    actor: str | None = None
    condition: str | None = None
    population: str | None = None


def read(pieces: Sequence[str]) -> Wording | None:
    """What the pieces of one recommendation (its lead and its items) say together, or None where nothing recommends.

    The first sentence that recommends decides; one that merely calls the evidence adequate does so only where no other
    does. A lead without a verb ("For adults with X:") gives its condition or population to the item that follows.
    """
    lead: str | None = None
    support: Wording | None = None
    for i, piece in enumerate(pieces):
        for start, end in sentences(piece, 0, len(piece)):
            sentence = piece[start:end]
            wording = sentence_wording(sentence)
            if wording is None:
                if sentence.endswith(":") and lead is None:
                    lead = sentence
                continue
            if wording.code == "none":
                support = support or wording
                continue
            return _with_items(_with_lead(wording, lead), sentence, pieces[i + 1 :])
    return support


def sentence_wording(sentence: str) -> Wording | None:
    """What one sentence recommends, or None; a sentence too long to be one recommends nothing."""
    if len(sentence) > LONGEST or (has_any(sentence, ("service", "ndicates")) and _GRADED.search(sentence)):
        return None
    instruction = _imperative(sentence)
    if instruction and sentence.startswith(instruction[1].term or ""):
        return instruction[1]
    found = [wording for find in (_modal, _weak, _frame, _active) if (wording := find(sentence))]
    if instruction:
        found.insert(0, instruction)
    if found:
        return min(found, key=lambda pair: pair[0])[1]
    if not has_any(sentence, ("support", "encourages", "research is needed")):
        return None
    for pattern, direction in _SUPPORT:
        if pattern.search(sentence) and (direction == "against" or not _UNSUPPORTED.search(sentence)):
            return Wording("none", None, direction)
    return None


def sees_somebody(sentence: str, start: int) -> bool:
    """Whether sentence[start:] is about seeing a doctor, not a page."""
    seen = _SEE.match(sentence, start)
    return seen is not None and actors.kinds(seen["who"])[:1] == ("clinician",)


def starts_with_verb(sentence: str) -> bool:
    """Whether the sentence may be an instruction: a cheap look at its first words and those behind its commas."""
    first = _FIRST_WORDS.match(sentence)
    if first is None:
        return False
    if _verb_set().isdisjoint(first.group().lower().split()):
        return sentence.startswith(_NEGATIONS) or (
            ("," in sentence or ":" in sentence) and opening_word().match(first.group()) is not None
        )
    return True


@cache
def _verb_set() -> frozenset[str]:
    verbs = vocabulary.read("recommendations")["imperatives"]
    return frozenset([*verbs["strong"], *verbs["conditional"], *verbs["against"]])


def _with_lead(wording: Wording, lead: str | None) -> Wording:
    if lead is None:
        return wording
    population, condition = _opened(lead.rstrip(" :"))
    return replace(wording, condition=condition or wording.condition, population=population or wording.population)


def _with_items(wording: Wording, sentence: str, items: Sequence[str]) -> Wording:
    """A condition or a group of people that ends in a colon completed by the items of its list."""
    condition, population = wording.condition, wording.population
    said = squeeze(sentence)
    if condition and items and said.endswith(f"{condition}:"):
        return without_open_end(replace(wording, condition="\n".join([f"{condition}:", *items])))
    if population and items and _GROUP_TAIL.search(population) and said.endswith(f"{population}:"):
        return replace(wording, population="\n".join([f"{population}:", *items]))
    return without_open_end(wording)


_OPEN_END = re.compile(r"\b(?:have|has|had|are|is|be|with|of|to|for|in|the|an?|and|or|who|that|if|when|unless)$")
"""How a clause ends that says nothing without the list below it."""


def without_open_end(wording: Wording, sentence: str = "") -> Wording:
    """The wording, with a group's words ended before the "who" that only its list would complete, and without a
    condition that the sentence leaves to a list ("only if they have:")."""
    if wording.condition and sentence.endswith(f"{wording.condition}:") and _OPEN_END.search(wording.condition):
        wording = replace(wording, condition=None)
    if wording.population is None or not _GROUP_TAIL.search(wording.population):
        return wording
    return replace(wording, population=_GROUP_TAIL.sub("", wording.population))


def _imperative(sentence: str) -> tuple[int, Wording] | None:
    """An instruction: at the start, or behind an opening clause."""
    if not starts_with_verb(sentence):
        return None
    for at in _starts(sentence):
        match = _imperative_pattern().match(sentence, at) if _may_instruct(sentence, at) else None
        if match is None or (at > 0 and not _opens(sentence, at)):
            continue
        population, condition = _opened(sentence[:at].rstrip(" ,:")) if at else (None, None)
        if at and _RULED.search(sentence, _end_of_subordinate(sentence), at):
            return None
        verb = (match["verb"] or "").lower()
        verbs = vocabulary.read("recommendations")["imperatives"]
        if (
            not match["not"]
            and verb in ("be", "have", "note", "plan", "state", "present", "group", "cover", "lead")
            and not match["phrase"]
        ):
            continue
        if verb == "see" and not sees_somebody(sentence, match.start("verb")):
            continue
        if verb == "refer" and _REFER_TO_PAGE.match(sentence, match.start("verb")):
            continue
        if not match["not"] and _is_noun(sentence, match, verb):
            continue
        denied = match["not"] is not None
        conditional = verb in verbs["conditional"]
        against = denied != (_verb_of(match) in verbs["against"])
        if conditional and (_NOT_DOING.match(sentence, match.end()) or _TO_AVOID.match(sentence, match.end())):
            against = not against
        if match["not"]:
            term = squeeze(sentence[match.start("not") : match.end()])
        else:
            term = squeeze(match["phrase"] or match["verb"])
        tail = trailing(sentence, match.end(), _end(sentence))
        if tail and verb == "ask" and not has_any(sentence[match.end() : tail[0]], (" to ", " about ", ",")):
            tail = None  # what is asked: "ask the patient if there is pain"
        condition = condition or (_words(sentence, tail) if tail else None)
        population = population or _object(sentence, match, verb) or _population(sentence, match.end())
        code = "conditional" if conditional else "strong"
        return match.end(), Wording(code, term, "against" if against else "for", None, condition, population)
    return None


def _end_of_subordinate(sentence: str) -> int:
    """Where the clause ends that opens the sentence with a reason, a condition or a time and has a verb of its own."""
    opened = _SUBORDINATE.match(sentence)
    comma = _PAUSE.search(sentence, opened.end()) if opened else None
    while comma and depth(sentence, 0, comma.start()):
        comma = _PAUSE.search(sentence, comma.end())
    return comma.start() if comma else 0


def _verb_of(match: re.Match[str]) -> str:
    """The verb of an instruction, in lower case, also where it is denied ("Do not avoid")."""
    return (match["verb"] or match.group().split()[-1]).lower()


def _is_noun(sentence: str, match: re.Match[str], verb: str) -> bool:
    """Whether the verb of what looks like an instruction is a noun or an adjective ("Support for this comes from …")."""
    if _NOUN_WITH.match(sentence, match.start("verb")) or (
        verb == "complete" and not _COMPLETED.match(sentence, match.end())
    ):
        return True
    if verb in vocabulary.read("recommendations")["imperatives"]["telling"] or match["phrase"]:
        return False
    found = _NOUN_PHRASE.match(sentence, match.end("verb"))
    return found is not None and not (
        found["words"] and _PERSON_AT_END.search(found["words"]) and not _PREPOSITION.fullmatch(found["first"])
    )


def _may_instruct(sentence: str, at: int) -> bool:
    """A cheap look that passes whatever may be an instruction at `at`."""
    word = _FIRST_WORD.match(sentence, at)
    if word is None:
        return False
    first = word.group().lower()
    return first in _verb_set() or first in _BEFORE_VERB or first.endswith("ly")


def _starts(sentence: str) -> Iterator[int]:
    """Where a main clause may start: at the sentence, and behind the commas and colons of one with an opening clause."""
    first = CONNECTIVE.match(sentence)
    start = first.end() if first else 0
    yield start
    if not opening_word().match(sentence, start):
        return
    for match in _PAUSE.finditer(sentence):
        if depth(sentence, 0, match.start()) == 0:
            yield match.end()


def _opens(sentence: str, at: int) -> bool:
    """Whether sentence[:at] is no more than connectives and an opening clause."""
    begin = CONNECTIVE.match(sentence)
    start = begin.end() if begin else 0
    return start >= at or opening_word().match(sentence, start) is not None


@cache
def opening_word() -> re.Pattern[str]:
    """A word that opens a clause before the main one."""
    words = (
        "If", "When(?:ever)?", "Where(?:ver)?", "Once", "Before", "After", "During", "Until", "Unless", "While", "Whilst", "As", "In",
        "For", "At", "On", "To", "With", "Without", "Following", "Prior", "Upon", "Among", "Given", "Because", "Since", "Although",
        "Though", "Despite", "By", "Under", "Except", "Within", "From", "Depending", "Based", "Throughout", "Even", "Only", "Provided",
        "Regardless", "Unlike", "Rather", "Some", "Evidence", "Current",
    )  # fmt: skip
    return re.compile(any_of(words) + r"\b")


def _modal(sentence: str) -> tuple[int, Wording] | None:
    """A clause ruled by must or should."""
    itself = False
    for clause in clauses(sentence):
        rest = sentence[slice(*clause.rest)]
        words = squeeze(sentence[clause.modal.start : clause.modal.end])
        if clause.modal.modality not in ("must", "must_not", "should", "should_not") or words.lower() == "may not":
            continue
        if _HOLLOW.match(rest) or _PERFECT.match(rest) or is_reported(sentence, clause):
            continue
        if _TOLD_BY.match(sentence, clause.subject[0]) and _TELLS.match(rest):
            continue
        if itself and sentence[slice(*clause.subject)] in ("it", "they"):
            continue
        if _ITSELF.fullmatch(sentence, *clause.subject) and _IS_READ.match(rest):
            itself = True
            continue
        if words.startswith("need") and _INDEFINITE.match(sentence, clause.subject[0]):
            continue
        return clause.modal.start, _of_clause(sentence, clause, words)
    return None


def _of_clause(sentence: str, clause: Clause, words: str) -> Wording:
    start, end = clause.rest
    rest = sentence[start:end]
    modality = clause.modal.modality
    code = "must" if modality in ("must", "must_not") else "strong"
    if (
        words.lower().startswith(("is ", "are ", "has ", "have "))
        and code == "must"
        and "required" not in words.lower()
    ):
        code = "strong"
    if modality == "should" and "encouraged" in words.lower():
        code = "strong"
    term = words
    weighed = not is_passive(rest) and _WEIGHS.match(sentence, *clause.subject)
    if modality == "should" and not weighed and (match := _CONSIDERED.match(rest)):
        code, term = "conditional", squeeze(f"{words} {match['words']}")
    against = modality in ("must_not", "should_not") and not (_WITHOUT.search(rest) and _ARRANGED.search(rest))
    if squeeze(sentence[slice(*clause.subject)]).lower().startswith("no ") and modality in ("must", "should"):
        against = True
    if _AVOIDS.match(rest):
        against = not against
    tail = trailing(sentence, start, end)
    condition = clause.condition
    population, opened = _opened(_words(sentence, condition)) if condition else (None, None)
    subject = squeeze(sentence[slice(*clause.subject)])
    kinds = actors.kinds(subject)
    actor = subject if kinds and kinds != ("patient",) and not is_place(subject, rest) else None
    if is_passive(rest):
        actor = None
        if by := agent(sentence, start, tail[0] if tail else end):
            actor = squeeze(sentence[slice(*by)])
    population = (
        population
        or (subject if kinds == ("patient",) and not _FOR.match(subject) else None)
        or _population(sentence, clause.modal.end)
    )
    return Wording(
        code,
        term,
        "against" if against else "for",
        actor,
        opened or (_words(sentence, tail) if tail else None),
        population,
    )


def _weak(sentence: str) -> tuple[int, Wording] | None:
    """What may, could or can be done."""
    if not has_any(sentence, ("may ", "might ", "could ", "can ")):
        return None
    for match in _WEAK.finditer(sentence):
        before = sentence[: match.start()]
        if _BEFORE_WEAK.search(before) or depth(before, 0, len(before)):
            continue
        if _NO_ONE.match(before.rpartition(",")[2]) or _RESOURCE.search(before) or _befalls_you(before, match):
            continue
        population, condition = _opened_before(sentence, match.start())
        passive_use = (
            match["verb"].lower().endswith(("used", "offered", "considered")) and match["term"].lower() == "can"
        )
        term = squeeze(match.group()) if passive_use else squeeze(match["term"] + (match["not"] or ""))
        if match["verb"].lower() in _ACTIVE_VERBS:
            subject = before.strip().rpartition(",")[2].strip()
            if not actors.kinds(subject):
                continue
            term = squeeze(f"{match['term']} consider") if match["verb"].lower() == "consider" else match["term"]
        tail = trailing(sentence, match.end(), _end(sentence))
        condition = condition or (_words(sentence, tail) if tail else None)
        population = population or _population(sentence, match.end())
        direction = "against" if match["not"] else "for"
        return match.start(), Wording("conditional", term, direction, None, condition, population)
    return None


def _befalls_you(before: str, match: re.Match[str]) -> bool:
    """Whether a reader is told what others may do: "You might be offered a scan"."""
    return match["verb"].lower().startswith("be") and _YOU.search(before) is not None


def _frame(sentence: str) -> tuple[int, Wording] | None:
    """What is, is not or cannot be recommended."""
    if not has_any(sentence, ("recommended", "advised", "suggested", "indicated", "preferred")):
        return None
    for match in _PASSIVE_FRAME.finditer(sentence):
        before = sentence[: match.start()]
        if _BEFORE_FRAME.search(before) or depth(before, 0, len(before)):
            continue
        if _BY_OTHERS.match(sentence, match.end()):
            continue
        relative = _last(_RELATIVE, before)
        if relative is not None and not FINITE.search(before, relative):
            continue
        verb = (match["verb"] or "").lower()
        subject = _subject_before(sentence, match.start())
        against = (
            bool(match["not"] or match["cannot"] or _TO_AVOID.match(sentence, match.end()) or _NO_ONE.match(subject))
            or verb == "contraindicated"
            or _denies(sentence, match.end())
        )
        if (match["not"] and verb == "contraindicated") or (
            verb == "indicated" and _SHOWN.match(sentence, match.end())
        ):
            continue
        if verb == "suggested" and ("usually" in match.group().lower() or _BY_EVIDENCE.match(sentence, match.end())):
            continue
        code = "conditional" if verb == "suggested" else "strong"
        population, condition = _opened_before(sentence, match.start())
        tail = trailing(sentence, match.end(), _end(sentence))
        return match.start(), Wording(
            code,
            squeeze(match.group()),
            "against" if against else "for",
            None,
            condition or (_words(sentence, tail) if tail else None),
            population
            or (subject if actors.kinds(subject) == ("patient",) and not _FOR.match(subject) else None)
            or _population(sentence, match.end()),
        )
    return None


def _active(sentence: str) -> tuple[int, Wording] | None:
    """What we, the authors, recommend or suggest."""
    if not has_any(sentence, ("recommend", "suggest", "advis", "advocat", "endors")) or not _active_verb().search(
        sentence
    ):
        return None
    match = _active_pattern().search(sentence)
    if match is None or _BEFORE_ACTIVE.search(sentence[: match.start()]) or sentence.count('"', 0, match.start()) % 2:
        return None
    code = "strong" if match["strong"] else "conditional"
    if (match["adverb"] or "").strip().lower() in ("conditionally", "weakly"):
        code = "conditional"
    avoids = _TO_AVOID.match(sentence, match.end()) is not None
    against = bool(match["turn"] or match["never"] or avoids) or _denies(sentence, match.end())
    population, condition = _opened_before(sentence, match.start())
    tail = trailing(sentence, match.end(), _end(sentence))
    return match.start(), Wording(
        code,
        squeeze(f"We {match['term']}" if match["we"] and not match["never"] else match["term"]),
        "against" if against else "for",
        None,
        condition or (_words(sentence, tail) if tail else None),
        population or _population(sentence, match.end()),
    )


def _last(pattern: re.Pattern[str], words: str) -> int | None:
    """Where the last match of the pattern ends."""
    return max((match.end() for match in pattern.finditer(words)), default=None)


def _first_word(words: str) -> str:
    return words.partition(" ")[0].lower()


def _denies(sentence: str, at: int) -> bool:
    """Whether "recommend" at sentence[:at] goes on with what is not to be done."""
    return bool(_DENIED.match(sentence, at, at + 300))


@cache
def _active_verb() -> re.Pattern[str]:
    """The verb of `_active_pattern`, which is quickly looked for."""
    verbs = vocabulary.read("recommendations")["recommends"]
    return re.compile(rf"(?:{'|'.join([*verbs['strong'], *verbs['conditional']])})\b")


@cache
def _active_pattern() -> re.Pattern[str]:
    words = {key: "|".join(terms) for key, terms in vocabulary.read("recommendations")["recommends"].items()}
    return re.compile(
        rf"\b(?:(?P<we>[Ww]e)|(?:{words['bodies']})|(?:[Tt]he\s+)?(?!{words['others']})[A-Z][A-Z/&-]{{2,}})\s+"
        r"(?P<term>(?P<never>(?:do|does)\s+not\s+)?"
        r"(?P<adverb>strongly\s+|conditionally\s+|weakly\s+|therefore\s+|also\s+)?"
        rf"(?:(?P<strong>{words['strong']})|(?P<conditional>{words['conditional']}))\b(?P<turn>\s+(?:against|not)\b)?)"
    )


def _opened(words: str) -> tuple[str | None, str | None]:
    """What an opening clause tells: the population it names, or else the condition it sets."""
    words = squeeze(words)
    if match := CONNECTIVE.match(words + ", "):
        words = words[min(match.end(), len(words)) :]
    if (match := _FOR.match(words)) and _population_noun().search(words[:80]):
        group = words[match.end() :]
        if _POINTS_BACK.fullmatch(group):
            return None, None
        if actors.kinds(group) or _group_start().match(group):
            return group, None
    return None, words if _SETS_CONDITION.match(words) else None


def _opened_before(sentence: str, end: int) -> tuple[str | None, str | None]:
    condition, _ = opening(sentence, 0, end)
    return _opened(_words(sentence, condition)) if condition else (None, None)


def _subject_before(sentence: str, end: int) -> str:
    _, at = opening(sentence, 0, end)
    return squeeze(sentence[at:end])


def _population(sentence: str, start: int) -> str | None:
    """The group the words are about ("to adults with X who …"), up to the end of its phrase."""
    if not has_any(sentence.lower(), _population_signs()):
        return None
    match = _population_pattern().search(sentence, start)
    if (
        match is None
        or _first_word(match["group"]) in _verb_set()
        or match["before"].lower() in ("help", "that")
        or depth(sentence, start, match.start("group"))
        or actors.cares(sentence[match.end("group") : match.end("group") + 20])
    ):
        return None
    if _LONE.search(match["group"]) and not _DETERMINED.match(match["group"]):
        return None
    at = match.end()
    telling = _TELLING.search(sentence, max(0, match.end("before") - _TELLING_LONGEST), match.end("before")) is not None
    while True:
        stop = _end_of_group().search(sentence, at)
        if telling and (told_of := _TOLD_OF.search(sentence, at, stop.start() if stop else len(sentence))):
            stop = told_of
        end = stop.start() if stop else _end(sentence)
        told = sentence[match.start("group") : end]
        goes_on = stop is not None and stop.group().lower().startswith(_GOES_ON_BEHIND_WHO) and " who" in told
        if stop is not None and stop.group() == "," and (more := _more_of_group().match(sentence, stop.end())):
            goes_on = _verb_set().isdisjoint(more.group().lower().split())
        if stop is not None and stop.group() == "," and _LISTED.match(sentence, stop.end()) and _NAMED.search(told):
            goes_on = True
        others = stop and stop.group() == "," and _WITH.search(told) and _alternatives().match(sentence, stop.end())
        if others:
            at = others.end()
            continue
        if stop is None or (depth(told, 0, len(told)) <= 0 and not goes_on):
            break
        at = stop.end()
    group = squeeze(sentence[match.start("group") : end])
    return _cited(group if stop is not None and stop.group().startswith(":") else _GROUP_TAIL.sub("", group))


def _object(sentence: str, instruction: re.Match[str], verb: str) -> str | None:
    """The group that stands right behind the verb of an instruction: "Ask adults with X about …", "Screen women for …".

    Only behind verbs after which one word surely ends the group's own words.
    """
    kind = _object_kinds().get(verb)
    if kind is None or instruction["phrase"] or not has_any(sentence.lower(), _population_signs()):
        return None
    group = _object_group().match(sentence, instruction.end())
    end = _OBJECT_ENDS[kind].search(sentence, group.end()) if group else None
    if group is None or end is None:
        return None
    words = _HOW_OR_WHEN.sub("", squeeze(sentence[group.start("group") : end.start()]))
    if _LONE.search(words) and not _DETERMINED.match(words):
        return None
    if words.rpartition(" ")[2] in _verb_set():
        return None
    return None if _BROKEN_OBJECT.search(words) or actors.cares(sentence[group.end() : group.end() + 20]) else words


def _words(text: str, span: tuple[int, int]) -> str:
    return _cited(squeeze(text[slice(*span)]))


def _cited(words: str) -> str:
    """The words without the citation or grade in brackets at their end."""
    match = _AT_END.search(words) if words.endswith((")", "]")) else None
    if match and (_CITATION.search(match.group()) or grades.grade(match.group())):
        return words[: match.start()].rstrip()
    return words


def _end(sentence: str) -> int:
    return len(sentence.rstrip(" .:;\n\t"))


_OBJECT_ENDS = {
    "told": re.compile(
        r"\s(?:about|whether|how|what|why|of\s(?:their|his|her|its|any|this|these)|that(?!\s(?:are|is|have|has|were|had|do|may|can)\b))\s",
        re.IGNORECASE,
    ),
    "for": re.compile(r"\sfor\s", re.IGNORECASE),
    "to": re.compile(r"\sto\s", re.IGNORECASE),
}
"""What ends the words for those whom an instruction is about, by the kind of its verb."""
_BROKEN_OBJECT = re.compile(
    r"[,;:.()\[\]]|\b(?:exposed|due|related|allergic|sensitive|resistant|prior|access|admitted|referred|respond\w*|close|wish\w*|want\w*|need\w*|able|unable"
    r"|likely|plan\w*|try\w*|going|willing|about|intend\w*|prefer\w*|refus\w*|declin\w*|seek\w*|begin\w*|car(?:es|ed|ing)|eligible|responsible|know\w*|unsure"
    r"|worried|concerned|anxious|uncertain|found|known|thought|shown|\w*allerg\w*|reactions?|intoleran\w*|exposure|responses?|and|or|for|to)$|\b(?:to(?!\s\d)|for|until|if|when|before)\s"
)
"""Words that cannot be all that names the group, or more than that."""
_HOW_OR_WHEN = re.compile(r"(?:\s(?:within\s[\w\s]{1,40}|back|(?!family|elderly)\w+ly))+$")
"""How or how soon it is done, said behind the group: "refer people urgently to …"."""
_TELLING = re.compile(r"\b(?:advise|inform|tell|(?:explain|advice|information)\s+to)$", re.IGNORECASE)
_TELLING_LONGEST = 20
_TOLD_OF = re.compile(r"(?<!concerned)(?<!worried)(?<!anxious)(?<!unsure)(?<!uncertain)\s(?:about|that)\s")
"""What stands between those who are told and what they are told: "advise women with X about …"."""
_GOES_ON_BEHIND_WHO = (" to ", " and ", " using ", " include", " contain", " cover", " meet", " at the time of")
"""What ends a group's words, but not those of the clause that a "who" among them has opened."""
_GROUP_TAIL = re.compile(
    r"\s(?:and(?:\s(?!family|elderly)\w+ly)?|or|whose|who|that|which|with|to|of|for|in|by|from|at)$"
)
"""What a group's words end in where the clause behind them is left out."""


@cache
def _end_of_group() -> re.Pattern[str]:
    """Where the words that describe a group end."""
    verbs = any_of(map(re.escape, vocabulary.read("recommendations")["imperatives"]["strong"]))
    return re.compile(
        r",(?!\d)|[;:]|\.(?!\d)|(?<=[a-z]\d)\.(?=\d{1,2}$)|(?<!who)(?<!that)(?<!which)\s(?:includes?|contains?|covers?|meets?)\b|\s(?:that\s+(?:there|although|it|they|if|their|the|some|this|these|no|an?)|with\s+the\s+aim"
        r"|in\s+ways|in\s+(?:line|accordance)\s+with|based\s+on|except|whether|at\s+a\s+minimum|at\s+and\s+around|at\s+the\s+time\s+of|throughout|at\s+least\s+(?:once|twice|every|daily)|if|when|unless|before\s+\w+|after|until|only|provided|because|so\s+that|within|during"
        r"|using\s(?:(?:an?|the|either)\s)?(?:[\w-]+\s){0,3}(?:approach|tool|scale|score|method|technique|criteria|system|questionnaire|instrument|framework"
        r"|algorithm|checklist|protocol|model|testing|spirometry)s?"
        rf"|(?<!ing\s)(?:through|via)|as\s+(?:soon|long|part|an?|the|it|they|this)|(?<!ed\s)for\s+the\s+(?:diagnosis|treatment|management|prevention|detection|assessment)|every|(?:to|and)\s+(?:\w+ly\s+)?(?:{verbs}|rapidly)|and\s+\d[\d.,–-]*\s?(?:mg|kcal|ml|g|mcg|units?)|and\s+(?:may|should|must|can|is|are)"
        r"|to\s+(?:an?|the|their)\s+(?:[\w-]+\s+){0,3}(?:professionals?|specialists?|services?|teams?|clinics?|GPs?|doctors?|centres?|centers?|units?|surgeons?|physicians?|nurses?|\w+ologists?|hospitals?))\b|\sto(?=\s*[:.]|$)",
        re.IGNORECASE,
    )


_DETERMINER = r"(?:all|any|most|some|the|a|an|each|every|these|both)\s+"
_LISTED = re.compile(r"\s(?:(?:or|and|other)\s){0,2}[A-Z][\w-]+")
_NAMED = re.compile(r"\bfrom\s[^.;:]*[A-Z][\w-]+$")
"""Where people come from, told in a list: "people from Asian, Black African or other backgrounds"."""
_NO_ALTERNATIVE = "and|or|to|if|when|who|should|must|unless|weekly|daily|monthly|yearly|now|once|twice|especially|particularly|including|with|whether|during|for|using|via"
"""Words in none of the things that people may have instead."""
_WITH = re.compile(r"\b(?:with|of)\s[^,;:]+$")
_MODIFIED = (
    r"(?<=patient)\s+(?:access|information|safety|decision|records?|groups?|organi[sz]ations?|satisfaction|preferences?|outcomes?|care"
    r"|education|experience|reported|population|advocacy|portal|education|leaflets?)\b"
)
"""What a patient is not spoken of with: "the patient access scheme"."""
_DETERMINED = re.compile(_DETERMINER, re.IGNORECASE)


@cache
def _group_start() -> re.Pattern[str]:
    """A group of people in a few words."""
    return re.compile(rf"(?:{_DETERMINER})?(?:[\w‑-]+\s+){{0,4}}{_nouns()}\b", re.IGNORECASE)


def _nouns() -> str:
    return any_of(vocabulary.read("recommendations")["population"]["nouns"])


@cache
def _more_of_group() -> re.Pattern[str]:
    """Behind a comma, a further group of the same row: "adults, young people and children"."""
    return re.compile(
        rf"\s(?:(?:and|or)\s)?(?:(?!{_STOPPERS})[\w‑-]+\s){{0,2}}?{_nouns()}(?=,|[.;:]|\s(?:and|or|with|who|aged)\s|$)",
        re.IGNORECASE,
    )


@cache
def _alternatives() -> re.Pattern[str]:
    """Behind a comma, what else people may have, to the end of the sentence: "adults with gout, stones or a single kidney"."""
    verbs = any_of(map(re.escape, sorted(_verb_set())))
    word = rf"\s(?!(?:{verbs}|{_NO_ALTERNATIVE})\b)[\w’'‑/-]+"
    name = rf"{word}(?:{word}){{0,4}}(?:\s\([^()]{{1,60}}\))?"
    return re.compile(
        rf"{name}(?:,{name}){{0,4}},?\sor{name}(?=\s{{0,3}}[.;]?\s{{0,3}}$|\s{{0,3}}[.(\[])", re.IGNORECASE
    )


@cache
def _population_signs() -> tuple[str, ...]:
    """Letters in lower case without one of which no words name a group behind another word."""
    return tuple(f" {noun.removesuffix('s?')}" for noun in vocabulary.read("recommendations")["population"]["nouns"])


@cache
def _population_noun() -> re.Pattern[str]:
    return re.compile(rf"{word_of(vocabulary.read('recommendations')['population']['nouns'])}\b")


@cache
def _population_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<before>{word_of(_BEFORE_GROUP)})\s+"
        rf"(?P<group>(?:{_DETERMINER})?(?:(?!{_STOPPERS})[\w‑-]+\s+){{0,3}}?{_nouns()})\b(?!['’-])(?!{_MODIFIED})",
        re.IGNORECASE,
    )


@cache
def _object_kinds() -> dict[str, str]:
    """Of each verb with a group right behind it the kind of word that ends the group's own words."""
    kinds = vocabulary.read("recommendations")["objects"]
    return {verb: kind for kind, verbs in kinds.items() for verb in verbs}


@cache
def _object_group() -> re.Pattern[str]:
    return re.compile(
        rf"\s{{1,3}}(?P<group>(?:{_DETERMINER})?(?:(?!{_STOPPERS})[\w‑-]+\s+){{0,3}}?{_nouns()})\b(?!['’-])(?!{_MODIFIED})",
        re.IGNORECASE,
    )


@cache
def _imperative_pattern() -> re.Pattern[str]:
    verbs = vocabulary.read("recommendations")["imperatives"]
    words = any_of(map(re.escape, sorted(_verb_set(), key=len, reverse=True)))
    phrases = any_of(phrase.replace(" ", r"\s+") for phrase in verbs["phrases"])
    noun = r"(?!x-ray\s+(?!the\b|any\b|all\b|an?\b|both\b))"
    return re.compile(
        rf"(?P<not>{_NEGATIVE}){_ADVERB}[a-z][\w-]+\b"
        rf"|{_ADVERB}{noun}(?:(?=(?P<phrase>{phrases})\b))?(?P<verb>{words})\b{_NOUN_FOLLOWS}",
        re.IGNORECASE,
    )
