"""What may, could or can be done: "It may be offered"."""

from __future__ import annotations

import re

from betony.nlp import actors
from betony.nlp.clauses.clause import Modal
from betony.nlp.clauses.doers import agent, is_dosed, is_passive
from betony.nlp.clauses.reading import clauses
from betony.nlp.clauses.signs import depth
from betony.nlp.clauses.trailing import trailing
from betony.nlp.looks import has_any
from betony.nlp.strength import groups, second_deeds
from betony.nlp.strength.against import NO_ONE
from betony.nlp.strength.modals import done_in
from betony.nlp.strength.openings import FOR, both, opened_before
from betony.nlp.strength.taken_for import is_taken_for
from betony.nlp.strength.verbatim import content_end
from betony.nlp.strength.wording import Wording
from betony.text import squeeze

_WEAK = re.compile(
    r"\b(?P<term>(?-i:may|might|could|can))(?P<not>\s+not)?\s+(?:also\s+|only\s+|then\s+|still\s+"
    r"|\w+ly\s+)?(?P<verb>consider\b|offer\b|use\b|choose\b|prescribe\b|start\b|give\b(?!\s+(?:rise|way)\b)|refer\b|supply\b|perform\b"
    r"|(?:manage|treat|omit|withhold|defer|discontinue|add|administer|order|provide|initiate|obtain|recommend|request|employ|advise|counsel|implement|discuss|select|repeat|monitor|screen|evaluate|assess|remove|insert|place|apply|increase|reduce|delay|continue|stop|follow)\b|receive\b"
    r"|be\s+(?:\w+ly\s+)?(?:used|considered|offered|given|done|performed|prescribed|recommended"
    r"|administered|tried|started|continued|repeated"
    r"|added|substituted|carried\s+out|undertaken|stopped|switched|discontinued|omitted|deferred|delayed|appropriate|treated|investigated|moved|transferred|managed|withheld|initiated|attempted|employed|(?<!not\sbe\s)(?:vaccinated|immuni[sz]ed)|utili[sz]ed|preferred|indicated)\b)",
    re.IGNORECASE,
)
_BEFORE_WEAK = re.compile(
    r"\b(?:[Ww]e|I)\s(?:recogni[sz]e|understand|know|appreciate|acknowledge|accept)\sthat\b(?:\s(?:at|in|on|for|during|with)\s[^;,]*,)?(?:(?!\sbut\s)[^;,])*$|\b(?:who|which|that|whether|how|if|what|it|before|until)\s+(?!(?<=who\s)(?:are|is|have|has)\s+(?:(?:(?!(?:and|or|but)\s)\w+)\s+){1,3}$)(?:\w+\s+){0,4}$",
    re.IGNORECASE,
)
_RESEARCH_COULD = re.compile(
    r"(?:Further|More|Future|Additional)\s(?:[\w-]+\s){0,2}(?:research|studies|trials|work)\s(?P<term>could)\s(?:also\s|usefully\s)?(?:include|compare|assess|investigate|explore|address|report|focus|evaluate|examine|look|be\sin\sthe\sform)\b"
)
"""What research is asked for: "Further research could include cohort data"."""
_A_STUDY_SAYS = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|data|evidence|results?|findings?|reports?|reviews?)\s[^.;,]{0,40}?\bthat\b[^,;]*$"
    r"|\b(?:authors\sof|researchers|investigators|reviewers)\b[^.;]{0,120}?\b(?:suggest|note|conclude|state|report|find|argue)(?:s|d|ed)?\sthat\b[^,;]*$",
    re.IGNORECASE,
)
"""How a finding is told, not what may be done."""
_BY_DOING = re.compile(r"\s+by\s+(?:\w+ing|not)\b")
"""Behind what "can be treated", how that comes about: what is possible with an illness, and nobody's choice."""
_RESOURCE = re.compile(
    r"\b(?:factsheet|leaflet|letter|template|toolkit|poster|booklet|web\s?page)s?\s+$", re.IGNORECASE
)
"""What may be given or used so describes a document, and no care."""
_YOU = re.compile(r"(?:^|,\s|\band\s)(?:You|you|Your child|your child)\s$")
_SOME = re.compile(r"(?:Some|Most|Many|A\sfew)\s(?:people|patients|adults|children|women|men)\b[^,;:.]*$")
_YOURS = re.compile(r"your\s", re.IGNORECASE)
"""Of "your doctor" it is told what may happen, not what doctors are free to do."""
_TO_CONSIDER = re.compile(
    r"(?:The\s|Other\s|Further\s|Additional\s|Specific\s|Key\s)?(?:[\w-]+\s)?(?:[Aa]ctions|[Mm]easures|[Ii]nterventions|[Ss]teps|[Ss]trategies)\s(?P<term>to\sconsider)\s"
    r"[^.;:]{0,120}?\b(?:include|are)(?:\sthe\sfollowing)?\s?:"
)
_JOINED = re.compile(r"^(?:but|and|so|or)\s")
"""What joins a clause to the one before it: "it may heal, but your nurse may"."""
_CAN_CHOOSE = re.compile(r"can (?:also )?choose", re.IGNORECASE)
"""What those in care are free to do, which nobody recommends: "People can choose which clinic they go to"."""
_ENTITLED = re.compile(
    r"\b(?:free|NHS|pharmac\w+|book\w*|appointments?|eligible|entitled|invited?|error|mistake|accident\w*|inadvertent\w*|[Yy]ou|[Yy]our)\b"
)
"""What tells where or by what right somebody gets a medicine."""
_INDEFINITE = re.compile(
    r"(?:some|many|most|few)\s(?!(?:people|patients|adults|children|women|men|individuals)\b)", re.IGNORECASE
)
"""How those are named of whom it is only told what they may do: "some surgeons may use"."""
_ACTIVE_VERBS = ("consider", "offer", "use", "choose", "prescribe", "start", "give", "refer", "supply", "perform")
_CLINICAL_VERBS = (
    "manage", "treat", "omit", "withhold", "defer", "discontinue", "add", "administer", "order", "provide", "initiate", "obtain",
    "recommend", "request", "employ", "advise", "counsel", "implement", "discuss", "select", "repeat", "monitor", "screen", "evaluate",
    "assess", "remove", "insert", "place", "apply", "increase", "reduce", "delay", "continue", "stop", "follow",
)  # fmt: skip
"""What clinicians may do, and of others would be told as what happens."""


