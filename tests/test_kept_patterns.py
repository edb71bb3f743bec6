"""Patterns that stay compiled from one start to the next."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from betony import kept_patterns

WORDS = [
    r"(?P<year>\d{4})-(?P<month>\d\d)",
    r"(?i:sh)ould(?!\snot)|must",
    "[à-ÿŁ‑–—]+",
    r"(?<=\bin\s)(?:adults|children)\b",
    r"a*+(?>b|c)",
]
FLAGS = [0, re.IGNORECASE, re.MULTILINE | re.DOTALL]


@pytest.fixture(autouse=True)
def _written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    re.purge()


def compiled(folder: Path | None) -> list[re.Pattern[str]]:
    """The patterns, compiled while those of the folder are at hand, each anew."""
    re.purge()
    with kept_patterns.kept(folder):
        return [re.compile(words, flags) for words in WORDS for flags in FLAGS]


def as_ever() -> list[re.Pattern[str]]:
    re.purge()
    return [re.compile(words, flags) for words in WORDS for flags in FLAGS]


def parsed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many patterns are parsed when those of the folder are at hand."""
    parser: Any = sys.modules["re._parser"]
    seen = []
    real = parser.parse

    def parse(*given: Any) -> Any:
        seen.append(given)
        return real(*given)

    with monkeypatch.context() as patched:
        patched.setattr(parser, "parse", parse)
        compiled(folder)
    return len(seen)


def file_of(folder: Path) -> Path:
    (file,) = folder.glob("patterns.*.bin")
    return file


def test_what_is_kept_is_what_would_have_been_compiled(tmp_path: Path) -> None:
    expected = as_ever()
    for _ in range(2):
        found = compiled(tmp_path)
        assert found == expected
        assert [one.groupindex for one in found] == [one.groupindex for one in expected]
        assert [one.groups for one in found] == [one.groups for one in expected]
    assert found[0].fullmatch("2019-05")["month"] == "05"  # type: ignore[index]  # it matches


def test_the_second_time_none_is_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert parsed(tmp_path, monkeypatch) == len(WORDS) * len(FLAGS)
    written = file_of(tmp_path).stat().st_mtime_ns
    assert parsed(tmp_path, monkeypatch) == 0
    assert file_of(tmp_path).stat().st_mtime_ns == written


def test_one_that_is_new_is_compiled_and_kept_and_one_that_is_gone_is_not(tmp_path: Path) -> None:
    compiled(tmp_path)
    before = file_of(tmp_path).read_bytes()
    re.purge()
    with kept_patterns.kept(tmp_path):
        assert re.compile("quite new").search("a quite new one")
    after = file_of(tmp_path).read_bytes()
    assert b"quite new" in after
    assert b"children" in before
    assert b"children" not in after


def test_those_of_another_that_starts_by_turns_are_kept_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(sys.modules[__name__], "WORDS", [*WORDS[1:], "of another"])
        compiled(tmp_path)
    assert parsed(tmp_path, monkeypatch) == 0


@pytest.mark.parametrize("damaged", [b"{0}", b"", b"3.4.0\n{1}", b"{0}\0"])
def test_what_is_damaged_or_of_another_python_is_made_anew(tmp_path: Path, damaged: bytes) -> None:
    compiled(tmp_path)
    whole = file_of(tmp_path).read_bytes()
    file_of(tmp_path).write_bytes(damaged.replace(b"{0}", whole[:-7]).replace(b"{1}", whole))
    assert compiled(tmp_path) == as_ever()
    assert file_of(tmp_path).read_bytes() == whole


def test_where_nothing_may_be_written_all_is_compiled_as_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a file").write_text("in the place of a folder")
    assert compiled(tmp_path / "a file" / "below") == as_ever()
    assert compiled(None) == as_ever()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert compiled(tmp_path / "told not to") == as_ever()
    assert not (tmp_path / "told not to").exists()


def test_what_another_thread_compiles_meanwhile_is_its_own(tmp_path: Path) -> None:
    words = [f"(?:mine|w{n}){{2,{n + 3}}}" for n in range(200)]
    others = [f"theirs[a-{chr(98 + n % 20)}]*{n}" for n in range(200)]
    found: list[re.Pattern[str]] = []
    with kept_patterns.kept(tmp_path), ThreadPoolExecutor(1) as another:
        theirs = another.map(re.compile, others)
        found += map(re.compile, words)
        found += theirs
    assert b"theirs" not in file_of(tmp_path).read_bytes()
    re.purge()
    with kept_patterns.kept(tmp_path):
        again = [re.compile(one) for one in (*words, *others)]
    re.purge()
    assert found == again == [re.compile(one) for one in (*words, *others)]


def test_what_cannot_be_compiled_is_an_error_and_what_comes_after_is_as_ever(tmp_path: Path) -> None:
    with pytest.raises(re.error), kept_patterns.kept(tmp_path):
        re.compile("(unclosed")
    compiler: Any = sys.modules["re._compiler"]
    assert compiler.compile.__module__ == "re._compiler"
    assert compiler._sre is sys.modules["_sre"]
    assert re.compile("after").match("after")


def test_a_worker_compiles_none_the_second_time_it_starts(tmp_path: Path) -> None:
    program = (
        "import re._parser as parser, sys\n"
        "real, seen = parser.parse, []\n"
        "parser.parse = lambda *given: seen.append(given[0]) or real(*given)\n"
        "import betony.worker\n"
        "print(len(seen))\n"
    )
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONDONTWRITEBYTECODE": ""}
    first, second = (
        int(subprocess.run([sys.executable, "-c", program], env=environment, check=True, capture_output=True).stdout)
        for _ in range(2)
    )
    assert first > 1500
    assert second < 100  # what the standard library compiles before betony is asked
