"""The duty that a clause ruled by a modal states, where it binds somebody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from betony.nlp import actors, references, vocabulary
from betony.nlp.clauses.clause import Clause
from betony.nlp.clauses.doers import INSERTED, agent, is_dosed, is_enabled, is_made_up, is_passive, is_place
from betony.nlp.clauses.not_binding import WILL_HAPPEN, is_reported, not_needed
from betony.nlp.clauses.trailing import trailing
from betony.nlp.responsibilities.duty import THEY, Duty
from betony.nlp.responsibilities.recipients import recipient_of
from betony.nlp.responsibilities.spans import LIGHT, trimmed
from betony.nlp.responsibilities.subjects import (
    HABITUAL,
    is_somebody,
    is_within,
    with_its_subject,
    without_circumstances,
)
from betony.nlp.strength.verbs import starts_with_verb, verb_set
from betony.text import squeeze

_HOLLOW = re.compile(
    r"\s{0,9}(?:also\s+)?(?:come\s+into\s+(?:force|effect|operation)|(?:cease\s+to\s+)?have\s+effect|expire|be\s+(?:noted|remembered|emphasi[sz]ed|stressed|acknowledged|recogni[sz]ed"
    r"|borne\s+in\s+mind|pointed\s+out"
    r"|(?:the\s+)?(?:binding|authentic|governed)|mentioned|appreciated|cited\s+as|(?:held\s+)?(?:liable|(?<=held\s)responsible|responsible(?!\sfor\s(?!any\b|errors?\b|loss|damage|the\s(?:content|accuracy|use)\b)))|construed\s+to\s+be\s+liable))\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(
    r"\s{0,9}(?:\w+\s+)?have\s+(?:been|had|(?!(?:attended|completed|undergone|received|passed)\s(?:an?|the|all|some|\w+ed)\s(?:[\w-]+\s){0,4}?(?:courses?|training|qualifications?|assessments?|inductions?|checks?)\b)\w+ed|led|shown|made|taken|given|done)\b",
    re.IGNORECASE,
)
"""What might have been, unlike what those need to have behind them: "should have attended an approved course"."""
_BEFALLS = re.compile(
    r"\s{0,9}(?:(?:then|soon|\w+ly)\s+)?(?:(?:start|begin)\s+to\s+)?(?:recover|improve|heal|feel(?!\s(?:free|able|involved|safe|supported|confident)\b)|notice|get\s+better|go\s+away|subside|resolve|settle|disappear|survive|soften|dissolve|wear\s+off|fade|fall|rise|follow(?=\s*$|\s+(?:from|if|when|once)\b))\b",
    re.IGNORECASE,
)
"""What is likely to happen to somebody, not what anybody is to do."""
_OWED_YOU = re.compile(
    r"\s{0,9}(?:also\s|then\s|always\s)?(?:have|receive|get)\s(?:(?:an?|the|your|this|these|at\sleast|more)\s)?(?:[\w’'-]+\s){0,3}?"
    r"(?:appointments?|check(?:-?up)?s?|reviews?|tests?|scans?|assessments?|chance|opportunity|access|visits?|support|information|choice|follow-up)\b(?!\s(?:ready|with\syou|to\shand))",
    re.IGNORECASE,
)
"""What a reader is owed by those who give care: "you should have this appointment within a week"."""
_GIVEN = re.compile(
    r"\s{0,9}(?:\w+\s+)?be\s+(?:\w+ly\s+)?(?:offered|given|told|informed|advised|asked|shown|sent|invited"
    r"|warned|provided\s+with)\b",
    re.IGNORECASE,
)
_HAVING = re.compile(
    r"\s{0,9}(?:\w+ly\s+|also\s+)?(?:have\s+(?:(?:\w+\s+)?access|(?:[\w-]+\s+){0,2}(?:contact|support|follow-up|opportunit(?:y|ies)|confirmation|assessments?|tests?|testing|checks?|reviews?|treatment|therapy|surgery|monitoring|screening|counselling|care|return|visits?|sessions?|appointments?)|(?:prompt|quick|rapid|swift|speedy|timely|easy|early|equal|direct)\s\w+|the|a|an|their)|receive|be\s+able|get)\b",
    re.IGNORECASE,
)
_KEEPS = re.compile(r"\s(?:with\sthem|ready\s(?:at|in|for)|available)\b")
"""What is told of what somebody has with them."""
_DOES_TOO = re.compile(r"\sand\s(?P<verb>[a-z]+)\s(?:the|their|them|it|an?|every|each|any)\b")
"""What somebody does besides getting something: "have checks and look after their feet"."""
_SEES = re.compile(
    r"\s{0,9}(?:also\s|soon\s)?(?:see|experience|notice|find|expect|have)\s(?:an?\s|the\s)?(?:\w+ly\s)?(?:fewer|less|lower|reduced|reductions?|increased?|higher|savings?|drop|fall|improvements?|improved|better|benefits?)\b"
)
"""What somebody is likely to see come of it."""
_EFFECT = re.compile(
    r"\s{0,9}(?:\w+ly\s+)?(?:decrease|reduce|increase|lead\s+to|result\s+in|help|enable|allow|facilitate|eliminate|prevent|relieve|cure|protect|improve|ease)\b",
    re.IGNORECASE,
)
"""What something is likely to do, where nobody is named who does it."""
_DO_SO = re.compile(r"\s*do\s+so\b", re.IGNORECASE)
_TOLD = re.compile(r"(?:Inform|Tell|Advise|Explain|Remind|Note|Ensure|Stress)\b[^.]{0,80}\bthat\b")
"""An instruction to say what should be: its modal words bind nobody whom the subject names."""
_EXAMPLE = re.compile(r"For\s(?:example|instance)\b")
_IS_KEPT = re.compile(
    r"\s*(?:also\s|now\s|therefore\s)?(?:remain|stay|move|transfer|(?:cross[\s-]?refer|refer|link)\s(?:readers\s|users\s)?to|undergo\s(?:an?|the|any)\s(?:[\w-]+\s){0,2}review|be\s(?:also\s)?(?:re-?issued|changed\sto\sreflect|withdrawn\sbecause|(?:replaced|superseded)\s(?:with|by)\s(?:those|the\s(?:recommendations|guid\w+|advice))\b|moved|transferred|placed|put|added|incorporated|read|(?:considered|scheduled|proposed)\sfor\s(?:an?\s)?(?:review|update)|(?:updated|reviewed|withdrawn|replaced)(?=\s*(?:[.;]|$|at\sth(?:is|e)\s|now\b|for\snow\b|when\b|once\b|after\b|until\b))))\b"
)
_TAKEN_UP = re.compile(
    r"\s*(?:also\s)?be\s(?:included|considered|taken\sup|covered|addressed|incorporated)\s(?:in|into|as\spart\sof|during|by)\s(?:an?|the|any|this|its|a\sfuture)\s(?:[\w-]+\s){0,2}(?:updates?|reviews?)\b"
)
"""What is to be done with a part of guidance when it is next updated: its publisher's own plan."""
_BY_NUMBER = re.compile(
    r"(?:[Tt]he\s(?:\w+\s)?)?[Rr]ecommendations?\s\d[\d.]*(?:(?:,|\sand|\sto)\s\d[\d.]*){0,12}(?:\s(?:of|in|from)\s[A-Z]{2,4}\d{1,4})?"
)
"""Parts of guidance by their numbers: "Recommendation 1.1 of TA31"."""
_GUIDANCE = re.compile(
    r"(?:[A-Z][a-z]+,\s)?(?:the|these|this|all|both)\s(?:\w+\s){0,2}(?:appraisals?|guidances?|guidelines?|evaluations?|(?:quality\s)?standards?|(?:review\s)?questions?|(?:clinical\s)?areas?|sections?|recommendations?)(?:\s(?:for|on|in|about|relating\sto|concerning|regarding)\s[^,;]{3,120})?(?:\s(?:(?:partially|fully|also)\s)?(?:updates?|replaces?|supersedes?)\b.{1,200}\sand)?",
    re.IGNORECASE,
)
"""Publications, whose standing is proposed: "TA1 should move to the static list" binds nobody."""
_BY_TITLE = re.compile(r"The\s[A-Z](?:(?!\sthe\s|\swho\s|\sthat\s)[^,;:]){2,120}\s(?:guidance|guideline)")
"""One that its title names: "The Heel cream guidance"."""
_STOP = re.compile(r";\s")
_ELIGIBLE = re.compile(
    r"\s*(?:also\s|either\s|normally\s)?be\s(?:at\sleast\s\d|\d|aged\s|over\s\d|under\s\d|registered\swith\s|an?\s(?:\w+\s)?resident\b|living\sin\b)"
)
"""Who "you must be" for something to be open to you, which is nothing to do."""
_APPLYING = frozenset({"you", "applicants", "participants", "volunteers"})
_TO_APPLY = re.compile(r"To\s(?:be\s(?:eligible|included|able\sto)|qualify|apply|take\spart|join)\b")
_STUDIES = re.compile(
    r"(?:(?:The|These|All|Any|Each|Every|Eligible|Included)\s)?(?:stud(?:y|ies)|trials?)", re.IGNORECASE
)
"""What has to be so for a review of evidence to take it in, or is awaited of it."""
_PRONOUNS = frozenset({"it", "this", "that", "they", "these", "those"})
"""Subjects that say nothing without the sentence before."""
_A_FEW = 3
_ACT = re.compile(
    r"\s*(?:\w+ing\b|(?:the|their|its|any|all|an?|this|these|each|every|how|what|that)\s|(?:\w+\s){0,2}\w*(?:tion|sion|ment|ance|ence|al|ship|ity|ety)\b)",
    re.IGNORECASE,
)
"""What somebody can be responsible for doing, in a few words: not "controlled drugs"."""
_OBJECTLESS = re.compile(
    r"\s(?:also\s|always\s|first\s)?(?:(?:consider|know|have|give|use|provide|include|meet)|(?:take|make|do|follow|complete|perform)(?:\s(?:to|before|when|if)\s.{0,200})?)"
)
"""A verb without what it is done to."""
_IF_NEEDED = re.compile(r"(?<!\band),?\s(?P<condition>if\s(?:it\sis\s)?needed)$")
_SAYS_FURTHER = re.compile(r"(?<=,\s)(?:when|where)\s[^,;:]{3,160}?\s(?:should|must|shall)\s")
"""What goes on about the case named before a comma and is no condition: "except in an emergency, when the form must be kept"."""
_SAYS_MORE = re.compile(
    r",?\s(?:and\s(?:this|these)\s(?:would|will|could|might)|particularly|especially|because|since|as|but|so|for\sexample|such\sas|including|rather\sthan|instead|if|when|unless)\b|\s?[;:(–—-]"
)
"""What goes on behind a condition and is no part of what is to be done: more of the case, why, another course."""
_AND_IS = re.compile(
    r",?\s(?:and|but)\s(?:is|are|remains?|cannot|can|will|has|have)\s(?!been\b)|,\s(?:and|but)\s(?!(?:any|all|that|which|whether|how|what|when|if|to)\b)(?:(?!(?:who|which|that|whose|where|when|if)\b)[\w’'-]+\s){1,8}?(?<!\bto\s)(?:is|are|cannot|can|will|has|have)\s"
)
_WITHIN = re.compile(
    r"\b(?:that|which|who|whose|whom|where|when|whether|how|what|why|if|because|as|while|until|unless|once|before|after|ensure|sure|so\sthat)\b|:"
)
"""What opens a clause within what is to be done, which may go on behind "and": "ensure that rooms are dry and are kept so"."""
_OF_THEM = re.compile(r"who\s|whose\s|(?:one|some|both|all|each|none)\sof\swhom\s")
"""How that begins which is told of those who act, behind them."""
_TOLD_OF_IT = re.compile(
    r",\s(?:which|who|whose)\s[^,;:]{0,80}?\b(?:must|should|shall|will|can|may|is|are)\s|,\sincluding\s[^,;:]{2,60}$"
)
"""What is told of a thing behind a comma, whose condition is its own: "keep a log, which must be read whenever it rains"."""
_NOT_NEEDED = re.compile(r",?\s(?:but|and)\s(?:they\s)?(?:need\snot|(?:do|does)\snot\s(?:need|have)\sto)\s")
"""How it goes on with what nobody needs to do: "must keep a register but need not publish it"."""
_BUT_SO = re.compile(r";\s(?:however|nevertheless|nonetheless|therefore|thus|otherwise|in\saddition|at\spresent),?\s")
"""How a clause of its own begins that tells more: "should be waxed once a day; however, we still hear of harm"."""
_LONGEST_NEED = 20
_AND_THEY_SAID = re.compile(
    r",\s(?:and|but|so)\s(?:the\s(?:\w+\s)?(?:committee|panel|group)|stakeholders|experts)\s(?:also\s|\w+ly\s)?(?:agreed|noted|thought|felt|said|discussed|recogni[sz]ed|considered|concluded|heard|decided)\b"
    r"|,\s(?:and|but)\s(?:(?:practice|provision|this)\s(?:varies|differs)|(?:not\sall|not\severyone|most|many|some|few)\s(?:[\w-]+\s){0,3}?(?:do|does|already|have|has|are)\b)|,\sas\sthe\s(?:committee|panel|group)\s\w+ed\b"
)
"""How it goes on with what those who wrote the guidance said, or what is done so far: "must have a licence, and the committee
agreed that", "must have a licence, but not all do"."""
_HOWEVER = re.compile(r",?\s(?:however|therefore|nonetheless|nevertheless|in\sturn|of\scourse),\s")
"""What stands between the modal and its verb and adds nothing: "should not, however, be"."""
_OF_NECESSITY = re.compile(r",?\s(?:of\snecessity|by\sdefinition|by\sits\snature)\b")
"""How it goes on behind a modal that only concludes: "must, of necessity, be general"."""
_NOT_ALL = re.compile(r"(?:Many|Some|Most|Several|Few|Different|Various)\s")
"""Those of whom "may" tells what they happen to do."""
_NEITHER = re.compile(r"(?:neither|none)\b", re.IGNORECASE)
_NO = re.compile(r"(?:nobody|no(?:\s+|-)one(?=\s*$)|no)\b\s*", re.IGNORECASE)


