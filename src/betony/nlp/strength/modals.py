"""A clause ruled by must or should: "Services should offer a scan"."""

from __future__ import annotations

import re
from dataclasses import replace

from betony.nlp import actors
from betony.nlp.clauses.clause import Clause
from betony.nlp.clauses.doers import agent, agent_of_had, is_dosed, is_enabled, is_made_up, is_passive, is_place
from betony.nlp.clauses.modals import modals
from betony.nlp.clauses.not_binding import DESCRIBES, WILL_HAPPEN, is_reported, not_needed
from betony.nlp.clauses.reading import clauses
from betony.nlp.clauses.subjects import WILL_AT_END
from betony.nlp.clauses.trailing import trailing
from betony.nlp.looks import has_any
from betony.nlp.strength import done_to, groups, objects, second_deeds
from betony.nlp.strength.against import OVER_ANOTHER
from betony.nlp.strength.openings import FOR, POINTS_BACK, both, group_or_condition
from betony.nlp.strength.people import nouns
from betony.nlp.strength.taken_for import is_a_state, is_needless, is_taken_for
from betony.nlp.strength.verbatim import SEE, quoted
from betony.nlp.strength.wording import Wording
from betony.text import squeeze

_BINDING = ("must", "must_not", "should", "should_not")
"""The modalities that recommend."""
_BINDING_SIGNS = (
    "should", "must", "shall", "ought", "need", "required", "obliged", "has to", "have to", "encouraged", "advised", "asked", "urged",
    "reminded", "requested", "permitted", "allowed", "prohibited",
)  # fmt: skip
"""Letters in lower case without one of which no modal words recommend; "may not" does not."""
_HOLLOW = re.compile(
    r"\s{0,9}(?:also\s+)?be\s+(?:noted|remembered|emphasi[sz]ed|stressed|acknowledged|understood|recogni[sz]ed|appreciated"
    r"|mentioned|borne\s+in\s+mind|pointed\s+out)\b(?!\s+(?:and|as|by|in|with)\b)",
    re.I,
)
_PERFECT = re.compile(
    r"\s{0,9}(?:have\s+(?:been|had(?!\s+(?:(?:an?|the|all|any|their)\s+)?(?:[\w-]+\s+){0,3}?(?:assessments?|tests?|scans?|checks?|reviews?|training|examinations?|counselling)\b)|led|shown|included)|last|settle|resolve|subside|disappear|recover|heal|get\s+better|go\s+away"
    r"|(?:(?:then|soon|gradually|slowly)\s+)?(?:start|begin)\s+to\s+(?:improve|heal|settle|fade|subside|ease|clear|disappear|(?:get|feel)\s+better)(?=\s*[.,;]|\s+(?:within|in|after|over|once|when|as|by)\b|$)|wear\s+off|expect\s+(?:some|to|an?)|(?:improve|fall|rise|drop)(?=\s*[.,;]|\s+(?:within|in|after|over|once|when|as|by)\b|$))\b",
    re.IGNORECASE,
)
_EMPHASISES = re.compile(
    r"\s(?:also\s)?(?:emphasi[sz]e|stress|remember|note|acknowledge|admit|conclude|mention|say|(?:bear|keep)\sin\smind|point\sout)\b"
)
"""What authors say that they must do: "we must stress"."""
_GOAL = re.compile(
    r"\s{0,9}be\s+(?:(?:un)?detectable\b|(?:free\s+(?:of|from)\s+(?:[\w-]+\s+)?(?:pain|symptoms?|fever|seizures|attacks)|(?:pain|symptom|seizure)-free)\b(?![^.;]*\b(?:before|until|for)\b)"
    r"|(?:present|met|fulfilled)\s*:$)",
    re.IGNORECASE,
)
"""What a test is expected to show, a patient hoped to feel, or a list of criteria to hold; nothing to be done."""
_NOT_SUFFERED = re.compile(
    r"\s{0,9}(?:have|experience|develop|suffer)\s+(?:[\w-]+\s+){0,3}?(?:side\s+effects|adverse\s+(?:effects|events)|symptoms|pain|complications|toxicity)\b",
    re.IGNORECASE,
)
"""What nobody should have to feel; what the sentence goes on with is hoped as well."""
_TOLD_BY = re.compile(
    r"(?:the\s+following|this|these)\s+(?:[\w-]+\s+){0,3}?(?:questions?|answers?|information|leaflet|booklet|page|website|article|factsheet|video)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\s*(?:also\s+)?(?:cover|help|give|tell|provide|answer|explain|describe|contain|make)\b", re.IGNORECASE
)
"""What the page itself is likely to tell its reader."""
_ITSELF = re.compile(
    r"(?:the(?:\s+following)?|(?:these|this|our)(?:\s+[\w-]+){0,2})\s+(?:recommendations?|guidelines?|guidance|statements?|documents?|policy|standards?|toolkit)",
    re.IGNORECASE,
)
_A_DOCUMENT = re.compile(
    r"(?:(?:each|every|an?|the|all|any)\s+)?(?:NICE\s+)?(?:quality\s+(?:statement|standard|measure)|indicator)s?",
    re.IGNORECASE,
)
"""What is written to be recommended from, where it is said how it should be written."""
_HEDGE = re.compile(r"\s{0,3}(normally|usually|generally|ordinarily|ideally|preferably)\b")
"""What weakens a modal right behind it: "should normally be done by surgeons"."""
_IS_READ = re.compile(
    r"\s*(?:also\s+|always\s+)?be\s+(?:read|used|considered|viewed|interpreted|seen|(?P<again>reviewed|updated|revised))\b",
    re.IGNORECASE,
)
"""How a document is to be read, where it is itself the subject."""
_BEFORE_THIS = re.compile(r"(?:in|for|among)\s(?P<group>[^,;:]{3,100}?)\sth(?:is|ese)\s[\w\s]{3,40}$", re.IGNORECASE)
_BEFORE_AN_ARTICLE = re.compile(
    r"(?:in|for|among)\s(?P<group>(?:(?!(?:who|whose|whom|that|which|where|when|\w+ing)\b)[^\s,;:]+\s){1,13}?[^\s,;:]+(?<!ing)(?<!ed))"
    + objects.BEHIND_NO_SUCH_WORD
    + r"\s(?:an?|the)\s[^,;:]{2,80}$",
    re.IGNORECASE,
)
"""A group of which no clause tells more, before a subject with an article: "in adults with gout a score"."""
_DONE_IN = re.compile(
    rf"(?!(?:The\s)?(?:[\w-]+\s)?(?:stud(?:y|ies)|research|trials?|evidence|risks?|incidence|prevalence|number|data|rates?|outcomes?)\b)[^,;:()]{{3,80}}\s(?:for|of)\s[^,;:()]{{3,60}}(?:\s\([A-Z][\w‑-]{{1,9}}\))?\sin\s(?P<group>(?:all\s|most\s)?(?:(?:young|older|pregnant)\s)?{nouns()})",
    re.IGNORECASE,
)
"""What is done for an illness, and in whom: "balm for severe gout in adults"."""
_USED = re.compile(
    r"\s*(?:only\s|not\s)?be\s(?:only\s)?(?:used|done|carried\sout|performed|undertaken|offered|given|considered)\b"
)
_HAD_BY = re.compile(
    rf"(?!(?:The\s)?(?:[\w-]+\s)?(?:stud(?:y|ies)|research|trials?|evidence|risks?|number|data|rates?|outcomes?)\b)[^,;:()]{{3,80}}\sin\s(?P<group>(?:all\s|most\s)?(?:otherwise\s)?(?:(?:young|older|pregnant|healthy)\s)?{nouns()})",
    re.IGNORECASE,
)
_CARED_FOR = re.compile(
    r"\s*(?:only\s|not\s)?be\s(?:only\s|always\s|\w+ly\s)?(?:diagnosed|treated|managed|investigated)\b"
)
"""What is done about what somebody has: "gout in healthy adults" should be treated."""
_NOT_ALL = re.compile(r"(?:[Nn]ot\s(?:all|every)|[Ff]ew)\b")
"""Of some at most it is told what should be: nobody can tell of which."""
_INDEFINITE = re.compile(r"(?:some|many|most|few|a\s+few)\b", re.IGNORECASE)
_AVOIDS = re.compile(
    r"\s*(?:(?:also|always|generally|usually|therefore|\w+ly)\s+)?(?:be\s+(?:\w+ly\s+)?(?:avoided|discouraged)|avoid|refrain\s+from|discourage)\b",
    re.IGNORECASE,
)
"""Verbs that turn the direction of "should"."""
_DENIED = re.compile(
    r"(?:no(?:\s+|-)one|nobody|none(?:\s+of)?|nothing|neither|no(?!\s+(?:later|more|less|fewer|earlier|sooner|longer)\s+than\b))\b\s*",
    re.IGNORECASE,
)
"""How a subject begins that is nobody and nothing: "no patient", "neither drug"."""
_SELDOM = re.compile(r"\s*(?:be\s+)?(?:neither|rarely|seldom|hardly\s+ever|no\s+longer)\b", re.IGNORECASE)
_ARRANGED = re.compile(
    r"\b(?:used|done|performed|offered|undertaken|carried\s+out)\s+without\s[^.]{0,60}\barrangements\b", re.IGNORECASE
)
"""What is not to be done without something, and so is done with it: "should not be used without special arrangements"."""
_FOR_RESEARCH = re.compile(
    r"\s*(?:enter|enrol|include|recruit|submit|collect|participate|publish|take\s+part|register|report|use\s+this\s+(?:tool|register))\b",
    re.IGNORECASE,
)
"""What clinicians are encouraged to do for research, as "NICE encourages further research"."""
_CONSIDERED = re.compile(
    r"\s{0,9}(?:(?:also|therefore|thus|then|\w+ly)\s+){0,2}(?P<words>be\s+(?:\w+ly\s+)?considered(?!\s+(?:at\s+(?:\w+\s+)?risk|as\s+(?:having|being|at)|to\s+(?:be|have)|(?:first|second|third)[\s-]line|(?:the\s+)?(?:preferred|gold\s+standard)|genuine|valid|serious)\b)|consider(?!\s+(?:what|how|why)\b))\b",
    re.IGNORECASE,
)
_CONSIDERATION = re.compile(r"(?:Some\s|Due\s|Careful\s|Serious\s)?[Cc]onsideration")
"""What should be "given to" something that is to be considered."""
_WEIGHS = re.compile(
    r"(?:(?:The|Any|This|All|Each)\s)?(?:\w+\s){0,2}(?:decision|choice|assessment|evaluation|selection|plan|planning|review|discussion|strategy"
    r"|policy|approach|programme)s?\b",
    re.IGNORECASE,
)
"""What takes into account what it "considers", unlike somebody who may do so or not."""


