"""The main clauses of a sentence that modal words rule, one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from betony.nlp import actors
from betony.nlp.clauses import inverted
from betony.nlp.clauses.clause import Clause, Modal
from betony.nlp.clauses.modals import modals
from betony.nlp.clauses.not_binding import behind_its_source
from betony.nlp.clauses.opening import OPENER, opening, proviso
from betony.nlp.clauses.signs import FINITE, PRONOUNS, RELATIVE, depth, stripped
from betony.nlp.clauses.subjects import is_subject, shared_subject, without_adverb
from betony.nlp.clauses.unparted import unparted

_QUESTION = re.compile(
    r"\b(?:how|whether|why|what|(?:(?<=about\s)|(?<=on\s)|(?<=clear\s)|(?<=sure\s))(?:when|where|which|who))\b"
)
_PURPOSE = re.compile(r"To\s[a-z]+\s")
"""How a sentence opens that tells a purpose, whose question the modal may answer: "To find out how wax, balm and oil should"."""
_AT_NO_TIME = re.compile(
    r"(?:(?:under|in)\sno\s(?:circumstances?|case|way)|at\sno\s(?:time|point|stage)|on\sno\saccount|not\sunder\sany\scircumstances?|never)",
    re.IGNORECASE,
)
"""How a sentence opens whose modal then stands before who acts: "Under no circumstances should it be heated"."""
_BOUNDARY = re.compile(
    r";\s|,\s(?:under|by|in)\swhich\s(?:case\s|event\s)?|,\s(?:and|but|so|or|yet|therefore|thus|hence|although|because|while"
    r"|whereas|then)(?:\s(?:that|therefore|thus|at\sthe\ssame\stime))?\s"
    r"|\s(?:and|but|(?<!\bit\sis\s)so)\s(?:therefore\s|thus\s|hence\s|that\s)?|\s[–—-]\s|:\s"
)
_ENDS_JOINED = re.compile(r"(?:^|\s)(?:and|but)(?:\s(?:also|therefore|thus))?$")
"""Words that join a second verb to the subject before: "X gives advice and help and should …"."""
_CONCLUDES = (" and therefore ", " and thus ", " and hence ", " so therefore ")
"""What joins a clause that follows from all that stands before it, and no further noun."""
_DETERMINED = re.compile(r"(?:the|an?|this|these|each|every|all|any)\s[^;]+$", re.IGNORECASE)
"""What starts a clause of its own behind a semicolon, not the next one of a row."""
_GRADE_BEFORE = re.compile(r"(?:[A-DI]|[1-4][A-D]?|GPP|✓|√)\s?[–—:-]\s")
"""A grade printed before what it is the grade of: "C - Clinicians should …"."""
_TOPIC = re.compile(r"[A-Z][^,;:.()–—]{2,60}\s[–—]\s(?=[A-Z][^–—]*$)")
"""What an entry is about, before a dash: "Suspected cracks – Nurses should"."""
_LABELLED = re.compile(r"(?:Recommendation|Statement)\s\d[\w.]{0,9}[.:]?\s(?=[A-Z])")
"""The number of a recommendation, printed before its words: "Recommendation 1.A. Nurses should"."""
_OPENED_BARE = re.compile(
    r"(?P<opener>Under\s(?:section|regulation|article|paragraph)s?\s\w{1,6}(?:\(\w{1,4}\)){0,2}\sof\sthe\s(?:[A-Z][\w&-]+\s|and\s|of\s){1,8}\(?(?:19|20)\d\d\)?|(?:(?i:During|Before|After|In|At|On|Within|Throughout|Following)|For(?=\s(?:at\sleast|[\w\s-]{3,60}?\s(?:in|with|at|on)\s))|When(?=\s\w+ing\s))\s(?:[\w’'-]+\s){1,9}?[\w’'-]*(?<!\sof)(?<!\sby)(?<!\sand)(?<!\sor)"
    r"(?<!\sfor)(?<!\swith)(?<!\sin)(?<!\sto)(?<!\sfrom))\s"
    r"(?P<subject>you$|(?:your|the|an?|all|any|each|every|their|our)\s(?:(?!you\b|(?<!ing\s)(?<!of\s)(?<!in\s)(?<!with\s)(?:your|the|an?|each|every)\b)[\w’'-]+\s){0,3}(?!you\b)[\w’'-]+)"
)
"""An opening without a comma before its subject: "During the visit your nurse"."""
_OPENED_BY_A_MOVE = re.compile(
    r"(?P<opener>(?:Before|After|On|During|At|Following)\s(?:the\s)?(?:discharge|admission|transfer|surgery|birth|treatment|referral|diagnosis|arrival))\s"
    r"(?P<subject>(?:an?|the|all|any|each|every|their|your)\s(?:(?!(?:of|in|for|to|by|and|or|who|with|that|which)\b)[\w’'-]+\s){0,3}(?!(?:of|in|for|to|by|and|or)\b)[\w’'-]+(?:\s(?:or|and)\s[\w’'-]+)?(?:\s(?:with|who|trained\sin|experienced\sin)\s[^,;:.()]{3,120})?)"
)
"""An opening of one word that says when, before those who act and what is told of them: "Before discharge a nurse with skill in heels"."""
_OPENED_BY_LAW = re.compile(
    r"(?P<opener>Under\s(?:section|regulation|article|paragraph)s?\s\w{1,6}(?:\(\w{1,4}\)){0,2})\s(?P<subject>(?!of\b)(?:[\w’'-]+\s){0,3}[\w’'-]+)"
)
"""An opening that names a part of a law, without a comma before those whom it binds: "Under section 7 employers"."""
_OPENED_BY_A_STEP = re.compile(
    r"(?P<opener>(?:During|Before|After|Throughout|Following|When\s\w+ing)\s(?:(?:the|an?|any|each|every|this|their)\s(?:[\w’'-]+\s){0,3}?|[\w’'-]+\s)?[\w’'-]+(?<!\sof)(?<!\sby)(?<!\sa)(?<!\san)(?<!\sthe)(?<!\sany)(?<!\seach)(?<!\severy)"
    r"(?<!\sand)(?<!\sor)(?<!\sfor)(?<!\swith)(?<!\sin)(?<!\sto)(?<!\sfrom))\s"
    r"(?P<subject>(?:(?:health|healthcare|medical|clinical|nursing|social|care|pregnant|young)\s){0,3}[a-z]+(?:\s(?:who|wishing|wanting|planning|intending|considering|undertaking)\s[^,;:]{3,160})?)"
)
"""An opening that names a step, without a comma before those who act in it: "During the consent process clinicians"."""
_OPENED_TO_A_BRACKET = re.compile(
    r"(?P<opener>(?:When|If|Where|Once)\s[^(),;:]{3,120}\s\([^()]{3,160}\))\s(?P<subject>[a-z][^(),;:]{1,80})"
)
"""A condition that a bracket closes, without a comma before the subject: "When two are suitable (see above) treatment"."""
_LOST_STOP = re.compile(
    r"(?<=[a-z])-?\s(?=(?:(?:All|Any|Each|Every|These)\s[a-z]|This\s(?:guidance|guideline|guide|document|policy|procedure|standard)\b))"
)
"""Where a sentence starts that no stop divides from the words before: "for safe use of slings All staff should"."""
_LISTED = re.compile(r"(?!.*\b(?:who|which|that|whose|whom|if|when|where)\b)[^,;:.()]{3,160},\s")
"""What stands between two modals of one row: "should have a check, should be told …"."""
_DECISION = re.compile(
    r"(?:[Tt]he|An?|Any|This|Each|All|Every)\s(?:\w+\s){0,2}?(?:decision|choice|judge?ment)s?\s(?:(?:about|on|of|over|as\sto|regarding)\s)?(?:whether|how|when|which|what|where)\s[^;:]+$"
)
"""A subject that embeds its question, whatever modal words that holds: "The decision whether a child should be treated"."""
_IS_MADE = re.compile(
    r"\s(?:(?:always|only|also|therefore)\s)?(?:be\s(?:\w+ly\s)?(?:made|taken|based|left|shared|guided|discussed|agreed)|(?:rest|depend|rely)\s(?:up)?on)\b"
)
_CONDITION_ASIDE = re.compile(
    r"(?P<subject>[^,;:()]{2,160}),\s(?P<condition>(?:if|when|whenever|where|unless|once)\s(?:(?P<vague>possible|appropriate|necessary|needed|required|available|relevant|applicable)|[^,;:()]{3,120}))"
)
"""A condition between the subject and its verb, between commas: "Aspirin, if tolerated," should be given."""
_IF_THEY = re.compile(
    r"(?:If|When|Where|Before|After)\s(?P<who>[^,;:.()]{3,100}?)\s(?:(?:already|currently|still|also|now)\s)?(?:wish|want|plan|intend|decide|choose|need|are|have|do|use|can|cannot|suspect|find|consider|wishes|wants|plans|intends|decides|chooses|needs|is|has|does|uses|suspects|finds|considers|changes|stops|closes)\b"
)
_YOU_MEET = re.compile(
    r"(?:If|When(?:ever)?|Before|After|(?:Each|The\s(?:first|next|last))\stime)\syou\s(?:meet|see|speak|talk)\s(?:(?:with|to)\s)?(?P<who>(?:an?|the|your|any)\s[^,;:.()]{2,80}?)(?:\s(?:about|to\s(?:discuss|ask|talk))\b[^,;:.]{0,80})?"
)
"""Those whom the reader meets, who then are "they": "When you meet with a nurse", they should."""
_BEFALLS_THEM = re.compile(r"\s(?:also\s|always\s)?(?:be|have|receive|get|undergo)\b")
"""What may as well be done to others whom the condition names: "if nurses see children, they should be"."""
_JOINED = re.compile(
    r"(?:[,;]\s*)?\b(?:and|but|or|and/or)\s+(?:also\s+|therefore\s+|then\s+|rather\s+|instead\s+|(?P<when>(?:for|in|at|during)\s(?:all|any|each|every)\s(?:[\w-]+\s){0,2}[\w-]+)\s+)?$"
)
_JOINED_ON_CONDITION = re.compile(
    r"(?:(?!\b(?:who|which|that|whose|whom|if|when)\b)[^,;:.()]){3,160}?(?P<joined>,?\sand(?:\salso)?,?\s)(?P<condition>(?:if|when(?:ever)?|where|once|unless)\s[^;:.()]{3,200}?),\s(?:also\s)?$"
)
"""What stands between two modals of one subject whose second holds on a condition: "should be aware of cracks and when they see one,
should"."""
_LINK = re.compile(r"(?:therefore|thus|hence|consequently|however|accordingly|nonetheless),?\s")
"""What joins a clause to the one before a semicolon."""
_FIRST_OF = re.compile(r":?\s\(?(?:1|a|i)\)$")
_SECOND_OF = re.compile(r";\s(?:and\s)?\(?(?:2|b|ii)\)\s")
"""How the second of several counted verbs begins, the first of which a modal rules: "it (1) should …; (2) is not"."""
_BARE_ADVERB = re.compile(r"(?:also|therefore|thus|rather|instead|then|always|generally|usually|still|\(?(?:1|a|i)\))")
"""What leaves a second verb to the subject before it: "X is Y, but rather should"."""
_SAYS_ONLY = re.compile(r"\b(?:recommends?|suggests?|states?|advises?|agrees?|emphasi[sz]es?)\sthat\s")
"""Behind which a subject begins whose verb is still to come."""
_WHO_ARE = re.compile(r"\b(?:who|that|which)\s(?:are|is|were|was)\s[^,;:]{2,80}$")
_AND_DOING = re.compile(r"[a-z]{3,20}ing\b")
"""What those are doing besides who are told of: "recommends that those who are at work and" claiming help should."""
_RECOMMENDS = re.compile(r"(?!FDA|MHRA|EMA|WHO|CDC|NICE)[A-Z]{3,9}\srecommends\sthat\s")
"""Behind which the subject begins of what its publisher recommends, who goes by a short form."""
_TO_WHICH = re.compile(
    r"\b(?:to|for|by|with|in|of|from|on)\s(?:which|whom)(?:\s(?!(?:is|are|has|have|can|may|must|should|will)\b)[\w’'-]+){1,5}$"
)
"""What breaks off before the verb that those share who stand behind it: "a scheme, to which nurses" and cooks must belong."""
_RELATIVE_AT_END = re.compile(
    r"\b(?:who|which|that|what|there|how)\s+(?:(?:also|then|now|always|still|often|therefore|thus|already|generally|usually|normally|typically|ideally)\s+)?$",
    re.IGNORECASE,
)
_TOLD_ASIDE = re.compile(r"(?P<subject>[^,;:()]{3,120}),\s(?:which|who)\s[^,;:()]{3,120},?")
"""A subject with what is told of it between commas, whatever modal that holds: "Further research, which could include trials," should."""
_IN_RELATIVE = re.compile(
    r"\s(?:to|for)\s(?:[\w’'-]+\s){1,3}(?:who|which|that)\s[^,;:()]{2,160}?\s(?:and|or|but)\s(?:(?:also|then|therefore)\s)?$"
)
"""Behind which the modal is the second verb of a clause that tells of others: "offer wax to adults who walk and" are expected to run."""


