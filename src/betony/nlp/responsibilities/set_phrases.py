"""Duties in set phrases that no modal clause holds: "nothing … should", "is the responsibility of", "expects"."""

from __future__ import annotations

import re
from dataclasses import replace

from betony.nlp import actors
from betony.nlp.clauses.opening import CONNECTIVE, opening
from betony.nlp.clauses.signs import FINITE, stripped
from betony.nlp.looks import has_any
from betony.nlp.responsibilities.duty import Duty
from betony.nlp.responsibilities.laid_on import laid_on
from betony.nlp.responsibilities.recipients import recipient_of
from betony.nlp.responsibilities.spans import before_light, trimmed
from betony.nlp.strength.verbs import verb_set
from betony.text import squeeze

_FRAMES = (
    "Nothing",
    "overrid",
    "Overrid",
    "responsibility",
    "esponsibilities ",
    "uties ",
    "esponsibility for ",
    " duty ",
    "reminded of ",
    "reminded about ",
    "discretion",
    "expects",
    "expected that",
    "require",
    " directed that ",
    "advises ",
    "urges ",
    "calls ",
    "reminds ",
    "requests that ",
    "recommends that ",
    "is advising ",
    " urged ",
    " called ",
    "asks ",
    "encourages ",
    " role ",
)
"""Letters without one of which no sentence has a duty in a set phrase."""
_REMINDED = re.compile(r"\b(?:is|are)\s+reminded\s+that\s+$", re.IGNORECASE)
_NOTHING = re.compile(r"(Nothing)\b\s*((?:(?!\bnor\b).)*?)\s+(should|must|shall)\s+", re.DOTALL)
_OVERRIDE = re.compile(
    r"\b(?:(?:do|does|will|should|can)\s*not\s+(?:in\s+any\s+way\s+)?override(?:\s+or\s+replace)?|overrides?"
    r"|override)\s+(?:the|their|any)\s+"
    r"(?P<term>(?:individual\s+|professional\s+|personal\s+|legal\s+|statutory\s+)?(?:responsibility"
    r"|responsibilities|duty|duties|obligation))"
    r"(?:\s+of\s+(?P<actor>[^,;.]{3,120}?))?\s+to\s+",
    re.IGNORECASE,
)
_IS_OF = re.compile(
    r"(?P<term>(?:is|are|remains?)\s+(?:solely\s+|also\s+|still\s+)?(?P<what>the\s+(?:(?:legal|statutory|professional|joint|sole|individual|complete|full|ultimate|entire)\s+)?(?:responsibility|duty)\s+of|at\s+the\s+discretion\s+of))\s+"
    r"(?P<actor>[^;.]{3,160}?)(?=\s+and\s+not\s|(?P<to>(?:,\s(?:and\s)?not\s[^,;:.]{3,60},)?(?<!\bauthority)(?<!\bauthorities)(?<!\bpower)(?<!\bpowers)(?<!\bright)(?<!\bable)(?<!\brequired)(?<!\basked)\s+to(?:\s+|(?=:$)))|\s+and\s+do(?:es)?\s+not\b|\s+and\s+(?:is|are|forms?|should|must|will|has|have|can|may)\s|,\s(?<!\sand,\s)(?<!\sor,\s)(?<!\savailable,\s)(?<!\srelevant,\s)(?<!\sappropriate,\s)(?<!\snecessary,\s)(?!(?:[\w’' -]{2,40},\s){0,4}[\w’' -]{2,40}\s(?:and|or)\s(?:[\w’'-]+\s){0,6}?[\w’'-]+(?:\sto\s|[.;]|$))|[.;]|$)",
    re.IGNORECASE,
)
_BY_WHAT = re.compile(r",\s(?P<how>(?:relying|acting|drawing|based)\s[^,;]{3,120}),\sto\s(?=[a-z])")
"""By what they go who have a responsibility: "of the nurse, relying on her own knowledge, to"."""
_OF_SOMEBODY = re.compile(
    r"\b[Ii]t\s(?:still\s)?(?:is|remains)\s(?:also\s|still\s)?(?P<actor>[^,;.'’]{2,80}?)(?:['’]s|(?<=s)['’]?)\s(?P<term>(?:(?:legal|statutory|professional|own)\s)?(?:responsibility|duty))\sto(?:\s|(?=:$))"
)
_LIES_WITH = re.compile(
    r"(?P<term>(?:[Tt]he\s)?[Rr]esponsibility\sfor)\s(?P<what>[^,;:.]{3,120}?)\s(?:lies|rests|remains|sits)\s(?:\w+ly\s)?with\s(?P<actor>[^,;:.]{3,100}?)(?=[,;.]|\sand\s(?:should|must)\s|\sand\s(?:the|this|these|an?)\s[^,;]{3,80}?\s(?:should|must|is|are|will|may)\b|$)"
)
"""With whom a responsibility lies: "Responsibility for the register lies with the trust"."""
_THEIR_DUTY = re.compile(
    r"\s(?:is|are)\s(?:also\s|strongly\s)?reminded\s(?:of|about)\s(?:their|its|your)\s(?P<term>(?:(?:legal|statutory|professional|individual|general|own)\s){0,2}(?:dut(?:y|ies)|responsibilit(?:y|ies)|obligations?))"
    r"(?:\s(?:under|in|as\sset\sout\sin)\s(?:(?!\sto\s)[^,;:.]){3,100}?)?,?\sto(?:\s(?=[a-z])|(?=:$))"
)
"""Who is reminded of a duty, and of which: "Nurses are reminded of their duty under the Act to"."""
_DUTIES_OF = re.compile(
    r"(?:(?:The\s)?(?:(?:main|key|specific|other|general)\s)?(?P<term>[Rr]esponsibilities|[Dd]uties)\sof\s(?P<actor>[^,;:.]{3,80}?)|(?P<owner>[^,;:.'’]{3,80}?)(?:['’]s|(?<=s)['’])\s(?:(?:main|key|specific|other)\s)?(?P<theirs>responsibilities|duties))"
    r"\s(?:also\s)?(?:include|are(?:\sto)?)\s?(?=:$)"
)
"""Whose duties stand in the list below: "The responsibilities of the lead include:"."""
_THEIR = re.compile(r"it\s+is\s+their\s+responsibility\s+to(?:\s+|(?=:$))", re.IGNORECASE)
_ROLE = re.compile(
    r"(?:The\s(?:(?:main|key|primary)\s)?(?P<term>role)\sof\s(?P<actor>[^,;:.]{3,80}?)|(?P<owner>[^,;:.'’]{3,80}?)(?:['’]s|(?<=s)['’])\s(?:(?:main|key|primary)\s)?(?P<theirs>role))\sis(?:\salso)?\sto(?:\s(?!be\b)(?=[a-z])|(?=:$))"
)
"""What somebody is there for: "The role of the lead nurse is to"."""


