"""spaCy's tokenizer, asked once a word: it is slow on words that it has cut before, and quadratic on long runs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer

LONGEST_RUN = 200
"""Characters without white space that spaCy still tokenises in little time."""

MOST_WORDS = 100_000
"""Runs that are kept in memory with the way they are cut, at some 300 bytes each; none longer than `LONGEST_RUN`."""

_RUN = re.compile(r"\S+ ?|\s+")
"""What spaCy cuts one by one: characters without white space, with the space that belongs to them, or white space."""

_PLAIN = re.compile(
    r"""
    ([(\["]?)
    ([A-Za-z]{2,})
    (?:(-)([A-Za-z]{2,}))?
    (?:([,;:?!]) | ([)\]"])([,;.]?) | (?:(?<=[a-z]{2})|(?<=[A-Z]{2}))(\.))?
    """,
    re.VERBOSE,
)
"""A run that spaCy cuts at its marks: one or two words of letters, with a mark before them and some behind, unless one of its
special cases stands there."""

_PIECE = re.compile(rf"\S{{1,{LONGEST_RUN}}}")

_Cut = tuple[int, ...]
"""The tokens of a run: of each in turn its key in the vocabulary, and whether a space follows it. One flat tuple, for what is
met again lies anywhere in memory, and to fetch each object more takes time."""


class GuardedTokenizer(DummyTokenizer):
    """spaCy's own tokens, but a run of over 200 characters without a space is cut into tokens of 200.

    Boundaries are added, characters never: the Doc's text stays the text. Why: explosion/spaCy's tokenizer is
    quadratic on runs of some punctuation marks.

    A run of characters is cut by spaCy the first time it is met, and as then whenever it comes again. Why: spaCy cuts
    each run by itself, but remembers nothing more of a text once it has met a special case in it ("e.g."). (Of two smileys
    that share a mark, one on either side of a space, spaCy's matcher may keep neither: "( =(". Here a run is a run.)
    """

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer
        self.vocab = tokenizer.vocab
        self._known: dict[str, _Cut] = {}

    def __call__(self, text: str) -> Doc:
        runs = _RUN.findall(text)
        cuts: list[Any] = list(map(self._known.get, runs))
        if not all(cuts):
            new = self._cut({run for run, cut in zip(runs, cuts, strict=True) if cut is None})
            # What is new in a memory zone is gone from the vocabulary behind it.
            if len(self._known) < MOST_WORDS and not self.vocab.in_memory_zone:
                self._known.update((run, cut) for run, cut in new.items() if len(run) <= LONGEST_RUN)
            cuts = [cut or new[run] for run, cut in zip(runs, cuts, strict=True)]
        tokens = list(chain.from_iterable(cuts))
        return Doc(self.vocab, words=tokens[::2], spaces=tokens[1::2])

    def _cut(self, runs: Iterable[str]) -> dict[str, _Cut]:
        """How each of the runs is cut; only its last token can be followed by a space."""
        bare = {run: run[:-1] if run[-1] == " " and not run.isspace() else run for run in runs}
        tokens = self._tokens(set(bare.values()))
        return {run: _followed(tokens[word], by_space=word != run) for run, word in bare.items()}

    def _tokens(self, words: Iterable[str]) -> dict[str, tuple[int, ...]]:
        """The tokens of each run, given without a space behind it."""
        rules, add = self.tokenizer.rules, self.vocab.strings.add
        tokens: dict[str, tuple[int, ...]] = {}
        odd = []
        for word in words:
            if len(word) > LONGEST_RUN and not word.isspace():
                tokens[word] = tuple(map(add, _PIECE.findall(word)))
            elif len(word) > 1 and word.isalpha() and word.isascii() and word not in rules:
                tokens[word] = (add(word),)
            elif (plain := _PLAIN.fullmatch(word)) and rules.keys().isdisjoint(_stretches(plain)):
                tokens[word] = tuple(map(add, filter(None, plain.groups())))
            elif word.isspace():
                tokens[word] = tuple(token.orth for token in self.tokenizer(word))
            else:
                odd.append(word)
        # One call for all: a line end is a token of its own.
        found = iter([token.orth for token in self.tokenizer("\n".join([*odd, ""]))])
        return tokens | {word: tuple(iter(found.__next__, add("\n"))) for word in odd}

    def __getattr__(self, name: str) -> Any:
        if name in ("tokenizer", "vocab"):
            raise AttributeError(name)
        return getattr(self.tokenizer, name)

    def add_special_case(self, string: str, substrings: Any) -> None:
        """As of spaCy's tokenizer."""
        self.tokenizer.add_special_case(string, substrings)
        self._known.clear()

    def to_disk(self, path: str | Path, **kwargs: Any) -> None:
        self.tokenizer.to_disk(path, **kwargs)

    def from_disk(self, path: str | Path, **kwargs: Any) -> GuardedTokenizer:
        self.tokenizer.from_disk(path, **kwargs)
        self._known.clear()
        return self

    def to_bytes(self, **kwargs: Any) -> bytes:
        data: bytes = self.tokenizer.to_bytes(**kwargs)
        return data

    def from_bytes(self, data: bytes, **kwargs: Any) -> GuardedTokenizer:
        self.tokenizer.from_bytes(data, **kwargs)
        self._known.clear()
        return self


def _followed(keys: tuple[int, ...], *, by_space: bool) -> _Cut:
    """The tokens as they are kept, a space behind the last or behind none."""
    return tuple(chain.from_iterable(zip(keys, (False,) * (len(keys) - 1) + (by_space,), strict=True)))


def _stretches(plain: re.Match[str]) -> tuple[str, ...]:
    """What of a plain run may be a special case: all that is left of it when spaCy has taken marks off either end."""
    run, begin, end = plain.string, plain.start(2), max(plain.end(2), plain.end(4))
    last = plain.start(4) if plain[4] else begin
    return run, run[begin:], run[:end], run[begin:end], run[last : end + 1], run[end:]


def guard(nlp: Language) -> None:
    """Guard the pipeline's tokenizer."""
    tokenizer: Any = nlp.tokenizer
    if not isinstance(tokenizer, GuardedTokenizer):
        tokenizer.max_cache_size = 0
        nlp.tokenizer = GuardedTokenizer(tokenizer)
