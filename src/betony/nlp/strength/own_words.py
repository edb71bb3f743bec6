"""Words that may end those for a group, and go on with what is told of it: "people who have had wax" for 6 weeks."""

from __future__ import annotations

import re

from betony.nlp import vocabulary
from betony.nlp.strength.group_ends import end_of_group
from betony.nlp.strength.objects import OWN_TO
from betony.nlp.strength.verbs import verb_set

_GOES_ON_BEHIND_WHO = (
    " while",
    " to ",
    " and ",
    " using ",
    " include",
    " contain",
    " cover",
    " meet",
    " at the time of",
)
"""What ends a group's words, but not those of the clause that a "who" among them has opened."""
_CONDITION_BEHIND = re.compile(r"\s(?:and|or)\s(?:if|when|unless)\b")
_UNTOLD = re.compile(
    r"\s(?:for\s(?:(?:more\sthan|over|at\sleast|about|around)\s)?(?:\d+|two|three|four|six)(?:\s(?:to|or)\s\d+)?\s(?:hours|days|weeks|months|years)\b(?!\sor\s(?:more|longer))"
    r"|in\sthe\s(?:first|last|next)\s(?:\d+\s|few\s)?(?:hours?|days?|weeks?)\b)"
)
"""What may be told of a group as well as of what is done: "people with pain for 6 weeks", "adults with stroke in the first 24 hours"."""
_LASTS = re.compile(
    r"\bwho(?:se)?\s(?:[^\s,;:]+\s){0,4}?(?:have|has|had|was|were)\s(?:not\s|never\s|\w+ly\s)?(?:\w+(?:ed|en|own)|on)\b|\b(?:lasting|lasted|persist\w*|taking|taken|been|in\swhom|for\swhom)\b"
)
"""What shows that a time is one of the group's own: "people who have had pain" for 6 weeks."""
_HAS_A_CLAUSE = re.compile(
    r"\b(?:who|whose|whom|that|which|having|receiving|taking|undergoing|using|treated|treatment|surgery|lasting|waiting|therapy)\b"
)
_AIM_ALONE = re.compile(
    r"\sto\s(?:reduce|prevent|improve|help|relieve|detect|ease|support|ensure|check|monitor|avoid|confirm|diagnose|inform|identify|assess|treat|manage)\b"
)
"""What something is done for, which may be what a group does as well."""
_MEANS_OF_THEIRS = re.compile(
    r"\b(?:tak(?:e|es|ing|en)|us(?:e|es|ing|ed)|given|having|receiv(?:e|es|ing|ed)|considered|offered|prescribed|treated|treatment|surgery|medicines?|therapy|planned|need|needs|had|\w+ing)\b"
)
_NEED = re.compile(
    r"\bwho\s(?:\w+ly\s|may\s|also\s|still\s)?(?:needs?|requires?|wants?|wishe?s?|hopes?|would\slike)\s(?:(?!to\s)[^\s,;:]++\s?)*$"
)
_BEFELL_THEM = re.compile(
    r"\bwho(?:se\s[\w-]+)?\s(?:\w+ly\s)?(?:have\shad|has\shad|had|develop(?:ed)?|experienced?|began|worsened)\b[^,;:]*$"
)
"""What happened to a group, and is told with what they did meanwhile: "people who have had a rash" while taking it."""
_WITH_A_PLACE = re.compile(
    r"\swith\s(?:an?|the)\s(?!(?:patient|person|child|woman|man|parents?|carers?|famil(?:y|ies))\b)"
)
_TO_RECORD = re.compile(
    r"\sand\s(?:record|document|refer|offer|explain|provide|consider|ensure|monitor|assess|review|advise|discuss|arrange|repeat|measure|prescribe)\b"
)
"""What is to be done besides, and by nobody of the group: "people who have had a stroke and record the result"."""
_SENT_BY = re.compile(r"\s(?:referral|pathway)s?$")
"""By what way people are sent somewhere, told behind their clause: "refer people who limp" using an urgent referral."""
_SENT = re.compile(r"\sto\s(?:an?|the|their)\s")
"""How it is told to whom people are sent: "refer people who are breastfeeding to a clinic"."""
_REFERRED = re.compile(
    r"\b(?:referred|admitted|transferred|discharged|presenting|known|going|coming|moving|returning|sent)$"
)
"""What stands before the place to which a group's people have come: "people referred to a clinic"."""
BEFORE_TO = re.compile(
    r"\b(?:failed|fails?|unable|able|unwilling|willing|likely|unlikely|want|wants|wish|wishes|refuse|refuses|refused|continues?|continued|suspected|known|thought|believed|expected|found|shown|considered|judged|deemed|due|going)$"
)
"""Words that a verb with "to" belongs to, so that no aim begins with it: "patients whom others have failed to help"."""
_BEFELL = re.compile(
    r"\b(?:who(?:se)?|that|which)\s[^,;:]{0,80}\b(?:progressed|relapsed|recurred|worsened|got\sworse|returned|responded(?:\sto\s[\w\s]{2,40})?|responding|improved|resolved|settled|healed)(?:\s\([^()]{2,30}\))?$|\sborn$"
)
"""What has befallen a group's illness, and still is told when: "adults whose disease has progressed during treatment"."""
_PASSED = re.compile(
    r"\b(?:who(?:se)?|that)\s[^,;:]{0,80}\b(?:been|was|were|are|is)\s(?:\w+ly\s)?\w+(?:ed|en|ept|ought|old)$",
    re.IGNORECASE,
)
"""What was done with a group, and still is told when: "people who have been discharged after assessment for stones"."""
_BEFELL_WHEN = re.compile(r"\s(?:during|after|within|before)(?:\s(?:or|and)\s(?:during|after|within|before))?\s")
_WHO_BELOW = re.compile(r"\s(?:who|whose|whom)\s")
"""How lines without signs begin that tell more of the group before the colon."""
_CANNOT = re.compile(r"\b(?:who|whom)\s[^,;:]{0,60}\b(?:cannot|unable|not|unsuitable|contraindicated|intolerant)\b")
"""A group's own clause that says what they cannot have, and may say why."""
_COMES_AND_GOES = re.compile(
    r"\bwhose\s[^,;:]{2,80}\b(?:comes?\son|starts?|begins?|occurs?|worsens?|gets?\sworse|returns?|settles?|stops?|eases?|improves?)$"
)
"""What a group's illness does, and is told when: "people whose pain comes on when walking"."""
_WHEN_ISSUED = re.compile(r"\s(?:this|the)\s(?:guidance|guideline|appraisal|recommendation)\s(?:was|is|were)\b")
"""What tells since when a group has been treated: "people who were taking it when the guidance was issued"."""
_LACKS = re.compile(
    r"\bwho\s(?:\w+ly\s)?(?:gives?|provides?|takes?|uses?|receives?|needs?)$|\b(?:having|have|has|had|taking|receiving|using|with|of|for|at|in)$"
)
_INSERTED = re.compile(r"\s(?:or|and)\s[^,;:.()]{3,60},(?=\s)")
"""What stands between commas before what both go with: "women who are having, or likely to have, hot flushes"."""
_ALONE_OR = re.compile(
    r"\s(?:separately|alone|singly|together|on\s(?:its|their)\sown)\s(?:or|and/or)\s(?:in\scombination|with|together)\b"
)
"""How it is told in what company people had what they had: "adults who had wax, alone or with balm"."""
_BUT_ALSO = re.compile(r"\sas\sdefined\sby\b|\sbut\s(?:otherwise|also|still|who|not)\b")
"""How more is told of those of whom something is told: "people who are ill, but otherwise well"."""
_SECOND_GROUP = re.compile(
    r"\swith\sor\swithout\s|\s(?:for|in|to|with)\swhom\s|\s(?:or|and)\s(?:in|for|to|with)\s(?:[\w-]+\s){0,4}?(?:adults|people|patients|children|women|men|infants|babies|individuals|those)\b"
)
"""How more is told of a group behind a comma: "children who have gout, or in infants with stones", "adults with pain, with or without"."""
_RULED_THERE = re.compile(r"(?<!who\s)\b(?:should|must|may|can|is|are)\b")
_WHOSE = re.compile(r"\bwhose\s[\w‑-]+(?:\s[\w‑-]+)?\s(?:is|are)\b")
_AND_WHO = re.compile(r"(?!\s(?:should|must|may|can)\b)[^,;:.()]{1,80}?,?\sand\swho(?:se)?\s")
"""A second clause that tells more of a group: whatever stands before it does too."""
_AFTER_WHAT = re.compile(
    r"\s(?!\d|the\b|each\b|every\b|any\b|all\b|an?\b|\w+ing\b|this\b|that\b|these\b|\w+ly\b)[\w‑-]+(?:\s(?!and\b|or\b)[\w‑-]+)?(?=\s*(?:[.;:\[]|$))"
)
"""What a group has after some event, at the end of the sentence: "people with weakness after burns"."""


