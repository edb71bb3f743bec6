"""Who does what a clause says: whom a passive names, and which subjects do nothing."""

from __future__ import annotations

import re

from betony.nlp import actors
from betony.nlp.clauses.signs import AS_IT_MAY_BE, depth

_PASSIVE = re.compile(
    r"\s{0,9}(?:(?:also|always|only|normally|usually|routinely|therefore|then|first|not|never|\w+ly)\s+){0,3}be\s+"
    r"(?:(?:\w+ly|also|always|first|well|better|further|either)\s+){0,2}(?!aware|able|available|present|responsible|accountable"
    r"|sure|ready|familiar"
    r"|mindful|alert|open|willing|need|speed|indeed|need)\w+(?:ed|en|wn|ne|ght|ept|eld|aid|ade|ut|ung|ead"
    r"|et|ld|und|orn|(?<=\bs)ent|(?<=\bsp)ent|(?<=\bl)ent|(?<=\bb)ent|(?<=\bmea)nt|(?<=\blear)nt|(?<=\bbur)nt|(?<=\bbui)lt|(?<=\bdea)lt|(?<=\bru)n|(?<=\bhea)rd)\b",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"\s*(?:also\s|always\s)?be\s(?:\w+ly\s)?(?:accessible|available|in\splace|visible|clean|adequate|sufficient|suitable|appropriate|safe|near|close)\b",
    re.IGNORECASE,
)
_MADE_UP = re.compile(
    r"\s{0,9}(?:also\s|\w{1,20}ly\s)?(?:consist\sof|comprise|be\s(?:made\sup|composed)\sof)\b", re.IGNORECASE
)
_BY = re.compile(r"\sby\s+(?!\w+ing\b)")
_AFTER_AGENT = re.compile(
    r"\s(?:according\sto|until|regarding|concerning|because|due\sto|prior\sto|in\sorder\sto|in\scoordination\swith|as\s(?:needed|likely|being|eligible|suitable)|by(?=\s\w+ing\b)|before|after(?<!look\safter)(?<!looks\safter)(?<!looking\safter)|when|if|so\sthat|to(?<!access\sto)(?=\s(?:(?:the|an?|their|its|your)\s|[A-Z]))|using(?<!\bin\susing)(?<!\bof\susing)(?!\s(?:it|them)\b)|and(?<=using\sit\sand)|and(?<=using\sthem\sand)|in\s(?:the\s)?(?:line|accordance|consultation|consideration|light|context|view)|within|(?<!\bwith\s)at\s(?:\d+|subsequent|each|every|follow|regular|least)"
    r"|for\s(?:this|these)|for(?<!responsible\sfor)(?<!accountable\sfor)(?<!caring\sfor)(?<!care\sfor)(?<!lead\sfor)\s(?:each|every|all|any)|as\spart|every(?=\s(?:\d|\w+\s(?:days|weeks|months|years)\b|day|week|month|year|other))|about(?!\sto\s)(?<!\bknow\sabout)(?<!knowledge\sabout)(?<!expertise\sabout)|during|through|unless|whether|how|what|which(?=\s[a-z]+s?\s(?:have|has|are|is|need|needs|will|can)\b)|that(?=\s(?:the|they|their|there)\s)|who\s(?:should|must|shall|will))\s|\swith\s(?:\w+\s){0,2}consultation\b|\swithout\s(?:discussion|consultation|approval|agreement|permission|consent|authori[sz]ation|first\b|prior\b|delay|\w+ing\b)|\s(?:at\sonce|immediately(?!\savailable)|promptly|straight\saway|in\sperson|in\swriting)(?=[\s,.;]|$)|(?<!ed)\sand\s(?:given|offered|sent|shown|told|asked)\s(?:the|an?|how|what|to|about)\s|\s(?:on\s)?(?:the|that)\s(?:same|next|following)\s(?:day|morning|evening|week|visit)\b"
    r"|\s(?:and|or)\s(?:should|must)\s|\sand\s(?:then\s)?(?:discussed|documented|recorded|reviewed|monitored|agreed|shared|confirmed|repeated|reported)\s(?:with|to|in|by|at|on|for|as|before|after|within)\b"
    r"|(?<!ed)\sand\s(?:then\s)?(?!(?:experienced|skilled|trained|qualified|accredited|speciali[sz]ed|interested|involved|based|employed)\b)(?:\w+ed|given|kept|sent|held|written|put|taken|made|read|shown)\s(?:over|off|out|back|up|in|to|at|on|for|as|by|before|after|within|with|available)\b|(?<!\sin)(?<!\sof)(?<!\swith),(?!\s(?:or|and)\sby\s)(?!\s(?:experienced|skilled|trained|qualified|competent|specialised|specialized)\s(?:in|with|to)\s|\s(?:and|or)\s(?:who|(?:are|have|has|is)\s(?:\w+ed\b|had\b|been\b|experienced\b)|in\s(?:\w{2,20}ing|the\s(?:use|management|treatment|care|diagnosis))|with\s(?:experience|expertise|training|skills|access\sto|facilities)|(?:\w+\s){0,2}(?:experience|expertise|training|skills|knowledge)\s(?:in|of|with),?)\s)|$"
)
_AND_IF = re.compile(rf"(?:(?<=\sand)|(?<=\sor)){AS_IT_MAY_BE}")
_AND_ONE_MORE = re.compile(r",\sand\s(?P<who>(?:an?|the)\s(?:[\w-]+\s){0,4}?[\w-]+)(?=\s(?:for|with|in|who)\s)")
"""One more who does it, behind a comma: "by doctors who are skilled, and a specialist nurse for gout with access to"."""
_INCLUDING_A_ROW = re.compile(
    r"[^,;.]{0,120}?\sincluding\s[^,;.]{2,60}(?:,\s[^,;.]{2,60}){1,5}?,?\s(?:and|or)\s[^,;.]{2,60}(?=,|[.;]|$)"
)
"""What one of them has, told in a row: "with access to services including a laboratory, a ward and a clinic"."""
_BY_ANOTHER = re.compile(r",?\s(or|and)\s(?:\w+ly\s)?by\s(?:both\s)?")
"""How a second one is joined who does it: "by a surgeon or by both a surgeon and a nurse", "by nurses and weekly by doctors"."""
_AND_ANOTHER = re.compile(r"\sand\s(?!by\b)(?:[\w’'-]+\s){1,6}?by\s(?=(?:an?|the|specialist|trained)\s)")
"""What another does, behind who does the first: "be waxed by a nurse and balm given by a doctor"."""
_BETWEEN_QUALITIES = re.compile(
    r"\b(?:an?|the|their|its)\s(?:\w{1,20}ly\s)?[\w‑-]{1,30}(?:ed|ing|ive|al|ful|ous|ent|ant|ble),$"
)
"""A comma between two qualities of one thing, which ends nothing: "a service with a tested, written plan"."""
_APPOSITION = re.compile(
    r",\s(?:usually|normally|ideally|preferably|typically|for\sexample)\s(?:an?|the)\s[\w\s-]{3,60}?(?=[,;.]|\s(?:who|in|at|within|before|after)\s|$)"
)
"""Who that is as a rule, said behind the one who does it: "by a specialist, usually a neurologist"."""
_SUBORDINATE_PASSIVE = re.compile(
    r"\b(?:that|which|who)\s(?:\w+\s){0,3}(?:should|must|may|can|is|are|has|have|was|were)\b"
    r"|\b(?:until|unless|once)\s(?:(?:fully|medically|formally)\s)?(?!(?:possible|appropriate|needed|necessary|required|indicated)\b)(?:\w+ed|given|seen|done|taken|told)(?:\sto\s\w+)?\s?$"
)
"""A clause of its own behind a passive, whose agent is not the passive's: "told of any steps that should be taken by staff", "kept away
until cleared by staff"."""
_OPEN_RELATIVE = re.compile(
    r"\s(?:who|that)\s(?:\w+ly\s)?(?:do|does|perform|carry\sout|treat|see|have|has|work|are|is)$"
)
"""What tells more of those who act and is not at its end: "surgeons who do" at least 20 a year."""
_FOR_WHOM = re.compile(r"\sfor\s")
_A_PERSON = re.compile(
    r"\b(?:\w*(?:ologist|iatrist|iatrician)|physician|doctor|surgeon|clinician|practitioner|professional|pharmacist|dentist)s?(?=\sfor\s)"
)
"""One of whom it is told behind "for" what others see them for, unlike "a team for heel pain"."""
_RELATIVE = re.compile(r"\s(?:who|that)\s")
"""Behind which "for this condition" still tells what those can do who act: "by a team that can offer care for this condition"."""
_INCLUDES = re.compile(
    r"\s(?:that|which|who)\s(?:(?:should|must|may|can|also)\s){0,2}(?:includes?|comprises?|consists?\sof)\s"
)
"""What opens a row of those whom a team is made up of; a row that is cut short names others than it means."""
_PURPOSE = re.compile(r"(?<!ed)(?<!able)(?<!ing)\sto\s(?=[a-z]+\b)")
"""What goes on behind those who act with what they have somebody do: "encouraged by nurses to wash", not "nurses trained to"."""
_OFFERED_CARE = re.compile(
    r"\bbe\s(?:\w+ly\s)?(?:offered|considered\sfor|referred\sfor)\s(?:[\w-]+\s){0,4}?"
    r"(?:reviews?|assessments?|appointments?|consultations?|visits?|follow-up|examinations?|care|treatments?|surgery|therapy|counselling|monitoring)$"
)
"""What is offered before a "by": it names who does that, and not who offers it ("be offered a review by a nurse")."""
_EXAMINED_BY = re.compile(
    r"\b(?:after|following)\s(?:an?\s)?(?:[\w-]+\s){0,2}?(?:examination|assessment|review|discussion|evaluation|consultation)s?$",
    re.IGNORECASE,
)
"""What stands before a "by" that names who has examined somebody before, and not who acts: "given after discussion by a team"."""
_TOLD = re.compile(r"\b(?:told|informed|advised|warned|reminded|reassured|notified)$")
_THAT = re.compile(r"\sthat\s")
"""What somebody is told, behind who tells it: "be told by the nurse that wax is hot"."""
_SHARED = re.compile(r"\b(?:shared|discussed|agreed|exchanged)$")
_WITH_OTHERS = re.compile(r"\swith\s(?=(?:the|their|its|other|another|any|all|your|his|her|each)\s)")
"""With whom something is shared, behind who shares it: "be shared by the trust with its partners"."""
_BY_EACH = re.compile(r"[^,;:.]{3,80}?\sand\sto\s(?:[\w’'-]+\s){1,8}by\s")
"""Those who act, each for others: "reported to the board by the nurse and to the maker by the clerk"."""
_PARTICIPLES = frozenset(
    {"made", "given", "done", "taken", "written", "set", "run", "led", "held", "drawn", "seen", "shown", "put"}
)
"""Participles whose "by" is theirs, behind another passive: "should be read with the recommendations made by"."""
_COORDINATED = re.compile(r"(?:\s(?:out|up|down|over|off))?\s(?:or|and)\s\w+")
"""What stands between a passive and who does it, where a second participle is joined to the first."""
_ENUMERATED = re.compile(
    r"(?:(?!\sin\s(?:the\s)?(?:light|view|context|line|accordance)\b|\s(?:according|prior|due)\sto\b|\s(?:as\spart\sof|based\son|because|using)\b)[\w'’() -]){3,80}"
    r"(?:,\s(?!(?:who|which|and|or|with|if|when|whether|unless|until|after|before|during|within|regardless|irrespective|in|as|based|because|according|using|to|so)\b)[\w'’() -]{3,60}){1,6},?\s(?:and|or)\s"
)
"""Those who act together, up to the last of them ("a team of surgeons, nurses and")."""