_SKILL = re.compile(
    r"\b(?:experienced?|expertise|experts?|speciali[sz](?:es?|ed|ing)|skilled|skills|trained|training|competent|competence)\b[^.;]*\s$"
)
"""What tells of those who act what they can do, up to whom they can do it for."""


def _is_a_skill(actor: str, population: str) -> bool:
    """Whether the group is named only by what those who act can do: "specialists in managing falls in older people"."""
    at = actor.rfind(population)
    return at > 0 and _SKILL.search(actor, 0, at) is not None


def _beside(actor: str | None, population: str | None) -> str | None:
    """The group beside those who act: none that only tells what these can do, and without who does it at its end."""
    if actor is None or population is None:
        return population
    return None if _is_a_skill(actor, population) else population.removesuffix(f" by {actor}")


_AT_RISK = re.compile(r"(?<!who)(?<!that)(?<!which)\s(?:is|are)\sat\s(?=(?:[\w-]+\s){0,2}risk\b)")
"""What is told of a group before what should be done: "people who have gout are at high risk and should"."""
_WHATEVER = re.compile(r",\s(?:regardless|irrespective)\sof\s[^,;:]{3,80}$")
"""What makes no difference to a group, told behind it: "adults with gout, regardless of age"."""
_ASKS = re.compile(
    r"\s(?:(?:also|always|routinely)\s)?(?:ask\s(?!(?:for|about|to)\b)|check\swith\s|find\sout\sfrom\s)(?:(?!\s(?:to|about|for)\s)[^,;:.]){2,120}"
)
"""What stands between "should" and an "if" that opens what is asked: "nurses should ask adults if they have had gout"."""
_HAVE = re.compile(r"\s(?:also\s|all\s|always\s)?have\s")
_DONE_THERE = re.compile(
    r",\s(?:and\s)?(?:\w+ly\s)?(?:performed|carried\sout|conducted|undertaken|delivered|led|done)(?=\sby\s(?!\w+ing\b))"
)
"""What is told behind a comma of the thing that should be somehow: "the check should be short, done by a nurse"."""
_NEED = re.compile(
    r"(?P<who>[^,;:.]{3,120}?)(?<!\bwho)(?<!\bthat)(?<!\bmay)(?<!\bmight)(?<!\bcan)(?<!\bcould)(?<!\bwill)(?<!\bnot)(?<!\balso)(?<!\bto)(?<!\ba)(?<!\ban)(?<!\bno)(?<!care)(?<!support)\sneeds?\s(?!to\b)[^,;:.]{2,80}\sand$"
)
"""The first verb of those who share a second one, which tells what they need: "patients need wax and should be told"."""
_FOR_WANT_OF = re.compile(r"\b(?:research|evidence|data|information)$")
_TAKES_PART = re.compile(r"\s(?:also\s|always\s)?be\s(?:\w+ly\s)?involved\sin\b")
"""A passive whose subject acts: "a team should be involved in the selection"."""


