"""The patterns of relations as the vocabulary writes them: their pieces put in, their lines joined."""

from __future__ import annotations

from betony.nlp import phrases, vocabulary
from betony.nlp.stems import Stems

WORDS = vocabulary.read("relations")
STEMS = Stems(WORDS["stems"])
_FORMS_OF_TITLES = ("dated", "edition", "report", "circular", "inherited", "numbered", "called", "titled", "document")


def expanded(name: str) -> str:
    """The pattern of that name in the vocabulary of relations."""
    words = "".join(line.lstrip() for line in WORDS[name].splitlines())
    for form in _FORMS_OF_TITLES:
        words = words.replace(f"{{{form}}}", WORDS[form])
    return phrases.expand(words)
