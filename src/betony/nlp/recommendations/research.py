"""Words that ask for research."""

from __future__ import annotations

import re
from collections.abc import Sequence

from betony.model import Section, SectionType
from betony.nlp.looks import has_any
from betony.nlp.strength.openings import group_or_condition
from betony.nlp.strength.people import DETERMINER, no_modifier, nouns

_QUESTION = re.compile(
    r"(?:[A-Z][^?\n]{3,200}:-?\s+)?(?:What|Which|How|Does|Do|Is|Are|In|For|Can|Could|Should|When|Who|Among|Apart\sfrom|Other\sthan|Besides)\b.{15,}\?$",
    re.DOTALL,
)


_MORE = r"(?:Any\sf|F)urther"
_FOR_RESEARCH = re.compile(
    rf"(?:(?:{_MORE}|More|Future|Additional)\s)?(?:[\w-]+\s){{0,3}}?[Rr]esearch,?\s(?!(?:nurses?|staff|teams?|contexts?|settings?|ethics|governance|stud(?:y|ies)|protocols?|evidence)\b)"
    r"[^.;:]{0,200}?\b(?:is|are|should|could|must|would)\b"
    rf"|(?:(?:{_MORE}|Future|More)\s)?[Rr]esearch\sstud(?:y|ies)\s(?:should|could|must|would|need\sto)\b"
    rf"|(?:(?:{_MORE}|More)\s)?[Ee]vidence\sgeneration(?:\sand\s(?:more|further)\sresearch|,\s[^,;:.]{{3,120}},)?\s(?:is|are)\s(?:also\s)?needed\b"
    r"|(?:Further|More)\sevidence\s(?:should|must|needs\sto)\sbe\s(?:generated|collected|gathered)\b"
    rf"|(?:{_MORE}|Future|More|Additional)\s(?:[\w-]+\s){{0,2}}?(?:reporting|reports|publication)\s[^.;:]{{0,160}}?\b(?:will|would|is|are|should)\b"
    r"|NICE\sencourages\sdata\scollection\b[^.]{0,200}\.\sFurther\sresearch\b"
    rf"|(?:{_MORE}|Future|Additional)\s(?:[\w-]+\s){{0,2}}?(?:studies|trials)\s(?:should|need\sto|could)\s(?:also\s|ideally\s)?"
    r"(?:be\s(?:in\sthe\sform|randomi[sz]ed|designed|comparative)|report|seek|compare|investigate|address|clarify|assess\sthe\s(?:efficacy|effect)|determine|evaluate\sthe\s(?:efficacy|effect)|include\s(?:[\w-]+\s){0,3}?(?:outcomes?|longer|long-term|patient-reported|follow-up|data|measure\w*))\b"
    rf"|(?:{_MORE}|Future|Additional)\s(?:studies|trials)\s(?:should|need\sto|could)\s(?:also\s|ideally\s)?(?:describe|define|explore|examine|establish|identify)\b"
    r"|(?:[Pp]ublication|[Rr]eporting)\sof\s[^.;:]{3,160}?\s(?:will|would)\sbe\s(?:useful|helpful|welcome|welcomed|valuable)\b"
    r"|[^.;:]{0,80}\b(?:data|evidence|results|outcomes)\s[^.;:]{0,160}?\b(?:will|would)\s(?:assist|inform)\s(?:any|a)\s(?:future|further)\sreview\b(?=\s*(?:[.;]|$|by\sNICE|of\s(?:the|this)\s(?:procedure|operation|technique|technology|guid\w+|recommendations?)))"
    r"|(?:Any\s)?[Ff]uture\sreviews?\sof\s(?:the|this)\s(?:guidance|procedure|technology|recommendations?)\s(?:might|may|could|will|would)\s"
    r"|(?:NICE|[Tt]he\scommittee)\s(?:also\s|\w+ly\s)?(?:encourages|recommends|would\swelcome|welcomes)\s(?:[\w-]+\s){0,3}?(?:research\b|publication\sof\b|reporting\s(?:of|on|about)\b)"
)
"""How a recommendation begins that asks for research, wherever it stands: "Further research should", "NICE encourages research", "Further
reporting of outcomes will be helpful", "Future studies should compare"."""


_RESEARCH_SIGNS = ("esearch", "vidence", "eporting", "reports", "ublication", "studies", "trials", " review")
"""Letters without one of which none is asked for."""
_WHAT_IS_KNOWN = re.compile(
    r"(?:(?:(?:Current\s|The\s)?[Ee]vidence\s(?:on|about|of|for)|The\s[Cc]ommittee\s(?:was\s(?:advised|told|informed)|noted|heard)\sthat)\s[^.]{3,300}\.\s){1,3}"
)
"""What is told of the evidence before more of it is asked for."""


def is_for_research(words: str) -> bool:
    """Whether what is recommended is research, and not care."""
    if not has_any(words, _RESEARCH_SIGNS):
        return False
    known = _WHAT_IS_KNOWN.match(words)
    return _FOR_RESEARCH.match(words, known.end() if known else 0) is not None


_QUESTION_LEAD = re.compile(r"(?:What|Which|How|Does|Do|Is|Are|Can|Could|Should)\s[^?\n]{10,400}:$")