def in_set_phrases(sentence: str) -> list[Duty]:
    """Duties in set phrases that no modal clause holds."""
    return [_with_recipient(sentence, duty) for duty in _framed(sentence)] if has_any(sentence, _FRAMES) else []


def _with_recipient(sentence: str, duty: Duty) -> Duty:
    """The duty with those to whom something is told or sent by it."""
    if len(duty.action) != 1 or sentence[slice(*duty.action[0])][:1] == ":" or sentence[duty.action[0][0]].isupper():
        return duty
    recipient, pieces = recipient_of(sentence, list(duty.action), None)
    return replace(duty, action=tuple(piece for piece in pieces if piece[0] < piece[1]), recipient=recipient)


def _framed(sentence: str) -> list[Duty]:
    """The duties in set phrases, whoever is told of what is done."""
    found: list[Duty] = []
    end = len(sentence.rstrip(" .\n"))
    if match := _NOTHING.match(sentence):
        modality = "should_not" if match[3] == "should" else "must_not"
        found.append(Duty(modality, f"{match[1]} … {match[3]}", ((match.end(), end),), rule="nothing"))
    low = sentence.lower()
    if "override" in low and (match := _OVERRIDE.search(sentence)):
        found.append(
            Duty(
                "responsible",
                squeeze(match["term"]),
                ((match.end(), end),),
                match.span("actor") if match["actor"] else None,
                rule="override",
            )
        )
    owned = has_any(low, ("responsibility", "duty", "discretion"))
    if owned and (match := _IS_OF.search(sentence)) and actors.kinds(match["actor"]):
        modality = "may" if "discretion" in match["what"].lower() else "responsible"
        subject = trimmed(sentence, _last_clause(sentence, match.start()), match.start())
        how = _BY_WHAT.match(sentence, match.end("actor"))
        begun = match.end("to") if match["to"] else how.end() if how else 0
        to_do = begun and sentence[: match.start()].lower().split()[-1:] == ["it"]
        action = (begun, end) if to_do else subject
        if action[1] > action[0] and (to_do or sentence[slice(*action)].lower().split()[-1] != "it"):
            found.insert(
                0,
                Duty(
                    modality,
                    squeeze(match["term"]),
                    (action, how.span("how")) if how and to_do else (action,),
                    match.span("actor"),
                    rule="responsibility-of",
                ),
            )
    if owned and (match := _OF_SOMEBODY.search(sentence)) and actors.kinds(match["actor"]):
        found.append(
            Duty(
                "responsible",
                squeeze(match["term"]),
                ((match.end(), end),),
                match.span("actor"),
                rule="responsibility-of",
            )
        )
    linked = CONNECTIVE.match(sentence) if owned else None
    if owned and (match := _LIES_WITH.match(sentence, linked.end() if linked else 0)) and actors.kinds(match["actor"]):
        found.append(
            Duty(
                "responsible",
                squeeze(match["term"]),
                (match.span("what"),),
                match.span("actor"),
                rule="responsibility-of",
            )
        )
    if sentence.endswith(":") and (of_list := _of_list(sentence, end)):
        found.append(of_list)
    match = _THEIR_DUTY.search(sentence) if "reminded" in sentence else None
    if match and not has_any(sentence[: match.start()], (" should ", " must ")):
        condition, begin = opening(sentence, 0, match.start())
        if actors.kinds(sentence[begin : match.start()]):
            found.append(
                Duty(
                    "responsible",
                    squeeze(match["term"]),
                    before_light(sentence, match.end(), end),
                    stripped(sentence, begin, match.start()),
                    condition=condition,
                    rule="their-responsibility",
                )
            )
    if owned and (match := _THEIR.search(sentence)):
        reminded = _REMINDED.search(sentence[: match.start()])
        if reminded:
            actor = trimmed(sentence, 0, reminded.start())
            found.append(
                Duty(
                    "responsible",
                    squeeze(match.group()),
                    before_light(sentence, match.end(), end),
                    actor,
                    rule="their-responsibility",
                )
            )
    if match := _ROLE.match(sentence):
        owner, term = ("actor", "term") if match["actor"] else ("owner", "theirs")
        if set(actors.kinds(match[owner])) - {"patient"}:
            found.append(
                Duty(
                    "responsible",
                    match[term],
                    before_light(sentence, match.end(), end),
                    match.span(owner),
                    rule="role-of",
                )
            )
    found.extend(laid_on(sentence, end))
    return found


