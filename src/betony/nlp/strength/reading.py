"""One recommendation read: which of its sentences recommends, and which rule says how."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from betony.nlp import actors, vocabulary
from betony.nlp.clauses.signs import LONGEST, PARAGRAPH_NUMBER, depth
from betony.nlp.clauses.trailing import trailing
from betony.nlp.lists import OPEN_CONDITION
from betony.nlp.looks import has_any
from betony.nlp.sentences import sentences
from betony.nlp.strength import (
    authors,
    condition_ends,
    done_to,
    dosed,
    groups,
    instructions,
    modals,
    possibilities,
    reasonable,
    run_ons,
    support,
    verdicts,
)
from betony.nlp.strength.items import MORE_LIMITS, are_conditions, of_list, turned, with_actors, with_items
from betony.nlp.strength.limits import ONLY_IF, limit_of
from betony.nlp.strength.openings import group_or_condition, opened_before
from betony.nlp.strength.schemes import explains
from betony.nlp.strength.told_behind import told_behind
from betony.nlp.strength.verbatim import content_end, quoted, without_citation
from betony.nlp.strength.verbs import starts_with_verb, verb_set
from betony.nlp.strength.wording import Wording
from betony.text import squeeze

_NOT_GRADED = re.compile(r"\s\((?:(?:[Nn]ot\s|[Uu]n)[Gg]raded|[Nn]o\schange)\)$")
"""What is printed behind a recommendation instead of a grade, or to say that it stands as it was."""
_MANNER = re.compile(r",\s(?:taking\s(?:into\s)?account|bearing\sin\smind)\b")
_PEOPLE = ("Adults", "People", "Patients", "Children", "Individuals", "Women", "Men", "Persons", "Staff", "Infants", "Babies", "Anyone")  # fmt: skip
_RUN_TOGETHER = re.compile(rf"\s[a-z][\w’'-]+\s(?:[\w’'-]+\s)?(?:{'|'.join(_PEOPLE)})\b")
"""A noun for people with a capital behind other words: cells of a table that a capture has run together."""
_NO_WHOLE = re.compile(
    r"^[Tt]hose\sof\s|;\stherefore\b|\bnor\b|\b(?:but|because|although|therefore|however|(?:do|does|did|are|is)\snot|within|been|being)$|\b(?:Patients|People|Adults|Children|Women|Men)\sWith\s[A-Z]"
    r"|^(?:[Aa]n?|[Aa]ny|[Ee]ach|[Ee]very|[Tt]he|[Aa]ll)\s(?:[\w-]+\s){0,3}patient\s(?:[\w-]+\s){0,2}(?:plans?|programmes?|programs?|records?|systems?|tools?|lists?|forms?|leaflets?|protocols?|status|safety|monitoring|assessments?|selection|histor(?:y|ies)|outcomes?|factors?)$",
)
"""What a group's words do not hold or end in where they are whole."""
TELLS = re.compile(
    r"(?<!\b[Yy]ou\s)(?<!\b[Yy]ou\salso\s)\b(?:may|might|could|will|would|does|did)\s?:$"
    r"|\b(?:are|is)\s(?:those|people|patients|adults|children|women)\s(?:who|whose)\s?:$"
)
"""A lead whose items say what something does, or who somebody is: "The medicine may:", "Suitable people are those who:"."""
_FOR_THESE = re.compile(
    r"\b(?:for|in|with)\sthese\s(?:people|patients|adults|children|women|men|individuals|groups?)\b", re.IGNORECASE
)
_CONCEDED = re.compile(
    r"(?:Although|Though|Even\sthough|While|Whilst)\s[^,;:]{3,200},\s(?!(?:if|when|where|and|or|but)\b)"
)
"""A clause that opens a sentence with what is admitted."""
_TURNS = (" but ", " whereas ", " however,")
_BUT = re.compile(
    r"(?:,\s(?:but|whereas)|;\s(?:but|however,))\s(?=(?:[\w’'-]+\s){0,8}?(?:is|are|should|must|may|can|could|might|do|does)\b)(?![^,;]{3,160},\s(?:should|must|may|can)\b)(?!(?:only|if|when|unless|where|not|who|whose|whom|which|that|also|otherwise|still|there\s(?:is|are))\b)"
)
"""Where a second part begins that has a verb of its own."""
_MARKS = frozenset("ABCDR✓✔√")
_MARK = re.compile(r"[ABCDR✓✔√]\s(?:\|\s)?(?=(?P<who>[A-Z][a-z]+s|People|Children|Women|Men|Staff)\b)")
"""A sign before several who are named, as an article never stands."""
_TITLED = re.compile(r"(?P<title>Recommendations?(?:\s\d{1,2}(?:\.\d{1,2})?[a-z]?)?(?:\s?:|\s[–—-])\s)(?=[A-Z])")
"""The word before what it is the name of: "Recommendation: Offer"."""
BARE_NAME = re.compile(
    r"Recommendation\s(?=(?:Offer|Consider|Do\snot|Use|Give|Refer|Provide|Advise|Prescribe|Take|Screen|Test|Assess|Ask|Stop|Avoid|Ensure|Discuss|All\s[a-z]+|Adults|People|Patients|Children|Women|Men|Clinicians)\s)"
)
"""The same word where no sign follows it: "Recommendation Offer balm to"."""
_LABELLED = re.compile(r"(?P<what>[A-Z][\w-]{2,20}):\s{1,2}(?=[A-Z])")
"""A word before a colon that says in short what an instruction asks: "Clean: Wash your hands"."""
_LABEL_LONGEST = 24
_LEFT_UNDONE = frozenset({"stop", "discontinue", "omit", "withhold", "suspend"})
"""Labels of what is not to be done, beside those that turn an instruction anywhere."""
_QUOTES = ("'", "‘", "“", '"')
_CLOSING = ("' ", "'.", "’ ", "’.", "”", '"')
"""Signs that end what is quoted, before the end of the sentence."""
_FOOTNOTE = re.compile(
    r"[a-z](?:According\sto|In\s[a-z]+|The|This|These|For|If|When|Where|As|An?|See|Based|Although|Data|Defined|Includes?|Including|Not|On)\s"
)
"""A note below a table or a page whose mark a capture has run together with its first word: "aAccording to"."""
_MIND = (
    "Non-urgent advice: ",
    "Urgent advice: ",
    "Immediate action required: ",
    "Remember: ",
    "Important: ",
    "Note: ",
    "Please note: ",
    "Remark: ",
    "Remarks: ",
)
"""What is printed before what is to be minded."""
_COUNTED = re.compile(r"(?:\(\d{1,2}\)|\[[A-D]\])\s(?=[A-Z])")
"""A number in brackets, or a grade, before a sentence."""
_BUT_THOSE = re.compile(
    r",?\s(?:other\sthan|except(?:\sfor|\sin)?|apart\sfrom|excluding)\s(?:those|people|patients|adults|children|women|men|anyone)\s(?:with|who|whose|aged|at|in|having|taking|receiving|under|over)\s"
    r"(?:(?!(?:when|if|unless|where|should|must|may|can)\s)[^\s,;:.]++\s?){1,14}(?=[.,;:]|$)"
)
"""Who is left out of a group, right behind its words: "adults with gout, other than those with stones"."""
_FROM_AGE = re.compile(
    r",\s(?:beginning|starting)\sat\s(?:age\s\d{1,3}(?:\syears)?|\d{1,3}\syears(?:\sof\sage)?)(?:\sand\s(?:continuing|ending|stopping)\s[^.;:,]{3,60}?)?(?=[.;:,]|$)"
)
"""From which age on it is for them, right behind a group's words: "adults, beginning at age 45 years and continuing until age 70 years"."""
_THEIR_NEEDS = re.compile(
    r"(?:the\s|their\s)?(?:individual\s|specific\s|particular\s)?(?:needs|preferences|wishes|circumstances|views|interests|rights)\sof\s"
)
"""What belongs to a group and is none: "tailored to the needs of adults"."""
_OR_IN = re.compile(r"\bor\s(?:in|for|among|with)\s(?:the\s)?$")
_OF_RESEARCH = re.compile(
    r"(?:(?:Further|More|Future|Additional|New)\s)?(?:[Rr]esearch|[Ss]tudies|[Tt]rials)\s"
    r"|NICE\srecommends\sthat\s[^.;:]{3,80}?\s(?:collaborate|cooperate|co-operate|work\stogether|take\spart)\sin\s(?:collecting|gathering|generating|publishing|research)\b"
)
"""How a sentence begins that asks for research, behind one that speaks against use."""
_OR_NOT_AT_ALL = re.compile(
    r"(?:(?!\b(?:who|whose|whom|that|which|whether|if|how|when)\b)[^;:.]){3,120}?\b(?:(?:with\s(?:\w+\s)?(?:caution|care)|sparingly|rarely|seldom|little|\w+ly),?\sor\snot\sat\sall)\b"
)
"""What is to be done so little that nobody can tell if it is for or against it: "use wax with caution or not at all"."""
_SUCH_THAT = re.compile(
    r"(?:This|It|[A-Z][^,;:.]{2,80}?)\sis\s(?:an?|the)\s(?:[\w-]+\s){0,4}?(?:procedure|operation|technique|treatment|intervention)\s(?:that|which)\s(?=(?:should|must|may)\b)"
)
"""What something is said to be, before what should be done with it: "This is a demanding procedure that" should only be done by."""
_RULES = (modals.find, possibilities.find, possibilities.find_to_consider, verdicts.find, reasonable.find, authors.find)
"""Asked where no instruction opens the sentence; what is said first counts."""


