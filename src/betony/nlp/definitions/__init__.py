"""betony_definitions: terms that the guidance explains, and abbreviations where it first expands them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from operator import attrgetter

from spacy.language import Language
from spacy.tokens import Doc

from betony.model import Basis, Block, BlockKind, Fact, Section, SectionType
from betony.nlp import actors, carry, cues, heading_words, lists
from betony.nlp.clauses.signs import FINITE
from betony.nlp.definitions import short_forms
from betony.nlp.looks import has_any
from betony.nlp.stems import Places, Stems, places_in
from betony.nlp.strength.verbs import verb_set
from betony.text import squeeze

_IN_A_SENTENCE = r"(?:[^.\n]|(?<=\d)\.(?=\d))"
"""A character of a sentence on one line, the point of a decimal number too."""
_START = attrgetter("start")
_LIST_SIGN = re.compile(r"[\s•*·]+")
_TERM = re.compile(r"(?P<term>[A-Z][^\n:.;–]{1,70}?)(?::\s|\s[–—]\s|\t)(?P<text>\S[^\n]{10,})")
_ANNOUNCING = Stems(
    (
        "ollowing definitions",
        "ollowing terms",
        "bbreviations used are ",
        "bbreviations are ",
        "erms used are ",
        " defined as follows",
    )
)
_IS_BELOW = re.compile(
    r"(?:abbreviations|terms)(?:\sused)?\sare\s(?:defined|explained|listed|given|set\sout)\s(?:below|here)[.:]?$"
    r"|following\s(?:definitions|terms)\s(?:are|have\sbeen)\sused\.$|\bused\sthe\sfollowing\s(?:definitions|terms)(?:\s(?:in|for|throughout)\s[^.;:]{3,60})?\.$"
)
"""How a lead ends whose list says what is meant: "Some of the abbreviations used are defined below"."""
_TERM_OF_LIST = re.compile(r"(?P<term>[A-Za-z][^\n:.;–]{1,70}?)(?::\s|\s[–—]\s)(?P<text>\S[^\n]{3,})")
_USED = re.compile(
    r"he\s(?:term|phrase)\s['‘“\"](?P<term>[^'‘’“”\"\n]{2,60})['’”\"]\s(?:(?:is|will\sbe)\s(?:widely\s|commonly\s|often\s|also\s)?used\s(?:in\s[\w ]{3,40}\s|here\s|throughout\s)?to\s(?:mean|describe|refer\sto):?"
    rf"|(?:in\sth(?:is|e)\s[\w ]{{3,30}}?\s)?(?:means|refers\sto|describes|includes|covers|encompasses|is\sdefined\sas)|(?<=['’”\"]\s)to\s(?:cover|mean|describe|refer\sto))\s(?P<text>\S(?:(?!,?\s(?:and|whereas|while)\s['‘“\"]|;\s(?:and\s)?['‘“\"]){_IN_A_SENTENCE}){{5,400}})(?=\.(?:\s|$)|,?\s(?:and|whereas|while)\s['‘“\"]|;\s(?:and\s)?['‘“\"])"
)
_COVERS = re.compile(
    r"he\sterm\s['‘“\"](?P<term>[^'‘’“”\"\n]{2,60})['’”\"]\s(?:means|refers\sto|describes|includes|covers|encompasses)\s"
    r"(?P<text>(?:(?:these|any\sof|all\sof)\s)?(?:the\sfollowing(?:\s\w+)?|these\s\w+|either|both))(?P<list>:)(?=\s*\n)"
)
"""A term of which a list tells what it stands for: "the term 'balms' covers the following:"."""
_MEANS = r"(?:means|describes(?=\s(?:those|people|anyone)\b)|refers(?:\sto|(?=\s(?:mainly|mostly|primarily|predominantly)\sto\b))|(?:is|are)\s(?:used\s(?:as\san?\s(?:[a-z]+\s)?term\s|in\s[\w ]{3,40}\s|here\s|throughout\s)?to\s(?:mean|denote|describe|refer\sto)|defined\sas(?!\s(?:follows|below)\b):?)|encompasses|will\s(?:mean|refer\sto))"
_UNLESS = r"\sunless\s(?:otherwise\s(?:stated|specified)|(?:stated|specified)(?:\sotherwise|(?=[.,\n]|$)))"
"""How a sentence ends that says where a term is used so: "unless otherwise stated"."""
_IS_WHEN = r"is(?=\swhen\s(?![^.\n]{0,200}?\b(?:should|must|(?:is|are)\s(?:\w+\s)?most|(?:high|low|great|larg)est)\b))"
"""What a term is, told as a time, unless it is the time at which something should be done or is most common."""
_QUOTED = re.compile(
    rf"(?:(?:In|Throughout)\sth(?:is|e)\s[\w ]{{4,30}},?\s)?['‘“\"](?P<term>[^'‘’“”\"\n]{{2,60}})['’”\"]\s(?:in\s(?:the\s|these\s|our\s)?recommendations\s)?(?:{_MEANS}|{_IS_WHEN})\s(?P<text>\S(?:(?!{_UNLESS}|(?:,|\sand|\swhereas|\swhile)\s(?:and\s|while\s|whereas\s)?['‘“\"]){_IN_A_SENTENCE}){{5,400}})(?=\.(?:\s|$)|(?:,|\sand|\swhereas|\swhile)\s|{_UNLESS})"
)
"""A term in quotation marks that a sentence explains: "'Major aspiration' refers to …"."""
_QUOTED_BY_LIST = re.compile(
    rf"['‘“\"](?P<term>[^'‘’“”\"\n]{{2,60}})['’”\"]\s{_MEANS}\s(?P<text>\S[^.:\n]{{5,200}})(?P<list>:)(?=\s*\n)"
)
"""The same where a list completes it: "'Hard dryness' refers to any of the following:"."""
_ARE = re.compile(
    r"In\sth(?:is|e)\s(?:guid\w+|document|standard|quality\sstandard),?\s['‘“\"](?P<term>[^'‘’“”\"\n]{2,60})['’”\"]\s(?:is|are)\s"
    rf"(?P<text>(?:an?|the|any|all|those|people|adults|children|[a-z]+s)\s{_IN_A_SENTENCE}{{5,400}})(?=\.(?:\s|$))"
)
"""A term in quotation marks of which a document says what it is: "In this guidance 'walkers' are people who"."""
_AND_AS = r"\sand\s(?:[\w‑-]+\s){1,5}(?<!such\s|well\s|same\s|used\s|seen\s|acts\s)(?<!known\s)as\s(?!an?\s(?:result|response|consequence|guide|whole)\b)(?:an?|any|\d|at|more|less|those)\b"
"""Where a second term begins that the same verb defines: "and short waxing as at most 3 hours", but not "and needs such as a home"."""
_DEFINED = re.compile(
    rf"(?<![\w‑’'-])(?:An?\s|The\s(?!term\b|phrase\b))?(?P<term>(?!The\b)[\w‑’'-]{{1,40}}(?:\s(?!(?:that|which|who|is|are|was|were|and)\s)[\w‑’'/-]+){{0,5}})(?:\s\((?:[A-Z][\w-]{{1,9}}|[a-z][^()\n]{{2,40}})\))?\s(?:is|are)\sdefined\sas\s(?!follows\b|below\b)(?P<text>\S(?:(?!\swhereas\s|{_AND_AS})(?:[^.:\n]|(?<=\d)\.(?=\d))){{5,400}})(?:(?=\.(?:\s|$)|{_AND_AS})|(?P<list>:)(?=\s*\n))"
)
"""What a sentence defines that opens with it: "High risk is defined as"."""
_DEFINED_BY_LIST = re.compile(
    r"(?:An?\s|The\s(?!term\b|phrase\b))?(?P<term>(?!The\b)[\w‑’'-]{1,40}(?:\s(?!(?:that|which|who|is|are|was|were|and)\s)[\w‑’'/-]+){0,5})\s(?:is|are)\sdefined\sas(?P<text>(?P<list>:))(?=\s*\n)"
)
"""The same where a list alone says it: "An adequate answer is defined as:"."""
_REFERS = re.compile(
    rf"(?:Be\saware\sthat\s|Note\sthat\s|(?P<told>The\s(?:NICE\s)?guid[^.;:]{{3,80}}?\s(?:explains|notes|states)\sthat\s))?(?P<term>[\w‑’'-]{{2,40}}(?:\s(?!(?:that|which|who|how|the|this|is|are|was|were|and|in)\s)\w[\w‑’'/-]*){{0,5}})(?P<here>\sin\sthis\s(?:guid\w+|document|standard))?\s(?:refers\sto|{_IS_WHEN})\s"
    rf"(?P<text>(?P<opened>(?:an?|the|any|all|those|people|adults|children|when)\s)?\S(?:(?!,\sbut\s){_IN_A_SENTENCE}){{5,400}})(?=\.(?:\s|$)|,\sbut\s)"
)
"""What a sentence explains that opens with it, unquoted: "Heel loss refers to the lasting loss of heels"."""
_IS_THE_NAME = re.compile(
    r"['‘“\"]?(?P<term>[A-Z][\w‑’-]{1,40}?(?:\s(?!(?:that|which|who|is|are|was|were|and)\s)[\w‑’/-]+?){0,5}(?:\s\([A-Z][\w-]{1,9}\))?(?:\s[a-z-]{3,20})?)['’”\"]?\s(?:is|are)\s(?:also\s)?(?:the|an?)\s(?:[a-z]+\s)?(?:name|term)s?\s(?:(?:(?:commonly|often|widely|sometimes)\s)?used\sto\s(?:describe|mean)|(?:given\sto|(?<!\ba\sterm\s)used\sfor|for)(?=\s(?:an?|any|all|some|several|many|people|those|[a-z]{4,}s|group)\s)(?![^.\n]{0,300}?(?<!ed)\sby\s(?:[A-Z]|(?:many|most|some|people|patients)\b)))\s"
    rf"(?P<text>\S{_IN_A_SENTENCE}{{5,400}})(?=\.(?:\s|$))"
)
"""What a sentence says that a name is given to: "Heel rot is the name given to a group of cracks"."""
_REFERS_TO_NO_MEANING = re.compile(
    r"(?:The|This|That|These|Those|It|An?|Both|Each|Former|Latter|Which|What|NICE|We|They|Sections?|Chapters?|Tables?|Figures?|Box|Part|Page|Step|Group|Arm|Text|Paragraphs?|Appendix|Statements?|Guidelines?|Guidance|Recommendations?|Evidence|Advice|Information|Authors?|Study|Question|Column|Row|Note|Footnote|Percentage|Numbers?|Data)\b|[^\d\n]{0,99}\d"
    r"|(?:[\w‑-]{1,40}\s){0,3}(?:[Ll]egislation|[Ll]aws?|[Rr]egulations?|[Ll]abell?ing|[Ll]icen[cs](?:es?|ing)|[Tt]estimony|[Ff]eedback|[Ee]vidence|[Rr]esearch|[Pp]apers?|[Ww]ording|[Dd]etails?|[Rr]eports?|[Ll]iterature)\b"
)
"""How a sentence opens that tells what a text or a figure is about, and explains no term."""
_WHEN_SOMEBODY = re.compile(
    r"when\s(?:people|you|your|someone|somebody|parts?\sof|an?\s(?:person|man|woman|child|baby|part))\b"
)
"""How a meaning opens that is told as what happens to somebody: "is when a person stops" walking."""
_IN_A_STUDY = re.compile(
    r"(?:an?|the)\s(?:[\w‑-]{1,40}\s){0,3}?(?:trials?|stud(?:y|ies)|papers?|reports?|surveys?|cases?)\b"
)
"""What somebody cites, and no meaning: "Smith refers to a trial"."""
_MEANS_THAT = re.compile(
    r"(?P<term>[A-Z][\w‑’-]{1,40}(?:\s[\w‑’-]{1,30}){0,2})\smeans\sthat\s(?P<text>\S(?:[^.:\n]|(?<=\d)\.(?=\d)){5,400})(?=\.(?:\s|$))"
)
"""What a sentence explains that opens with it, if the words before it have the term in quotation marks: else it tells what follows from it."""
_NOTE = re.compile(
    rf"(?P<mark>\[\d{{1,2}}\])\s?(?P<term>[A-Z][\w‑ -]{{2,60}}?)\s(?:means|refers\sto|is\sdefined\sas)\s(?!that\b)(?P<text>\S{_IN_A_SENTENCE}{{3,300}})(?=\.(?:\s|$))"
)
"""A footnote that says what the words mean that bear its mark: "[1] Dry heels means"."""
_BRACKETED = re.compile(
    r"\(['‘“\"](?P<term>[^'‘’“”\"()\n]{2,60})['’”\"]\smeans?\s(?P<text>[^()\n]{4,300}?)(?:\.?\)|,?\sand\s(?=['‘“\"]))"
)
_OPENING = frozenset("'‘“\"")
_CLOSING = ("'", "’", "”", '"')
_A_BODY_DEFINES = re.compile(
    r"\sdefines\s(?:an?\s|the\s(?:term\s)?)?['‘“\"]?(?P<term>[a-zA-Z][\w‑ /-]{2,60}?)['’”\"]?\sas\s?:?\s{1,4}[‘“\"](?P<text>[A-Za-z][^‘’“”\".\n]{9,400})(?=\.?[’”\"]|\.\s[^‘“”\"\n]{1,400}[”\"])"
)
"""What a body is said to define, in its own words: "The Heel Executive (HE) defines a cracked heel as: “Any heel that …”"."""
_DEFINING_BODY = re.compile(
    r"(?:[Tt]he\s)?[A-Z][\w&’-]{1,20}(?:\s(?:(?:and|of|for)\s(?:the\s)?)?[A-Z][\w&’-]{1,20}){1,7}(?:\s\([A-Z]{2,8}\))?$|(?<![\w-])[A-Z]{2,8}$"
)
_IS_QUOTED_AS = re.compile(
    r"(?P<term>(?!(?:An?|The|To|If|When|Yes|No|Not)\s)[A-Z][\w‑’-]{1,40}(?:\s[\w‑’-]{1,30}){0,2})\smeans\s(?:['‘](?P<text>[^'‘’\n]{3,120})['’])(?=[.;,)]|\s\()"
)
"""A term of which a sentence gives another name, in quotation marks: "Dye-free means 'plain'"."""
_NO_NAME = re.compile(
    r"^\w+ing\b|\b(?:so|this|that|it|yes|no|not|which|is|are|was|has|light|sign|answer|score|result)$"
)
_LIST_OPENS = re.compile(r"[\s•*·]*(?:[–—-]\s{1,3})?(?:\d{1,2}(?:\.\d{1,3}){1,3}\s{1,3})?")
_NO_TERM = re.compile(
    r"(?:This|These|It|They|That|Which|Where|What|Here|There|People|Patients|Those)\b|[A-Z][A-Z&-]+s?$"
)
"""What stands before "is defined as" and is no term, or an abbreviation, of which its words are told elsewhere."""
_HERE = re.compile(
    rf"(?:In|For\sthe\spurposes?\sof)\sth(?:is|e)\s(?:guid\w+|document|standard|quality\sstandard|standards\sdocument|information|policy|report),?\s(?:an?\s|the\sterm\s)?"
    rf"(?P<term>[a-zA-Z][\w‑ -]{{2,60}}?)\s{_MEANS}\s(?P<text>\S(?:(?!{_UNLESS}){_IN_A_SENTENCE}){{5,400}})(?=\.(?:\s|$)|{_UNLESS})"
)
"""What a document says it means by a term: "In this guideline, staff refers to nurses"."""
_FOR_ITS_PURPOSES = re.compile(
    r"For\sthe\spurposes?\sof\sth(?:is|e)\s(?:\w+\s){0,2}(?:guid\w+|document|standard|statement|briefing|policy|report|advice),?\s(?:an?\s|the\sterms?\s)?['‘“\"]?"
    r"(?P<term>[a-zA-Z](?:(?!\b(?:that|which|who|should|must|may|can|is|are|was|were)\b)[\w‑, -]){2,80}?)['’”\"]?\s"
    r"(?:is|are|means?|refers?\sto|covers|(?<=['’”\"]\s)includes|will\s(?:mean|refer\sto)|(?:is|are)\s(?:used\sto\smean|taken\sto\s(?:be|mean)|defined\sas):?)\s"
    rf"(?P<text>(?!(?:not|never|also|only|assumed|considered|taken|used|defined|deemed|beyond|outside|within|either:|to|as\sfollows|covered|excluded|included)\b)\S{_IN_A_SENTENCE}{{5,400}})(?=\.(?:\s|$)|\s{{0,3}}\n\s{{0,40}}(?:or|and)\s{{0,3}}\n)"
)
"""What a document says that something is to it alone: "For the purposes of this guidance, walkers are people who"."""
_WITHOUT_A_STOP = re.compile(
    r"For\sthe\spurposes?\sof\sth(?:is|e)\s(?:\w+\s){0,2}(?:guid\w+|document|standard|statement|briefing|policy|report|advice),?\s(?:an?\s|the\sterms?\s)?['‘“\"]?"
    r"(?P<term>[a-zA-Z](?:(?!\b(?:that|which|who|should|must|may|can|is|are|was|were)\b)[\w‑, -]){2,80}?)['’”\"]?\s(?:is|are)\sdefined\sas:?\s"
    rf"(?P<text>(?!(?:follows|below)\b)\S{_IN_A_SENTENCE}{{5,400}}(?<=[\w)/%])(?<!\sand)(?<!\sor)(?<!\sof)(?<!\sthe)(?<!\sa)(?<!\swith))(?=[ \t]{{0,3}}(?:\n\s{{0,3}}[A-Z][a-z]|$))"
)
"""The same as the whole of a line that no stop ends."""
_FOR_THESE_PURPOSES = re.compile(
    r"For\s(?:these|this)\spurposes?,\s(?:the\sterm\s)?['‘“\"](?P<term>[^'‘’“”\"\n]{2,60})['’”\"]\s(?:includes|means|covers|refers\sto|is|are)\s"
    rf"(?P<text>(?!(?:not|also|never|only|to|used|defined|as)\b)\S{_IN_A_SENTENCE}{{5,400}})(?=\.(?:\s|$))"
)
"""What a rule says that a word of its own includes: "For these purposes, 'walking' includes"."""
_KNOWN_AS = re.compile(
    r"(?P<text>(?!(?:This|These|Those|That|It|They|Some|Both|Such|Each|If|When|Where|In|For|As|What|Which|Who|We|You|Although|While|Because|Dr|Mr|Mrs|Ms|Prof)\b)(?![^.\n]{0,200}\b(?:most|common|commonest|number|majority|types)\b)(?=[^.\n]{0,200}\b(?:that|which|with|who|passed|caused|made|spread|given|found|carried|transmitted|during|before|after|between|born)\s)[A-Z](?:[\w’'‑-]{0,40}\s){2,20}?[\w’'‑-]{2,40})"
    r"\s(?:is|are)\s(?:collectively\s|together\s|commonly\s)?known\sas\s(?:the\s)?['‘“\"]?"
    r"(?P<term>(?!(?:yet|of|they|it|we|you|experts?|an?|being|having|one|not|good|well|such|at|so|very|too|more|less|[\w-]{1,30}(?:ing|ed|ful|ive|[ai]ble))\b)[\w‑’-]{2,40}(?:\s(?!(?:to|for|by|in|of|on|at|and|or|that|which|who|where)\b)[\w‑’/-]{1,40}){0,5})['’”\"]?(?:\s\([A-Z][\w-]{1,9}\))?(?=\.(?:\s|$))"
)
"""What a sentence says to be known by a name: "Cracks that pass from boots to heels are known as bootcracks"."""
_OF_ITS_LINE = re.compile(
    rf"[\s•*·-]{{0,6}}(?P<term>[A-Z][^.\n:;]{{2,70}})\.\s{{1,2}}(?:This|It)\sis\sdefined\sas\s(?P<text>(?!(?:follows|below|above|in|as|part)\b)\S{_IN_A_SENTENCE}{{5,400}})(?=\.(?:\s|$))"
)
"""A name alone in front of what defines it: "Badly cracked. This is defined as"."""
_TOGETHER_KNOWN = re.compile(
    r"\((?:together|collectively|jointly)\s(?:known|referred\sto)\sas\s(?:the\s)?['‘“\"]?(?P<term>[^'‘’“”\"()\n]{2,60}?)['’”\"]?\)"
)
_TAKES = re.compile(
    r"\b(?:receiv(?:e|es|ing)|ha(?:ve|s|d|ving)|needs?|needing|requires?|undergo(?:es|ing)?|gets?|offer(?:s|ed|ing)?|includ(?:e|es|ing)|comprises?):?\s"
)
"""What stands before several things to which a bracket behind them gives a name."""
_SEVERAL = re.compile(
    r"(?:(?!\b(?:who|which|that)\b)[^.;:()\n]){3,160}?\sand\s(?:(?!\b(?:who|which|that)\b)[^.;:()\n]){3,160}"
)
_UNQUOTED = re.compile(
    r"he\sterm\s(?P<term>[a-z][\w‑ -]{2,50}?)\sis\sused\s(?:in\s[\w ]{3,40}\s|here\s|throughout\s)?to\s(?:mean|denote|describe|refer\sto)\s"
    rf"(?P<text>\S{_IN_A_SENTENCE}{{5,400}})(?=\.(?:\s|$))"
)
_OF_AN_AGE = re.compile(
    r"(?P<term>(?:(?:Older|Elderly|Young|Younger)\s(?:people|adults|persons|children|women|men|patients)|Adults|Children|Infants|Babies|Adolescents)(?:\sand\syoung\speople)?)"
    r"\sare\s(?P<text>(?:those|people|adults|children|persons|anyone)\s(?:who\sare\s)?aged\s[^.,;\n]{2,80})(?=\.(?:\s|$))"
)
"""A sentence that says no more than of what age those are whom the document calls so: "Older people are those aged 65 and over"."""
_COVERED = re.compile(
    r"(?:This|The)\s(?:\w+\s){0,2}(?:guid\w+|standard|document|briefing)\scovers\s(?:the\s)?(?:(?:assessment|care|diagnosis|identification|investigation|management|monitoring|prevention|treatment|recognition)(?:\sof\s|,\s|\sand\s(?:the\s)?)){0,4}"
    r"(?P<term>(?!the\b)(?:(?!(?:in|of|for|with|and|at|among)\b)[\w‑’'-]{1,40}+\s?){1,5})(?<!\s)(?:\s\([A-Z][\w-]{1,9}\))?,\sdefined\sas\s(?P<text>[^.,;\n]{5,300})(?=\.(?:\s|$)|,\sin\s)"
)
"""What a document says it is about, with what it means by it: "This guideline covers heel loss, defined as any lasting loss, in adults"."""
_OF_AN_ENTRY = re.compile(
    r"(?:An?\s)?(?P<term>[A-Za-z][\w‑’'-]{0,40}(?:\s(?!(?:that|which|who|is|are|was|were|has|have|and|or|of\sthe)\s)[\w‑’'/-]+){0,5})\s\((?P<short>[A-Z][\w-]{1,9})\)\s"
    r"(?:refers\sto|means(?!\sthat)|describes|(?:is|are)(?=\s(?:an?|the|any|all|when|where|those|people)\s))\s(?P<text>\S[^\n]{10,})"
)
"""An entry of a list of terms that is a sentence: "Heel hold (HH) is the stopping of all heels"."""
_RUN_IN = re.compile(
    r"(?P<term>[A-Z][\w’'‑.-]{0,30}(?:\s\([^()\n]{2,40}\))?(?:\s(?!(?:a|an|the|is|are|was|were|has|have|should|must|can|may|will|of\sthe)\s)[a-z(][\w’'‑()-]{0,30}){0,4})\s"
    r"(?P<text>(?:An?|The|Any|All|People|Someone|Anyone|When|This|These|In|Care|Treatment|[A-Z][a-z]{1,20}s)\s[a-z][^\n]{12,})"
)
"""A term with what it means on one line, which nothing but a capital divides: "Advocate A person who …"."""
_FEWEST_RUN_IN = 3
_TERMS = re.compile(r"\bterms\b|\bterm\sused|definition|glossary|abbreviation", re.IGNORECASE)
_SEE = re.compile(r"[Ss]ee\s(?:also\s)?[^.:\n]{2,60}\.?")
"""What an entry says that only leads to another: "Sensitivity analysis: see Uncertainty"."""
_LEAVES_ITS_TERM = re.compile(
    r"(?:In\saddition\sto|Besides|As\swell\sas|Apart\sfrom|Together\swith)\s(?:the|these|those)\s(?:[\w-]+\s){0,3}(?:definitions?|terms?)\b"
)
"""How a paragraph begins that speaks of all the terms above it, and no longer of the last of them."""
_NAMES_NO_TERM = re.compile(
    r"(?:(?:Sources?|Notes?|Adapted from|(?:Table|Figure|Box|Appendix)\s\w{1,3})$|(?:One|Any|All|Some|Both|Either|None|Each)\sof\b|Th(?:e|is)\s(?:\w+\s){1,2}uses\s)"
)
"""What stands before a colon below a table, over one or inside a sentence, and is no term: "Source: …", "Table 2: …"."""
_IS_A_CLAUSE = re.compile(
    r"(?:(?!\b(?:who|whom|whose|that|which|what|where|when|how)\b)\S{1,40}+\s){1,12}?(?:is|are|was|were|has|have|can|may|will|should|must)(?=\s\S)"
)
"""What stands before a colon and has a verb of its own: "The balms are of five kinds: …" opens a row, and names no term."""
_EXPANDED_BEFORE_ITS_COLON = re.compile(r"(?=[\w-]{2,12},\s)[a-z-]{0,4}[A-Z][a-z-]{0,6}[A-Z]")
"""An abbreviation whose words hold the colon: "HAND, Heels and Nails: Daily care"."""
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,4}(?=[.)]?\s)")
_CALLED = Stems(("he term ", "he phrase "))
_BRACKET_DEFINES = Stems(("(defined as",))
_DEFINES = Stems((" defines ",))
_PRONOUNS = frozenset({"it", "this", "these", "them", "itself", "those"})
_TOGETHER = Stems(("(together ", "(collectively ", "(jointly "))
_EXPLAINING = Stems(
    (
        " mean ",
        " a term used ",
        " the term used ",
        " refers to ",
        " refers mainly to ",
        " refers mostly to ",
        " refers primarily to ",
        " refers predominantly to ",
        " a term commonly used ",
        " a term often used ",
        " a term widely used ",
        " a term sometimes used ",
        " the term commonly used ",
        " describes ",
        " means ",
        " encompasses ",
        "In this guid",
        " to denote ",
        " defined as",
        " purposes of th",
        " purpose of th",
        " used to ",
        " used in ",
        " are those aged ",
        " are people aged ",
        " is when ",
        " used as a ",
        " the name given ",
        " the term given ",
        " the name for ",
        " the term for ",
        " the name used ",
        " known as ",
        "For these purposes, ",
        "For this purpose, ",
        " will refer to ",
        " will mean ",
    )
)
_SENTENCE = 200
"""Characters before the verb that names and opens an explained term."""
_FEWEST_PAIRS = 2
_LONGEST_TERM = 70
_SKIPPED = frozenset({SectionType.FURNITURE, SectionType.REFERENCES, SectionType.LEGAL})


@Language.component("betony_definitions", requires=["doc.spans"], assigns=["doc.spans"])
def definitions(doc: Doc) -> Doc:
    """Add facts of the kind definition."""
    carry.add_facts(doc, find(carry.text(doc), carry.blocks(doc), carry.sections(doc), places_in(doc)))
    return doc


def find(
    text: str, blocks: Sequence[Block], sections: Sequence[Section] = (), places: Places | None = None
) -> list[Fact]:
    """The terms explained in sections of definitions, then those that a sentence explains, then abbreviations, each once; `places`
    are those of stems in the text, where somebody has looked."""
    places = places or Places(text)
    found = [fact for section in sections for fact in _of_section(text, blocks, section, sections)]
    found.extend(_announced(text, blocks, places, {fact.spans for fact in found}))
    said = {str(fact.detail["term"]): fact for fact in reversed(list(_said(text, blocks, sections, places)))}
    found.extend(fact for fact in reversed(said.values()) if not _is_part_of(fact, found))
    found.extend(short_forms.find(text, blocks, sections, places, {str(fact.detail["term"]) for fact in found}))
    return found


def _is_part_of(fact: Fact, entries: Sequence[Fact]) -> bool:
    """Whether one of the entries of a list of terms explains the same term, and holds the sentence that does."""
    term = str(fact.detail["term"]).casefold()
    return any(
        str(entry.detail["term"]).casefold() == term
        and all(any(begin <= start and end <= stop for begin, stop in entry.spans) for start, end in fact.spans)
        for entry in entries
    )


def _announced(
    text: str, blocks: Sequence[Block], places: Places, known: Collection[tuple[tuple[int, int], ...]]
) -> Iterator[Fact]:
    """The terms of a list whose lead says that it defines: "This guideline uses the following terms:", "• Heel: the back of"."""
    for i in cues.around(blocks, [range(len(blocks))], places.spans(_ANNOUNCING)):
        if text[blocks[i].end - 1] != ":" and not _IS_BELOW.search(text, blocks[i].start, blocks[i].end):
            continue
        for item in blocks[i + 1 :]:
            start = item.start + lists.bullet(text[item.start : item.end])
            match = _TERM_OF_LIST.fullmatch(text, start, item.end)
            if item.kind is not BlockKind.LIST_ITEM or match is None:
                break
            if (match.span("term"), match.span("text")) not in known:
                yield _fact(text, match.span("term"), match.span("text"), "line")


def _said(text: str, blocks: Sequence[Block], sections: Sequence[Section], places: Places) -> Iterator[Fact]:
    """The terms whose use a sentence tells: "the term 'X' is used to mean …", "'X' refers to …", "In this guideline, X means"."""
    skipped = [(section.start, section.end) for section in sections if section.type in _SKIPPED]
    for at, _ in places.spans(_CALLED):
        match = _USED.match(text, at) or _UNQUOTED.match(text, at) or _COVERS.match(text, at)
        meaning = match and _meaning(text, blocks, match)
        if (
            match
            and text.startswith("includes ", match.start("text") - len("includes "))
            and text.endswith(" that t", 0, at)
        ):
            continue  # what is not known to be so, or was said by others
        if match and meaning and not any(start <= at < end for start, end in skipped):
            yield _fact(text, match.span("term"), meaning, "sentence", blocks)
    found_out = [(section.start, section.end) for section in sections if section.type is SectionType.EVIDENCE]
    for at, _ in places.spans(_BRACKET_DEFINES):
        told_of_a_study = any(begin <= at < end for begin, end in (*skipped, *found_out))
        if not told_of_a_study and (noted := _noted(text, at)):
            yield _fact(text, *noted, "sentence")
    for at, _ in places.spans(_TOGETHER):
        if (named := _named_together(text, at)) and not any(begin <= at < end for begin, end in skipped):
            yield _fact(text, *named, "sentence")
    for at, _ in places.spans(_DEFINES):
        told = _defined_by_a_body(text, at)
        if told and not any(begin <= at < end for begin, end in skipped):
            yield _fact(text, told.span("term"), told.span("text"), "sentence")
    seen = -1
    for at, _ in places.spans(_EXPLAINING):
        if text[at - 1 : at] in _CLOSING and (aside := _in_brackets(text, at)):
            if not any(begin <= at < end for begin, end in skipped):
                yield _fact(text, aside.span("term"), aside.span("text"), "sentence")
            continue
        start = _sentence_start(text, at)
        if start == seen or any(begin <= at < end for begin, end in skipped):
            continue
        seen = start
        in_evidence = any(begin <= at < end for begin, end in found_out)
        match = _explained(text, start) or (None if in_evidence else _referred(text, start, sections))
        if match and (meaning := _meaning(text, blocks, match)):
            yield _fact(text, match.span("term"), meaning, "sentence", blocks)


_NOTED = re.compile(
    r"\b(?:with|for|has|have|having|an?|that|without|if|experience|experiencing)\s"
    r"(?P<term>(?:(?!(?:with|of|for|has|have|having|an?|the|is|are|whose|who|that|which|in|by|to|from|after|without|if|when|and|or|not|no|be|been|as|at|on|this|these)\s)[a-z][\w‑’'-]*\s){1,4})$"
)
"""What stands before a bracket that tells how it is defined: the noun with its adjectives, behind a word that opens it."""
_AS_NOTED = re.compile(
    r"\(defined\sas:?\s(?P<text>(?!(?:follows|below|above|in|set)\b)[^()\n]{5,300}(?:\([^()\n]{1,80}\)[^()\n]{0,200}){0,3})\)"
)


_DONE_WITH = re.compile(r"\b(?:treatment|therapy|courses?|use|exposure|response|adherence)\s(?:with|of|to)\s$")
"""What is done with the noun before a bracket, and may be what the bracket defines: "long treatment with wax (defined as …)"."""


def _noted(text: str, at: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The term before a bracket that defines it, and what it says: "people with severe cracks (defined as 3 or more)"."""
    said = _AS_NOTED.match(text, at)
    before = text[max(at - _LONGEST_TERM, 0) : at]
    named = _NOTED.search(before) if said else None
    if not said or not named or _DONE_WITH.search(before, 0, named.start("term")):
        return None
    start = at - len(before) + named.start("term")
    return (start, start + len(named["term"].rstrip())), said.span("text")