def of_clause(sentence: str, clause: Clause) -> Duty | None:
    """The duty that a clause with a modal states, or None where the modal binds nobody."""
    start, end = _without_aside(sentence, *clause.rest)
    rest = sentence[start:end]
    clause = with_its_subject(sentence, clause)
    subject = sentence[slice(*clause.subject)]
    modality = clause.modal.modality
    who = actors.kinds(subject)
    if _TOLD.match(subject) or is_within(subject) or _lacks_object(sentence, rest) or _OF_NECESSITY.match(rest):
        return None
    term = squeeze(sentence[clause.modal.start : clause.modal.end])
    words = term.lower()
    is_they = (bool(THEY.match(subject)) and not re.match(r"\s*be\b", rest)) or (
        not who and is_somebody(subject, words, rest)
    )
    opens_list = not rest.strip() and sentence.rstrip().endswith((":", "–", "—"))
    if (
        (words.startswith(("is ", "are ")) and HABITUAL.match(sentence))
        or is_reported(sentence, clause)
        or not_needed(sentence, clause)
        or not (opens_list or _obliges(words, modality, subject, rest, who, they=is_they))
    ):
        return None
    passive = (
        rest.strip() == "be" and who == ("patient",)
    ) or (  # "People should be:", and items that say what is done
        is_passive(rest) and (not words.endswith(" to") or words.startswith(("need", "has ", "have ")))
    )
    tail = _closing(sentence, start, end)
    between = tail is not None and not sentence[start : tail[0]].strip(" ,")
    beside = _behind(sentence, tail[1], end) if tail and not between and not modality.endswith("_not") else []
    if tail:
        start, end = (tail[1], end) if between else (start, tail[0])
        passive = passive or (between and is_passive(sentence[start:end].lstrip(" ,")))
    condition, closing = (clause.condition, tail) if clause.condition else (tail, None)
    end = _over(sentence, start, end, modality)
    inserted = INSERTED.match(sentence, start, end) if passive else None
    pieces = [trimmed(sentence, inserted.end() if inserted else start, end)]
    actor: tuple[int, int] | None = (
        without_circumstances(sentence, clause.subject)
        if (who or is_they) and not (is_place(subject, rest) or is_made_up(rest))
        else None
    )
    recipient: tuple[int, int] | None = None
    receives = (
        (who == ("patient",) and bool(_HAVING.match(rest)) and not _acts_too(rest))
        or (
            modality == "should" and (is_enabled(subject, rest) or (subject.lower() == "you" and _OWED_YOU.match(rest)))
        )
        or (bool(who) and is_dosed(rest))
    )
    if passive or not actor or receives:
        patient_first = bool(_GIVEN.match(sentence, pieces[0][0])) or receives
        recipient = clause.subject if patient_first and actor else None
        actor = None
        if passive and (actor := agent(sentence, *pieces[0])):
            start, end = pieces[0]
            before = trimmed(sentence, start, sentence.rindex("by", start, actor[0]))
            behind = trimmed(sentence, actor[1], end)
            pieces = [before] if _OF_THEM.match(sentence, behind[0]) else [before, behind]
        pieces[:0] = [] if subject.lower() == "one" else [clause.subject]
    recipient, pieces = recipient_of(sentence, pieces, recipient)
    pieces += [trimmed(sentence, *inserted.span()), *beside] if inserted else beside
    opened = clause.condition is not None and clause.condition[0] < clause.subject[0]
    if (actor is None and _EXAMPLE.match(sentence)) or _is_to_be_taken_in(sentence, subject, rest):
        return None
    if (_IS_KEPT.match(rest) and _is_guidance(subject)) or (actor is None and _TAKEN_UP.match(rest)):
        return None
    if subject.lower() in _PRONOUNS and actor is None and (clause.subject[0] == 0 or (passive and not opened)):
        return None
    if (no := _NO.match(subject)) and modality in ("should", "must"):
        return replace(_denied(sentence, clause, no.end(), pieces, condition), closing=closing)
    action = tuple(p for p in pieces if p[1] > p[0])
    return Duty(modality, term, action, actor, recipient, condition, closing=closing)