INSERTED = re.compile(r",\s[^;:.]{3,80}?,(?=\s(?:not\s|also\s|\w+ly\s)?be\s)")
"""What stands between commas before a passive: "should, as soon as possible but within 24 hours, be given"."""


def is_passive(words: str) -> bool:
    """Whether what follows a modal is a passive ("be reported …")."""
    inserted = INSERTED.match(words)
    return _PASSIVE.match(words, inserted.end() if inserted else 0) is not None


_FACILITIES = re.compile(
    r"^(?:(?!\b(?:of|for|in)\b)[^,])*\b(?:facilities|services)(?:\s(?:for|to)\s.*)?$", re.IGNORECASE
)
_ACTS_TOO = re.compile(
    r"\bavailable\sto\s(?!(?:people|patients|adults|children|women|men|all|those|anyone|everyone|the|an?|them|you|[a-z]+s)\b)[a-z]+|\sand$|\sand\s(?:should|must)\b"
)
"""What is said beside their state of those who act: "services should be available to advise", "and should offer"."""


def is_place(subject: str, rest: str) -> bool:
    """Whether the subject is rooms and things that are to be in some state, not somebody who acts."""
    return _FACILITIES.search(subject) is not None and _STATE.match(rest) is not None and not _ACTS_TOO.search(rest)