def find(sentence: str) -> tuple[int, Wording] | None:
    """A clause ruled by must or should."""
    if not has_any(sentence.lower().replace("\n", " "), _BINDING_SIGNS):  # a line may end within "has to"
        return None
    found = list(modals(sentence))
    if not any(modal.modality in _BINDING for modal in found):
        return None
    itself = False
    for clause in clauses(sentence, found):
        rest = sentence[slice(*clause.rest)]
        words = squeeze(sentence[clause.modal.start : clause.modal.end])
        if clause.modal.modality not in _BINDING or words.lower() == "may not":
            continue
        if (
            _HOLLOW.match(rest)
            or _PERFECT.match(rest)
            or _GOAL.match(sentence, clause.rest[0])
            or (WILL_HAPPEN.match(rest) and sentence[slice(*clause.subject)].lower() == "you")
            or (clause.modal.modality in ("must", "should") and is_taken_for(sentence, clause.rest[0]))
            or is_reported(sentence, clause)
            or (
                (_EMPHASISES.match(rest) or words.startswith("need"))
                and sentence[slice(*clause.subject)].lower() in ("we", "one")
            )
        ):
            continue
        if clause.modal.modality == "should_not" and _NOT_SUFFERED.match(rest):
            return None
        if _TOLD_BY.match(sentence, clause.subject[0]) and _TELLS.match(rest):
            continue
        if itself and sentence[slice(*clause.subject)] in ("it", "they"):
            continue
        if (is_read := _IS_READ.match(rest)) and (
            _is_itself(sentence, clause, is_read) or DESCRIBES.match(sentence, 0, clause.modal.start)
        ):
            itself = True
            continue
        if not_needed(sentence, clause) or _A_DOCUMENT.fullmatch(sentence, *clause.subject):
            continue
        if _NOT_ALL.match(sentence, clause.subject[0]):
            continue
        if words.endswith("required to") and _is_in_want(sentence, clause, words.lower(), rest):
            continue
        if words.startswith("need") and _INDEFINITE.match(sentence, clause.subject[0]):
            continue
        wording = _of_clause(sentence, clause, words)
        if wording.term == words and (hedge := _HEDGE.match(rest)):
            wording = replace(wording, term=f"{words} {hedge[1]}")
        if wording.direction == "against" and OVER_ANOTHER.search(rest):
            continue
        return clause.modal.start, wording
    return None


