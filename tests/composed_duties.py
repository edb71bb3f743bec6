"""Sentences put together from parts whose answer is known: who, how strongly, what, to whom, under which condition.

`active`, `passive`, `reported`, `offered` and `phrases` give each sentence with what it states, `nothing` sentences that oblige nobody. A
part is made-up words with what is to be read off it, so that a wrong value names the construction that misled the rules.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True)
class Row:
    """What is to be read off a sentence."""

    actor: str | None
    modality: str
    action: str
    recipient: str | None = None
    condition: str | None = None


@dataclass(frozen=True)
class Sentence:
    """A sentence, what it states, and the names of the parts that it is made of."""

    text: str
    row: Row
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Actor:
    """Who acts; `many` for the verb, `behind` for a sign that follows the name before the verb."""

    words: str
    many: bool = True
    behind: str = ""
    owner: str | None = None


ACTORS = (
    Actor("clinicians"),
    Actor("commissioners and providers"),
    Actor("healthcare professionals, commissioners and managers"),
    Actor("commissioners who plan services"),
    Actor("staff who are trained in wax care"),
    Actor("all staff involved in preparing wax"),
    Actor("trusts (and their boards)"),
    Actor("providers of wax services"),
    Actor("local authorities and their partners"),
    Actor("doctors, nurses or pharmacists"),
    Actor("those responsible for wax clinics"),
    Actor("anyone working in a wax clinic", many=False),
    Actor("the NICE project team", many=False, owner="the NICE project team's"),
    Actor("the team that runs the wax clinic", many=False),
    Actor("the team which looks after the ward", many=False),
    Actor("the council which arranged the care", many=False),
    Actor("the company", many=False, owner="the company's"),
    Actor("each NHS trust", many=False, owner="each NHS trust's"),
    Actor("a registered nurse", many=False, owner="a registered nurse's"),
    Actor("the registered manager of a care home", many=False),
    Actor("the lead clinician (or a deputy)", many=False),
    Actor("the ward sister or the nurse in charge", many=False),
    Actor("the employer", many=False, owner="the employer's"),
    Actor("the service provider, or a person acting on their behalf", many=False, behind=","),
    Actor("every provider, whether public or private", many=False, behind=","),
    Actor("trusts, together with councils", behind=","),
    Actor("managers and, where available, nurses"),
    Actor("the GP, who knows the family best", many=False, behind=","),
)


@dataclass(frozen=True)
class Modality:
    """Words of obligation, for one who acts and for many, and what form of the verb they rule."""

    name: str
    one: str
    many: str
    form: str = "bare"


MODALITIES = (
    Modality("must", "must", "must"),
    Modality("must_not", "must not", "must not"),
    Modality("should", "should", "should"),
    Modality("should_not", "should not", "should not"),
    Modality("should", "should also", "should always"),
    Modality("should", "ought to", "ought to"),
    Modality("should", "needs to", "need to"),
    Modality("should", "is advised to", "are encouraged to"),
    Modality("must", "is required to", "are required to"),
    Modality("should_not", "is advised not to", "are reminded not to"),
    Modality("must_not", "is not allowed to", "are required not to"),
    Modality("must", "has to", "have to"),
    Modality("must", "shall", "shall"),
    Modality("must", "is legally required to", "are required by law to"),
    Modality("may", "may", "may"),
    Modality("expected", "is expected to", "are expected to"),
    Modality("expected", "is also expected to", "are all expected to"),
    Modality("must", "is also required to", "are jointly required to"),
    Modality("responsible", "has a duty to", "have a duty to"),
    Modality("responsible", "has a responsibility to", "have a legal duty to"),
    Modality("responsible", "is responsible for", "are responsible for", "ing"),
    Modality("responsible", "is accountable for", "are jointly responsible for", "ing"),
    Modality("responsible", "remains responsible for", "retain responsibility for", "ing"),
)


@dataclass(frozen=True)
class Action:
    """What is to be done, bare and as a noun, the words of it that stay with the recipient taken out, and the recipient."""

    bare: str
    ing: str
    left: str | None = None
    left_ing: str | None = None
    recipient: str | None = None
    items: tuple[str, ...] = ()


ACTIONS = (
    Action("record every fall", "recording every fall"),
    Action("review the wax policy each year", "reviewing the wax policy each year"),
    Action("assess and record every fall", "assessing and recording every fall"),
    Action("use wax and review its effect", "using wax and reviewing its effect"),
    Action("provide training in the use of wax", "providing training in the use of wax"),
    Action("ensure that every ward has wax", "ensuring that every ward has wax"),
    Action("agree the plan with the patient", "agreeing the plan with the patient"),
    Action("obtain wax from the pharmacy", "obtaining wax from the pharmacy"),
    Action("use the register (see the wax policy)", "using the register (see the wax policy)"),
    Action(
        "take account of the person’s needs, wishes and values",
        "taking account of the person’s needs, wishes and values",
    ),
    Action(
        "report every fall to the regulator",
        "reporting every fall to the regulator",
        "report every fall",
        "reporting every fall",
        "the regulator",
    ),
    Action(
        "submit the results to the wax registry within 30 days",
        "submitting the results to the wax registry within 30 days",
        "submit the results within 30 days",
        "submitting the results within 30 days",
        "the wax registry",
    ),
    Action(
        "send a copy of the plan to the council",
        "sending a copy of the plan to the council",
        "send a copy of the plan",
        "sending a copy of the plan",
        "the council",
    ),
    Action("tell the council about every fall", "", recipient="the council"),
    Action("tell the NHS the price", "", recipient="the NHS"),
    Action("notify NHS England of the change", "", recipient="NHS England"),
    Action("inform patients and their families that wax is hot", "", recipient="patients and their families"),
    Action("give people a copy of the plan", "giving people a copy of the plan"),
    Action("offer wax to people with dry heels", "offering wax to people with dry heels"),
    Action("provide:", "", items=("wax", "training in its use")),
    Action("ensure that:", "", items=("wax is warm", "heels are dry")),
)
_MAY = ("use", "review", "provide", "offer")


@dataclass(frozen=True)
class Around:
    """What stands before or behind the clause, and the condition that it tells; none where it tells why or what for."""

    before: str = ""
    behind: str = ""
    condition: str | None = None


AROUND = (
    Around(),
    Around(before="If a patient falls, ", condition="If a patient falls"),
    Around(before="When planning services, ", condition="When planning services"),
    Around(before="Where no such service exists, ", condition="Where no such service exists"),
    Around(before="Unless the patient objects, ", condition="Unless the patient objects"),
    Around(before="Should a patient fall, ", condition="Should a patient fall"),
    Around(before="Before discharge, ", condition="Before discharge"),
    Around(
        before="If a patient falls or is found on the floor, ", condition="If a patient falls or is found on the floor"
    ),
    Around(before="Until then, "),
    Around(before="To reduce waste, "),
    Around(before="In order to keep heels safe, "),
    Around(before="Because wax is hot, "),
    Around(before="As wax is hot, "),
    Around(before="However, "),
    Around(before="In addition, "),
    Around(before="In line with the law, "),
    Around(behind=" if a patient falls", condition="if a patient falls"),
    Around(behind=", if this is what the patient wants", condition="if this is what the patient wants"),
    Around(behind=" when the ward is closed", condition="when the ward is closed"),
    Around(behind=" unless the patient objects", condition="unless the patient objects"),
    Around(behind=" where this is affordable", condition="where this is affordable"),
    Around(behind=" only if the ward is closed", condition="only if the ward is closed"),
    Around(behind=" so that waste is reduced"),
    Around(behind=" because wax is hot"),
    Around(behind=" to reduce waste"),
    Around(behind=" in order to keep heels safe"),
    Around(behind=", as wax is hot"),
    Around(behind=" where possible"),
)
_KEPT = (
    " so that waste is reduced",
    " because wax is hot",
    " to reduce waste",
    " in order to keep heels safe",
    ", as wax is hot",
    " where possible",
)
"""What tells why or what for stays with the action."""


def _active(actor: Actor, modality: Modality, action: Action, around: Around) -> Sentence | None:
    words = action.bare if modality.form == "bare" else action.ing
    if not words or (modality.name == "may" and not words.startswith(_MAY)):
        return None
    if action.items and (around.behind or modality.form != "bare"):
        return None
    if (around.behind and " that " in words) or (action.left and around.behind.startswith(", as")):
        return None  # what is told behind is as well part of what is told
    left = (action.left if modality.form == "bare" else action.left_ing) or words
    left += around.behind if around.behind in _KEPT else ""
    subject = actor.words if around.before else actor.words[0].upper() + actor.words[1:]
    text = (
        f"{around.before}{subject}{actor.behind} {modality.many if actor.many else modality.one} {words}{around.behind}"
    )
    expected = _without_also(modality, actor)
    row = Row(subject, modality.name, f"{expected}{left}", action.recipient, around.condition)
    if action.items:
        text += "".join(f"\n- {item}" for item in action.items)
        row = Row(subject, modality.name, "\n".join([f"{expected}{left}", *action.items]), None, around.condition)
    else:
        text += "."
    return Sentence(text, row, (actor.words, modality.many, action.bare, around.before or around.behind))


def _without_also(modality: Modality, actor: Actor) -> str:
    """The adverb behind the modal word, which is of the action."""
    words = modality.many if actor.many else modality.one
    return words.partition(" ")[2] + " " if words in ("should also", "should always") else ""


def active() -> Iterator[Sentence]:
    """Sentences whose subject is who acts."""
    for actor, modality, action, around in product(ACTORS, MODALITIES, ACTIONS, AROUND):
        if sentence := _active(actor, modality, action, around):
            yield sentence


PASSIVE = (
    ("every fall", "recorded"),
    ("falls on the ward", "assessed and recorded"),
    ("the wax policy", "reviewed each year"),
    ("any change in the wax", "recorded in the notes"),
    ("wax that is too hot", "thrown away"),
    ("people’s heels", "washed daily"),
)
_BY_MODALITIES = (
    ("must", "must"),
    ("must_not", "must not"),
    ("should", "should"),
    ("should_not", "should not"),
    ("should", "should only"),
    ("should", "should always"),
)


def passive() -> Iterator[Sentence]:
    """Passives, with who acts behind "by" or with nobody."""
    agents = [actor.words for actor in ACTORS if not actor.behind]
    for (what, done), (name, modal), agent, around in product(PASSIVE, _BY_MODALITIES, [None, *agents], AROUND):
        if around.behind in _KEPT or around.behind == " only if the ward is closed":
            continue
        adverb = modal.partition(" ")[2] if name == "should" else ""
        subject = what if around.before else what[0].upper() + what[1:]
        by = f" by {agent}" if agent else ""
        text = f"{around.before}{subject} {modal} be {done}{by}{around.behind}."
        action = f"{subject} {adverb + ' ' if adverb else ''}be {done}"
        yield Sentence(
            text,
            Row(agent, name, action, None, around.condition),
            ("passive", modal, what, done, str(agent), around.before or around.behind),
        )


REPORTED = (
    ("every fall", "reported", "to the regulator"),
    ("the results", "submitted", "to the wax registry"),
    ("a copy of the plan", "sent", "to the council"),
)


def reported() -> Iterator[Sentence]:
    """Passives that tell by whom something is sent, and to whom, in either order."""
    agents = [actor.words for actor in ACTORS if not actor.behind and "," not in actor.words]
    for (what, sent, to), (name, modal), agent, around in product(REPORTED, _BY_MODALITIES[:4], agents, AROUND):
        if around.behind in _KEPT or around.behind == " only if the ward is closed":
            continue
        subject = what if around.before else what[0].upper() + what[1:]
        row = Row(agent, name, f"{subject} be {sent}", to.removeprefix("to "), around.condition)
        parts = ("reported", modal, what, agent, around.before or around.behind)
        yield Sentence(f"{around.before}{subject} {modal} be {sent} by {agent} {to}{around.behind}.", row, parts)
        yield Sentence(f"{around.before}{subject} {modal} be {sent} {to} by {agent}{around.behind}.", row, parts)


OFFERED = (
    ("people with dry heels", "offered wax"),
    ("all patients", "told about wax"),
    ("children and young people", "given a choice of waxes"),
    ("parents or carers", "informed of the risks of wax"),
    ("people who use wax services", "invited to a review"),
    ("adults aged over 65", "asked about falls"),
)


def offered() -> Iterator[Sentence]:
    """What people are to be given: they receive it, and nobody is named who gives."""
    for (who, given), (name, modal), around in product(OFFERED, _BY_MODALITIES[:4], AROUND):
        if around.behind in _KEPT or around.behind == " only if the ward is closed":
            continue
        subject = who if around.before else who[0].upper() + who[1:]
        row = Row(None, name, f"{subject} be {given}", subject, around.condition)
        yield Sentence(
            f"{around.before}{subject} {modal} be {given}{around.behind}.",
            row,
            ("offered", modal, who, given, around.before or around.behind),
        )


def phrases() -> Iterator[Sentence]:
    """Set phrases that say whose responsibility something is."""
    for actor, action in product(ACTORS, ACTIONS):
        if action.items:
            continue
        who, subject, many = actor.words, actor.words[0].upper() + actor.words[1:], actor.many
        left = action.left or action.bare
        names = (who, action.bare)
        if not actor.behind:
            yield Sentence(
                f"It is the responsibility of {who} to {action.bare}.",
                Row(who, "responsible", left, action.recipient),
                ("it is the responsibility of", *names),
            )
            if action.ing and not action.recipient:
                said = action.ing[0].upper() + action.ing[1:]
                yield Sentence(
                    f"{said} is the responsibility of {who}.",
                    Row(who, "responsible", said),
                    ("is the responsibility of", *names),
                )
        if actor.owner:
            yield Sentence(
                f"It is {actor.owner} responsibility to {action.bare}.",
                Row(who, "responsible", left, action.recipient),
                ("it is X's responsibility", *names),
            )
            yield Sentence(
                f"It is also {actor.owner} responsibility to {action.bare}.",
                Row(who, "responsible", left, action.recipient),
                ("it is also X's responsibility", *names),
            )
        verb = "are" if many else "is"
        for told in (
            "of their duty under the Equality Act 2010",
            "of their duty",
            "of their legal duties under the Wax Act (2010)",
            "of their responsibility under the Wax Regulations",
        ):
            yield Sentence(
                f"{subject}{actor.behind} {verb} reminded {told} to {action.bare}.",
                Row(subject, "responsible", left, action.recipient),
                (f"reminded {told}", *names),
            )
        yield Sentence(
            f"{subject}{actor.behind} {verb} reminded that it is their responsibility to {action.bare}.",
            Row(subject, "responsible", left, action.recipient),
            ("reminded that it is their", *names),
        )
        yield Sentence(
            f"The Wax Regulations 2010 require {who}{actor.behind} to {action.bare}.",
            Row(who, "must", left, action.recipient),
            ("regulations require", *names),
        )


NOT_BINDING = (
    "{Who} {need_not} {action}.",
    "{Who} {do} not need to {action}.",
    "{Who} {do} not have to {action}.",
    "{Who} {be} not required to {action}.",
    "{Who} should not need to {action}.",
    "In 2019, {who} had to {action}.",
    "In 2019, {who} {was} required to {action}.",
    "{Who} {was} asked to {action} in the survey.",
    "Before the trial, {who} {was} told to {action}.",
    "The committee said that {who} should {action}.",
    "One expert felt that {who} must {action}.",
    "Some respondents thought that {who} should {action}.",
    "The authors suggested that {who} should {action}.",
    "According to the company, {who} should {action}.",
    "“{Who} should {action},” the chair said.",
    "Should {who} {action}?",
    "Do {who} have to {action}?",
    "If {who} had to {action}, costs would rise.",
    "It is not clear whether {who} should {action}.",
    "The study asked how often {who} must {action}.",
    "There was debate about when {who} should {action}.",
    "Most {who} already {action}.",
)
FREE = (
    "About 1 in 10 people may have a fall each year.",
    "Adults with dry heels may need to use wax for life.",
    "Children are expected to recover within a week.",
    "Costs are expected to fall by a third.",
    "Wax may reduce the number of falls.",
    "The device may need to be removed.",
    "Symptoms should improve within a week.",
    "The wax should soften within a minute.",
    "Savings should follow.",
    "The number of people who must use wax doubled between 2010 and 2020.",
    "Reviewers were required to extract the data twice.",
    "Trials had to report falls to be included.",
    "People who are required to stand at work often have dry heels.",
    "The team responsible for the ward was small.",
    "Staff who are responsible for wax took part in the survey.",
    "Falls are a leading cause of injury and may be fatal.",
    "A fall that must be reported is called a notable fall.",
    "The regulator required the company to change the label in 2012.",
    "Trusts have been reporting falls since 2004.",
    "Commissioners may see fewer falls.",
    "Nurses may be asked about falls by the inspectors.",
    "It may be that trusts are unaware of the change.",
    "The duty to report falls was introduced in 1999.",
    "Responsibility for wax services passed to councils in 2013.",
    "Who is responsible for wax?",
    "The lead nurse was responsible for the survey.",
)


def nothing() -> Iterator[str]:
    """Sentences that oblige nobody, though they hold words of obligation."""
    actors = [actor for actor in ACTORS if not actor.behind and "," not in actor.words]
    actions = [action for action in ACTIONS if not action.items]
    for form, actor, action in product(NOT_BINDING, actors, actions):
        if form.startswith("Most") and (not actor.many or actor.words.startswith(("all", "those"))):
            continue
        if form.startswith("Do ") and not actor.many:
            continue
        yield form.format(
            who=actor.words,
            Who=actor.words[0].upper() + actor.words[1:],
            action=action.bare,
            need_not="need not",
            do="do" if actor.many else "does",
            be="are" if actor.many else "is",
            was="were" if actor.many else "was",
        )
    yield from FREE


def sample(seed: int, count: int) -> list[Sentence]:
    """So many sentences of each kind, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
    return [one for kind in (active, passive, reported, offered, phrases) for one in chance.sample(list(kind()), count)]


def sample_of_nothing(seed: int, count: int) -> list[str]:
    """So many sentences that oblige nobody, and the free ones."""
    chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
    return [*chance.sample(list(nothing()), count), *FREE]
