"""The condition that a clause closes with: "if …", "unless …"."""

from __future__ import annotations

import re

from betony.nlp.clauses.signs import depth
from betony.nlp.looks import has_any
from betony.nlp.strength.verbs import verb_set

_TRAILING = re.compile(
    r"(?=[,\s]),?\s(?:(?:only\s)?(?:if|when|whenever)|unless|(?:every|each)\stime(?=\s(?:an?|the|they|it|he|she|you|one)\s)|provided\sthat(?=:?\s|$)|(?<=,\s)provided|(?<=,\s)providing(?=\s(?:that|(?:you|they|he|she|it|the\s[\w-]+)\s(?:is|are|has|have|can|do|does|agrees?|wish(?:es)?|wants?|signs?|meets?|will))\s)|as\slong\sas"
    r"|in\sthe\sevent\s(?:of|that)|in\s(?:all|any|every)\s(?:cases?|instances?|circumstances?)\s(?:where|when|in\swhich)|after(?=\san?\s(?:[\w-]+\s){0,2}(?:trial|course)\sof\s[^,;:.]{3,80}?\s(?:has|have)\s(?:failed|not\s|proved\s|proven\s|been\s(?:unsuccessful|ineffective|tried)))|after(?=\s(?:(?:an?|the|full|careful)\s)?(?:agreement|discussion|assessment|consultation|approval|review|consideration)\s(?:between|with|by|of)\s)|only\safter(?=\s(?:an?\s|the\s|full\s|careful\s|specialist\s|[\w-]+\s)?(?:assessment|discussion|agreement|consultation|review|consideration|approval|evaluation|counselling)\s)|only\safter(?=\s[^,;:.]{3,80}?\s(?:has|have)\s(?![^,;:]{0,200}\sto(?::|$)))|under\s(?:all\s(?:of\s)?)?the\s(?:conditions|circumstances)(?=\s(?:specified|set\sout|described|listed|given|outlined)\s)|at\sthe\stime(?=\s(?:when\s|that\s)?(?:the\s|they\s|it\s)(?:[^,;:.]|\.(?=\d)){3,80}?\s(?:is|are|has|have)\s)|while(?=\s[^,;:.]{3,80}?\s(?:is|are)\s(?:still\s)?(?:ongoing|under\sway|underway|pending|awaited|in\sprogress)\b)|as\ssoon\sas(?=\s(?:they|it|he|she|you|the\s\w+)\s)|once(?=\s(?:they|it|he|she|you|the\s\w+|(?:[a-z]+\s){1,3}?(?:is|are|has|have))\s)|only(?=$)|where(?=\s(?:this|it)\s(?:is|would\sbe)\s(?:not\s)?(?:\w+ly\s)?(?:(?:un|im)?(?:suitable|feasible|affordable|practicable|acceptable|reasonable|possible)|(?:in)?appropriate|practical|necessary|needed|required|relevant|wanted)\b)|where(?=\s(?:all|any|both)\s(?:of\s)?the\sfollowing\s(?:[\w-]+\s){0,2}(?:apply|appl(?:y|ies)|(?:is|are)\s(?:met|true|present))\b)|where(?=\s(?:the|an?|any)\s(?:patient|person|child|adult|woman|parent)\s(?:lacks|cannot|refuses|declines|consents|objects|asks|agrees|has\s(?:the\s)?(?:mental\s)?capacity)\b)|(?<=,\sbut\s)only\s(?:as\spart\sof|in|with|within|after|under))(?:$|:?\s|,\s(?=(?:despite|in\sspite\sof)\s[^,;:.()]{3,100},\s))"
    r"(?!(?:later|earlier|sooner|any|ever)(?=[.;,]|$)|possible\b|appropriate\b|necessary\b|needed\b(?!\sfor\s)|required\b(?!\s(?:for|by)\s)|available\b|relevant\b|applicable\b|so\b"
    r"|not\b(?!\s\w+ing\b)|and\b|to\b|(?:this|the)\s(?:guidance|guideline|appraisal|recommendation)\s(?:was|is|were)\s(?:first\s)?(?:issued|published|made|released)\b)"
)
_CONDITIONAL = (
    "if",
    "when",
    "unless",
    "provided",
    ", providing ",
    "long",
    "event",
    "but only",
    " only after ",
    "only:",
    " once ",
    " only be ",
    " at the time ",
    " the conditions ",
    " the circumstances ",
    "soon as",
    " where ",
    " time ",
    " cases in which ",
    " case in which ",
    " while ",
    " trial of ",
    " course of ",
)
"""Letters without one of which no sentence closes with a condition."""
_NOT_TRAILING = re.compile(
    r"\b(?:ask|check|choos|decid|know|see|determin|consider|discuss|agre|assess|explain|about|on(?!e\b)|establish|judg|show|specif"
    r"|record|understand|recogni[sz]|(?-i:as)"
    r"|sets?\sout|setting\sout|outlin(?:es?|ing)|describ(?:es?|ing)|defin(?:es?|ing)|clarif(?:y|ies|ying)|stat(?:es|ing)|says|saying|specif(?:y|ies|ying)|find\sout|ask(?:ed|s|ing)?\s(?:you|them|him|her|people|patients|parents|women|carers|families|the\s(?:patient|person|child|woman))"
    r"|(?:decid|agre|discuss|settl)(?:e|es|ed|ing|)\swith\s(?:[\w’'-]+\s){0,3}?[\w’'-]+"
    r"|(?:possible|likely|potential)\sneed\sfor\s[^,;.]{3,60}"
    r"|,\sor\s(?:within\s)?\d+\s\w{3,8}|\b(?:or|and)\s(?:earlier|sooner)|(?:,\s|\s)(?:and|or)\s(?:more|less)\s(?:often|frequently)|including\speriods|or|and|and\sagain|and\sthen|that|even|especially|particularly|except|than|of|to|including|to\sbe\s\w+)(?:e|es|y|ies|ing|ed|ied|s)?\s*$",
    re.IGNORECASE,
)
_NOT_TRAILING_LONGEST = 200
"""Characters before a condition in which that stands which makes it none."""
_DONE_TO = re.compile(
    r"\b(?:be|are|is|been|and)\s(?:\w+ly\s)?(?:recorded|documented|considered|discussed|explained|agreed|assessed|specified|described)\s*$"
)
"""What is done to something, and no question: "are measured and recorded if"."""
_DONE_WHEN = re.compile(
    r"\b(?:(?:be|are|is|been|and)\s|(?:have|has|having)\s(?:their|an?|the|his|her)\s(?:[\w’'-]+\s){1,4}?)(?:\w+ly\s)?(?:checked|determined|established|decided|judged)\s*$"
)
_NO_QUESTION = re.compile(r",?\s(?:when|unless|once|before|after)\s")
"""What opens a condition behind what is done, and never what is asked: "should be checked" when they are seen."""
_ASKING = re.compile(r"\b(?:what|whether|how|why|(?:who|whom|where|when)\sto)\b", re.IGNORECASE)
_BY_OTHERS = re.compile(r"\bby\s(?:[a-z-]+\s){0,3}[a-z-]+s$")
"""Those who do it in passing, whose "when they" is theirs: "kept for handing out by nurses when they see people"."""
_OF_ONE_WHO = re.compile(r"\san?\s(?:[\w-]+\s){1,4}?who\s(?!is\b|has\b|was\b|does\b|needs\b)[a-z]+s\s[^,;:.]{2,80}$")
"""One person of whom it is told what he or she does, and when: "a nurse who checks their heels" when they crack."""
_LOOSE_END = re.compile(
    r"(?:,?\sand\sotherwise\s(?!\w+ly\s)[^;:]{2,160})?(?:,?\s+(?:and|or|for\sexample|such\sas|including))?[,:;\s]*$"
)
_BRIEF = re.compile(
    r"whenever\sfeasible(?=,\s(?:particularly|especially)\s)|(?:if|when)\s(?:indicated|desired|wanted|needed|requested|asked|tolerated|agreed|acceptable|feasible|practical|practicable)(?=,\s(?!(?:\w+,\s)*\w+\s(?:and|or)\s\w+\s*[.;,]?$))"
)
_OR_ASIDE = re.compile(r",\s(?:or\s(?!(?:if|when)\b)|and\s(?:their|his|her)\s)[^,;:]{3,60}$")
"""What stands between commas before a condition of its own: "at home, or in a clinic" if they prefer, to adults; "people, and
their carers" if they wish, how."""
_THEY_ASIDE = re.compile(r"\s(?:if|when)\s(?:they|he|she|it|the)\s[^,;:.]{3,40},")
_IF_WANTED = re.compile(
    r"(?:if|when)\s(?:they|he\sor\sshe|the\s\w+)\s(?:wants?|wish(?:es)?|agrees?|asks?|likes?|consents?|prefers?)(?:\s(?:for\s)?(?:it|one|them|this))?(?=,\s(?:an?|the|any|all|written|verbal|information|advice|support|help)\s)"
)
"""What those want who are given something, between commas before it: "give people, if they want it, a leaflet"."""
_TIMES = ("every time", "each time")
_HAVE_ONE = re.compile(r",?\sif\s(?:they|he\sor\sshe|it|the\s\w+)\s(?:have|has)\s(?:one|any|them)(?=[,.;]|$)")
"""What is said of somebody named before, and limits nothing: "the person's nurse, if they have one"."""
_OR_TIME = re.compile(r",\sor\s(?:from|at|after|every|within|for|by|up\sto)\s[^,;:]{2,40}$")
"""Another time, before the condition of that time alone: "from the age of 12, or from diagnosis" if they are older."""
_OF_ONE_ITEM = re.compile(
    r"when\s\w+ing\s(?:[^,;:.()]|\.(?=\w)|\([^()]{0,120}\)){3,120}(?:,\s(?!(?:and|or|but|if|when|including|to|for|at|in|then|offer|give|take|use|check|ask)\b)[^,;:()]{3,160}(?:\([^()]{0,120}\))?){1,5},\s(?:and|or)\s[^,;:]{3,}"
)
"""A condition of one thing in a row, before the things that follow it: "gloves when handling heels, proof of the illness, and treatment"."""
_LAST_NAMED = re.compile(r"(?:,\s?|\b(?:and|or)\s[^,;:.]{2,60})$")
"""The end of a row before a condition that is of all of it: "gloves, masks and gowns" when handling heels."""
_CLOSES_DECISION = re.compile(r"\swhen\s(?:[\w-]+\s){1,12}?(?:has|have|is|are)\s[^,;:.]{3,80}\.?$")
"""What ends the sentence that recommends a treatment for a group: "in adults who have gout, and when wax has not helped"."""
_TO_WHAT_END = re.compile(
    r"(?P<doing>when\s(?!(?:planning|deciding|wanting|trying|intending|wishing|needing)\b)\w+ing\s[^,;:.()]{3,120}?)(?<!need)(?<!needs)(?<!plan)(?<!plans)(?<!how)(?<!whether)(?<!ways)"
    r"\sto\s(?:increase|improve|maximi[sz]e|enhance)\s(?:the|their|its)\s[^,;:()]+$"
)
"""A condition that tells what somebody does, before what the deed of the sentence is to bring about: "when offering wax" to increase its
uptake."""
_THEY_ARE_OTHERS = re.compile(r"\s(?:if|when)\s(?:they|he|she|it)\s(?:is|are)\s")
_AT_AND = re.compile(
    r"[,\s]\s?(?P<times>(?:at|on|before|after|during)\s(?!(?:risk|high|increased|least|the\ssame)\b)(?:(?!(?:at|on|before|after|during)\b)[\w-]+\s){1,4}(?:and|or))$"
)
"""A time to which a condition is joined: "at diagnosis and when symptoms change"."""
_WHO_OR = re.compile(r"\bwho(?:se)?\s[^,;:]{3,120},\sor$")
"""Where a condition stands beside what is told of a group: "adults who have severe pain, or if there are concerns"."""
_TOLD_THAT = re.compile(
    r"\b(?:aware|inform(?:ed)?|advised?|told|tell|explain(?:ed)?|remember|note|warn(?:ed)?|reassured?|educated?|remind(?:ed)?|counsel(?:led)?|stipulat(?:e|es|ed|ing)|specif(?:y|ies))\b[^.;:]{0,160}\sthat\s(?!(?:has|have|is|are|was|were)\s)",
    re.IGNORECASE,
)
"""What people are told, and a condition behind it is part of that: "tell people that it is likelier if:"."""
_TOLD_TO = re.compile(
    r"\b(?:advise|tell|inform|warn|remind|encourage|ask|teach)\s(?!(?:you|them)\b)[^.;:,]{3,100}?\sto\s(?!have\b|be\b)\w+\b[^.;:]*$",
    re.IGNORECASE,
)
_THEY_DO = re.compile(
    r",?\s(?:if|when|whenever)\sthey\s(?:notice|get|feel|develop|become|experience|see|find|cannot|can\snot|start\sto)\b"
)
"""What people are told to do, and when they are to do it: "advise patients to call a doctor if they notice"."""
_TOLD_TO_RING = re.compile(
    r"\b(?:advise|tell|inform|warn|remind|encourage|prompt|ask|teach)\s(?!(?:you|them)\b)[^.;:,]{3,100}?\sto\s(?:ring|call|phone|contact|come\sback|return|seek|see|go\sto|attend|tell|speak|report|ask|get\s(?:help|advice|in\stouch))\b[^.;:]*$",
    re.IGNORECASE,
)
_IT_HAPPENS = re.compile(
    r",?\s(?:if|when|whenever)\s(?:(?:their|his|her)\s(?:[\w-]+\s){1,3}?(?:changes?|worsens?|gets?|develops?|becomes?|returns?|deteriorates?|cracks?)\b"
    r"|(?:(?:any|new|the|these|their)\s)?(?:[\w-]+\s){0,2}?(?:symptoms?|signs|pain|problems?|side\seffects?)\s(?:\w+\s)?(?:occurs?|develops?|worsens?|returns?|persists?|continues?|changes?|gets?|appears?|arises?|recurs?)\b|there\s(?:is|are)\s(?:an?\s|any\s)?(?:[\w-]+\s){0,2}?(?:worsening|deterioration|change|increase|pain|bleeding|symptoms?|signs|problems?)\b"
    r"|they\s(?:need|want|wish)(?:\sto)?(?=[,;.]|$))"
)
"""When people are to ring or come back, as they are told: "tell people to ring if the pain gets worse"."""
_TOLD_TO_COME_BACK = re.compile(
    r"\b(?:(?:advise|tell|inform|warn|remind|encourage|ask|teach)\s(?!(?:you|them)\b)[^.;:,]{3,100}?"
    r"|(?:give|provide|offer)\s(?:[^.;:,]{1,60}?\s)?(?:advice|instructions))\sto\s"
    r"(?:(?:come|go)\sback|return(?!\s(?:the|their|any|all|an?|it|them|this)\b)|seek\s(?:(?:urgent|immediate|further|more|prompt|early)\s)?(?:(?:medical|professional|specialist)\s)?(?:help|advice|attention|care|review))\b[^.;:]*$",
    re.IGNORECASE,
)
_COMING_BACK = (" to come back", " to go back", " to return", " to seek")
_IF = re.compile(r",?\s(?:if|when|whenever)\s(?!(?:possible|appropriate|necessary|needed)\b)")
"""Those who are told to come back are told when: "give advice to seek help if" swelling spreads."""
_IN_REASON = re.compile(
    r",\sas\s(?:[\w-]+\s){1,8}(?:can|may|might|could|is|are)\s(?:[\w\"-]++\s?){1,6}$"
    r"|\sas\s(?:it|they|this|these)\s(?:can|may|might|could)\s[^,;:]{3,120}$"
)
"""A reason whose "when" is its own: "be told as well, as heels can crack when", "as it can prevent cracks if"."""
_AS_MUCH_AS = re.compile(r"\b(?:[Aa]s|[Ss]o|such|insofar)\s(?:[\w-]+\s){0,3}as\s(?:it|they|this|these)\s")
"""A comparison, and no reason: "as early as they can", "as many socks as it can hold"."""
_AFTER = re.compile(
    r",?\safter\s(?:(?:an?|the|full|careful)\s)?(?:agree|discuss|assess|consult|approv|review|consider)"
)
_ONLY_BE = re.compile(r"\b(?:should|must|may|can)\sonly\sbe\s\w+(?:\s\w+)?$")
"""What is to be done no sooner than after something: "should only be performed" after agreement between."""
_SECOND = re.compile(r"[,;]\s(?:and|but|so|then)\s")
"""How a second clause begins, of which it is no longer told."""
_RULED = re.compile(r",\s(?!(?:and|or)\s)[^,;]{1,160}?\b(?:should|must|shall)\b")
"""A main clause behind a comma, and not a further condition."""
_OPEN_RELATIVE = re.compile(r",\s(?:which|whose)\s[^,;:]{3,160}$")
"""What is told aside of a thing, whose condition is its own: "cracks, which hurt" if they are deep."""
_REASON = re.compile(
    r",\s(?=(?:rather\sthan|instead\sof|in\spreference\sto|as|because(?!\sof)|since|so\sthat|in\s(?:line|accordance|keeping)\swith|to\s(?:reduce|prevent|avoid|improve|help|ensure|minimise))\s)"
)
_INSERTED = re.compile(
    r",\s(?:if|when|where|once|unless)\s[^,;:]{2,60},\s(?:is|are|was|were|can|may|might|will|has|have|does|do|should|must)\b"
)
"""What is told aside between a subject and its verb: "told that balm, when used daily, is safe"."""
_OVER = re.compile(
    r"[:;]\s(?=\S)|\s(?=because\s(?:of|there\s(?:is|are|may\sbe))\s(?:the|an?|no|not)\s(?:[\w-]+\s){0,2}(?:risks?|likelihood|danger|evidence)\b)|\s(?=because\s(?:these|this|the\s(?:effect|effectiveness|benefits?|harms?|evidence|risks?))\b|since\s(?:this|these|they|it)\s(?:may|is|are|can|could|might)\b)|,\sbut\s(?!there\s(?:is|are)\s)(?=[a-z]+(?:\s[a-z]+){0,6}(?:\s\([^()]{2,60}(?:\[[^\[\]]{1,20}\])?\))?\s(?:(?:may|might|can|could|is|are)\s|(?:varies|vary|differs|differ)\b))|,\s(?=(?:and|but|or)\s(?!do\snot\s(?:(?:begin|start)\sto|improve|get\sbetter|settle|resolve|respond|heal)\b)(?:then\s|also\s)?(?:assess|avoid|carry\sout|check|consider|do\snot|encourage"
    r"|give|identify|inform|measure|offer|perform|prescribe|refer|discuss|arrange|provide|explain|review|advise|ensure|record|repeat|document|transfer|treat|tell|ask|monitor|form|(?:keep|bear)\sin\smind|(?:continue|stop|switch|discontinue|restart)(?!\sto\b))\s)|,\s(?=(?:and|or|but)\s(?:to|by|with|for|at|in)\s[^,;:]{2,60}?\s(?:if|when)\s)|,\s(?=(?:and|or|but)\s[a-z-]+(?:\s[a-z-]+){0,2}?\sif\s(?:they|it|he|she)\s(?:(?:do|does|is|are|has|have|can)\snot|cannot)\b)|,\s(?=and\s(?:keep\s(?:an?|the)\s(?:record|log|note|list|copy|register)|(?:this|these)\s(?:would|will|could|might))\b)|,\s(?=(?:as\swell\sas|otherwise)\s)|,?\s(?=before\s(?:it|they|this|these)\s(?:can|could)\sbe\s(?:used|recommended|offered)\b)"
)
"""Where a condition is over and the sentence goes on with what to do: "if it bleeds; if it does not, offer"."""
_ANOTHER_DEED = re.compile(
    r"(?:if|when|whenever|once|unless|where)\s(?:(?!(?:to|can|may|might|must|will|should|could|do|does|are|were|have)\b)[^\s,;:()]{1,20}\s){1,8}?(?:is|has|was|becomes|develops|refuses|declines|agrees|fails|suggests|dies|occurs|happens|worsens|improves|remains|wishes|discloses|reports)\s"
    r"(?:(?!(?:to|can|may|might|must|will|should|could)\b)[^\s;:()]{1,20}\s){1,10}?(?=and\s(?P<verb>[a-z]+)\s(?:(?:the|an?|any|all|each|their|its|his|her|them|it|this|these|results|data|whether|why|how|what|people|patients|residents|children)\b|['‘“\"]))"
)
"""A condition of one thing, up to a verb that does not go with it: "if a dose is high and write the reason"."""
_BY_DOING = re.compile(
    r"(?P<doing>when(?:ever)?\s\w+ing\s[^,;:()]{3,120}),\s(?:involving|using|ensuring|making\ssure)\s"
)
"""A condition before what tells how the deed of the sentence is done: "when choosing boots", involving the walker."""
_VAGUE = re.compile(
    r"(?P<vague>(?:if|when(?:ever)?|where(?:ver)?)\s(?:this|it|that)\sis\s(?:feasible|possible|practicable|appropriate|available))\s\((?:e\.g\.|for\sexample|such\sas)"
)
"""A condition that names nothing, before a bracket with examples of something else."""
_DASH = re.compile(r"\s[–—-]\s(?P<verb>[a-z]+)\s(?:the|an?|all|any|that|their|people|adults|patients|women|children)\s")
"""A dash behind a condition, and another instruction: "unless it is needed – ensure that"."""
_TO_DO_SO = re.compile(
    r"(?:if|when|where)\s(?:it\sis\s)?(?:\w+\s){1,3}to\sdo\sso(?=,?\sand\s(?!(?:if|when|where|it|they|the|an?|is|are)\b)[a-z]+\s)"
)
"""A condition that is whole before an "and": "if it is safe to do so, and write"."""
_DEEDS = frozenset({"write", "sign", "label", "phone", "send", "notify", "file"})
"""What somebody does, besides the verbs of recommendations."""
_THEY_ARE = re.compile(r"(?:they|it|this|these)\s(?:should|must|may|can|is|are)\b")
"""How a sentence begins that a semicolon alone parts from the condition, and that is no criterion."""
_ROW_BY_SEMICOLONS = re.compile(
    r"(?:(?!(?:if|when|then|otherwise)\b)(?![^;]*\b(?:is|are|should|must|may|can|will|do|be)\b)[^;:.]{2,120};\s){1,8}(?:or|and)\s[^;:.]{2,120}"
)
"""How a condition goes on whose parts semicolons divide: "if you feel sick; dizzy; or faint"."""
_PART = re.compile(r"(?:^|;)\s*(?:(?:or|and)\s)?(?P<first>[\w’'-]+)")
_LAST_OF_ROW = re.compile(r"(?:or|and)\s")
_ROW_OF_CRITERIA = re.compile(
    r"\b(?:following|these|any|either|both|one|all|criteria|conditions|symptoms|signs|features|factors)\b[^:;]{0,60}$"
    r"|\b(?:of|is|are|has|have|if|when|unless|provided\sthat|include|includes|met|apply)$|:"
)
"""What announces criteria behind a colon, or has done so."""
_AND_IF_SO = re.compile(r",\sand,?\sif\s(?:so|not)\b")
"""What is to be done besides, by whether the condition holds: "rest if it hurts, and if not, walk"."""
_FINDS_OUT = re.compile(r"\b(?:confirm|check|ask|find\sout|see|establish|determine|verify|assess)\b[^,;:.]*$")
"""What stands before a question that "if" opens, whose answer is no condition: "confirm if it is a batch of theirs, and if so"."""
_ASIDE_END = re.compile(
    r",\s(?=(?:to\s[a-z]+|how|what|whether|that(?=\s(?:the|all|their|they|it|people|\w+s)\s)|as(?!\s(?:defined|measured|assessed|determined|shown|diagnosed|judged)\sby\b)|because(?!\sof)|since|so\sthat|in\s(?:line|accordance|keeping)\swith)\s)"
)
"""Where a condition between commas ends: "give help, if people want it, to apply"."""