def read(pieces: Sequence[str]) -> Wording | None:
    """What the pieces of one recommendation (its lead and its items) say together, or None where nothing recommends.

    The first sentence that recommends decides; one that merely calls the evidence adequate does so only where no other
    does. A lead without a verb ("For adults with X:") gives its condition or population to the item that follows.
    """
    lead: str | None = None
    opened: str | None = None
    several = False
    decided: Wording | None = None
    for i, piece in enumerate(pieces):
        for start, end in sentences(piece, 0, len(piece)):
            sentence = piece[start:end]
            if decided and decided.direction == "against" and _OF_RESEARCH.match(sentence):
                return decided
            wording = sentence_wording(sentence)
            if (wording is None or wording.code == "none") and sentence.startswith(("For ", "In ")):
                first, whole = groups.group(sentence, 0), opened_before(sentence, len(sentence))[0]
                another = whole if first and whole and whole.startswith(first) else first or whole
                several = several or (another is not None and opened not in (None, another))
                opened = another or opened
            if wording is None:
                if OPEN_CONDITION.search(sentence):
                    return decided
                if sentence.endswith(":"):
                    if TELLS.search(sentence):
                        return decided
                    lead = lead or sentence
                continue
            if wording.code == "none":
                if decided is None and support.encourages(sentence):
                    return wording
                decided = decided or with_items(wording, sentence, pieces[i + 1 :])
                continue
            wording = turned(_with_lead(wording, lead), sentence, pieces[i + 1 :])
            follows = (
                opened and not several and (sentence.startswith(("Therefore", "So ")) or _FOR_THESE.search(sentence))
            )
            if wording.population is None and opened and follows:
                wording = replace(wording, population=_with_later(opened, pieces[i + 1 :]))
            if (
                i
                and wording.population
                and (_is_of_one_item(sentence, pieces[1:]) or _others_are_told(pieces, wording.population))
            ):
                wording = replace(wording, population=None)
            wording = with_actors(wording, sentence, pieces[i:] if i else pieces[1:], titled=i > 0 and lead is None)
            read_whole = with_items(wording, sentence, pieces[i + 1 :])
            read_whole = _done_by(_also(read_whole, piece[end:], pieces[i + 1 :]), piece[end:])
            return _limited(read_whole, sentence, piece[end:], pieces[i + 1 :])
    return decided


