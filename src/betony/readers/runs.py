"""What a run of tags asks of the walk: worked out once, for the same runs stand all over a site."""

from __future__ import annotations

import re

from betony.model import BlockKind
from betony.readers import landmarks
from betony.readers.elements import INLINE, ROLES, Role
from betony.readers.line import unescape
from betony.readers.passage import HEADING, LIST_ITEM, PARAGRAPH

CONTENT, NAMED = "BETONY-CONTENT", "BETONY-FURNITURE"
"""Attributes that no page can hold: the parser makes names lower case."""

HEADS = ("heading", "tab", "button")
"""Roles that may make a heading of an element."""

_TEXT = re.compile(rb">([ \n\t]*+[^< \n\t][^<]*+)<")
"""A text that is more than white space, with the ends of the tags beside it."""
_SOME_TAGS = re.compile(rb"(<[^>]*+>(?:[ \n\t]*+<[^>]*+>){0,20}+)")


# What is asked for; the commonest first, in the order in which the walk compares.
END, BREAK, HEAD, HEAD_END, ITEM, PLAIN, SPACE, LINE_BREAK, LEAVE, OPEN = range(10)
"""END: a block ends. BREAK: one begins. HEAD, HEAD_END: a heading does. ITEM: what follows is a list item. PLAIN: what
follows is none. SPACE: white space within a line. LEAVE: an element has closed, perhaps one that changed the layer.
OPEN: one that may change it."""
OPENS = 20
"""With a role added: an opening tag of the role whose attributes do not matter."""
SHUTS = 60
"""With a role added: a closing tag of the role."""

Step = tuple[int, str, int, int]
"""What is asked for, the tag that asks, and the place and depth of its element, both counted from the run's start.
LINE_BREAK has a tag where the words before it are bold. END and BREAK have, instead of tag and depth, the tag and the place of the last block that opens before the next text,
if one does; HEAD has its rank in place of the depth, 0 where its tag alone does not tell it."""


After = tuple[BlockKind | None, int, int, int, str]
"""Of the line that begins: its kind and level (None: they stay as they are), how many headings are open, the place of the
element that it begins with (-1: none), and the tag of that."""

Program = tuple[int, int, int, int, bool, After | None, tuple[Step, ...], tuple[Step, ...]]
"""What a run asks for: plain values, for the walk takes each apart, and a named tuple is taken apart four times as slowly.

`elements`: how many it opens. `deeper`: how much deeper its end lies than its start. `lowest`: the least depth on the
way, counted from its start. `ends`: 1 where it begins by ending a heading, 0 where by ending another line, -1 where the
line may go on. `owns`: that end is the end of the element that the line began with. `after`: what all steps together come to
once the line before them has ended; None where that is not known beforehand. `steps`: the short way, on which
blocks that hold nothing are passed over, and no layer is left. `each`: the long way, tag by tag, for runs that may leave
a layer."""


_TAG = re.compile(r"(<(/?)([^\s/>]+)[^>]*>)([ \n\t]*)")
_AFTER_BOLD = re.compile(rb"(?:/(?:span|font|u|em|i)>\s*<)*+/(?:b|strong)>\s*(?:</(?:span|font|u|em|i)>\s*)*+<br\b")
"""A run that ends bold words, and the line with them."""
_CELL = re.compile(r"\brole=\"(?:(?:grid)?cell|(?:column|row)header)\"")
"""What makes a cell of a table of an element that would otherwise stand within a line."""
_ATTRIBUTE = re.compile(r"([^\s=]+)=\"([^\"]*)\"")
_LONGEST_KEPT = 4000
"""Longer runs are hardly met twice, and are cut into pieces."""
_MOST_HELD = 500_000
_IN_LINE = frozenset((INLINE, Role.CONTROL, Role.STRUCK, Role.LINK, Role.BREAK, Role.IMAGE))
_TELL_THEMSELVES = frozenset(
    (Role.IMAGE, Role.AROUND, Role.CONTROL, Role.STRUCK, Role.CONTENT, Role.EDGE, Role.SUMMARY)
)
_BREAK_THEMSELVES = frozenset((Role.CELL, Role.LINK))
_SHUT_THEMSELVES = frozenset((Role.CELL, Role.LINK, Role.ROW))
_NOT_ENOUGH = frozenset((Role.LIST, Role.DETAIL, Role.PRE, Role.TABLE, Role.ROW, Role.CAPTION))
"""Roles that ask for more than a break of the line where they open or shut."""


