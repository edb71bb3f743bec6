"""Of whom a quality statement speaks, which says what is so and not what should be: "Adults with gout are offered …"."""

from __future__ import annotations

import re

from betony.nlp import actors
from betony.nlp.strength.people import group_start
from betony.nlp.strength.wording import Wording
from betony.text import squeeze

_VERB = re.compile(
    r",?\s(?:are|is|have|has|receives?|get|take|start|begin|agree|attend|undergo|feel|can|do\snot|does\snot|continue|complete)\s"
)
_UNDERGOES = re.compile(r",?\s(?:are|is|receives?|undergo|feel)\s")
"""A verb whose subject does nothing: "professionals are trained"."""
_OF_A_CLAUSE = re.compile(
    r"\b(?:who|that|which|whose(?:\s[\w-]+){1,3}|where|when|if|they|it|there|he|she|you|and|or|but|not)(?:\s(?:\w+ly|also|still|already))?$"
)
"""What stands before a verb that is not the statement's own: that of a relative clause, or a second one within it."""
_NOTE = re.compile(r"\([a-z][a-z -]{2,40}\)\s")
"""What a statement is marked with: "(developmental)"."""
_MODAL = re.compile(r"\b(?:should|must|shall|may|can|will)\b(?<!who\scan)(?<!who\smay)(?<!who\swill)")
"""What rules the statement after all, before the verb that was found."""
_LONGEST = 200


def read(statement: str) -> Wording | None:
    """The group or those who act, as the statement's subject; None where its verb is not found, or it is about neither."""
    note = _NOTE.match(statement)
    start = note.end() if note else 0
    for verb in _VERB.finditer(statement, start, start + _LONGEST):
        subject = statement[start : verb.start()]
        if _OF_A_CLAUSE.search(subject):
            continue
        if not subject or not subject.isprintable() or _MODAL.search(subject):
            return None
        kinds = actors.kinds(subject)
        if kinds == ("patient",) or (group_start().match(subject) and not kinds):
            return Wording("none", None, None, population=squeeze(subject))
        acts = bool(kinds) and not _UNDERGOES.match(verb.group())
        return Wording("none", None, None, actor=squeeze(subject)) if acts else None
    return None