def asks_with_items(pieces: Sequence[str]) -> bool:
    """Whether a question is completed by its items: "How accurate are tests when used in:", "clinics?"."""
    return len(pieces) > 1 and pieces[-1].endswith("?") and _QUESTION_LEAD.match(pieces[0]) is not None


_TO_STAKEHOLDERS = re.compile(
    r"(?:[\w-]+\s)*?(?:questions?\b.*\b(?:consultation|stakeholders?|consultees|comments?|draft|pilot)\b|consultation\squestions?\b)",
    re.IGNORECASE,
)
"""A heading above what those are asked who comment on a draft."""


def asks_stakeholders(text: str, section: Section) -> bool:
    """Whether the section asks those who comment on a draft, and research nothing."""
    heading = text[slice(*section.heading)].strip() if section.heading else ""
    return _TO_STAKEHOLDERS.match(heading) is not None and "research" not in heading.lower()


_OF_REVIEWS = re.compile(
    r"\b(?:[Kk]ey|[Rr]eview|[Oo]verarching|[Cc]linical)\squestions\s(?:was|were)\s(?:\w+ly\s)?(?:established|formulated|developed|defined|drafted|agreed|set|addressed|posed)\b"
    r"|\bquestions\s[^.;:]{0,60}?\bstarting\spoint\sfor\sthe\sreviews?\b"
)
"""What tells that the questions are those with which a review began."""


def asked_of_reviews(text: str, section: Section) -> bool:
    """Whether the section's questions are those on which the evidence was reviewed, and ask for no research."""
    return section.type is SectionType.RESEARCH and _OF_REVIEWS.search(text, section.start, section.end) is not None


def is_lone_question(text: str, section: Section) -> bool:
    """Whether the section is a guideline's own question, in a document that recommends no research."""
    return (
        section.type is SectionType.RESEARCH
        and section.heading is not None
        and text[slice(*section.heading)].strip().lower() == "question"
        and not has_any(text, ("esearch recommendation", "ecommendations for research"))
    )


def asks(words: str, research: bool) -> bool:
    """Whether the words are a question, where research is recommended."""
    return research and bool(_QUESTION.match(words))


def is_research(words: str) -> bool:
    """Whether the words speak of studies."""
    return bool(re.search(r"\b(?:research|stud(?:y|ies)|trials?|investigat\w+|evaluat\w+)\b", words, re.IGNORECASE))


_FOR_WHOM = re.compile(
    r"(?P<group>(?:For|In|Among)\s[^?;:]{5,200}?),\s(?:what|which|how|does|do|is|are|can|when|who)\s"
    r"|(?P<before>(?:For|In|Among)\s[^?;:,]{5,200}?)(?<!who)(?<!that)(?<!which)(?<!whom)(?<!know)(?<!unsure)\s(?:what|how|can|does)\s[^,]*$"
)
_ONE = rf"(?:(?!{no_modifier()})[\w‑-]+\s){{0,3}}?{nouns()}"
_TELL_APART = r"\s(?:that|which)\s(?:\w+ly\s|best\s|most\s)?(?:differentiate|distinguish|predict|indicate|suggest|identify|affect|influence|determine|explain)\b"
"""What is told of signs or causes and of nobody who has them: "which signs in adults that distinguish gout from"."""
_EFFECTIVE = r"(?:\s(?:(?:clinically|safe)\sand\s)?(?:clinically\s|cost[\s-])?effective)"
"""What is asked of a treatment behind those who have it: "is wax in adults with gout clinically and cost effective?"."""
_IN_WHOM = re.compile(
    rf"(?<!including)(?<!than)(?<!not)(?<!except)(?<!especially)(?<!particularly)\s(?:in|among|for)\s(?P<group>(?:{DETERMINER})?(?:{_ONE}(?:,\s{_ONE}){{0,2}},?\s(?:and|or)\s)?{_ONE}"
    rf"(?:\s(?:with|without|who|aged|having|under|over|living|taking|receiving)(?:(?!{_TELL_APART})\s(?!(?:compared|versus|than|in|among|when|if|after|before|clinically|cost|effective)\b)[^\s?,;:()]+){{1,20}})?(?:\s\((?:aged|younger|older|under|over)\s[^()?]{{1,40}}\))?)(?:{_TELL_APART}[^?()]{{2,200}})?(?:\sin\s(?:the\s)?(?:UK|NHS|United\sKingdom|England|Wales|Scotland|Northern\sIreland|Ireland))?(?:\s\([^()?]{{2,200}}\))?{_EFFECTIVE}?\?$"
)


_IN_OTHERS = re.compile(rf"\s(?:in|among)\s(?:{DETERMINER})?{_ONE}\b")
"""Others in whom something is asked than those for whom: "a diet in mothers" for babies."""


def asked_of(question: str) -> str | None:
    """The group that a question for research is about, where it opens or closes with it: "For adults who limp, what …?", "Does wax help in
    adults who limp?"."""
    if opened := _FOR_WHOM.match(question):
        return group_or_condition(opened["group"] or opened["before"])[0]
    closed = _IN_WHOM.search(question)
    if closed and closed.group().startswith(" for ") and _IN_OTHERS.search(question, 0, closed.start()):
        return None
    return closed["group"] if closed else None