_HAS_TO = re.compile(r"\b(?:if|when|whenever|unless)\s[^;:.]{2,120}?\s(?:has|have|needs?)\sto\s")
_HAS_TO_ALONE = re.compile(r"(?:has|have|needs?)\sto")
_OR = re.compile(r",?\sor\s$")
"""Two things that somebody has to do, either of which is the condition: "only when a person has to stop, or has to" take less."""


def clauses(sentence: str, found_before: Sequence[Modal] | None = None) -> list[Clause]:
    """The main clauses of the sentence that a modal expression rules, in order; `found_before` are its modals, if known.

    Modal words inside a relative, conditional or reported clause rule nothing. A clause joined by "and" whose own
    subject is not named takes over the one before.
    """
    found: list[Clause] = []
    for modal in modals(sentence) if found_before is None else found_before:
        if nor := inverted.opens(sentence, modal):
            clause = inverted.clause(sentence, nor, found[-1] if found else None, _end(sentence))
        else:
            clause = _next(sentence, found[-1], modal) if found else _first(sentence, modal)
        if clause is None:
            continue
        if found:
            found[-1] = _cut(sentence, found[-1], nor or modal)
        found.append(clause)
    return found


def _first(sentence: str, modal: Modal) -> Clause | None:
    labelled = _LABELLED.match(sentence, 0, modal.start)
    whence = labelled.end() if labelled else behind_its_source(sentence, modal.start)
    condition, begin = opening(sentence, whence, modal.start)
    if _PURPOSE.match(sentence) and _opens_question(sentence[:begin]):
        return None
    at = _after_earlier_clause(sentence, begin, modal.start)
    if condition is None:
        condition, at = opening(sentence, at, modal.start)
    if at == 0 and (grade := _GRADE_BEFORE.match(sentence, 0, modal.start)):
        at = grade.end()
    if at == 0 and (topic := _TOPIC.match(sentence, 0, modal.start)) and _is_topic(topic.group()):
        at = topic.end()
    for lost in _LOST_STOP.finditer(sentence, at, modal.start):
        condition, at, begin = None, lost.end(), lost.end()
    if at and (link := _LINK.match(sentence, at, modal.start)):
        at = link.end()
    subject = without_adverb(sentence, *stripped(sentence, at, modal.start))
    end = _end(sentence)
    counted = sentence.endswith(")", *subject)
    if counted and (first := _FIRST_OF.search(sentence, *subject)) and not depth(sentence, subject[0], first.start()):
        subject = subject[0], first.start()
        second = _SECOND_OF.search(sentence, modal.end)
        end = second.start() if second else end
    if modal.modality in ("should", "must") and _AT_NO_TIME.fullmatch(sentence, *subject):
        denied = Modal(modal.start, modal.end, f"{modal.modality}_not")
        return Clause((modal.start, modal.start), denied, (modal.end, _end(sentence)), condition)
    if _IS_MADE.match(sentence, modal.end) and _DECISION.fullmatch(sentence, begin, subject[1]):
        return Clause((begin, subject[1]), modal, (modal.end, _end(sentence)), condition)
    split = None
    if condition is None:
        opened = (_OPENED_BARE, _OPENED_BY_A_MOVE, _OPENED_BY_LAW, _OPENED_BY_A_STEP)
        apart_by = filter(None, (pattern.fullmatch(sentence, *subject) for pattern in opened))
        split = next((match for match in apart_by if actors.kinds(match["subject"])), None)
    if split:
        condition, subject = split.span("opener"), split.span("subject")
    elif condition is None and (apart := unparted(sentence, begin, subject[1], modal)):
        condition, subject = apart
    elif (
        condition is None
        and (closed := _OPENED_TO_A_BRACKET.fullmatch(sentence, *subject))
        and FINITE.search(closed["opener"])
    ):
        condition, subject = closed.span("opener"), closed.span("subject")
    if condition is None and (aside := _CONDITION_ASIDE.fullmatch(sentence, *subject)):
        condition, subject = None if aside["vague"] else aside.span("condition"), aside.span("subject")
    condition = condition or proviso(sentence, modal.start)
    if says := _RECOMMENDS.match(sentence, *subject):
        subject = says.end(), subject[1]
    if _RELATIVE_AT_END.search(sentence, subject[0], modal.start) and not _there(sentence, *subject):
        return None
    if _IN_RELATIVE.search(sentence, subject[0], modal.start):
        return None
    if not is_subject(sentence[subject[0] : subject[1]]) and (aside := _TOLD_ASIDE.fullmatch(sentence, *subject)):
        subject = aside.span("subject")
    if not is_subject(sentence[subject[0] : subject[1]]):
        shared = shared_subject(sentence, *subject)
        if shared is None:
            return None
        subject = shared
    if (
        condition
        and sentence[slice(*subject)] in ("they", "it")
        and (named := _named_in(sentence, condition, modal.end))
    ):
        subject = named
    return Clause(subject, modal, (modal.end, end), condition)