def _is_itself(sentence: str, clause: Clause, is_read: re.Match[str]) -> bool:
    """Whether the document is the subject; a policy that is to be looked through again may be one of those who read it."""
    return _ITSELF.fullmatch(sentence, *clause.subject) is not None and not (
        is_read["again"] and sentence.endswith("policy", *clause.subject)
    )


def _who_need(sentence: str, clause: Clause) -> str | None:
    """Those of whom it is told first what they need: "patients need wax and should be told"."""
    shared = _NEED.fullmatch(squeeze(sentence[slice(*clause.subject)]))
    return shared["who"] if shared else None


def _is_in_want(sentence: str, clause: Clause, words: str, rest: str) -> bool:
    """Whether some things are wanted so that others come about: "two doses are required to protect", "research is required to tell";
    nobody is obliged by that."""
    subject = squeeze(sentence[slice(*clause.subject)])
    wanted = words.startswith("are ") or (words.startswith("is ") and _FOR_WANT_OF.search(subject) is not None)
    return wanted and not is_passive(rest) and not actors.kinds(subject)


def _group_before(subject: str) -> str | None:
    """The group that stands before the subject without a comma: "in children this procedure", "in adults with gout a score"."""
    named = _BEFORE_THIS.match(subject) or _BEFORE_AN_ARTICLE.match(subject)
    return named["group"] if named and actors.kinds(named["group"]) == ("patient",) else None


