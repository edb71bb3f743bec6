"""The words that say whether guidance stands."""

from __future__ import annotations

from betony.nlp import vocabulary

WORDS = vocabulary.read("status")
