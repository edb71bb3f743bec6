"""How many of the written cases come out right: `python -m tests.scores` (part by part, with what went wrong)."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from betony import lines
from betony.model import Basis, Block, BlockKind, Fact, Layer, Section, SectionType
from betony.nlp import recommendations, responsibilities
from tests import cases

Finder = Callable[[str, Sequence[Block], Sequence[Section]], list[Fact]]
FINDERS: dict[str, tuple[Finder, SectionType]] = {
    "responsibilities": (responsibilities.find, SectionType.RESPONSIBILITIES),
    "recommendations": (recommendations.find, SectionType.RECOMMENDATIONS),
}
WORST = (
    "(", "a, ", "should ", "if ", "when a, ", "1.1 ", "[2018 ", ". ", "and ", "; ", "must not ", "In a, offer ",
    "by staff ", ": ",
    "is recommended ", "who should ", " ", "\u00a0", "Offer a:\n", "- to adults with\n", "Nothing ",
    "requires ", "the responsibility of ",
    "may be used ", "x", "agreed that ", "to report to the ", "1.1.1 Offer rest if:\n- a\n", "Staff should tell:\nb\n",
)  # fmt: skip
"""What is repeated to 100 KB to see that no pattern takes more than its share."""
_SECTION = re.compile(r"\s*\{(\w+)\}$")


@dataclass(frozen=True)
class Result:
    """One case: what it gave, line by line, and which expected lines it missed."""

    case: cases.Case
    got: tuple[str, ...]
    missed: tuple[str, ...]
    false: tuple[str, ...]


def facts(name: str, case: cases.Case) -> list[Fact]:
    """The facts of the case's text, read as one section of the type its title names."""
    find, usual = FINDERS[name]
    named = _SECTION.search(case.title)
    text = case.text.strip("\n")
    section = Section(SectionType(named[1]) if named else usual, 0, len(text), 1, Layer.BODY, Basis.EXPLICIT, "test")
    found = find(text, lines.blocks(text), [section])
    for fact in found:
        assert fact.spans
        assert all(0 <= start < end <= len(text) for start, end in fact.spans)
    return found


def result(name: str, case: cases.Case) -> Result:
    found = facts(name, case)
    expected = [line for line in case.expected if line != "nothing"]
    got = [row(name, fact) for fact in found]
    missed = []
    left = list(zip(got, found, strict=True))
    for line in expected:
        head, _, named = _split(line)
        hit = next((pair for pair in left if pair[0] == head and _has(pair[1], named)), None)
        if hit:
            left.remove(hit)
        else:
            missed.append(line)
    return Result(case, tuple(got), tuple(missed), tuple(row for row, _ in left))


def row(name: str, fact: Fact) -> str:
    """The fact as the first columns of a case's line."""
    detail = fact.detail
    if name == "responsibilities":
        return f"{detail['actor'] or '-'} | {detail['modality']} | {_line(fact.value)}"
    strength = detail["strength"] or {"code": "-", "term": None, "direction": None}
    return (
        f"{detail['number'] or '-'} | {strength['code']} | {strength['term'] or '-'} | {strength['direction'] or '-'}"
    )


def is_in_proportion(name: str, worst: str) -> bool:
    """Whether 100 KB of the repeated characters take no more than half as long again as ten times 10 KB of them, or under a second;
    where the time grows with the square they take a hundred times as long. Of two turns the one that busy neighbours spoil less."""
    whole = min(seconds(name, worst, 100_000) for _ in range(2))
    return whole < max(1, 15 * max(seconds(name, worst, 10_000) for _ in range(2)))


def seconds(name: str, worst: str, characters: int) -> float:
    """How long so many of the repeated characters take, as one block and as a block a line."""
    find, type_ = FINDERS[name]
    text = worst * (characters // len(worst))
    section = Section(type_, 0, len(text), 1, Layer.BODY, Basis.EXPLICIT, "test")
    started = time.process_time()
    for blocks in ([Block(BlockKind.PARAGRAPH, 0, len(text))], lines.blocks(text)):
        find(text, blocks, [section])
    return time.process_time() - started


def _split(line: str) -> tuple[str, str, str]:
    """A line's positional columns and its named ones."""
    match = re.search(r" \| \w+: ", line)
    return (line[: match.start()], "", line[match.start() :]) if match else (line, "", "")


def _has(fact: Fact, named: str) -> bool:
    for column in filter(None, re.split(r" \| (?=\w+: )", named)):
        key, _, value = column.partition(": ")
        if key == "text":
            found = _line(fact.value)
        elif key == "kinds":
            found = ", ".join(fact.detail["actor_kinds"])
        elif key == "label":
            found = (fact.detail["label"] or {}).get("text", "-")
        elif key == "grade":
            found = (fact.detail["grade"] or {}).get("code", "-")
        else:
            found = _line(str(fact.detail[key] if fact.detail[key] is not None else "-"))
        if found != value:
            return False
    return True


def _line(words: str) -> str:
    return words.replace("\n", "⏎")


def parts(name: str) -> list[tuple[str, list[cases.Case]]]:
    """The cases under each `## ` heading of the file."""
    source = (Path(cases.__file__).parent / f"{name}.md").read_text("utf-8")
    every = iter(cases.read(name))
    return [
        (chunk.partition("\n")[0], [next(every) for _ in range(chunk.count("\n### "))])
        for chunk in source.split("\n## ")[1:]
    ]


def main() -> None:
    """Print, for each part of each file, how many expected lines came out and how many came out that should not."""
    for name in FINDERS:
        for part, listed in parts(name):
            results = [result(name, case) for case in listed]
            expected = sum(line != "nothing" for case in listed for line in case.expected)
            missed = sum(len(r.missed) for r in results)
            false = sum(len(r.false) for r in results)
            wrong = sum(bool(r.missed or r.false) for r in results)
            share = (expected - missed) / expected if expected else 1.0
            sys.stdout.write(
                f"{name} / {part}: {expected - missed} of {expected} lines ({share:.3f}); "
                f"{false} others came out; {len(listed) - wrong} of {len(listed)} cases wholly right\n"
            )
            if "-v" in sys.argv:
                for r in results:
                    if r.missed or r.false:
                        sys.stdout.write(f"  {r.case.title}\n    text:   {r.case.text.strip()[:200]}\n")
                        sys.stdout.writelines(f"    missed: {line}\n" for line in r.missed)
                        sys.stdout.writelines(f"    got:    {line}\n" for line in r.false)


if __name__ == "__main__":
    main()
