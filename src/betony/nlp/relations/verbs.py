"""The verbs that a sentence has between documents: "replaces", "is updated by", "should be read with"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from betony.nlp import elided, phrases, references
from betony.nlp.looks import has_any
from betony.nlp.relations.wording import expanded

_READ = re.compile(r"(?:Please\s)?(?:[Rr]ead|[Uu]se)\s")
"""How a sentence begins that has its reader use the page's document with another."""
_OTHER_STANDARDS = re.compile(
    r"(?:Other|Related)\s(?:NICE\s)?quality\sstandards\sthat\sshould\s(?:also\s)?be\s(?:considered|read|used)(?:\swhen\s[^.;:]{3,200}?)?\sincludes?\b(?=\s(?:the\s)?(?:NICE(?:['’]s)?\s)?quality\sstandard\s(?:on|for)\s)"
)
"""How a quality standard names another that goes with it: "Other quality standards that should be considered include" the one on heels."""
_BASED_ON = re.compile(r"\(?Based\son\s(?:the\s)?(?:NICE\s)?")
_NO_MORE = re.compile(r"\W*(?:(?:published|issued|updated)\s)?(?:(?:[A-Z][a-z]{2,8}\s)?(?:19|20)\d\d\W*)?")
_TOOK_ITS_PLACE = re.compile(
    r"[\])]?,?\s(?:and|which\sit)\s(?:has|have)\s(?:now\s|fully\s|also\s)?(?:replaced|superseded)\s(?:it|them|both|these|those)\b"
)
"""What is said of the targets of an update, behind them, that were replaced by it."""
_NOUN = re.compile(r"\b(?:the|an?|this|its|our|of|for|each|next|last|latest)\s{1,3}$", re.IGNORECASE)
"""What makes "update" the noun."""
CARRIED = re.compile(r"(?:,|\band)(?:\s{1,3}(?:it|also|partially|both))*\s*$")
_ACTIVE_TYPES = {
    "replaces": "replaces",
    "updates": "updates",
    "with": "read_in_conjunction_with",
    "based": "is_based_on",
    "basis": "is_the_basis_of",
}
_ACTIVE = re.compile(r"\b" + expanded("active"), re.IGNORECASE)
_PASSIVE = re.compile(r"\b" + expanded("passive"), re.IGNORECASE)
_DONE_TO = ("eplaced", "uper", "pdated")
"""Letters that what is done to a document holds, in lower case."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb between two documents; `type` as it would be without a scope."""

    start: int
    end: int
    type: str
    partial: bool
    draft: bool


def find_verbs(text: str, start: int, end: int) -> Iterator[Verb]:
    """The verbs between documents in text[start:end], in the order of the text."""
    found = []
    for match in _ACTIVE.finditer(text, start, end):
        nominal = not (match["draft"] or match["replaces"] or match.group().startswith("is "))
        if nominal and _NOUN.search(text, max(start, match.start() - 12), match.start()):
            continue
        in_bracket = text.startswith(")", match.end()) and text[max(match.start() - 1, 0)] in "( "
        if in_bracket and match.group().lower().endswith(("update", "review")):
            continue  # "(update)" in a title
        name = next(name for name in _ACTIVE_TYPES if match[name])
        partial = bool(match["part"] or match["part2"] or match["part3"])
        found.append(Verb(match.start(), match.end(), _ACTIVE_TYPES[name], partial, bool(match["draft"])))
    for match in _PASSIVE.finditer(text, start, end) if has_any(text[start:end].lower(), _DONE_TO) else ():
        type_ = "is_replaced_by" if match["replaced"] else "is_updated_by"
        partial = bool(match["part"]) or has_any(match.group().lower(), ("partially", " in part"))
        found.append(Verb(match.start(), match.end(), type_, partial, bool(match["draft"])))
    yield from sorted(found, key=lambda verb: verb.start)


def as_carried(text: str, before: Sequence[Verb], verb: Verb) -> Verb:
    """The verb, as a plan where it stands under the "will" of the one before it: "will replace CG1 and update CG2"."""
    if not before or verb.draft or text[verb.start : verb.end].endswith("s"):
        return verb
    planned = any(one.draft for one in before) and CARRIED.search(text, before[-1].end, verb.start)
    return replace(verb, draft=bool(planned))


def in_full(text: str, verb: Verb, end: int) -> Verb:
    """The verb, as "replaces" where the sentence goes on to say that what is updated has been replaced."""
    gone = verb.type == "updates" and not verb.draft and _TOOK_ITS_PLACE.search(text, verb.end, end)
    return replace(verb, type="replaces") if gone else verb


def line_of_origin(text: str, start: int, end: int) -> Verb | None:
    """The verb of a line that says no more than what the document is based on: "Based on NICE NG80 (November 2017)."."""
    lead = _BASED_ON.match(text, start, end)
    named = references.find(text, lead.end(), end) if lead else []
    if not lead or not named:
        return None
    rest = text[lead.end() : named[0].start] + text[named[-1].end : end]
    alone = len(named) == 1 and _NO_MORE.fullmatch(rest)
    return Verb(start, lead.end(), "is_based_on", partial=False, draft=False) if alone else None


def opening_passive(text: str, start: int, end: int) -> Verb | None:
    """The verb of a notice that begins with it and names no document: "Updated and replaced by NICE guideline NG1"."""
    said = elided.passive(text, start, end)
    if said is None:
        return None
    type_ = "is_replaced_by" if said["replaced"] else "is_updated_by"
    return Verb(start, said.end(), type_, partial=bool(said["part"]), draft=False)


def instructed(text: str, start: int, end: int) -> Verb | None:
    """The verb of "Read this guideline alongside …", "We replaced this guideline with …", "This guidance has been migrated to …"."""
    lead = _READ.match(text, start, end)
    if others := _OTHER_STANDARDS.match(text, start, end):
        return Verb(start, others.end(), "read_in_conjunction_with", partial=False, draft=False)
    match = _together().match(text, lead.end(), end) if lead else None
    if match:
        return Verb(start, match.end(), "read_in_conjunction_with", partial=False, draft=False)
    ours = _we_replaced().match(text, start, end)
    return Verb(start, ours.end(), "is_replaced_by", partial=False, draft=False) if ours else None


def _together() -> re.Pattern[str]:
    return phrases.pattern("{self} (?:alongside|together with|in conjunction with|with)\\b")


def _we_replaced() -> re.Pattern[str]:
    return phrases.pattern(
        r"(?:In (?:\d{1,2} )?(?:[A-Z][a-z]{2,8} )?(?:19|20)\d\d,? )?(?:we|NICE) (?:have |has )?(?:(?:updated|withdrawn) and )?"
        r"(?:replaced|superseded) {self} (?:with|by)\b"
        r"|{self} (?:has|have) (?:now |since )?been migrated to (?=(?:the )?(?:NICE )?HealthTech)"
    )