def is_made_up(rest: str) -> bool:
    """Whether what follows a modal tells of whom a team or of what a service is made up: its subject does nothing."""
    return _MADE_UP.match(rest) is not None


_ENABLED = re.compile(
    r"\s*(?:also\s|always\s|\w+ly\s)?(?:be\s(?:able\sto|part\sof|involved\sin|free\sto)|feel|receive"
    r"|have\s(?:access|someone|an?\s(?:choice|chance|say)|the\s(?:chance|opportunity|right|choice)))\b"
)


def is_enabled(subject: str, rest: str) -> bool:
    """Whether what follows a modal is what others are to make possible for the reader: "you" "be part of all decisions"."""
    return re.fullmatch(READER, subject) is not None and _ENABLED.match(rest) is not None


_DOSED = re.compile(
    r"\s*(?:also\s|all\s|always\s|routinely\s|\w+ly\s)?receive\s(?:an?|the|one|two|three|\d|another|annual|further|additional)\s"
    r"(?:(?!(?:of|on|in|about|for|from|at|before|after|by|with|to|and|or|that)\b)[\w/’'-]+\s){0,6}?"
    r"(?:doses?|vaccines?|vaccinations?|boosters?|immuni[sz]ations?|jabs?|prophylaxis|antibiotics?|antivirals?)"
    r"(?=[.,;)]|$|\s(?:\(|of|for|against|at|before|after|as|within|every|each|in|on|if|when|unless|until|and|or|by|with|to|from|once|prior|during|no|not)\b)"
)
"""A medicine that is received, at the head of what is: "a booster of the vaccine", not "an update on vaccines", "a dose chart"."""