def _is_topic(words: str) -> bool:
    """Whether the words before a dash name what is spoken of, and neither people nor a condition."""
    what = words.rstrip(" –—")
    return not (FINITE.search(what) or actors.kinds(what) or OPENER.match(what))


def _named_in(sentence: str, condition: tuple[int, int], at: int) -> tuple[int, int] | None:
    """Where those are named who act, in a condition behind which they are "they" or "it": "if trusts wish to use it, they should"."""
    befalls = _BEFALLS_THEM.match(sentence, at)
    who = None if befalls else (_YOU_MEET.fullmatch(sentence, *condition) or _IF_THEY.match(sentence, *condition))
    return who.span("who") if who and set(actors.kinds(who["who"])) - {"patient"} else None


def _there(sentence: str, start: int, end: int) -> bool:
    return sentence[start:end].lower() == "there"


def _next(sentence: str, before: Clause, modal: Modal) -> Clause | None:
    """The clause of a further modal, or None where it stands inside the clause before it."""
    gap = sentence[before.modal.end : modal.start]
    if (told := _RELATIVE_AT_END.search(gap)) and not told.group().lower().startswith("there"):
        return None
    if _HAS_TO.search(gap) and _OR.search(gap) and _HAS_TO_ALONE.fullmatch(sentence, modal.start, modal.end):
        return None
    if (joined := _JOINED.search(gap) or _LISTED.fullmatch(gap)) and not depth(gap, 0, len(gap)):
        if not gap[: joined.start()].strip() and joined.re is _JOINED:
            return None
        again = joined.re is _JOINED and joined["when"] is not None
        opened = (before.modal.end + joined.start("when"), before.modal.end + joined.end("when")) if again else None
        return Clause(before.subject, modal, (modal.end, _end(sentence)), opened or before.condition)
    if (inserted := _JOINED_ON_CONDITION.match(gap)) and not depth(gap, 0, inserted.start("condition")):
        on = before.modal.end + inserted.start("condition"), before.modal.end + inserted.end("condition")
        return Clause(before.subject, modal, (modal.end, _end(sentence)), on)
    at = None
    for match in _BOUNDARY.finditer(gap):
        at = match.end() if depth(gap, 0, match.start()) == 0 else at
        strong = match.group()[0] in ";,:" or "but" in match.group() or match.group().startswith(_CONCLUDES)
        rest = gap[match.end() :].strip()
        if at is None or not rest or _TO_WHICH.search(gap, 0, match.start()):
            continue
        condition, begin = opening(sentence, before.modal.end + match.end(), modal.start)
        subject = stripped(sentence, begin, modal.start)
        words = sentence[subject[0] : subject[1]]
        if is_subject(words) and (
            actors.kinds(words) or words.lower() in PRONOUNS or (strong and len(words.split()) <= 8)
        ):
            return Clause(subject, modal, (modal.end, _end(sentence)), condition)
    return None