def find_to_consider(sentence: str) -> tuple[int, Wording] | None:
    """What a lead calls actions to consider: "Measures to consider in clinics include the following:"."""
    if "to consider " not in sentence or not sentence.endswith(":"):
        return None
    match = _TO_CONSIDER.fullmatch(sentence)
    return (match.start("term"), Wording("conditional", match["term"], "for")) if match else None


def find(sentence: str) -> tuple[int, Wording] | None:
    """What may, could or can be done."""
    if not has_any(sentence, ("may ", "might ", "could ", "can ")):
        return None
    if asked := _RESEARCH_COULD.match(sentence):
        return asked.start("term"), Wording("conditional", asked["term"], "for")
    for match in _WEAK.finditer(sentence):
        before = sentence[: match.start()]
        if _BEFORE_WEAK.search(before) or depth(before, 0, len(before)):
            continue
        if match["verb"].lower().endswith("considered") and is_taken_for(sentence, match.start("verb")):
            continue
        if _A_STUDY_SAYS.search(before) or (
            match["not"] and match["verb"].lower().endswith(("indicated", "preferred"))
        ):
            continue
        if match["term"].lower() == "can" and _BY_DOING.match(sentence, match.end()):
            continue
        if NO_ONE.match(before.rpartition(",")[2]) or _RESOURCE.search(before) or _befalls_you(before, match):
            continue
        population, condition = opened_before(sentence, match.start())
        passive_use = (
            match["verb"].lower().endswith(("used", "offered", "considered")) and match["term"].lower() == "can"
        )
        term = squeeze(match.group()) if passive_use else squeeze(match["term"] + (match["not"] or ""))
        if match["verb"].lower() == "receive" and not _is_vaccinated(sentence, match):
            continue
        if match["verb"].lower().endswith("investigated") and not _are_in_care(before):
            continue
        if match["verb"].lower() in _ACTIVE_VERBS:
            subject = before.strip().rpartition(",")[2].strip()
            subject = _JOINED.sub("", subject)
            if not actors.kinds(subject) or _INDEFINITE.match(subject) or _YOURS.match(subject):
                continue
            if _CAN_CHOOSE.fullmatch(squeeze(match.group())) and actors.kinds(subject) == ("patient",):
                continue
            term = squeeze(f"{match['term']} consider") if match["verb"].lower() == "consider" else match["term"]
        if match["verb"].lower() in _CLINICAL_VERBS:
            subject = before.strip().rpartition(",")[2].strip()
            subject = _JOINED.sub("", subject)
            if match["term"] != "may" or actors.kinds(subject)[:1] != ("clinician",) or _YOURS.match(subject):
                continue
            term = squeeze(match["term"] + (match["not"] or ""))
        tail = trailing(sentence, match.end(), content_end(sentence))
        if tail and second_deeds.is_of_second(sentence, match.end(), tail[0]):
            tail = None
        condition = both(sentence, condition, tail)
        actor, group = _who(sentence, match, tail[0] if tail else content_end(sentence))
        population = population or group or groups.group(sentence, match.end())
        direction = "against" if match["not"] else "for"
        return match.start(), Wording("conditional", term, direction, actor, condition, population)
    return None