class _TooLongError(Exception):
    """A run is longer than those that are looked up."""


class Programs(dict[bytes, Program]):
    """What each run asks for, as it is looked up; begun anew when it has become large."""

    def __init__(self) -> None:
        self.held = 0
        """Bytes of the runs."""

    def __missing__(self, run: bytes) -> Program:
        if len(run) >= _LONGEST_KEPT:
            raise _TooLongError
        return self.learnt(run)

    def learnt(self, run: bytes) -> Program:
        """What a run asks for that was not met before, or is too long to be kept."""
        found = _program(run)
        if len(run) < _LONGEST_KEPT:
            self.held += len(run)
            if self.held > _MOST_HELD:
                self.clear()
                self.held = len(run)
            self[run] = found
        return found


PROGRAMS = Programs()
"""One for all pages of this process."""


def cut(page: bytes) -> tuple[list[bytes], list[Program]]:
    """The texts of a well-formed page, and what the run of tags after each asks for; before the first run there is no text.

    Between the tags of a run stands nothing but white space; its first `<` and its last `>` are left out. A very long
    run comes in pieces, each after a text that is empty or white space.
    """
    parts = _TEXT.split(page)
    parts[0] = parts[0].removeprefix(b"<")
    parts[-1] = parts[-1].removesuffix(b">")
    texts, runs = [b"", *parts[1::2]], parts[::2]
    try:  # for to look for long runs first would take as long as to look up all of them
        return texts, list(map(PROGRAMS.__getitem__, runs))
    except _TooLongError:
        texts, runs = _in_pieces(texts, runs)
        return texts, [PROGRAMS.get(run) or PROGRAMS.learnt(run) for run in runs]


def _in_pieces(texts: list[bytes], runs: list[bytes]) -> tuple[list[bytes], list[bytes]]:
    """Texts and runs with each long run in pieces."""
    shorter = [_SOME_TAGS.split(b"<%b>" % run) if len(run) >= _LONGEST_KEPT else [b"", b"<%b>" % run] for run in runs]
    return (
        [each for text, parts in zip(texts, shorter, strict=True) for each in (text, *parts[2:-1:2])],
        [run[1:-1] for parts in shorter for run in parts[1::2]],
    )


def _program(run: bytes) -> Program:
    steps: list[Step] = []
    elements = depth = lowest = 0
    frames = in_line = False
    space = ""
    after_bold = _AFTER_BOLD.match(run) is not None
    for match in _TAG.finditer(f"<{run.decode()}>"):
        tag, shuts, name, white = match.groups()
        role = ROLES.get(name, INLINE)
        if role == INLINE and "role=" in tag and _CELL.search(tag):
            role = Role.BLOCK
        if space and in_line and role in _IN_LINE:
            steps.append((SPACE, space, 0, 0))
        space, in_line = white, role in _IN_LINE
        if shuts:
            depth -= 1
            lowest = min(lowest, depth)
            leave: Step = (LEAVE, "", 0, depth)
            closing = _closing(role, tag, elements)
            steps += [leave, *closing] if role == Role.CELL else [*closing, leave]
            continue
        empty = tag[-2] == "/"
        if role == Role.BREAK:
            steps.append((LINE_BREAK, tag if after_bold else "", elements, 0))
            after_bold = False
        elif role in _TELL_THEMSELVES or (empty and not in_line) or _tells(tag):
            steps.append((OPEN, tag, elements, depth))
            frames = frames or not (empty or role == Role.IMAGE)
        elif not empty:
            steps += _opening(role, tag, elements)
        elements += 1
        depth += not empty
    each = tuple(steps)
    first, _, at, _ = each[0] if each else (OPEN, "", 0, 0)
    ends = int(first == HEAD_END) if first in (END, BREAK, HEAD, HEAD_END) and not at else -1
    steps_ = each if frames else _shortened(each)
    return elements, depth, lowest, ends, first in (END, HEAD_END), _after(ends, steps_), steps_, each


