"""spaCy's tokenizer, kept from the runs of characters on which it takes quadratic time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer

LONGEST_RUN = 200
"""Characters without white space that spaCy still tokenises in little time."""

MOST_WORDS = 200_000
"""Words that are kept in memory with the way they are cut, at some 500 bytes each."""
_LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")
_PIECE = re.compile(rf"\S{{1,{LONGEST_RUN}}}")


class GuardedTokenizer(DummyTokenizer):
    """spaCy's own tokens, but a run of over 200 characters without a space is cut into tokens of 200.

    Boundaries are added, characters never: the Doc's text stays the text. Why: explosion/spaCy's tokenizer is
    quadratic on runs of some punctuation marks.

    Words new to it are tokenised by themselves first, which makes it about twice as fast as spaCy's own and changes no
    token. Why: spaCy keeps how it cut a word, but stops keeping anything at a text's first special case ("e.g.").
    """

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer
        self.vocab = tokenizer.vocab
        self._known: set[str] = set()

    def __call__(self, text: str) -> Doc:
        self._learn(text)
        if not _LONG_RUN.search(text):
            doc: Doc = self.tokenizer(text)
            return doc
        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for run in _LONG_RUN.finditer(text):
            self._tokenise(text[at : run.start()], words, spaces)
            words.extend(_PIECE.findall(run.group()))
            spaces.extend([False] * (len(words) - len(spaces)))
            at = run.end()
        self._tokenise(text[at:], words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)

    def _learn(self, text: str) -> None:
        """Have spaCy keep how it cuts the text's new words, with at most one mark behind them."""
        if len(self._known) > MOST_WORDS:
            return
        new = set(text.split()) - self._known
        self._known |= new
        for word in new:
            if len(word) <= LONGEST_RUN and (word.isalpha() or word[:-1].isalpha()):
                self.tokenizer(word)

    def _tokenise(self, text: str, words: list[str], spaces: list[bool]) -> None:
        for token in self.tokenizer(text):
            words.append(token.text)
            spaces.append(bool(token.whitespace_))

    def __getattr__(self, name: str) -> Any:
        if name in ("tokenizer", "vocab"):
            raise AttributeError(name)
        return getattr(self.tokenizer, name)

    def to_disk(self, path: str | Path, **kwargs: Any) -> None:
        self.tokenizer.to_disk(path, **kwargs)

    def from_disk(self, path: str | Path, **kwargs: Any) -> GuardedTokenizer:
        self.tokenizer.from_disk(path, **kwargs)
        return self

    def to_bytes(self, **kwargs: Any) -> bytes:
        data: bytes = self.tokenizer.to_bytes(**kwargs)
        return data

    def from_bytes(self, data: bytes, **kwargs: Any) -> GuardedTokenizer:
        self.tokenizer.from_bytes(data, **kwargs)
        return self


def guard(nlp: Language) -> None:
    """Guard the pipeline's tokenizer, and let its cache hold a whole vocabulary (the setting is not serialised)."""
    tokenizer: Any = nlp.tokenizer
    if isinstance(tokenizer, GuardedTokenizer):
        return
    tokenizer.max_cache_size = MOST_WORDS
    nlp.tokenizer = GuardedTokenizer(tokenizer)