_AT_WORK = re.compile(r"\bwho\s(?:\w+ly\s)?(?:works?|sleeps?|wakes?|stays?|drives?|eats?)(?:\s[\w-]+)?$")
"""What a group does, and is told when: "people who work" during the day."""
_EITHER = re.compile(r"\beither\b(?!.*\bor\s[^,]*,\sor\b)")
_OR = re.compile(r"\sor\s")
_AGED = re.compile(
    r"\b(?:\d+(?:\s(?:years|months|weeks))?(?:\s(?:and|or)\s(?:over|under|above|older|younger))|(?:aged|under|over)\s\d+(?:\s(?:to|and)\s\d+)?(?:\s(?:years|months|weeks))?)$"
)
"""An age at the end of a group's words: "people 2 months and over"."""
_WHICH_NOT = re.compile(r"\swhich\s(?:is|are|has|have)\snot\s[^,;:.]{3,80}")
"""What is denied of what a group has: "adults with loss of hearing, which is not explained by wax"."""
_TAKEN_IN = re.compile(r"\s(?:despite|including\s(?:at\sleast\s|one\s|two\s|both\s|either\s))")
"""What is told further of what people had or have: "who had other drugs, including at least one balm", "adults with pain, despite wax"."""
_WHO_HAD = re.compile(r"\b(?:who(?:se)?|with)\s.*(?<!\bthat)(?<!\bwhich)(?<!\bwho)$", re.DOTALL)
_FIRST_DOING = re.compile(r"\s(?:initially|first|previously)\s\w+ing\b")
"""What came before what is told of a group: "who got worse after initially responding"."""
_AT_ANY_AGE = re.compile(r"\s(?:at\sany\sage|of\s(?:any|whatever)\sage|of\sall\sages)(?=,)")
_MEASURED = re.compile(r"\b(?:below|above|over|under|than|least|between|from)\s\d[^,;:]{0,40}$")
_OR_MEASURED = re.compile(
    r"\sor\s(?:below|above|over|under|(?:less|more|lower|higher)\sthan|at\sleast|between|from)\s\d"
)
"""Another measure of the same behind the first: "whose count is below 9, or below 10"."""
_OR_AGED = re.compile(r"\sor\s(?:who\sare\s)?(?:aged|under|over)\s(?=\d)")
"""How others are named behind a comma by their age: "people with gout, or aged 55 and over with cracks"."""