def _is_of_one_item(sentence: str, items: Sequence[str]) -> bool:
    """Whether the sentence opens one of several items, each for people of its own: "For adults who smoke, …", "For adults who do not, …"."""
    opens = (
        sentence.startswith("For ")
        and sum(item.startswith("For ") and groups.group(item, 0) is not None for item in items) > 1
    )
    return opens and any(item.startswith(sentence) for item in items)


def _others_are_told(pieces: Sequence[str], population: str) -> bool:
    """Whether further items of a list whose lead names nobody say what to do as well, and not of the group that the first names."""
    lead, *items = pieces
    if not lead.endswith(":") or population in squeeze(lead):
        return False
    told = [item for item in items if instructions.is_instruction(item)]
    return len(told) > 1 and sum(population in item for item in told) * 2 <= len(told)


def _with_later(opened: str, pieces: Sequence[str]) -> str:
    """The group that opened the sentence before, with those that open further paragraphs under the number, each decided about by itself:
    "For adults with cracks, …", "For adults with sores, …"."""
    later = [
        opened_before(piece, len(piece))[0] for piece in pieces if piece.startswith("For ") and "Therefore" in piece
    ]
    return "\n".join(dict.fromkeys([opened, *filter(None, later)]))


_ONLY_USED = re.compile(r"(?:It|They|These\s\w+)\s(?:can|should|may|must)\sonly\sbe\s(?:used|offered|done):")
"""How such a sentence leads a list of conditions: "It can only be used:"."""


