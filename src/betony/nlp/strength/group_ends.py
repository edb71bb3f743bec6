"""Where the words end that describe a group."""

from __future__ import annotations

import re
from functools import cache

from betony.nlp import vocabulary
from betony.nlp.phrases import any_of

GROUP_TAIL = re.compile(
    r"\s(?:and(?:\s(?:also|then|(?!family|elderly)\w+ly))?(?:\s(?:have|has|had|are|is|were|was))?|or|whose|who|that(?:\s(?:is|are))?|which|with|to|of|for|in|by|from|at|including|such\sas|solely|simply|merely|primarily|even|who\s(?:are|is|have|has|were|had|(?:have|has)\s(?:ever\s)?(?:had|been)))$"
)
"""What a group's words end in where the clause behind them is left out."""
RULED = re.compile(
    r"(?P<group>(?:(?!(?:who|which|that|whose|whom|where|when|if|unless|once|after|before|until|while|what|whether|how|why)\b)[\w‑’'/-]+,?\s)+?)(?<!\bto\s)(?:is|are|be|was|were|has|have|does|do|did|will|cannot|can|may|might|could|would|should|must)\b"
)
"""A group in a clause with a verb of its own: "in people with gout is limited, so it"."""
_STOP = r",(?!\d)|[;:]|\s\[(?=[A-Z])|(?<!\b[A-Z])\.(?!\d)|(?<=[a-z]\d)\.(?=\d{1,2}$)"
"""Signs, but not those inside a number."""
_VERB = r"(?<!who)(?<!that)(?<!which)\s(?:includes?|contains?|covers?|meets?)\b"
_ASIDE = r"\s\((?![^()]{0,200}\bexcluding\s(?:those|people|patients|adults|children|women|men|anyone)\b)(?=see\b|as\s\w+(?:ed|own)\b|described\b|refer\b|for\smore\b)"
"""An aside in brackets that leads elsewhere."""
_TO = r"t(?<!managed\s.)(?<!failed\s.)(?<!able\s.)(?<!likely\s.)(?<!tried\s.)(?<!are\splanning\s.)(?<!is\splanning\s.)(?<!people\splanning\s.)(?<!women\splanning\s.)(?<!adults\splanning\s.)(?<!wishing\s.)(?<!wanting\s.)(?<!trying\s.)(?<!willing\s.)(?<!wish\s.)(?<!wishes\s.)(?<!want\s.)(?<!wants\s.)(?<!who\splan\s.)(?<!try\s.)(?<!hoping\s.)(?<!hope\s.)(?<!preparing\s.)(?<!about\s.)(?<!intend\s.)(?<!intending\s.)(?<!unwilling\s.)(?<!keen\s.)(?<!ready\s.)o"
"""What opens an aim, and belongs to no verb of the group's own: "patients whose nurses have managed" to help them."""
_DOSE = r"and\s+\d[\d.,–-]*\s?(?:mg|kcal|ml|g|mcg|units?)"