def _opening(role: int, tag: str, place: int) -> list[Step]:
    """What an element asks for where it opens, if its attributes do not matter."""
    if role == INLINE:
        return []
    if role == Role.HEADING:
        return [(HEAD, tag, place, int(tag[2]) if len(tag) == len("<h1>") else 0)]
    asked: list[Step] = [] if role in _BREAK_THEMSELVES else [(BREAK, tag, place, place)]
    if role == Role.ITEM:
        asked.append((ITEM, tag, place, 0))
    elif role == Role.TERM:
        asked.append((PLAIN, tag, place, 0))
    elif role in _NOT_ENOUGH or role in _BREAK_THEMSELVES:
        asked.append((OPENS + role, tag, place, 0))
    return asked


def _closing(role: int, tag: str, place: int) -> list[Step]:
    """What an element asks for where it closes; `place` is that of the next element."""
    if role in (INLINE, Role.CONTROL, Role.STRUCK):
        return []
    if role == Role.HEADING:
        return [(HEAD_END, tag, place, 0)]
    asked: list[Step] = [] if role in _SHUT_THEMSELVES else [(END, "", place, -1)]
    if role in (Role.ITEM, Role.TERM, Role.DETAIL):
        asked.append((PLAIN, tag, place, 0))
    if role in _SHUT_THEMSELVES or (role in _NOT_ENOUGH and role != Role.DETAIL):
        asked.append((SHUTS + role, tag, place, 0))
    return asked


_STATES = frozenset((ITEM, PLAIN, *(OPENS + role for role in _NOT_ENOUGH), *(SHUTS + role for role in _NOT_ENOUGH)))
"""Steps that do not touch the line: after a break it stays as empty as it was."""


def _shortened(each: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps without those that the ones before them make idle, and without the leaving of layers."""
    steps: list[Step] = []
    first: int | None = None
    """Where the break stands since which the line is empty."""
    for step in each:
        code, tag, _, place = step
        if code == LEAVE:
            continue
        if code in (END, BREAK) and first is not None:
            steps[first] = (steps[first][0], tag, steps[first][2], place)
            continue
        if code in (ITEM, PLAIN) and first is not None and steps[-1][0] in (ITEM, PLAIN):
            steps[-1] = step
            continue
        if code in (END, BREAK):
            first = len(steps)
        elif code not in _STATES:
            first = None
        steps.append(step)
    return tuple(steps)


def _after(ends: int, steps: tuple[Step, ...]) -> After | None:
    """What the steps of a run come to behind a line that it has ended; None where they ask for more than a new line."""
    if ends < 0:
        return None
    kind: BlockKind | None = None
    level, joins, owner, owner_tag = 0, ends, -1, ""
    for code, tag, at, place in steps:
        if code == HEAD and not joins and place:
            kind, level, joins, owner = HEADING, place, 1, at
        elif code == HEAD_END and joins:
            kind, level, joins, owner = PARAGRAPH, 0, 0, -1
        elif code in (END, BREAK, ITEM, PLAIN):
            if joins:
                continue
            if code in (END, BREAK):
                owner, owner_tag = place if tag else -1, tag
            else:
                kind, level = LIST_ITEM if code == ITEM else PARAGRAPH, 0
        else:
            return None
    return kind, level, joins, owner, owner_tag


def _tells(tag: str) -> bool:
    """Whether an attribute of the tag may change its layer or make it a heading."""
    if "=" not in tag:
        return False
    if CONTENT in tag or NAMED in tag:
        return True
    for name, value in _ATTRIBUTE.findall(tag):
        rule = landmarks.RULES.get(name)
        if rule is None:
            continue
        plain = unescape(value).replace("&quot;", '"')
        if (name == "role" and plain.strip().lower() in HEADS) or rule(plain):
            return True
    return False