_FOR_RISK = re.compile(r"\sof\s(?:the|an?|their|its)\s(?:[\w-]+\s)?(?:risks?|likelihood|danger|potential)\b")
"""Why something is done or not, rather than why a group is as it is: "do not stop it because of the risk of"."""
_LEFT = re.compile(
    r"\b(?:discharged|admitted|recovering|leaving\s(?:hospital|care))$|\bwho\s(?:are|is|remain)\s(?:\w+ly\s)?(?!able\b|willing\b|ready\b)[a-z]{4,}$"
)
"""What a group is, or has left, since an event that is told with it: "people who are weak after a stroke"."""
_AN_EVENT = re.compile(r"\s(?:an?|the)\s(?!\w+ing\b)[\w‑-]+")
_OR_WHO = re.compile(
    r"\sor\s(?:who\s(?:(?:also|still|\w+ly)\s)?(?:have|has|had|are|is|were|cannot|take|need|live)|whose\s[\w-]+(?:\s[\w-]+){0,3}?\s(?:is|are|has|have))\s"
)
"""How others are named behind a comma by what they are: "people with gout, or who have had surgery"."""


def lasts_untold(sentence: str, start: int, end: int) -> bool:
    """Whether nobody can tell if a time in sentence[start:end] is that of the group or of what is done."""
    how = _UNTOLD.search(sentence, start, end)
    return how is not None and _LASTS.search(sentence, start, how.start()) is None


def may_be_theirs(told: str, stop: re.Match[str]) -> bool:
    """Whether nobody can tell if a word ends a group's words or goes on with what is told of it: "people who take wax to reduce
    pain", "adults having surgery followed by wax"."""
    word = stop.group().lower()
    if word.startswith(" while") and _BEFELL_THEM.search(told):
        return False
    if word.startswith((" while", " followed", " for ")) or _WITH_A_PLACE.match(word):
        return _HAS_A_CLAUSE.search(told) is not None
    if word.startswith(" to ") and " who" in told and _AIM_ALONE.match(word):
        return _MEANS_OF_THEIRS.search(told) is not None and not _is_their_aim(told)
    return False


def _is_their_aim(told: str) -> bool:
    """Whether an aim behind these words is what the group wishes or needs: "people who need treatment" to relieve pain."""
    return OWN_TO.search(told) is not None or _NEED.search(told) is not None


