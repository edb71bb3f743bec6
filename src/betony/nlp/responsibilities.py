"""betony_responsibilities: who must do what, outside the recommendations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from betony.model import Basis, Block, BlockKind, Fact, Section, SectionType
from betony.nlp import actors, carry, grades, lists, vocabulary
from betony.nlp.clauses.clause import Clause
from betony.nlp.clauses.doers import agent, is_made_up, is_passive, is_place
from betony.nlp.clauses.modals import QUOTES
from betony.nlp.clauses.not_binding import is_reported, not_needed
from betony.nlp.clauses.opening import opening
from betony.nlp.clauses.reading import clauses
from betony.nlp.clauses.signs import FINITE, LONGEST
from betony.nlp.clauses.trailing import trailing
from betony.nlp.history import is_entry
from betony.nlp.looks import has_any
from betony.nlp.sentences import sentences
from betony.nlp.strength.verbs import starts_with_verb
from betony.text import squeeze

_OPEN = frozenset({SectionType.RESPONSIBILITIES, SectionType.IMPLEMENTATION, SectionType.STATUS})
"""Sections whose every deontic sentence states a duty, also one that names no actor."""
_STRICT = frozenset(
    {
        SectionType.SUMMARY,
        SectionType.PROCEDURE,
        SectionType.SCOPE,
        SectionType.EVIDENCE,
        SectionType.DISCUSSION,
        SectionType.OTHER,
    }
)
"""Sections that describe: here a duty needs an actor by name, and words that bind."""
_LAID_DOWN = frozenset({SectionType.REFERENCES})
"""Sections that lead elsewhere: here only what the document requires of somebody is a duty."""
_EITHER = _OPEN | _STRICT | _LAID_DOWN
_TEXT_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})

_CUES = (
    "should", "must", "shall", "ought", "may ", "require", "obliged", "encouraged", "advised", "asked",
    "urged", "reminded", "requested", "expected", "expects", "responsib", "accountable", "duty", "duties",
    "obligation", "discretion", "permitted", "allowed", "prohibited", "has to", "have to", "need to",
    "needs to", "overrid",
)  # fmt: skip
"""Letters without one of which no sentence states a duty."""
_FRAMES = ("Nothing", "overrid", "Overrid", "responsibility", "discretion", "expects", "require")
"""Letters without one of which no sentence has a duty in a set phrase."""
_NO_DUTY = re.compile(
    r"(?:See|Refer to|For (?:more|further|full|details)|Read|Visit|Should|Note from|Copyright)\b.*"
    r"|.*\?[\"'”’)]*$|Comments?\b.*|You\s(?:should|must)\s[^.]{1,160}\bcomments?\b.*"
    r"|(?:You|Users|Visitors)\s[^.]{0,120}\b(?:cookies|JavaScript|browser|log\s?in|log\son|sign\s(?:in|up)|signed\sin|password|this\s(?:web)?site"
    r"|these\spages|your\saccount)\b.*"
    r"|[^.]{0,120}\b(?:disputes?|mediation|arbitration)\s[^.]{0,60}\barising\s(?:under|from|out\sof)\b.*",
    re.DOTALL,
)
"""Sentences that point somewhere, ask, say where comments go, or how a web site is used."""
_HABITUAL = re.compile(
    r"(?:Sometimes|Often|Usually|Normally|Generally|Occasionally|Typically|Frequently),?\s", re.IGNORECASE
)
"""How a sentence opens on what is done as a rule, not on what is to be done."""
_SAYING = re.compile(
    r"\b(?:agrees?|recommends?|states?|notes?|advises?|emphasi[sz]es?|stress(?:es)?|suggests?|specif(?:y|ies)|provides?)\s+that\s+"
)
"""Who says it, before the subject of what is to be done."""
_SINCE = re.compile(
    r"(?:From|Since|By|In|Until|After|Before)\s(?:(?:\d{1,2}\s)?[A-Z][a-z]{2,8}\s)?(?:19|20)\d\d,?\s", re.IGNORECASE
)
"""The date from which it is to be done, before the subject."""
_HOLLOW = re.compile(
    r"\s{0,9}(?:also\s+)?(?:come\s+into\s+(?:force|effect|operation)|(?:cease\s+to\s+)?have\s+effect|expire|be\s+(?:noted|remembered|emphasi[sz]ed|stressed|acknowledged|recogni[sz]ed"
    r"|borne\s+in\s+mind|pointed\s+out"
    r"|(?:the\s+)?(?:binding|authentic|governed)|mentioned|appreciated|cited\s+as|(?:held\s+)?(?:liable|responsible)|construed\s+to\s+be\s+liable))\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(r"\s{0,9}(?:\w+\s+)?have\s+(?:been|had|\w+ed|led|shown|made|taken|given|done)\b", re.IGNORECASE)
_BEFALLS = re.compile(
    r"\s{0,9}(?:\w+ly\s+)?(?:recover|improve|heal|feel|notice|get\s+better|go\s+away|subside|resolve|settle|disappear|survive)\b",
    re.IGNORECASE,
)
"""What is likely to happen to somebody, not what anybody is to do."""
_REPORTING = re.compile(
    r"\b(?:reported|notified|submitted|sent|disclosed|escalated|report|notify|submit|send|disclose)\b", re.IGNORECASE
)
_RECIPIENT = re.compile(
    r"\sto\s+((?:the\s|a\s|an\s|their\s|its\s|your\s)?(?:(?!(?:using|through|via|by|within|without|before|after|in|if|when|and"
    r"|or|on|as|at|to|be|for|upon|from|under|"
    r"immediately|promptly|any)\b)[\w’'().-]+\s?|and\s(?=[\w\s]{0,40}(?:agency|system|scheme|authority"
    r"|commission|board|inspectorate|service|programme|registry)\b)){1,12})",
    re.IGNORECASE,
)
_TELL = re.compile(
    r"\s{0,9}(?:also\s+)?(?:tell|inform|notify|advise)\s+((?:(?!(?:about|that|who|which|whose|so|of(?!\s(?:health|the\s(?:(?:relevant|local|appropriate|responsible)\s){0,2}(?:authority|council|board|department|trust))\b)|if|when|and|or|on|how|what"
    r"|within|to|in|as|by)\b)[\w’'-]+\s?)"
    r"{1,8})",
    re.IGNORECASE,
)
_OR_ANOTHER = re.compile(
    r"\s?(?:and/or|or|and)\s(?P<other>(?:(?!(?:about|that|who|which|whose|so|of|if|when|and|or|on|how|what|within|to|in|as|by|immediately|without)\b)"
    r"[\w’'()-]+\s?){1,8})(?=(?:about|that|of|if|when|on|how|what|within|immediately|without)\b|[.,;]|$)"
)
_GIVEN = re.compile(
    r"\s{0,9}(?:\w+\s+)?be\s+(?:\w+ly\s+)?(?:offered|given|told|informed|advised|asked|shown|sent|invited"
    r"|warned|provided\s+with)\b",
    re.IGNORECASE,
)
_HAVING = re.compile(
    r"\s{0,9}(?:\w+ly\s+|also\s+)?(?:have\s+(?:access|the|a|an|their)|receive|be\s+able|get)\b", re.IGNORECASE
)
_UNFINISHED = re.compile(
    r"(?:^be|^\w{1,2}|\b(?:when|where|if|who|while|unless|until|because|is|are|that|to|the|of|and|or|with|for|in|by|but|upon|from|into|an?|their|its|this|these|than|whose|which)|:)$"
)
"""A sentence whose list or next line the capture has lost."""
_CUT_OFF = ("…", "...")
_STOPS = ".!?:;)]\"”’'"
_CAPTURED = 900
"""Characters of a text that may be the beginning of a longer one."""
_LABEL_BEHIND = re.compile(
    r"(?<=[\w)])\s(?=(?:Supersedes|Replaces|Version(?:\sNumber)?|Author|Owner|Review\s[Dd]ate|Issue\s[Dd]ate|Approved\s[Bb]y|Ratified\s[Bb]y"
    r"|Description\sof\s[Aa]mendments?|Target\s[Aa]udience|Document\s[Oo]wner|Key\s[Ww]ords)(?:\(s\))?:\s)"
)
"""Where a form goes on with its next label, which no stop divides from the sentence before."""
_TOLD_FIRST = re.compile(r"[A-Z][a-z]+\b[^.;]{0,80}?,\s(?:and|so)\s")
"""An instruction joined to the subject of another clause: "Ignore the score, and anyone with symptoms"."""
_TELLING = ("Ignore ", "Disregard ", "Stop", "Remember", "Note ", "Count ", "Score ")
"""How an instruction opens, besides by the verbs of recommendations."""
_LIGHT = re.compile(r",?\s+in\s+(?:the\s+)?light\s+of\s", re.IGNORECASE)
_CIRCUMSTANCES = re.compile(
    r",?\s+in\s+(?:the\s+)?(?:light|context|view)\s+of\s|,\s+(?:(?:and|but)\s+)?not\s|,?\s+rather\s+than\s",
    re.IGNORECASE,
)
_EFFECT = re.compile(
    r"\s{0,9}(?:\w+ly\s+)?(?:decrease|reduce|increase|lead\s+to|result\s+in|help|eliminate|prevent|relieve|cure|protect|improve|ease)\b",
    re.IGNORECASE,
)
"""What something is likely to do, where nobody is named who does it."""
_DO_SO = re.compile(r"\s*do\s+so\b", re.IGNORECASE)
_THEY = re.compile(r"(?:They|These\s+(?:bodies|organisations))$", re.IGNORECASE)
_TOLD = re.compile(r"(?:Inform|Tell|Advise|Explain|Remind|Note|Ensure|Stress)\b[^.]{0,80}\bthat\b")
"""An instruction to say what should be: its modal words bind nobody whom the subject names."""
_REMINDED = re.compile(r"\b(?:is|are)\s+reminded\s+that\s+$", re.IGNORECASE)

_NUMBER = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,3}){1,3}|\d{1,3}[A-Z]?\.\s?[—–-]\s?\(\d{1,2}\)|\d{1,3}[A-Z]?\.|\(\d{1,2}\))\s{0,3}(?=[A-Z])"
)
"""A paragraph's number before its first sentence; a law's too, "2.—(1)"."""
_EXAMPLE = re.compile(r"For\s(?:example|instance)\b")
_PRONOUNS = frozenset({"it", "this", "that", "they", "these", "those"})
"""Subjects that say nothing without the sentence before."""
_A_FEW = 3
_ACT = re.compile(
    r"\s*(?:\w+ing\b|(?:the|their|its|any|all|an?|this|these|each|every|how|what|that)\s|(?:\w+\s){0,2}\w*(?:tion|sion|ment|ance|ence|al|ship|ity)\b)",
    re.IGNORECASE,
)
"""What somebody can be responsible for doing, in a few words: not "controlled drugs"."""
_NEITHER = re.compile(r"(?:neither|none)\b", re.IGNORECASE)
_NO = re.compile(r"(?:nobody|no(?:\s+|-)one(?=\s*$)|no)\b\s*", re.IGNORECASE)
_NOTHING = re.compile(r"(Nothing)\b\s*((?:(?!\bnor\b).)*?)\s+(should|must|shall)\s+", re.DOTALL)
_OVERRIDE = re.compile(
    r"\b(?:(?:do|does|will|should|can)\s*not\s+(?:in\s+any\s+way\s+)?override(?:\s+or\s+replace)?|overrides?"
    r"|override)\s+(?:the|their|any)\s+"
    r"(?P<term>(?:individual\s+|professional\s+|personal\s+|legal\s+|statutory\s+)?(?:responsibility"
    r"|responsibilities|duty|duties|obligation))"
    r"(?:\s+of\s+(?P<actor>[^,;.]{3,120}?))?\s+to\s+",
    re.IGNORECASE,
)
_IS_OF = re.compile(
    r"(?P<term>(?:is|are|remains?)\s+(?:solely\s+)?(?P<what>the\s+responsibility\s+of|at\s+the\s+discretion\s+of))\s+"
    r"(?P<actor>[^;.]{3,160}?)(?=(?P<to>\s+to\s+)|\s+and\s+do(?:es)?\s+not\b|,\s|[.;]|$)",
    re.IGNORECASE,
)
_THEIR = re.compile(r"it\s+is\s+their\s+responsibility\s+to\s+", re.IGNORECASE)
_EXPECTS = re.compile(r"\b(?P<who>[A-Z]\w+)\s+(?P<term>expects\s+(?:that\s+)?)(?=\w)")
_REQUIRES = re.compile(
    r"(?P<law>[^,;]{3,240}?)\s{1,3}(?P<term>requires?)\s{1,3}(?:(?P<actor>(?!that\b)[^;.]{3,240}?)(?<!\brespect)(?<!\bregard)\s{1,3}to\s{1,3}"
    r"|(?P<that>that\s{1,3}))(?=\w)"
)


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty in one sentence; spans are offsets into the sentence, `action` may have several pieces."""

    modality: str
    term: str
    action: tuple[tuple[int, int], ...]
    actor: tuple[int, int] | None = None
    recipient: tuple[int, int] | None = None
    condition: tuple[int, int] | None = None
    rule: str = "modal"