def _cut(sentence: str, clause: Clause, modal: Modal) -> Clause:
    """The clause ended where the next one begins."""
    gap = sentence[clause.modal.end : modal.start]
    end = modal.start
    if _LISTED.fullmatch(gap):
        end = modal.start
    elif inserted := _JOINED_ON_CONDITION.match(gap):
        end = clause.modal.end + inserted.start("joined")
    elif joined := _JOINED.search(gap):
        end = clause.modal.end + joined.start()
    else:
        for match in _BOUNDARY.finditer(gap):
            _, begin = opening(sentence, clause.modal.end + match.end(), modal.start)
            words = sentence[begin : modal.start].strip()
            if is_subject(words) and (
                actors.kinds(words)
                or words.lower() in PRONOUNS
                or match.group()[0] in ";,:"
                or "but" in match.group()
                or match.group().startswith(_CONCLUDES)
            ):
                end = clause.modal.end + match.start()
                break
    return Clause(clause.subject, clause.modal, (clause.rest[0], min(end, clause.rest[1])), clause.condition)


def _after_earlier_clause(sentence: str, at: int, end: int) -> int:
    """Where the modal's own clause starts, if a clause without one stands before it."""
    best = at
    for match in _BOUNDARY.finditer(sentence, at, end):
        left = sentence[best : match.start()]
        right = sentence[match.end() : end].strip()
        if match.group()[0] == ":" and len(left.split()) <= 4 and right and not _BARE_ADVERB.fullmatch(right):
            best = match.end()
            continue
        told = match.group()[0] == ";" and _DETERMINED.match(sentence, match.end(), end) is not None
        if match.group().startswith(_CONCLUDES):
            told = told or bool(actors.kinds(sentence[match.end() : end]))
            left = sentence[at : match.start()]
        elif (
            match.group()[0] == ","
            and best > at
            and not actors.kinds(left)
            and actors.kinds(sentence[match.end() : end])
        ):
            left = sentence[at : match.start()]  # an "and" within the clause before was taken for its end
        if (
            depth(left, 0, len(left)) == 0
            and not (match.group() == " and " and _AND_DOING.match(right) and _WHO_ARE.search(left))
            and (told or FINITE.search(left))
            and right
            and not _ENDS_JOINED.search(right)
            and not _BARE_ADVERB.fullmatch(right)
            and not _awaits_verb(left)
            and (_is_told_of(match.group(), left) or not _is_of_noun(left))
            and not _opens_question(left)
            and not (left.endswith(" leads") and actors.kinds(left))  # "heel leads and nurses"
        ):
            best = match.end()
    return best