def _of_list(sentence: str, end: int) -> Duty | None:
    """The duty of a sentence that says whose duties stand in the list below it."""
    match = _DUTIES_OF.match(sentence)
    if match is None:
        return None
    owner, term = ("actor", "term") if match["actor"] else ("owner", "theirs")
    if not actors.kinds(match[owner]):
        return None
    return Duty("responsible", match[term], ((match.end(), end),), match.span(owner), rule="responsibility-of")


_TOLD_THAT = re.compile(r"(?P<verb>[A-Za-z]+)\s(?:[a-z]+\s){0,3}?that\s")
"""What those are to do who are told whose responsibility it is: "understand that the plan"."""
_KNOW_THAT = re.compile(
    r"\b(?:[Uu]nderstand|[Kk]now|[Rr]ecogni[sz]e|[Rr]emember|[Aa]ccept|[Aa]ppreciate|[Aa]gree|[Mm]ake\s(?:sure|clear)|[Ee]nsure)\sthat\s"
)
_JOINED = re.compile(r",\s(?:but|and|so|while|whereas)\s")
"""What joins a clause to the one before, behind its comma."""
_RELATIVES = (" which ", " who ", " that ", " whose ")
"""Words that open an aside between commas, whose verb makes no clause of what stands before."""


def _last_clause(sentence: str, end: int) -> int:
    """Where the clause that breaks off at sentence[:end] begins: behind the comma that ends one with a verb of its own."""
    if (told := _TOLD_THAT.match(sentence, 0, end)) and told["verb"].lower() in verb_set():
        return told.end()
    if known := _KNOW_THAT.search(sentence, 0, end):
        return known.end()
    comma = sentence.rfind(", ", 0, end)
    if comma < 0 or has_any(sentence[:comma], _RELATIVES) or not FINITE.search(sentence, 0, comma):
        return 0
    joined = _JOINED.match(sentence, comma)
    return joined.end() if joined else comma + 2