def trailing(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """The condition that closes sentence[start:end] ("if …", "unless …"), without the white space before it."""
    if not has_any(sentence, _CONDITIONAL):
        return None
    for match in _TRAILING.finditer(sentence, start, end):
        if _is_none(sentence, start, match, end):
            continue
        answered = _AND_IF_SO.search(sentence, match.end(), end)
        end = answered.start() if answered else end
        before = sentence[start : match.start()]
        joined = None if sentence[match.start()] == "," else _AT_AND.search(before)
        beside = joined is not None or _WHO_OR.search(before) is not None or _is_proviso(sentence, match.start())
        beside = beside or sentence.startswith(", unless ", match.start())
        asked = _NOT_TRAILING.search(sentence, max(start, match.start() - _NOT_TRAILING_LONGEST), match.start())
        if (
            not ((asked and not (beside or _is_done(sentence, before, match.start()))) or _ASKING.search(before))
            and depth(sentence, start, match.start()) == 0
        ):
            at = start + joined.start("times") if joined else match.start()
            while sentence[at] in ", \n\t\u00a0":
                at += 1
            if brief := _BRIEF.match(sentence, at, end):
                return at, brief.end()
            if not before.strip() and (between := _between(sentence, match.start(), at, end)):
                return between
            in_row = sentence[match.start()] != "," and "," in before and _LAST_NAMED.search(before) is None
            if in_row and _OF_ONE_ITEM.match(sentence, at, end):
                continue
            end = _over(sentence, at, end)
            if sentence[match.start()] == "," and (wanted := _IF_WANTED.match(sentence, at, end)):
                end = wanted.end()
            if sentence.startswith(_TIMES, at) and (comma := sentence.find(", ", at, end)) > 0:
                end = comma
            if aside := (_ASIDE_END if sentence[match.start()] == "," else _REASON).search(sentence, at, end):
                end = aside.start()
            if by_doing := _BY_DOING.match(sentence, at, end):
                end = by_doing.end("doing")
            if purpose := _TO_WHAT_END.match(sentence, at, end):
                end = purpose.end("doing")
            if vague := _VAGUE.match(sentence, at, end):
                end = vague.end("vague")
            loose = _LOOSE_END.search(sentence, at, end)
            return at, loose.start() if loose else end
    return None


_DATE = re.compile(r"(?<!\bon\s)(?<!\bin\s)\b(?:and|the)\s(?:date|day|year)$")
"""What stands before a "when" that says which day is meant: "the place and date when it was found"."""


def _is_none(sentence: str, start: int, match: re.Match[str], end: int) -> bool:
    """Whether what begins like a condition in sentence[start:end] limits nothing, or something else than the clause."""
    at = match.start()
    if match.end() == end and (":" not in sentence[end : end + 2] or _TOLD_THAT.search(sentence, 0, end)):
        return True
    if _HAVE_ONE.match(sentence, at):
        return True
    if _AND_IF_SO.search(sentence, match.end(), end) and _FINDS_OUT.search(sentence, start, at):
        return True
    if _AFTER.match(sentence, at) and not _ONLY_BE.search(sentence, 0, at):
        return True  # what comes before, and no condition
    if sentence.startswith(" once ", at) and ":" in sentence[end : end + 2] and not _ONLY_BE.search(sentence, 0, at):
        return True  # the items are what is done then
    if sentence[at] != "," and (
        _is_in_reason(sentence, start, at) or _OPEN_RELATIVE.search(sentence, start, at) or _is_told(sentence, at)
    ):
        return True
    if _INSERTED.match(sentence, at, end) and _is_told(sentence, at):
        return True
    if _THEY_ARE_OTHERS.match(sentence, at) and _OR_TIME.search(sentence, start, at):
        return True
    if _THEY_ASIDE.match(sentence, at, end) and _OR_ASIDE.search(sentence, start, at):
        return True
    if sentence.startswith(" when ", at) and _OF_ONE_WHO.search(sentence, start, at):
        return True
    if sentence.startswith(" when ", at) and _DATE.search(sentence, start, at):
        return True
    return sentence.startswith(" when they ", at) and _BY_OTHERS.search(sentence, start, at) is not None


def _is_done(sentence: str, before: str, at: int) -> bool:
    """Whether something is done on the condition at sentence[at:], and nothing asked or found out."""
    return _DONE_TO.search(before) is not None or (
        _NO_QUESTION.match(sentence, at) is not None and _DONE_WHEN.search(before) is not None
    )


def _is_proviso(sentence: str, at: int) -> bool:
    """Whether "and" joins what limits it to what is told of a group: "people who need wax, and only if the company"."""
    if not sentence.endswith(", and", 0, at):
        return False
    if _CLOSES_DECISION.match(sentence, at) and " recommended" in sentence[:at]:
        return True
    return sentence.startswith((" only if ", " only when ", " provided "), at) and not has_any(
        sentence[at:], (" offer ", " give ", " consider ")
    )


def _is_told(sentence: str, at: int) -> bool:
    """Whether what stands at sentence[at:] is still part of what people are told: "that it helps most when given early"."""
    if _THEY_DO.match(sentence, at) and _TOLD_TO.search(sentence, 0, at):
        return True
    if _IT_HAPPENS.match(sentence, at) and _TOLD_TO_RING.search(sentence, 0, at):
        return True
    if _IF.match(sentence, at) and has_any(sentence, _COMING_BACK) and _TOLD_TO_COME_BACK.search(sentence, 0, at):
        return True
    told = _TOLD_THAT.search(sentence, 0, at) if " that " in sentence else None
    return told is not None and _SECOND.search(sentence, told.end(), at) is None


def _over(sentence: str, at: int, end: int) -> int:
    """Where the condition is over that begins at `at`: at a sign behind which its row of criteria does not go on."""
    if done := _TO_DO_SO.match(sentence, at, end):
        return done.end()
    if (dash := _DASH.search(sentence, at, end)) and dash["verb"] in verb_set():
        return dash.start()
    if (deed := _ANOTHER_DEED.match(sentence, at, end)) and deed["verb"] in verb_set() | _DEEDS:
        return len(sentence[: deed.end()].rstrip(" ,"))
    in_row = False
    for over in _OVER.finditer(sentence, at, end):
        if depth(sentence, at, over.start()):
            continue
        if over.group()[0] == ";" and (
            _is_row(sentence, over.end()) or (in_row and _LAST_OF_ROW.match(sentence, over.end()))
        ):
            in_row = True
            continue
        if (
            over.group()[0] == ","
            or _THEY_ARE.match(sentence, over.end())
            or not _ROW_OF_CRITERIA.search(sentence, at, over.start())
        ):
            return over.start()
    return end


def _is_in_reason(sentence: str, start: int, at: int) -> bool:
    """Whether the condition at sentence[at:] belongs to a reason before it, from which no comma parts it."""
    return (
        " as " in sentence[start:at]
        and _IN_REASON.search(sentence, start, at) is not None
        and _AS_MUCH_AS.search(sentence, start, at) is None
    )


def _is_row(sentence: str, at: int) -> bool:
    """Whether sentence[at:] goes on with parts between semicolons of which none says what to do."""
    row = _ROW_BY_SEMICOLONS.match(sentence, at)
    return row is not None and not any(part["first"] in verb_set() for part in _PART.finditer(row.group()))


def _between(sentence: str, start: int, at: int, end: int) -> tuple[int, int] | None:
    """The condition that stands right behind a verb, before what the verb rules: "should, unless it hurts, be moved"."""
    comma = sentence.find(", ", at, end)
    if comma < 0 or depth(sentence, at, comma):
        return None
    return (at, comma) if sentence[start] == "," or _RULED.match(sentence, comma, end) else None