def _acts_too(rest: str) -> bool:
    """Whether those who get something are told to keep it ready, or to do something besides."""
    too = _DOES_TOO.search(rest)
    return _KEEPS.search(rest) is not None or (too is not None and too["verb"] in verb_set())


def _without_aside(sentence: str, start: int, end: int) -> tuple[int, int]:
    """What stands behind a modal, without an aside that adds nothing ("however")."""
    aside = _HOWEVER.match(sentence, start, end)
    return (aside.end() - 1 if aside else start), end


def _is_to_be_taken_in(sentence: str, subject: str, rest: str) -> bool:
    """Whether it tells whom something is open to, or which studies a review takes in."""
    applies = subject.lower() in _APPLYING or _TO_APPLY.match(sentence)
    return _STUDIES.fullmatch(subject) is not None or bool(applies and _ELIGIBLE.match(rest))


def _over(sentence: str, start: int, end: int, modality: str) -> int:
    """Where it is over what is to be done: before other duties, what nobody needs to do, or what is told besides."""
    lit = LIGHT.search(sentence, start, end)
    if lit and not _DO_SO.match(sentence, start):
        end = lit.start()
    if (
        told := _NOT_NEEDED.search(sentence, start, end)
        or _BUT_SO.search(sentence, start, end)
        or _AND_THEY_SAID.search(sentence, start, end)
        or _told_further(sentence, start, end)
    ):
        end = told.start()
    return _before_instruction(sentence, start, end) if modality.endswith("_not") else end