def _is_vaccinated(sentence: str, match: re.Match[str]) -> bool:
    """Whether those with a medicine to "receive" can do so by what is recommended, and are not only entitled to it: "Even if they have
    had gout, they can still receive the wax vaccine"; what they "may receive" may as well happen to them."""
    allowed = match["term"] == "can" or (match["term"] == "may" and has_any(match.group(), (" still ", " also ")))
    dosed = allowed and not match["not"] and is_dosed(sentence[match.start("verb") :])
    return dosed and not (_ENTITLED.search(sentence) or _YOU.search(sentence[: match.start()]))


def _are_in_care(before: str) -> bool:
    """Whether those in care are the subject that the words end with."""
    return actors.kinds(before.strip().rpartition(",")[2].strip()) == ("patient",)


def _who(sentence: str, match: re.Match[str], end: int) -> tuple[str | None, str | None]:
    """Who may do it, and the group that the clause is about where those in care are its subject."""
    modal = Modal(match.start("term"), match.end("not") if match["not"] else match.end("term"), "may")
    found = clauses(sentence, [modal])
    subject = squeeze(sentence[slice(*found[0].subject)]) if found else ""
    if not subject or " than " in subject:
        return None, None
    kinds = actors.kinds(subject)
    in_care = kinds == ("patient",) or (bool(kinds) and match["verb"].lower() == "receive")
    if is_passive(sentence[modal.end :]):
        by = agent(sentence, modal.end, end)
        actor = squeeze(sentence[slice(*by)]) if by else None
        if not in_care:
            return actor, done_in(subject, sentence[modal.end :])
    else:
        actor = subject if kinds and not in_care else None
    return actor, subject if in_care and not FOR.match(subject) else None


def _befalls_you(before: str, match: re.Match[str]) -> bool:
    """Whether a reader is told what others may do: "You might be offered a scan", "Some people might be prescribed balm"."""
    done = match["verb"].lower()
    told = _YOU.search(before) or (match["term"] == "might" and done.endswith("prescribed") and _SOME.match(before))
    return done.startswith("be") and bool(told)