@Language.component("betony_responsibilities", requires=["doc.spans"], assigns=["doc.spans"])
def responsibilities(doc: Doc) -> Doc:
    """Add the facts `responsibility`."""
    carry.add_facts(doc, find(carry.text(doc), carry.blocks(doc), carry.sections(doc)))
    return doc


def find(text: str, blocks: Sequence[Block], sections: Sequence[Section]) -> list[Fact]:
    """The duties that the body states outside its recommendations, in order, each with its sentence as evidence.

    Spans are half-open code-point offsets into `text`. `value` is the action: the words without the modal, its pieces
    joined by a space.
    """
    found: list[Fact] = []
    wanted = [s for s in sections if s.type in _EITHER and _may_oblige(text[s.start : s.end], s)]
    for section, inside in lists.within(blocks, wanted, _EITHER, _TEXT_KINDS):
        for start, end, items in _passages(text, _whole(text, inside)):
            if has_cue(text[start:end]):
                found.extend(_in_passage(text, start, end, items, section))
    return found


def _may_oblige(words: str, section: Section) -> bool:
    return " requires " in words if section.type in _LAID_DOWN else has_cue(words)


def has_cue(words: str) -> bool:
    """A cheap look that passes every passage that could state a duty."""
    return has_any(words, _CUES)


