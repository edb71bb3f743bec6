"""A numbered instruction whose verb no list holds: what follows the first word shows that it is a verb: "Buff the heel"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from betony.nlp.sentences import sentences
from betony.nlp.strength.reading import read, sentence_wording
from betony.nlp.strength.verbs import verb_set
from betony.nlp.strength.wording import Wording

_KNOWN = "Perform"
"""A verb that stands in for the unknown one."""
_OBJECT = r"(?=\s(?:the|an?|any|all|each|every|their|its|his|her|these|this|both)\s(?!(?:(?!(?:if|when|whenever|that|which|who|whose|where|unless|as|because|so|while|until|before|after|once)\b)[\w’'-]+\s){0,5}(?:is|are|was|were|has|have|should|must|can|will|may|might|could|would|shall|does|do|did|had)\b))"
_FUNCTION = (
    r"(?:[Aa]bout|[Aa]bove|[Aa]cross|[Aa]fter|[Aa]gainst|[Aa]ll|[Aa]long|[Aa]lso|[Aa]lthough|[Aa]mid|[Aa]mong|[Aa]mongst|[Aa]nd|[Aa]round|[Aa]s|[Aa]t|[Bb]ecause|[Bb]efore|[Bb]ehind|[Bb]elow|[Bb]eneath|[Bb]eside|[Bb]esides|[Bb]etween|[Bb]eyond|[Bb]oth"
    r"|[Bb]ut|[Bb]y|[Cc]ontrary|[Dd]espite|[Dd]oes|[Dd]own|[Dd]uring|[Ee]ither|[Ee]ven|[Ee]xcept|[Ff]rom|[Ff]or|[Gg]iven|[Hh]alf|[Hh]ence|[Hh]ow|[Ii]f|[Ii]n|[Ii]nside|[Ii]nstead|[Ii]nto|[Ii]s|[Ii]t|[Ll]ess|[Ll]ike|[Mm]any|[Mm]ore|[Nn]amely"
    r"|[Nn]ear|[Nn]either|[Nn]ext|[Nn]ot|[Nn]otwithstanding|[Oo]f|[Oo]ff|[Oo]n|[Oo]nce|[Oo]nto|[Oo]r|[Oo]utside|[Oo]ver|[Pp]ast|[Pp]er|[Pp]lus|[Qq]uite|[Rr]ather|[Ss]ince|[Ss]o|[Ss]uch|[Tt]han|[Tt]hat|[Tt]hen|[Tt]here|[Tt]hough|[Tt]hrough"
    r"|[Tt]hroughout|[Tt]hus|[Tt]ill|[Tt]o|[Tt]oo|[Tt]oward|[Tt]owards|[Uu]nder|[Uu]nless|[Uu]nlike|[Uu]ntil|[Uu]p|[Uu]pon|[Vv]ersus|[Vv]ia|[Ww]as|[Ww]ere|[Ww]hat|[Ww]hen|[Ww]henever|[Ww]here|[Ww]hereas|[Ww]herever|[Ww]hether|[Ww]hich|[Ww]hile|[Ww]hilst|[Ww]ho|[Ww]hose|[Ww]hy"
    r"|[Ww]ith|[Ww]ithin|[Ww]ithout|[Yy]et|[Cc]lick|[Dd]ownload|[Pp]rint|[Rr]ead|[Vv]iew"
    r"|People|Women|Men|Children|Staff|Everyone|Everybody|Anyone|Anybody|Someone|Nobody|Evidence|Research|Information|Treatment|Care|Data|Advice|Guidance|Training|Surgery|Therapy)"
)
"""Words that an article may follow, which are no verb, nouns of which a clause without "that" may tell, and what readers of a page
are asked to do."""
_VERB = rf"(?P<verb>(?!{_FUNCTION}\b)[A-Za-z][a-z]{{1,14}}(?<!ing)(?<!ed)(?<!en)(?<!ly)(?<!s))(?P<second>\s(?:and|or)\s[a-z]{{3,15}}(?<!ing)(?<!ed)(?<!ly)(?<!s))?"
_OPENS = re.compile(_VERB + _OBJECT)
_BEHIND_TIME = re.compile(
    rf"(?P<opened>(?:When|Before|After|While)\s\w+ing\s(?!\b(?:should|must)\b)[^,;:.()]{{3,120}},\s){_VERB}{_OBJECT}"
)
"""The same behind what is done meanwhile: "When opening a bath, chart and grasp the aims"."""


def read_unknown(pieces: Sequence[str]) -> Wording | None:
    """What the pieces of a numbered recommendation say whose first sentence opens with an unknown verb; None where it does not."""
    found = _OPENS.match(pieces[0]) if pieces else None
    found = found or (_BEHIND_TIME.match(pieces[0]) if pieces else None)
    if found is None or found["verb"].lower() in verb_set():
        return None
    start, end = sentences(pieces[0], 0, len(pieces[0]))[0]
    if sentence_wording(pieces[0][start:end]) is not None:
        return None
    known = _KNOWN if found.re is _OPENS else _KNOWN.lower()
    stood_in = f"{pieces[0][: found.start('verb')]}{known}{pieces[0][found.end() :]}"
    wording = read([stood_in, *pieces[1:]])
    return replace(wording, term=found["verb"]) if wording and wording.term == known else None