@cache
def end_of_group() -> re.Pattern[str]:
    """A sign, a verb of the group's own clause, or a word that opens what is done, how and when."""
    words = vocabulary.read("recommendations")
    ends = words["group_ends"]
    imperatives = words["imperatives"]
    verbs = any_of(
        map(re.escape, (verb for kind in ("strong", "conditional", "against") for verb in imperatives[kind]))
    )
    done = rf"\s+(?:\w+ly\s+)?(?:{verbs}|rapidly)"
    opened = any_of(
        (
            *(opening.replace(" ", r"\s+") for opening in ends["openings"]),
            rf"using\s(?:(?:an?|the|either)\s)?(?:[\w-]+\s){{0,3}}(?:{'|'.join(ends['means'])})s?",
            r"a(?<!look\s.)(?<!looks\s.)(?<!looked\s.)(?<!looking\s.)(?<!named\s.)fter",
            r"in\s(?:places|settings|venues|ways)(?=\s(?:that|where|which|they)\b)",
            r"early(?=\son\b)",
            r"once\s(?=(?:[a-z]+\s){1,4}(?:is|are|has|have)\b)",
            r"t(?<!ing\s.)(?<!been\s.)(?<!gone\s.)(?<!go\s.)(?<!goes\s.)hrough",
            r"v(?<!ing\s.)ia",
            r"b(?<!ed\s.)(?<!ing\s.)y(?:\s\w+ing|(?=:))",
            r"w(?<!ing\s.)(?<!live\s.)(?<!lives\s.)ith\s(?:the|their|his|her)\s(?:patient|person|child|woman|man|parents?|carers?|famil(?:y|ies))",
            rf"f(?<!ed\s.)or\s+the\s+(?:{'|'.join(ends['purposes'])})",
            f"{_TO}{done}",
            rf"{_TO}\s+(?:\w+ly\s+)?(?:{'|'.join(ends['aims'])})",
            rf"and{done}(?!\s(?:needs?|services?|plans?|workers?|groups?|staff|programmes?|packages?)\b)",
            _DOSE,
            r"and\s+(?:adjusted|tailored|adapted|suited|matched|fitted|agreed|reviewed|recorded|documented|monitored|updated)(?=\s(?:to|with|by|in|at|on|as|regularly)\b)",
            *(
                rf"{soon}(?=\s(?:at|on|after|within|by|before|when|if)\b|[.,;:]|$)"
                for soon in ("promptly", "immediately")
            ),
            r"a(?<!ed\s.)(?<!presenting\s.)(?<!attending\s.)(?<!living\s.)(?<!working\s.)(?<!seen\s.)s\s+an?",
            r"a(?<!ed\s.)(?<!ing\s.)(?<!seen\s.)t\s+(?:the|their|each|every|any|all)\s+(?:[\w-]+\s+){0,2}(?:appointment|visit|contact|consultation|review|check-up)s?",
            r"that\s+includes?\s+the\s+following",
            r"together(?=\swith\b)",
            r"at\s(?:a\s)?times?(?=\s(?:that|which)\b)",
            r"that\s+(?:is|are)\s+(?:adapted|tailored|suited|accessible|age-appropriate|personalised|individualised)",
            r"in\s+(?:any\s+of\s+)?the\s+following\s+(?:circumstances|situations|cases|settings)",
            r"that\s+(?:takes?\s+account|reflects?|suits?|meets?|fits?|match(?:es)?)",
            r"a(?-i:s)(?=\s(?:[\w‑-]+\s){1,4}(?:is|are|may|can|cannot|does|do|alone)\b)",
            rf"to\s+(?:an?|the|their)\s+(?:[\w-]+\s+){{0,3}}(?:{'|'.join(ends['places'])})",
            r"to(?<!admitted\sto)(?<!referred\sto)(?<!access\sto)(?<!presenting\sto)\s(?:secondary|specialist|tertiary|emergency|intensive|community)\s(?:[\w-]+\s)?(?:care|services?)",
            rf"w(?<!contact\s.)(?<!consultation\s.)(?<!discussion\s.)(?<!liaison\s.)(?<!partnership\s.)(?<!registered\s.)(?<!appointment\s.)(?<!appointments\s.)(?<!ed\s.)ith\s+(?:an?|the)\s+(?:(?!(?:by|for|to|in|of|from|and|or)\b)[\w-]+\s+){{0,3}}(?:{'|'.join(ends['places'])})",
            rf"b(?<!ed\s.)(?<!en\s.)(?<!run\s.)(?<!led\s.)y\s+(?:an?|the|their)\s+(?:(?!(?:by|for|to|in|of|from|and|or)\b)[\w-]+\s+){{0,3}}(?:{'|'.join(ends['places'])})",
        )
    )
    return re.compile(rf"(?=[,;:.\s])(?:{_STOP}|{_ASIDE}|{_VERB}|\s{opened}\b|\sto(?=\s*[:.]|$))", re.IGNORECASE)