def _is_of_noun(words: str) -> bool:
    """Whether the only verb in them tells more of a noun: "women who had it"."""
    return RELATIVE.search(words) is not None and not FINITE.search(RELATIVE.split(words, maxsplit=1)[0])


def _awaits_verb(words: str) -> bool:
    """Whether they end in a subject that somebody says something of, before its verb: "X recommends that heels, toes"."""
    says = list(_SAYS_ONLY.finditer(words))
    return bool(says) and not FINITE.search(words, says[-1].end())


def _is_told_of(boundary: str, words: str) -> bool:
    """Whether they are a whole clause although a relative one stands in it, before "so": "women who had it are at risk, so"."""
    if not boundary.startswith(", so "):
        return False
    verbs = list(FINITE.finditer(words))
    return len(verbs) - sum(a.end() + 1 == b.start() for a, b in pairwise(verbs)) > 1


def _opens_question(words: str) -> bool:
    """Whether they break off in a question that they embed ("it shows how hospitals"), before its verb."""
    asked = list(_QUESTION.finditer(words))
    return bool(asked) and not FINITE.search(words, asked[-1].end())


def _end(sentence: str) -> int:
    """The sentence's end without its final stop and blanks."""
    return len(sentence.rstrip(' .;:–—\n\t"”’'))