def narrows(sentence: str) -> bool:
    """Whether the sentence says no more than on what condition the one before it recommends."""
    return sentence.startswith(("This is only ", "It is ", "It can only ")) and (ONLY_IF.match(sentence) is not None)


_ALSO = re.compile(r"(?:It|They|[A-Z][^.;:,]{1,80}?)\s(?:is|are)\salso\srecommended\b")
"""How a sentence begins that recommends the same for others as well: "It is also recommended for people with cracks only if:"."""


def _also(wording: Wording, behind: str, pieces: Sequence[str]) -> Wording:
    """The wording, with the group and the condition of a sentence `behind` it that recommends the same for others as well; its
    list is the `pieces`. Where the wording has no group that of the second is a part of the condition."""
    if " also recommended" not in behind or wording.direction != "for":
        return wording
    for start, end in sentences(behind, 0, len(behind)):
        words = squeeze(behind[start:end])
        second = sentence_wording(words) if _ALSO.match(words) else None
        if second is None or second.population is None or second.direction != "for":
            continue
        if end >= len(behind.rstrip()):
            second = with_items(second, words, pieces)
        if wording.population is None:  # whom the first condition binds nobody could tell beside another's group
            theirs = " ".join(filter(None, ["for", second.population, second.condition]))
            return replace(wording, condition="\n".join([*filter(None, [wording.condition]), theirs]))
        groups_of_both = dict.fromkeys(filter(None, (wording.population, second.population)))
        conditions = dict.fromkeys(filter(None, (wording.condition, second.condition)))
        wording = replace(wording, population="\n".join(groups_of_both), condition="\n".join(conditions) or None)
    return wording


_THIS_IS_DONE = re.compile(
    r"This\s(?:should|must)\s(?:only\s|always\s)?be\s(?:done|carried\sout|performed|undertaken|led|overseen)\s(?:only\s)?by\s"
)


def _done_by(wording: Wording, behind: str) -> Wording:
    """The wording, with who acts where the sentence right `behind` it says so: "This should be done by a nurse"."""
    if wording.actor or " by " not in behind:
        return wording
    said = next((behind[start:end] for start, end in sentences(behind, 0, len(behind))), "")
    found = modals.find(said) if _THIS_IS_DONE.match(said) else None
    return replace(wording, actor=found[1].actor) if found else wording


_LIMITING = (" only ", "used once ", " option when", " option if", " options when", " options if")
"""Letters without one of which no later sentence sets a limit."""


def _limited(wording: Wording, sentence: str, behind: str, pieces: Sequence[str]) -> Wording:
    """The wording, with the condition that a later sentence sets: one `behind` it in its piece, or one in a later piece, that
    speaks of the same thing as the sentence of the wording does."""
    if not any(has_any(words, _LIMITING) for words in (behind, *pieces)):
        return wording
    for i, words in enumerate((behind, *pieces)):
        for start, end in sentences(words, 0, len(words)):
            if _ONLY_USED.fullmatch(words[start:end]) and end >= len(words.rstrip()) and are_conditions(pieces[i:]):
                return replace(wording, condition="\n".join([*filter(None, [wording.condition]), *pieces[i:]]))
            limit = ONLY_IF.match(words[start:end])
            if limit is None or (wording.condition and limit["condition"] in wording.condition):
                continue
            of = limit["subject"]
            if not (of in (None, "It", "They") or of.startswith("These ") or _is_about(sentence, wording, of)):
                continue  # another drug, or one of several
            if of and of.startswith("The following "):
                continue  # its list tells which
            set_by = squeeze(limit["condition"]).rstrip(" -–•")
            led = pieces[i:] if set_by.endswith(":") and end >= len(words.rstrip()) else ()
            listed = [limit_of(item) for item in of_list(led, but=MORE_LIMITS)]
            if set_by.endswith(":") and not listed:
                continue  # the capture has lost the list
            whom = wording.population or limit["whom"]
            condition = "\n".join([*filter(None, [wording.condition]), set_by, *listed])
            return replace(wording, condition=condition, population=whom)
    return wording