def duties(sentence: str) -> list[Duty]:
    """The duties of one sentence; spans are offsets into it."""
    if len(sentence) > LONGEST or not has_cue(sentence) or sentence[0] in QUOTES or _NO_DUTY.fullmatch(sentence):
        return []
    if is_entry(sentence):
        return []
    framed = _framed(sentence)
    taken = max((end for duty in framed for _, end in duty.action), default=0)
    begin = min((duty.action[0][0] for duty in framed), default=0)
    found = list(framed)
    for clause in clauses(sentence):
        if framed and (
            (clause.modal.start < taken and clause.modal.end > begin) or clause.rest[1] > begin > clause.modal.start
        ):
            continue
        duty = _of_clause(sentence, clause)
        if duty:
            found.append(duty)
    return found


def _whole(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, less the sentences that a blank line cuts in two, as at the foot of a printed page: half of one misleads."""
    found = list(blocks)
    for i in range(len(found) - 1):
        if text[found[i + 1].start].islower() and _is_cut(text, found[i], found[i + 1]):
            above, below = found[i], found[i + 1]
            starts = sentences(text, above.start, above.end)
            ends = sentences(text, below.start, below.end)
            found[i] = replace(above, end=starts[-2][1] if len(starts) > 1 else above.start)
            found[i + 1] = replace(below, start=ends[1][0] if len(ends) > 1 else below.end)
    return [block for block in found if block.start < block.end]


def _is_cut(text: str, block: Block, below: Block) -> bool:
    """Whether a sentence runs over from one paragraph into the next, that begins in lower case, over a blank line."""
    return (
        block.kind is BlockKind.PARAGRAPH is below.kind
        and block.end - block.start > 40
        and text[block.end - 1] not in ".!?:;)"
        and text.count("\n", block.end, below.start) > 1
    )


def _passages(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int, list[Block]]]:
    """Each block with what completes it: the lines that a hard line break cut off, the items below its colon."""
    i = 0
    while i < len(blocks):
        first = i
        while i + 1 < len(blocks) and (
            lists.runs_on(text, blocks[i], blocks[i + 1])
            or (
                has_cue(text[blocks[i].start : blocks[i].end])
                and lists.is_cut_in_a_name(text, blocks[i], blocks[i + 1])
            )
        ):
            i += 1
        count = lists.items_after(text, blocks, i)
        yield blocks[first].start, blocks[i].end, list(blocks[i + 1 : i + 1 + count])
        i += 1 + count


def _in_passage(text: str, start: int, end: int, items: Sequence[Block], section: Section) -> Iterator[Fact]:
    before: tuple[int, int] | None = None
    if end == len(text.rstrip()) and _breaks_off(text, start, end):
        spans = sentences(text, start, end)
        end = spans[-1][0]
    start += lists.bullet(text[start:end])
    if number := _NUMBER.match(text, start, end):
        start = number.end()
    spans = sentences(text, start, end)
    for left, right in spans:
        label = grades.label(text[left:right])
        sentence = text[left : left + label.start].rstrip() if label else text[left:right]
        if ":" in sentence and (behind := _LABEL_BEHIND.search(sentence)):
            sentence = sentence[: behind.start()]
        last: tuple[int, int] | None = None
        for duty in duties(sentence):
            whole = items if left == spans[-1][0] else ()
            fact = _fact(text, left, left + len(sentence), duty, section, last or before, whole)
            if fact is not None:
                yield fact
                last = (left + duty.actor[0], left + duty.actor[1]) if duty.actor else last
        before = last


def _breaks_off(text: str, start: int, end: int) -> bool:
    """Whether a long capture ends in the middle of its last paragraph: what its last sentence asks is not told whole."""
    return len(text) > _CAPTURED and text[end - 1] not in _STOPS and not lists.bullet(text[start:end])


def _fact(
    text: str,
    start: int,
    end: int,
    duty: Duty,
    section: Section,
    before: tuple[int, int] | None,
    items: Sequence[Block],
) -> Fact | None:
    """The duty as a fact, or None where its section wants more than it says; `before` names who "they" are."""
    sentence = text[start:end]
    spans = [(start, end), *((item.start, item.end) for item in items)]
    actor = sentence[slice(*duty.actor)] if duty.actor else None
    if actor and _THEY.match(actor):
        if before is None:
            return None
        actor = text[slice(*before)]
        spans.append(before)
    who = actors.kinds(actor) if actor else ()
    if section.type in _STRICT and not _binds(duty, who):
        return None
    if section.type in _LAID_DOWN and (duty.rule != "requires" or not sentence.startswith("This ")):
        return None
    action = " ".join(squeeze(sentence[a:b]) for a, b in duty.action)
    condition = squeeze(sentence[slice(*duty.condition)]) if duty.condition else None
    listed = [lists.words(text, item) for item in items]
    if items and duty.condition and duty.action and duty.condition[0] > duty.action[-1][0]:
        condition = "\n".join([f"{condition}:", *listed])
    elif items:
        lead = [action.rstrip(":") + ":"] if action else []
        action = "\n".join([*lead, *listed])
    if not action or _UNFINISHED.search(action) or sentence.endswith(_CUT_OFF):
        return None
    return Fact(
        kind="responsibility",
        value=action,
        spans=tuple(dict.fromkeys(spans)),
        basis=Basis.EXPLICIT,
        rule=f"duty:{duty.rule}",
        detail={
            "actor": squeeze(actor) if actor else None,
            "actor_kinds": list(who),
            "modality": duty.modality,
            "term": duty.term,
            "recipient": squeeze(sentence[slice(*duty.recipient)]) if duty.recipient else None,
            "condition": condition,
            "generic": section.type is SectionType.RESPONSIBILITIES and _is_boilerplate(sentence),
        },
    )


def _binds(duty: Duty, who: Sequence[str]) -> bool:
    """Whether the duty may stand in a section that describes."""
    if duty.rule in ("override", "responsibility-of"):
        return True
    return (
        bool(who)
        and duty.modality in ("must", "must_not", "should", "should_not", "responsible")
        and who != ("patient",)
    )


def _framed(sentence: str) -> list[Duty]:
    """Duties in set phrases that no modal clause holds."""
    found: list[Duty] = []
    if not has_any(sentence, _FRAMES):
        return found
    end = len(sentence.rstrip(" .\n"))
    if match := _NOTHING.match(sentence):
        modality = "should_not" if match[3] == "should" else "must_not"
        found.append(Duty(modality, f"{match[1]} … {match[3]}", ((match.end(), end),), rule="nothing"))
    if match := _OVERRIDE.search(sentence):
        found.append(
            Duty(
                "responsible",
                squeeze(match["term"]),
                ((match.end(), end),),
                match.span("actor") if match["actor"] else None,
                rule="override",
            )
        )
    if (match := _IS_OF.search(sentence)) and actors.kinds(match["actor"]):
        modality = "may" if "discretion" in match["what"].lower() else "responsible"
        subject = _trimmed(sentence, _last_clause(sentence, match.start()), match.start())
        action = (
            (match.end("to"), end)
            if match["to"] and sentence[: match.start()].lower().split()[-1:] == ["it"]
            else subject
        )
        if action[1] > action[0] and sentence[slice(*action)].lower().split()[-1] != "it":
            found.insert(
                0, Duty(modality, squeeze(match["term"]), (action,), match.span("actor"), rule="responsibility-of")
            )
    if match := _THEIR.search(sentence):
        reminded = _REMINDED.search(sentence[: match.start()])
        if reminded:
            actor = _trimmed(sentence, 0, reminded.start())
            found.append(
                Duty(
                    "responsible",
                    squeeze(match.group()),
                    _lit(sentence, match.end(), end),
                    actor,
                    rule="their-responsibility",
                )
            )
    if (match := _EXPECTS.search(sentence)) and "publisher" in actors.kinds(match["who"]):
        condition, _ = opening(sentence, 0, match.start())
        found.append(
            Duty("expected", squeeze(match["term"]), ((match.end(), end),), condition=condition, rule="expects")
        )
    if (match := _REQUIRES.match(sentence)) and _is_law(match["law"].split()):
        split = _subject_and_verb(sentence, match.end(), end) if match["that"] else (match.span("actor"), match.end())
        if split and actors.kinds(sentence[slice(*split[0])]):
            term = squeeze(f"{match['term']} {match['that'] or ''}")
            found.append(Duty("must", term, ((split[1], end),), split[0], rule="requires"))
    return found


_JOINED = re.compile(r",\s(?:but|and|so|while|whereas)\s")
"""What joins a clause to the one before, behind its comma."""
_RELATIVES = (" which ", " who ", " that ", " whose ")
"""Words that open an aside between commas, whose verb makes no clause of what stands before."""


def _last_clause(sentence: str, end: int) -> int:
    """Where the clause that breaks off at sentence[:end] begins: behind the comma that ends one with a verb of its own."""
    comma = sentence.rfind(", ", 0, end)
    if comma < 0 or has_any(sentence[:comma], _RELATIVES) or not FINITE.search(sentence, 0, comma):
        return 0
    joined = _JOINED.match(sentence, comma)
    return joined.end() if joined else comma + 2


def _subject_and_verb(sentence: str, start: int, end: int) -> tuple[tuple[int, int], int] | None:
    """Where the subject of "clinicians make arrangements" ends and its verb starts."""
    verbs = vocabulary.read("recommendations")["imperatives"]["strong"]
    for word in re.finditer(r"\s([a-z]+)", sentence[start:end]):
        if word[1] in verbs and actors.kinds(sentence[start : start + word.start()]):
            return (start, start + word.start()), start + word.start(1)
    return None


def _is_law(words: Sequence[str]) -> bool:
    nouns = set(vocabulary.read("duties")["law"]["nouns"])
    return any(word.lower() in nouns for word in words[-3:])


def _of_clause(sentence: str, clause: Clause) -> Duty | None:
    """The duty that a clause with a modal states, or None where the modal binds nobody."""
    start, end = clause.rest
    rest = sentence[start:end]
    clause = _with_its_subject(sentence, clause)
    subject = sentence[slice(*clause.subject)]
    modality = clause.modal.modality
    who = actors.kinds(subject)
    if _TOLD.match(subject):
        return None
    is_they = bool(_THEY.match(subject)) and not re.match(r"\s*be\b", rest)
    term = squeeze(sentence[clause.modal.start : clause.modal.end])
    words = term.lower()
    if words.startswith(("is ", "are ")) and _HABITUAL.match(sentence):
        return None
    opens_list = not rest.strip() and sentence.rstrip().endswith(":")
    if (
        is_reported(sentence, clause)
        or not_needed(sentence, clause)
        or not (opens_list or _obliges(words, modality, subject, rest, who, they=is_they))
    ):
        return None
    condition = clause.condition
    passive = is_passive(rest) and (not words.endswith(" to") or words.startswith(("need", "has ", "have ")))
    tail = trailing(sentence, start, end)
    if tail:
        between = not sentence[start : tail[0]].strip(" ,")
        start, end = (tail[1], end) if between else (start, tail[0])
        passive = passive or (between and is_passive(sentence[start:end].lstrip(" ,")))
        condition = condition or tail
    lit = _LIGHT.search(sentence, start, end)
    if lit and not _DO_SO.match(rest):
        end = lit.start()
    pieces = [_trimmed(sentence, start, end)]
    actor: tuple[int, int] | None = (
        _without_circumstances(sentence, clause.subject)
        if (who or is_they) and not (is_place(subject, rest) or is_made_up(rest))
        else None
    )
    recipient: tuple[int, int] | None = None
    if passive or not actor or (who == ("patient",) and _HAVING.match(rest)):
        patient_first = bool(_GIVEN.match(rest)) or (who == ("patient",) and bool(_HAVING.match(rest)))
        recipient = clause.subject if patient_first and actor else None
        actor = None
        if passive and (actor := agent(sentence, *pieces[0])):
            start, end = pieces[0]
            before = _trimmed(sentence, start, sentence.rindex("by", start, actor[0]))
            behind = _trimmed(sentence, actor[1], end)
            pieces = [before] if sentence.startswith("who ", behind[0]) else [before, behind]
        pieces.insert(0, clause.subject)
    recipient, pieces = _recipient(sentence, pieces, recipient)
    if actor is None and _EXAMPLE.match(sentence):
        return None
    opened = clause.condition is not None and clause.condition[0] < clause.subject[0]
    if subject.lower() in _PRONOUNS and actor is None and (clause.subject[0] == 0 or (passive and not opened)):
        return None
    if (no := _NO.match(subject)) and modality in ("should", "must"):
        return _denied(sentence, clause, no.end(), pieces, condition)
    return Duty(modality, term, tuple(p for p in pieces if p[1] > p[0]), actor, recipient, condition)


def _without_circumstances(sentence: str, actor: tuple[int, int]) -> tuple[int, int]:
    """Who acts, without what is told behind: "the clinician, in light of the facts", "the maker, and not the owner"."""
    told = _CIRCUMSTANCES.search(sentence, *actor)
    return (actor[0], told.start()) if told and told.start() > actor[0] else actor


def _with_its_subject(sentence: str, clause: Clause) -> Clause:
    """The clause, its subject without the date or the habit that opens the sentence, and without who says it."""
    start, end = clause.subject
    for opener in (_SINCE, _HABITUAL):
        if match := opener.match(sentence, start, end):
            start = match.end()
    if said := _SAYING.search(sentence, start, end):
        start = said.end()
    if (told := _TOLD_FIRST.match(sentence, start, end)) and _is_told(sentence[start : told.end()]):
        start = told.end()
    return replace(clause, subject=(start, end)) if start < end else clause


def _is_told(words: str) -> bool:
    """Whether the words up to an "and" tell the reader to do something, rather than name the first of those who act."""
    return (starts_with_verb(words) or words.startswith(_TELLING)) and not actors.kinds(words.rpartition(",")[0])


def _obliges(words: str, modality: str, subject: str, rest: str, who: Sequence[str], *, they: bool) -> bool:
    """Whether the modal words oblige or permit: not what is to be noted, might have been, or befalls a patient."""
    if (
        not rest.strip()
        or (who in ((), ("patient",)) and _BEFALLS.match(rest))
        or (not who and not they and _EFFECT.match(rest))
    ):
        return False
    if _HOLLOW.match(rest) or _PERFECT.match(rest) or _NEITHER.match(subject):
        return False
    if words.endswith(" for") and len(rest.split()) <= _A_FEW and not _ACT.match(rest):
        return False
    if modality == "may" or words == "may not":
        return who not in ((), ("patient",)) and _may_do(rest)
    if modality == "expected":
        return they or who not in ((), ("patient",))
    if who or they or words in ("should", "must", "shall") or modality in ("should_not", "must_not"):
        return True
    return modality == "must" and words.endswith("required to")


def _denied(
    sentence: str, clause: Clause, no: int, pieces: list[tuple[int, int]], condition: tuple[int, int] | None
) -> Duty:
    """The duty of "no … should": what nobody is to do, or what is to be done to none."""
    start, end = clause.subject
    named = (start + no, end)
    term = squeeze(f"{sentence[start : start + no]} … {sentence[clause.modal.start : clause.modal.end]}")
    action = pieces[1:] if pieces[0] == clause.subject else pieces
    if start + no < end and not actors.kinds(sentence[slice(*named)]):
        action = [named, *action]
    return Duty(f"{clause.modal.modality}_not", term, tuple(action), None, None, condition, "no")


def _may_do(rest: str) -> bool:
    words = rest.split()
    verbs = vocabulary.read("duties")["may"]["verbs"]
    return bool(words) and (words[0].lower() in verbs)


def _recipient(
    sentence: str, pieces: list[tuple[int, int]], recipient: tuple[int, int] | None
) -> tuple[tuple[int, int] | None, list[tuple[int, int]]]:
    """To whom, where the words tell; "to …" of a report leaves the action."""
    if recipient:
        return recipient, pieces
    for i, (start, end) in enumerate(pieces):
        if told := _TELL.match(sentence, start, end):
            return _with_others(sentence, *_trimmed(sentence, *told.span(1))), pieces
        verb = _REPORTING.search(sentence, start, min(end, start + 30))
        if verb and (match := _RECIPIENT.search(sentence, verb.end(), end)):
            left, right = _trimmed(sentence, *match.span(1))
            split = [_trimmed(sentence, start, match.start()), _trimmed(sentence, right, end)]
            return (left, right), [*pieces[:i], *split, *pieces[i + 1 :]]
    return None, pieces


def _with_others(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Those who are told, with the others joined to them: "their council or the local team of …", but not "or call 999"."""
    joined = _OR_ANOTHER.match(sentence, end)
    if joined is None or starts_with_verb(joined["other"][:1].upper() + joined["other"][1:]):
        return start, end
    return _trimmed(sentence, start, joined.end("other"))


def _is_boilerplate(sentence: str) -> bool:
    words = squeeze(sentence).lower()
    return any(phrase in words for phrase in vocabulary.read("duties")["boilerplate"]["phrases"])


def _lit(sentence: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    lit = _LIGHT.search(sentence, start, end)
    return (_trimmed(sentence, start, lit.start() if lit else end),)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " ,;:\n\t\u00a0":
        start += 1
    while end > start and text[end - 1] in " ,;\n\t\u00a0":
        end -= 1
    return start, end