def done_in(subject: str, rest: str) -> str | None:
    """The group at the end of a subject that names what is used or done: "balm for severe gout in adults"."""
    if " in " not in subject:
        return None
    named = _DONE_IN.fullmatch(subject) if _USED.match(rest) else None
    named = named or (_HAD_BY.fullmatch(subject) if _CARED_FOR.match(rest) else None)
    return named["group"] if named else None


def _acts(subject: str, rest: str, modality: str) -> bool:
    """Whether the subject, somebody by name, does something: it is not enabled to or given a dose, and no place or team told what it
    is made up of."""
    enabled = modality == "should" and is_enabled(subject, rest)
    return not (enabled or is_dosed(rest) or is_place(subject, rest) or is_made_up(rest))


_TIME = r"(?:on|at)\s(?:(?!and\b)[\w-]+\s){0,5}?(?:admission|discharge|arrival|referral|diagnosis|birth|bedtime|appointment|visit|review|contact|registration|consultation|booking)\s"
_TWO_TIMES = re.compile(
    rf"(?P<one>(?:All|Any|Every|all|any|every)\s(?:(?!(?:on|at|and)\b)[\w-]+\s){{1,6}}?)(?P<first>{_TIME})and\s(?P<two>(?:all|any|every)\s(?:(?!(?:on|at|and)\b)[\w-]+\s){{1,6}}?)(?P<second>{_TIME})$"
)
"""Two groups, each with a time of its own: "all inpatients on admission and all outpatients at their first visit" should be screened."""
_AGENT = r"(?:an?|the|their|your)\s(?:(?!(?:and|or|by|who|if|when|in|for|at|on|to)\b)[\w’'-]++\s?){1,7}"
_TWO_DEEDS = re.compile(
    rf"\sbe\s(?:\w+ly\s)?\w+(?:ed|en|ne|de|wn)\sby\s(?P<first>{_AGENT})(?<=\s)(?:in\s[^,;:.]{{3,60}}?\s)?and\s(?P<what>(?:[\w’'-]+\s){{1,5}}?)by\s(?P<second>{_AGENT})"
)
"""Two things done, each by somebody of its own: "should be led by a nurse and long plans by a doctor"."""


def _of_two_deeds(sentence: str, start: int) -> str | None:
    """Those who do the one thing and those who do the other; None where the sentence names no two such."""
    found = _TWO_DEEDS.match(sentence, start) if " by " in sentence[start:] else None
    if found is None or found["what"].strip() in ("preferably", "ideally"):
        return None
    each = [squeeze(found["first"]).rstrip(" ."), squeeze(found["second"]).rstrip(" .")]
    return "\n".join(each) if all(set(actors.kinds(one)) - {"patient"} for one in each) else None