def _is_about(sentence: str, wording: Wording, subject: str) -> bool:
    """Whether the sentence begins with the subject, or has it right behind its verb: "Use wax testing", of wax testing."""
    rest = sentence.removeprefix(f"{wording.term} ")
    return rest.startswith((f"{subject} ", f"{subject[0].lower()}{subject[1:]} ")) or sentence.startswith(f"{subject} ")


def sentence_wording(sentence: str) -> Wording | None:
    """What one sentence recommends, or None; a sentence too long to be one recommends nothing."""
    wording = _of_its_parts(_unmarked(sentence))
    if wording is None:
        return None
    wording = _bounded(wording, sentence)
    return wording if wording.population else replace(wording, population=dosed.group(sentence))


def _sums_up(label: str) -> bool:
    """Whether the label is what to do, in one verb."""
    against = vocabulary.read("recommendations")["imperatives"]["against"]
    return label in verb_set() and label not in _LEFT_UNDONE and label not in against


def _unmarked(sentence: str) -> str:
    """The sentence without the sign of a grade that is printed before those it is about, "R Adults should", "✓ Nurses may", and
    without the number of its paragraph: "14 You must"."""
    if sentence[:1] in _QUOTES and not has_any(sentence[1:-2], _CLOSING):
        sentence = sentence[1:]  # of several sentences that are quoted, the first
    if sentence.startswith("Recommendation"):
        titled = _TITLED.match(sentence) or BARE_NAME.match(sentence)
        return sentence[titled.end() :] if titled else sentence
    if sentence[:1] in "([":
        counted = _COUNTED.match(sentence)
        return sentence[counted.end() :] if counted else sentence
    if sentence[:1].isdecimal():
        number = PARAGRAPH_NUMBER.match(sentence)
        return sentence[number.end() :] if number else sentence
    if sentence.startswith(_MIND):
        return sentence[sentence.index(":") + 1 :].lstrip()
    if ":" in sentence[:_LABEL_LONGEST] and (label := _LABELLED.match(sentence)):
        asks = _sums_up(label["what"].lower()) and starts_with_verb(sentence[label.end() :])
        return sentence[label.end() :] if asks else sentence
    if sentence[1:2] != " " or sentence[0] not in _MARKS:
        return sentence
    mark = _MARK.match(sentence)
    return sentence[mark.end() :] if mark and actors.kinds(mark["who"]) else sentence


def _of_its_parts(sentence: str) -> Wording | None:
    """What the sentence recommends, by its first part that recommends: what is conceded before it, or said of something else
    behind a "but", turns no direction: "Although surgery is not recommended, antibiotics should be offered"."""
    if len(sentence) > LONGEST or explains(sentence) or _FOOTNOTE.match(sentence):
        return None
    part = _BUT.search(sentence) if has_any(sentence, _TURNS) else None
    if part and depth(sentence, 0, part.start()) == 0:
        first = _worded(sentence[: part.start()])
        return first or _worded(sentence[part.end() :]) or _worded(sentence)
    whole = _first_said(sentence)
    conceded = _CONCEDED.match(sentence) if whole and whole.term else None
    if whole and conceded and (whole.term or "") in conceded.group():
        return _worded(sentence[conceded.end() :]) or whole
    return whole


def _worded(part: str) -> Wording | None:
    """What a part of a sentence recommends, unless it explains what a grade means."""
    return None if explains(part) else _first_said(part)


def _first_said(sentence: str) -> Wording | None:
    """What a sentence or a part of one recommends by the rule that finds its words first."""
    instruction = instructions.find(sentence)
    if instruction and sentence.startswith(instruction[1].term or ""):
        return instruction[1]
    found = [wording for find in _RULES if (wording := find(sentence))]
    if instruction:
        found.insert(0, instruction)
    if found:
        return min(found, key=lambda pair: pair[0])[1]
    if has_any(sentence, ("that", "which")) and (relative := _SUCH_THAT.match(sentence)):
        found = [said for find in _RULES if (said := find(f"It {sentence[relative.end() :]}"))]
        if found:
            return min(found, key=lambda pair: pair[0])[1]
    decided = support.direction(sentence)
    if decided is None:
        return None
    tail = trailing(sentence, 0, content_end(sentence))
    group = opened_before(sentence, len(sentence))[0] if sentence.startswith(("For ", "In ")) else None
    if group is None and (at := max(sentence.find("support"), sentence.find("to recommend"))) >= 0:
        group = groups.group(sentence, at)
    condition = quoted(sentence, tail) if tail else None
    return Wording("none", None, decided, support.encouraged(sentence), condition, group)