def in_their_clause(told: str, stop: re.Match[str], verb: str) -> bool:
    """Whether a word that may end a group's words goes on with the clause that a "who" among them has opened."""
    word = stop.group().lower()
    if not word.startswith(_GOES_ON_BEHIND_WHO) or _CONDITION_BEHIND.match(word) or _TO_RECORD.match(word):
        return False
    if word.startswith(" using") and _SENT_BY.search(word):
        return False
    if word.startswith(" while"):
        return _BEFELL_THEM.search(told) is not None
    if _AIM_ALONE.match(word) and not _is_their_aim(told):
        return False
    return not (verb == "refer" and _SENT.match(word) and not _REFERRED.search(told))


def on_behind(sentence: str, told: str, stop: re.Match[str]) -> int | None:
    """From where to look on for the end of a group, behind a word that may end one but belongs to what is told of it."""
    word = stop.group()
    if word == " when" and (_WHEN_ISSUED.match(sentence, stop.end()) or _COMES_AND_GOES.search(told)):
        return stop.end()
    if word == " because" and _FOR_RISK.match(sentence, stop.end()) and not _CANNOT.search(told):
        return None
    if word == " within" and told.endswith((" likely to die", " expected to die")):
        return stop.end()
    if word == " because" and sentence.startswith(" of ", stop.end()) and " who" in told:
        after = end_of_group().search(sentence, stop.end() + len(" of "))
        while after and after.group().lower().startswith(" that"):  # "because of a late finding that their"
            after = end_of_group().search(sentence, after.end())
        return after.start() if after else len(sentence.rstrip(" ."))
    if _SENT.match(word) and _REFERRED.search(told):
        return stop.end()
    if (word.startswith(" to") and not _SENT.match(word) and BEFORE_TO.search(told)) or (
        word == " because" and _CANNOT.search(told)
    ):
        return stop.end()
    if word == "," and (
        _is_second_group(sentence, stop.end()) or (" who" in told and _BUT_ALSO.match(sentence, stop.end()))
    ):
        return stop.end()
    if word == "," and _LACKS.search(told) and (inserted := _INSERTED.match(sentence, stop.end())):
        return inserted.end()
    if word == "," and _ALONE_OR.match(sentence, stop.end()):
        return stop.end()
    if word == "," and _AGED.search(told) and sentence.startswith(" with ", stop.end()):
        return stop.end() + len(" with ")
    if word == "," and (denied := _WHICH_NOT.match(sentence, stop.end())):
        return denied.end()
    if word == "," and (more := _TAKEN_IN.match(sentence, stop.end())) and _WHO_HAD.search(told):
        return more.end()
    if word == " after" and _FIRST_DOING.match(sentence, stop.end()) and " who " in told:
        return stop.end()
    if word == "," and (whatever := _AT_ANY_AGE.match(sentence, stop.end())):
        return whatever.end()
    if word == "," and (aged := _OR_AGED.match(sentence, stop.end())):
        return aged.end()
    if word == "," and _MEASURED.search(told) and (other := _OR_MEASURED.match(sentence, stop.end())):
        return other.end()
    if word == "," and (who := _OR_WHO.match(sentence, stop.end())):
        return who.end()
    if word == "," and _EITHER.search(told) and (other := _OR.match(sentence, stop.end())):
        return other.end()
    if word in (" after", " within", " during") and told.endswith((" at or", " on or", " before or", " during or")):
        return stop.end()  # "babies who were breech at or after 36 weeks"
    if word == " during" and _AT_WORK.search(told):
        return stop.end()
    if word == "," and told.endswith(("+", "−")):
        return stop.end()  # of a row of markers: "people with ER+, LN− and HER2− cancer"
    if word == ":" and _WHO_BELOW.match(sentence, stop.end()):
        return stop.end()
    if (dated := _BEFELL_WHEN.match(sentence, stop.start())) and (_BEFELL.search(told) or _PASSED.search(told)):
        return dated.end()
    if " who" in told and (second := _AND_WHO.match(sentence, stop.end())):
        return second.end()
    if word == " after" and _LEFT.search(told) and _AN_EVENT.match(sentence, stop.end()):
        return stop.end()
    if word == " after" and " with " in told and (event := _AFTER_WHAT.match(sentence, stop.end())):
        return event.end()
    return None


def _is_second_group(sentence: str, comma: int) -> bool:
    """Whether more is told of a group behind the comma; a group behind "and" may as well open what is to be done with it."""
    second = _SECOND_GROUP.match(sentence, comma)
    if second is None or not second.group().startswith(" and "):
        return second is not None
    stop = end_of_group().search(sentence, second.end())
    words = sentence[second.end() : stop.start() if stop else len(sentence)]
    bids = verb_set().difference(vocabulary.read("recommendations")["imperatives"]["hollow"])
    return bids.isdisjoint(words.lower().rstrip(".").split()) and not _RULED_THERE.search(_WHOSE.sub("", words))