def is_dosed(rest: str) -> bool:
    """Whether what follows a modal is a medicine that the subject gets, whoever that is: "workers should" "receive a booster"."""
    return _DOSED.match(rest) is not None


READER = r"[Yy]ou(?:\s\((?:or|and)\s[^()]{3,40}\)|\s(?:or|and)\syour\s\w+)?"
"""A pattern for who reads a page on their own care: "You (or your child)"."""


def _acts(who: str) -> bool:
    return bool(set(actors.kinds(who)) - {"patient"})


def agent(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """Who does it, where sentence[start:end] says "be done by …"; not who does what a later participle says."""
    passive = _PASSIVE.match(sentence, start, end)
    if " not only by " in sentence[start:end]:
        return None  # some of those who do it would be left out
    for match in _BY.finditer(sentence, start, end):
        before = sentence[start : match.start()].rpartition(" ")[2]
        if (
            passive
            and match.start() > passive.end()
            and _SUBORDINATE_PASSIVE.search(sentence, passive.end(), match.start())
        ):
            return None
        if (
            passive
            and match.start() > passive.end()
            and (before.endswith("ed") or before in _PARTICIPLES)
            and not _COORDINATED.fullmatch(sentence, passive.end(), match.start())
        ):
            continue
        if match.end() > start and _BY_EACH.match(sentence, match.end(), end):
            return None
        if before == "received" or _OFFERED_CARE.search(sentence, start, match.start()):  # who receives it does nothing
            return None
        if _EXAMINED_BY.search(sentence, start, match.start()):
            continue
        listed = _ENUMERATED.match(sentence, match.end(), end)
        stop = _AFTER_AGENT.search(sentence, listed.end() if listed else match.end(), end)
        if stop and (more := _AND_ONE_MORE.match(sentence, stop.start())) and _acts(more["who"]):
            row = _INCLUDING_A_ROW.match(sentence, more.end(), end)
            stop = _AFTER_AGENT.search(sentence, row.end() if row else more.end(), end)
        if stop and (beside := _AND_IF.match(sentence, stop.start())):
            stop = _AFTER_AGENT.search(sentence, beside.end(), end)
        if _TOLD.search(sentence, start, match.start()) and (
            that := _THAT.search(sentence, match.end(), stop.start() if stop else end)
        ):
            stop = that
        if _SHARED.search(sentence, start, match.start()) and (
            others := _WITH_OTHERS.search(sentence, match.end(), stop.start() if stop else end)
        ):
            stop = others
        if stop and _BETWEEN_QUALITIES.search(sentence, match.end(), stop.end()):
            stop = _AFTER_AGENT.search(sentence, stop.end(), end)
        if stop and _OPEN_RELATIVE.search(sentence, match.end(), stop.start()):
            stop = _AFTER_AGENT.search(sentence, stop.end(), end)
        if stop and _FOR_WHOM.match(sentence, stop.start()) and _RELATIVE.search(sentence, match.end(), stop.start()):
            stop = _AFTER_AGENT.search(sentence, stop.end(), end)
        right = stop.start() if stop else end
        if sentence.endswith(" and", match.end(), right):
            right -= len(" and")
        if sentence.endswith(" who", match.end(), right):  # a list tells what they are
            right -= len(" who")
        another = _AND_ANOTHER.search(sentence, match.end(), right)
        right = another.start() if another else right
        if stop and stop.group() == "," and (made_up := _INCLUDES.search(sentence, match.end(), right)):
            right = made_up.start()
        if beside := _APPOSITION.match(sentence, right, end):
            right = beside.end()
        purpose = _PURPOSE.search(sentence, match.end(), right)
        if purpose and actors.kinds(sentence[match.end() : purpose.start()].rpartition(" ")[2]):
            right = purpose.start()
        if " for " in sentence[match.end() : right] and (person := _A_PERSON.search(sentence, match.end(), right)):
            right = person.end()
        if stop and stop.group() == ",":
            right = _with_joined(sentence, right, end)
            right = including.end() if (including := _INCLUDING.match(sentence, right, end)) else right
        right = _without_bracket(sentence, match.end(), right)
        if actors.kinds(_BY_ANOTHER.sub(r" \1 ", sentence[match.end() : right])):
            return match.end(), right
        if another:  # which is of what another does
            return None
    return None


_HAD = re.compile(
    r"(?:(?!(?:by|that|which|who|whose|from|to|for|in|or|if|when|been|being|not)\b)[\w-]+\s){1,10}?(?!need)\w+ed(?:\sas\s(?:[\w-]+\s){0,3}?[\w-]+)?(?=\sby\s(?!\w+ing\b))"
)
"""What those in care have done to them, before those who do it: "both diet and drugs discussed as an option" by a nurse."""


def agent_of_had(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """Who does it, where sentence[start:end] stands behind "have" and says "their heels measured by a nurse"."""
    had = _HAD.match(sentence, start, end)
    by = agent(sentence, had.end(), end) if had else None
    return by if by and had and by[0] == had.end() + len(" by ") else None


_PRINTED = re.compile(r"\s?[(\[](?:see\s|[Gg]rade\s|[Ll]evel\s|[12][A-D]\)|[A-Z][\w’'-]+\set\sal|e\.g)")
"""How a grade, a reference or a citation begins behind those who act."""


def _without_bracket(sentence: str, start: int, right: int) -> int:
    """Where those who act end before a bracket that is not closed within sentence[start:right], or that tells nothing of them."""
    if "(" not in sentence[start:right] and "[" not in sentence[start:right]:
        return right
    printed = _PRINTED.search(sentence, start, right)
    if printed:
        return printed.start()
    opened = sentence.rfind("(", start, right)
    return len(sentence[:opened].rstrip()) if opened > start and depth(sentence, start, right) > 0 else right


_INCLUDING = re.compile(
    r",\sincluding\s(?!(?:at|on|if|when|where|during|for|in|after|before|by)\b)[^,;:.()]{3,80}(?=\.?$)"
)
"""What belongs to those who act, or to what they can do, at the end of the sentence: "by a team, including a nurse"."""
_JOINED = re.compile(r",\s(?:and|or)\s(?P<who>(?:your|their|the|an?|his|her)\s[\w’'() -]{3,80})")
"""One more who does it, behind a comma: "by you, and your family or carers as appropriate, and your nurse"."""


def _with_joined(sentence: str, right: int, end: int) -> int:
    """Where those end who do it together, where each of them stands behind a comma, up to sentence[:end]."""
    at = right
    while joined := _JOINED.match(sentence, at, end):
        if not actors.kinds(joined["who"].partition(" as ")[0]):
            return right
        at = joined.end()
    return at if at == end else right