def _told_further(sentence: str, start: int, end: int) -> re.Match[str] | None:
    """Where a verb of its own begins that is no part of what is to be done: "must hold a licence and are answerable to"."""
    further = _AND_IS.search(sentence, start, end)
    return further if further and not _WITHIN.search(sentence, start, further.start()) else None


def _closing(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """The condition that closes the clause."""
    tail = trailing(sentence, start, end) or _if_needed(sentence, start, end)
    if tail and (_SAYS_FURTHER.match(sentence, *tail) or _TOLD_OF_IT.search(sentence, start, tail[0])):
        return None
    return tail


def _behind(sentence: str, start: int, end: int) -> list[tuple[int, int]]:
    """What else is to be done, or how, behind a condition; what says more of the condition, or why, adds nothing."""
    return [] if _SAYS_MORE.match(sentence, start, end) else [trimmed(sentence, start, end)]


def _if_needed(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """The "if needed" that closes the clause."""
    needed = _IF_NEEDED.search(sentence, max(start, end - _LONGEST_NEED), end)
    return needed.span("condition") if needed else None


def of_unnamed(sentence: str, clause: Clause) -> Duty | None:
    """The duty of a clause without a subject, whose doer is named elsewhere."""
    start, end = clause.rest
    if not sentence[start:end].strip(" :") and not sentence.endswith((":", "–", "—")):
        return None
    tail = trailing(sentence, start, end)
    pieces = [trimmed(sentence, start, tail[0] if tail else end)]
    recipient, pieces = recipient_of(sentence, pieces, None)
    term = squeeze(sentence[clause.modal.start : clause.modal.end])
    return Duty(clause.modal.modality, term, tuple(p for p in pieces if p[1] > p[0]), None, recipient, tail, "role")


def _lacks_object(sentence: str, rest: str) -> bool:
    """Whether what is to be done lacks its object, which then stands before: "the steps that they must take"."""
    return _OBJECTLESS.fullmatch(rest) is not None and not sentence.rstrip().endswith(":")


def _before_instruction(sentence: str, start: int, end: int) -> int:
    """Where what is not to be done ends: before the instruction behind a semicolon ("should not be used; use balm")."""
    stops = (match for match in _STOP.finditer(sentence, start, end) if starts_with_verb(sentence[match.end() : end]))
    told = next(stops, None)
    return told.start() if told else end


def _is_guidance(subject: str) -> bool:
    """Whether the subject is guidance: named by its references alone, or by what it is."""
    left = subject
    for named in reversed(references.find(subject, 0, len(subject))):
        left = left[: named.start] + left[named.end :]
    return not left.replace("and", "").strip(" ,") or any(
        known.fullmatch(subject.strip()) for known in (_GUIDANCE, _BY_TITLE, _BY_NUMBER)
    )


def _obliges(words: str, modality: str, subject: str, rest: str, who: Sequence[str], *, they: bool) -> bool:
    """Whether the modal words oblige or permit: not what is to be noted, might have been, or befalls a patient."""
    if (
        not rest.strip()
        or ((who in ((), ("patient",)) or subject.lower() == "you") and _BEFALLS.match(rest))
        or (subject.lower() == "you" and WILL_HAPPEN.match(rest))
        or (not who and not they and _EFFECT.match(rest))
    ):
        return False
    if _HOLLOW.match(rest) or _SEES.match(rest) or _PERFECT.match(rest) or _NEITHER.match(subject):
        return False
    if words.endswith(" for") and len(rest.split()) <= _A_FEW and not _ACT.match(rest):
        return False
    if modality == "may" or words == "may not":
        return who not in ((), ("patient",)) and _may_do(rest) and _NOT_ALL.match(subject) is None
    if modality == "expected":
        return they or who not in ((), ("patient",))
    if who or they or words in ("should", "must", "shall") or modality in ("should_not", "must_not"):
        return True
    return modality == "must" and words.endswith("required to") and is_passive(rest)


def _denied(
    sentence: str, clause: Clause, no: int, pieces: list[tuple[int, int]], condition: tuple[int, int] | None
) -> Duty:
    """The duty of "no … should": what nobody is to do, or what is to be done to none."""
    start, end = clause.subject
    named = (start + no, end)
    term = squeeze(f"{sentence[start : start + no]} … {sentence[clause.modal.start : clause.modal.end]}")
    action = [piece for piece in pieces if piece != clause.subject and piece[1] > piece[0]]
    if start + no < end and not actors.kinds(sentence[slice(*named)]):
        action = [named, *action]
    return Duty(f"{clause.modal.modality}_not", term, tuple(action), None, None, condition, "no")


def _may_do(rest: str) -> bool:
    words = rest.split()
    verbs = vocabulary.read("duties")["may"]["verbs"]
    return bool(words) and (words[0].lower() in verbs)