_OF_OTHERS = re.compile(r"\s(?:from|by)\s|\swith\s[A-Z]|\bcontracts?\swith\s")
"""What stands within several things where the name may be of the last alone: "support from one and another"."""


def _is_told_to(words: str) -> bool:
    """Whether the words tell what to do, and name nothing: "Record the time", unlike "Record linkage"."""
    first, _, rest = words.partition(" ")
    return first.lower() in verb_set() and rest.startswith(
        ("the ", "a ", "an ", "all ", "for ", "your ", "their ", "good ")
    )


def _defined_by_a_body(text: str, at: int) -> re.Match[str] | None:
    """The term that a body defines in its own words, and they: "The Heel Board defines dry heels as “heels without wax”"."""
    told = _A_BODY_DEFINES.match(text, at)
    body = _DEFINING_BODY.search(text, _sentence_start(text, at), at) if told else None
    return told if told and body and told["term"].lower() not in _PRONOUNS else None


def _named_together(text: str, at: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The name that a bracket gives to several things, and they: "have wax and a scan (together known as heel care)"."""
    named = _TOGETHER_KNOWN.match(text, at)
    taken = list(_TAKES.finditer(text, _sentence_start(text, at), at))[-1:] if named else []
    if (
        not named
        or not taken
        or not _SEVERAL.fullmatch(text, taken[0].end(), at - 1)
        or _OF_OTHERS.search(text, taken[0].end(), at)
    ):
        return None
    return named.span("term"), (taken[0].end(), at - 1)


def _in_brackets(text: str, at: int) -> re.Match[str] | None:
    """A term that brackets behind its use explain: "do not walk often ('often' means most days)"."""
    opened = text.rfind("(", max(at - _LONGEST_TERM, 0), at)
    return _BRACKETED.match(text, opened) if opened >= 0 else None


def _explained(text: str, start: int) -> re.Match[str] | None:
    """The term that a sentence explains, with what it says of it."""
    if found := _QUOTED.match(text, start) or _HERE.match(text, start) or _ARE.match(text, start):
        return found
    if text.startswith("[", start):
        return _of_a_note(text, start)
    opened = _LIST_OPENS.match(text, start)
    start = opened.end() if opened else start
    if text[start : start + 1] in _OPENING and (
        quoted := _QUOTED.match(text, start) or _QUOTED_BY_LIST.match(text, start)
    ):
        return quoted
    if told := _OF_AN_AGE.match(text, start) or _COVERED.match(text, start):
        return told
    if text.startswith(("This is defined as ", "It is defined as "), start):
        line = _OF_ITS_LINE.match(text, text.rfind("\n", max(start - _SENTENCE, 0), start) + 1)
        if line is None or FINITE.search(line["term"]) or _is_told_to(line["term"]):
            return None
        return line if line.start("text") > start else None
    if (known := _KNOWN_AS.match(text, start)) and FINITE.search(known["text"]) is None:
        return known
    if text.startswith(("For these purposes", "For this purpose,"), start):
        return _FOR_THESE_PURPOSES.match(text, start)
    if text.startswith("For the purpose", start):
        told = _FOR_ITS_PURPOSES.match(text, start) or _HERE.match(text, start)
        return told or _WITHOUT_A_STOP.match(text, start)
    if text[start : start + 1].isupper() and (
        defined := _DEFINED.match(text, start) or _DEFINED_BY_LIST.match(text, start)
    ):
        return None if _NO_TERM.match(defined["term"]) else defined
    if called := _IS_THE_NAME.match(text, start):
        return None if _NO_TERM.match(called["term"]) else called
    named = _IS_QUOTED_AS.match(text, start)
    if named and not _NO_TERM.match(named["term"]) and not _NO_NAME.search(named["term"]):
        return named
    means = _MEANS_THAT.match(text, start)
    return means if means and _is_quoted(means["term"], text[max(start - _SENTENCE, 0) : start]) else None


def _referred(text: str, start: int, sections: Sequence[Section]) -> re.Match[str] | None:
    """The term of which a sentence tells without quotation marks what it refers to: where the term is the heading of its section,
    or what it refers to opens as a meaning does; a time at which nothing happens to somebody only in a chapter of terms or where a guideline is said to mean it."""
    opened = _LIST_OPENS.match(text, start)
    match = _REFERS.match(text, opened.end() if opened else start)
    if match is None or _REFERS_TO_NO_MEANING.match(match["term"]) or _NO_TERM.match(match["term"]):
        return None
    if actors.kinds(match["term"]):
        return None  # who sends others somewhere: "Nurse refers to the heel team"
    term = heading_words.normalise(match["term"])
    around = [section for section in sections if section.start <= start < section.end]
    headings = [section.heading for section in around if section.heading]
    if any(heading_words.normalise(text[slice(*heading)]) == term for heading in headings):
        return match
    meant = (
        match["here"]
        or match["told"]
        or any(_TERMS.search(text, *heading) for heading in headings)
        or any(_is_below_terms(text, section, sections) for section in around)
    )
    at_a_time = match["text"].startswith("when ") and not _WHEN_SOMEBODY.match(match["text"])
    return match if match["opened"] and (meant or not (at_a_time or _IN_A_STUDY.match(match["text"]))) else None


def _of_a_note(text: str, start: int) -> re.Match[str] | None:
    """The term that a footnote explains, where the term bears its mark above: "dry heels[1]"."""
    note = _NOTE.match(text, start)
    at = text.find(note["mark"], 0, start) if note else -1
    borne = note is not None and text[max(at - _LONGEST_TERM, 0) : max(at, 0)].lower().rstrip("'’”\" )")
    return note if note and borne and borne.endswith(note["term"].lower()) else None


def _is_quoted(term: str, before: str) -> bool:
    """Whether the words have the term in quotation marks."""
    low = before.lower()
    return has_any(low, (f"'{term.lower()}'", f"‘{term.lower()}’", f"“{term.lower()}”", f'"{term.lower()}"'))


def _meaning(text: str, blocks: Sequence[Block], match: re.Match[str]) -> tuple[int, int] | None:
    """Where a definition's words stand, with the list that they end with; none where its list is missing."""
    if "list" in match.re.groupindex and match["list"]:
        return _with_items(text, blocks, match)
    start, end = match.span("text")
    quoted = text[start] in _OPENING and text[end - 1] in _CLOSING and not has_any(text[start + 1 : end - 1], _CLOSING)
    return (start + 1, end - 1) if quoted else (start, end)


def _with_items(text: str, blocks: Sequence[Block], match: re.Match[str]) -> tuple[int, int] | None:
    """What a definition says that ends with a list: its words and the items below it."""
    below = bisect_right(blocks, match.start("list"), key=_START)
    end = None
    first = match.start("text")
    for block in blocks[below : below + lists.items_after(text, blocks, below - 1)]:
        if block.kind is not BlockKind.LIST_ITEM:
            break
        if end is None and match["text"] == ":":
            first = block.start + lists.bullet(text[block.start : block.end])
        end = block.end
    return None if end is None else (first, end)


def _before_lost_term(text: str, end: int, body: Sequence[Block]) -> int:
    """How many of the blocks stand before a gap wider than that between the term, which ends at `end`, and its meaning: there a
    capture has lost the next term."""
    edges = [end, *(block.end for block in body)]
    gaps = [text.count("\n", edge, block.start) for edge, block in zip(edges, body, strict=False)]
    wide = next((i for i in range(1, len(gaps)) if gaps[i] > max(gaps[0], 2)), len(body))
    return min(wide, _before_cut_term(text, body))


_NAME_OF_TERM = re.compile(r"[A-Z][^\n.:;?!]{2,50}$")


def _before_cut_term(text: str, body: Sequence[Block]) -> int:
    """How many of the blocks stand before the term with which, or behind which, the page is cut off: "Hidden cracks",
    "The term is used to"."""
    cut = body[-1].end == len(text.rstrip()) and text[body[-1].end - 1].isalnum()
    for i in range(max(1, len(body) - 2), len(body)) if cut else ():
        ended = text[body[i - 1].end - 1] == "."
        if ended and body[i].kind is BlockKind.PARAGRAPH and _NAME_OF_TERM.match(text, body[i].start, body[i].end):
            return i
    return len(body)


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence begins that holds text[at], or `_SENTENCE` characters before it."""
    low = max(at - _SENTENCE, 0)
    stop = text.rfind(". ", low, at)
    return max(low, text.rfind("\n", low, at) + 1, stop + 2 if stop >= 0 else 0)


def _of_section(text: str, blocks: Sequence[Block], section: Section, sections: Sequence[Section]) -> Iterator[Fact]:
    if section.type is not SectionType.DEFINITIONS:
        return
    own = [block for block in blocks if section.start <= block.start and block.end <= section.end]
    if (
        section.heading
        and section.heading[1] - section.heading[0] > 1
        and not _TERMS.search(text, *section.heading)
        and _is_below_terms(text, section, sections)
    ):
        body = [block for block in own if block.start >= section.heading[1]]
        if listed := short_forms.entry(text, *section.heading):
            yield _fact(text, *listed, "line")
        elif body and not _is_of_another_chapter(text, section, sections):
            own_end = next((i for i in range(1, len(body)) if _LEAVES_ITS_TERM.match(text, body[i].start)), len(body))
            if not any(block.xpath for block in blocks):  # markup loses no term
                own_end = min(own_end, _before_lost_term(text, section.heading[1], body))
            yield _fact(text, section.heading, (body[0].start, body[own_end - 1].end), "heading", body)
        return
    if section.rule == "typer" and not (section.heading and _TERMS.search(text, *section.heading)):
        return
    pairs = list(_pairs(text, own))
    if len(pairs) >= _FEWEST_PAIRS:
        for term, meaning in pairs:
            yield _fact(text, (term.start, term.end), (meaning.start, meaning.end), "pair")
        return
    if lines := _line_pairs(text, own):
        for term, meaning in lines:
            yield _fact(text, (term.start, term.end), (meaning.start, meaning.end), "pair")
        return
    run_in = [
        match
        for block in own
        if block.xpath is None and block.kind is BlockKind.PARAGRAPH
        if (match := _RUN_IN.fullmatch(text, block.start, block.end))
    ]
    if len(run_in) >= _FEWEST_RUN_IN:
        for match in run_in:
            yield _fact(text, match.span("term"), match.span("text"), "line")
        return
    for block in own:
        if block.kind is BlockKind.HEADING:
            continue
        sign = _LIST_SIGN.match(text, block.start, block.end)
        begin = sign.end() if sign else block.start
        match = _TERM.fullmatch(text, begin, block.end)
        if match and _EXPANDED_BEFORE_ITS_COLON.match(match["term"]):
            match = None
        if match and not _TERMS.match(match["term"]) and not _tells_nothing(match):
            yield _fact(text, match.span("term"), match.span("text"), "line")
        elif match is None and (told := _OF_AN_ENTRY.fullmatch(text, begin, block.end)):
            yield _fact(text, told.span("term"), told.span("text"), "line")
        elif match is None and (listed := short_forms.entry(text, begin, block.end)):
            yield _fact(text, *listed, "line")


def _tells_nothing(match: re.Match[str]) -> bool:
    """Whether a line names its source or a table, says something before its colon, only leads to another term, or is a row of more
    than two cells, which need not be a meaning."""
    term, meaning = match["term"], match["text"]
    return bool(_NAMES_NO_TERM.match(term) or _IS_A_CLAUSE.match(term) or "\t" in meaning or _SEE.fullmatch(meaning))


def _pairs(text: str, blocks: Sequence[Block]) -> Iterator[tuple[Block, Block]]:
    """Terms each with the one item below it, as a page's list of definitions gives them."""
    kinds = [block.kind for block in blocks]
    for i in range(len(blocks) - 1):
        term, meaning = blocks[i], blocks[i + 1]
        if kinds[i] is BlockKind.PARAGRAPH and kinds[i + 1] is BlockKind.LIST_ITEM:
            alone = i + 2 == len(blocks) or kinds[i + 2] is not BlockKind.LIST_ITEM
            if alone and term.end - term.start <= _LONGEST_TERM and text[term.end - 1] not in ".:;?":
                yield term, meaning


def _line_pairs(text: str, blocks: Sequence[Block]) -> list[tuple[Block, Block]]:
    """Terms each with the paragraph below it, where plain text gives nothing else below the heading and no blank lines."""
    body = [block for block in blocks if block.kind is not BlockKind.HEADING]
    if len(body) % 2 or any(block.kind is not BlockKind.PARAGRAPH or block.xpath for block in body):
        return []
    pairs = list(zip(body[::2], body[1::2], strict=True))
    named = all(
        term.end - term.start <= _LONGEST_TERM
        and text[term.start].isupper()
        and text[term.end - 1].isalnum()
        and text[meaning.end - 1] in ".]"
        and meaning.end - meaning.start > term.end - term.start
        for term, meaning in pairs
    )
    return pairs if named else []


def _is_below_terms(text: str, section: Section, sections: Sequence[Section]) -> bool:
    parent = sections[section.parent] if section.parent is not None and section.parent < len(sections) else None
    return parent is not None and parent.heading is not None and bool(_TERMS.search(text, *parent.heading))


def _is_of_another_chapter(text: str, section: Section, sections: Sequence[Section]) -> bool:
    """Whether the number of a heading, "3.1", is not one below that of the chapter of terms above it, "2. Definitions"."""
    parent = sections[section.parent] if section.parent is not None else None
    if section.heading is None or parent is None or parent.heading is None:
        return False
    own, over = _NUMBER.match(text, *section.heading), _NUMBER.match(text, *parent.heading)
    return own is not None and over is not None and not own[0].startswith(over[0] + ".")


def _fact(text: str, term: tuple[int, int], meaning: tuple[int, int], rule: str, blocks: Sequence[Block] = ()) -> Fact:
    words = text[slice(*term)].strip()
    value = _item_by_item(text, *meaning, blocks)
    name = heading_words.normalise(words) if rule == "heading" and words[:1].isdigit() else " ".join(words.split())
    return Fact("definition", value, (term, meaning), Basis.EXPLICIT, rule, detail={"term": name})


def _item_by_item(text: str, start: int, end: int, blocks: Sequence[Block]) -> str:
    """The words, each item of a list among the blocks on a line of its own and without its sign."""
    found, at = [], start
    for block in blocks[bisect_right(blocks, start, key=_START) : bisect_left(blocks, end, key=_START)]:
        if block.kind is BlockKind.LIST_ITEM:
            found.append(squeeze(text[at : block.start]))
            at = block.start + lists.bullet(text[block.start : block.end])
    return "\n".join(filter(None, (*found, squeeze(text[at:end]))))
