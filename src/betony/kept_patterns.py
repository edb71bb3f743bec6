"""Regular expressions that stay compiled from one start to the next, as Python keeps its modules.

A worker has some 2,000 of them, and compiling them anew was half of what it took to start. Python's `re` has no way to
keep what it compiles, so this goes by what CPython's module is made of inside; where that is otherwise, or what was
kept is of another Python, cut short or nowhere to be written, each is compiled as ever.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import re
import sys
import tempfile
import threading
import zlib
from array import array
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

Key = tuple[str, int]
"""What is compiled: its words and its flags."""
Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""What it was compiled to: flags, instructions, groups, their names and the names by number."""
_INSTRUCTION = "I"
"""CPython's instructions are unsigned numbers of four bytes."""
_MOST_KEPT = 2
"""So many times the patterns that a start has used are kept, with those of other starts; what is more is of old versions."""
_READ_BY_ALL = 0o644
"""Whoever runs what another user has installed reads what that user's first start kept."""


def folder_of_modules() -> Path | None:
    """Where Python keeps this module compiled, whatever setting moves that; None where it keeps none."""
    return Path(importlib.util.cache_from_source(__file__)).parent if sys.implementation.cache_tag else None


@contextmanager
def kept(folder: Path | None) -> Iterator[None]:
    """Takes each pattern that is compiled meanwhile from those that `folder` keeps, and keeps there those that it lacks.

    What was kept is found by its words and flags, so that none is taken for another. Like a compiled module it is
    trusted as far as its folder is, and not written where Python is told to write none. What another thread compiles
    meanwhile is compiled as ever, and not kept.
    """
    compiler: Any = importlib.import_module("re._compiler")
    engine: Any = importlib.import_module("_sre")
    if folder is None or not _is_known(compiler, engine):
        yield
        return
    file = folder / f"patterns.{sys.implementation.cache_tag}.bin"
    before = _read(file)
    used: dict[Key, Code] = {}
    compiled, own = compiler.compile, threading.get_ident()

    def compile_or_take(pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        key = (pattern, int(flags))
        if threading.get_ident() != own or not isinstance(pattern, str) or flags & re.DEBUG:
            return compiled(pattern, flags)  # type: ignore[no-any-return]  # CPython's own, of which nothing is said
        if (code := before.get(key)) is None:
            with _told(compiler, engine, key, used):
                return compiled(pattern, flags)  # type: ignore[no-any-return]  # as above
        used[key] = code
        instructions = array(_INSTRUCTION, code[1]).tolist()
        return engine.compile(pattern, code[0], instructions, *code[2:])  # type: ignore[no-any-return]  # as above

    compiler.compile = compile_or_take
    try:
        yield
    finally:
        compiler.compile = compiled
        if used.keys() - before.keys() and not sys.dont_write_bytecode:
            both = before | used  # another's, with words of its own, may start by turns with this one
            _write(file, both if len(both) <= _MOST_KEPT * len(used) else used)


def _is_known(compiler: Any, engine: Any) -> bool:
    """Whether this is CPython's module of regular expressions as it has been since 3.11."""
    known = all(hasattr(compiler, name) for name in ("compile", "_sre")) and hasattr(engine, "compile")
    return known and sys.implementation.name == "cpython" and array(_INSTRUCTION).itemsize == engine.CODESIZE


@contextmanager
def _told(compiler: Any, engine: Any, key: Key, used: dict[Key, Code]) -> Iterator[None]:
    """Has the compiler tell what it makes of the pattern."""
    told, own = ModuleType("_sre"), threading.get_ident()
    vars(told).update(vars(engine))

    def compile_and_tell(
        pattern: str, flags: int, code: list[int], groups: int, names: Mapping[str, int], by: Any
    ) -> Any:
        if threading.get_ident() == own:  # another's pattern would else be kept under the words of this one
            used[key] = (flags, array(_INSTRUCTION, code).tobytes(), groups, dict(names), tuple(by))
        return engine.compile(pattern, flags, code, groups, names, by)

    vars(told)["compile"] = compile_and_tell
    compiler._sre = told
    try:
        yield
    finally:
        compiler._sre = engine


def _heading() -> bytes:
    """What stands before what was kept: which Python compiled it, and on what kind of machine."""
    return f"{sys.version} {sys.byteorder}\n".replace("\n", " ").encode() + b"\n"


def _read(file: Path) -> dict[Key, Code]:
    """What was kept; nothing where it is of another Python, or not whole."""
    try:
        heading, _, rest = file.read_bytes().partition(b"\n")
    except OSError:
        return {}  # the first start, or not for this user to read
    if heading + b"\n" != _heading() or zlib.crc32(rest[4:]) != int.from_bytes(rest[:4], "big"):
        return {}
    listed, _, instructions = rest[4:].partition(b"\n")
    found: dict[Key, Code] = {}
    start = 0
    for pattern, given, flags, length, groups, names, by in json.loads(listed):
        found[pattern, given] = flags, instructions[start : start + length], groups, names, tuple(by)
        start += length
    return found


def _write(file: Path, codes: Mapping[Key, Code]) -> None:
    """Writes it whole or not at all: a line of JSON that tells of each pattern, and the instructions of all."""
    listed = [[*key, flags, len(code), groups, names, by] for key, (flags, code, groups, names, by) in codes.items()]
    body = json.dumps(listed).encode() + b"\n" + b"".join(code[1] for code in codes.values())
    with suppress(OSError):  # as Python itself does with modules, where nothing may be written
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=file.name)
        try:
            with os.fdopen(descriptor, "wb") as written:
                written.write(_heading() + zlib.crc32(body).to_bytes(4, "big") + body)
            Path(name).chmod(_READ_BY_ALL)
            Path(name).replace(file)
        finally:
            Path(name).unlink(missing_ok=True)  # half of it, where the disk is full