def _with_lead(wording: Wording, lead: str | None) -> Wording:
    if lead is None:
        return wording
    population, condition = group_or_condition(lead.rstrip(" :"))
    condition = condition and condition_ends.settled(condition, lead)
    population = population or wording.population or done_to.group(lead.rstrip(" :"))
    return replace(wording, condition=condition or wording.condition, population=population)


def _with_event(wording: Wording, sentence: str) -> Wording:
    """The wording with what stands right behind its group: more of its words, or an event as a condition."""
    group, event = told_behind(wording.population or "", sentence)
    condition = wording.condition
    if event and event not in (condition or ""):
        first = condition is not None and sentence.find(condition) < sentence.find(event)
        condition = "\n".join(filter(None, (condition, event) if first else (event, condition)))
    return replace(wording, population=group, condition=condition)


_DASHES = (" – ", " — ", " - ")
_SOME_OF_THEM = r"\s[–—-]\s(?:in\sparticular|especially|particularly|notably|including),?\s"
_BEHIND_DASH = re.compile(rf"{_SOME_OF_THEM}.*$", re.DOTALL)
_BEFORE_DASH = re.compile(rf"(?:^|[,;:]\s)(?P<group>[^,;:.–—]{{3,120}}?){_SOME_OF_THEM}$")


def _less_aside(group: str, sentence: str) -> str:
    """The group without some of it that dashes name apart: "any walker with gout – in particular, old ones – should"."""
    before = _BEFORE_DASH.search(sentence[: max(sentence.find(group), 0)])
    if before and actors.kinds(before["group"]) == ("patient",):
        return before["group"]
    return _BEHIND_DASH.sub("", group)


def _is_run_together(group: str) -> bool:
    """Whether the words for a group are those of several cells of a table."""
    return has_any(group, _PEOPLE) and _RUN_TOGETHER.search(group) is not None


def _bounded(wording: Wording, sentence: str) -> Wording:
    """The wording, its group and condition without what runs on behind them, and without a group that is only one of several
    conditions: "if unwell or in children under 2"."""
    for name in ("population", "condition"):
        if (told := getattr(wording, name)) and told.endswith(("raded)", "hange)")):
            wording = replace(wording, **{name: _NOT_GRADED.sub("", told)})
    if wording.population and has_any(sentence, _DASHES):
        wording = replace(wording, population=_less_aside(wording.population, sentence))
    if wording.population and "(see " in wording.population:
        wording = replace(wording, population=without_citation(wording.population))
    if " not at all" in sentence and _OR_NOT_AT_ALL.match(sentence):
        wording = replace(wording, direction=None)
    if wording.population and (own := run_ons.settled(wording.population, sentence)) != wording.population:
        wording = replace(wording, population=own)
    if wording.population:
        wording = _with_event(wording, sentence)
    if wording.population and (at := sentence.find(wording.population)) >= 0:
        left_out = _BUT_THOSE.match(sentence, at + len(wording.population))
        if left_out := left_out or _FROM_AGE.match(sentence, at + len(wording.population)):
            wording = replace(wording, population=wording.population + left_out.group())
    condition, population = wording.condition, wording.population
    if population and (
        population.count('"') % 2
        or _is_run_together(population)
        or _NO_WHOLE.search(population)
        or _THEIR_NEEDS.match(population)
    ):
        wording = replace(wording, population=None)
    if condition and " " in condition and population and f" {condition}" in population:
        wording = replace(wording, condition=None)  # it is told of them: "people whose pain settles when they stop"
        condition = None
    if condition and population and (at := condition.find(population)) > 0 and _OR_IN.search(condition, 0, at):
        wording = replace(wording, population=None)
    if condition and (manner := _MANNER.search(condition)):
        wording = replace(wording, condition=condition[: manner.start()])
    if wording.condition and (settled := condition_ends.settled(wording.condition, sentence)) != wording.condition:
        wording = replace(wording, condition=settled)
    return wording