def _doer(sentence: str, rest: tuple[int, int], subject: str, modality: str) -> str | None:
    """Who acts: the subject, or whom a passive names in sentence[slice(*rest)], which ends before a closing condition."""
    start, end = rest
    words = sentence[start:end]
    kinds = actors.kinds(subject)
    if is_passive(words) and not _TAKES_PART.match(words):
        by = agent(sentence, start, end)
        return _of_two_deeds(sentence, start) or (squeeze(sentence[slice(*by)]) if by else None)
    acts = set(kinds) - {"patient"} and _acts(subject, words, modality)
    if (
        kinds == ("patient",)
        and (had := _HAVE.match(sentence, start, end))
        and (by := agent_of_had(sentence, had.end(), end))
    ):
        return squeeze(sentence[slice(*by)])
    if not kinds and (done := _DONE_THERE.search(sentence, start, end)):
        by = agent(sentence, done.end(), end)
        return squeeze(sentence[slice(*by)]) if by and by[0] == done.end() + len(" by ") else None
    return SEE.sub("", subject) if acts else None


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
    term = words
    weighed = not is_passive(rest) and _WEIGHS.match(sentence, *clause.subject)
    if modality == "should" and not weighed and not is_a_state(rest) and (match := _CONSIDERED.match(rest)):
        code, term = "conditional", squeeze(f"{words} {match['words']}")
    if _CONSIDERATION.fullmatch(sentence, *clause.subject) and rest.lstrip().startswith("be given to "):
        code, term = "conditional", squeeze(f"{sentence[slice(*clause.subject)]} {words} be given")
    if "encouraged" in words:
        code = "none" if _FOR_RESEARCH.match(rest) else "conditional"
    arranged = "without" in rest.lower() and _ARRANGED.search(rest) is not None
    against = modality in ("must_not", "should_not") and not arranged
    denied = _DENIED.match(sentence, *clause.subject)
    if modality in ("must", "should") and (denied or _SELDOM.match(rest)):
        against = True
    if _AVOIDS.match(rest):
        against = not against
    if is_needless(rest):
        code, term, against = "strong", words, not against
    tail = None if arranged else trailing(sentence, start, end)  # the arrangement is what it may be done under
    if tail and second_deeds.is_of_second(sentence, start, tail[0]):
        tail = None
    if tail and _ASKS.fullmatch(sentence, start, tail[0]) and quoted(sentence, tail).startswith("if "):
        tail = None
    if tail is None and against and (modality in ("must_not", "should_not") or _AVOIDS.match(rest)):
        tail = second_deeds.until(sentence, start)
    condition = clause.condition
    population, opened = group_or_condition(quoted(sentence, condition)) if condition else (None, None)
    named = squeeze(sentence[denied.end() if denied else clause.subject[0] : clause.subject[1]])
    subject = WILL_AT_END.sub("", named.removeprefix("Only "))
    kinds = actors.kinds(subject)
    actor = _doer(sentence, (start, tail[0] if tail else end), subject, modality)
    subject = _who_need(sentence, clause) or _WHATEVER.sub("", _AT_RISK.split(subject, maxsplit=1)[0])
    population = (
        population
        or _group_before(subject)
        or done_in(subject, rest)
        or (
            subject
            if (kinds == ("patient",) or (kinds and is_dosed(rest)))
            and not (FOR.match(subject) or POINTS_BACK.fullmatch(subject))
            else None
        )
        or objects.ensured(sentence, clause.modal.end)
        or groups.group(sentence, clause.modal.end)
    )
    for told in (condition, tail):
        if population is None and told:
            population = done_to.group(quoted(sentence, told))
    if kinds == ("patient",) and (each := _TWO_TIMES.match(sentence, clause.subject[0], clause.modal.start)):
        population = "\n".join(squeeze(each[name]).rstrip() for name in ("one", "two"))
        opened = "\n".join(filter(None, [opened, *(squeeze(each[name]).rstrip() for name in ("first", "second"))]))
    return Wording(
        code,
        term,
        "against" if against else "for",
        actor,
        both(sentence, opened, tail),
        _beside(actor, population),
    )
