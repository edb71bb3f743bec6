"""What trafilatura takes for a page's main text (extra `extract`). It is asked as a judge: no text comes from it."""

from __future__ import annotations

import importlib.util
import logging
import re

MOST_CHARACTERS = 500_000
MOST_ELEMENTS = 20_000
"""Its time grows with the square of the page; larger pages are judged by links and length alone."""

_SPANS = re.compile(r"\b(?:col|row)span\s?=\s?[\"']?\d+[\"']?", re.IGNORECASE)
_WORD = re.compile(r"\w+")


class Kept:
    """The words that were kept, in order."""

    def __init__(self, text: str) -> None:
        self.words = f" {' '.join(_words(text))} "

    def holds(self, text: str) -> bool:
        """Whether the words of a passage were kept, in one run."""
        return f" {' '.join(_words(text))} " in self.words


def judge(markup: str, elements: int) -> Kept | None:
    """The main text of a page; None where nothing is there to ask, or the page is too large for it, or has none."""
    if len(markup) > MOST_CHARACTERS or elements > MOST_ELEMENTS or importlib.util.find_spec("trafilatura") is None:
        return None
    import trafilatura  # noqa: PLC0415 - an extra, and slow to import

    _quiet()
    try:
        # The page is passed as text: nothing of it is fetched, nor are its links followed.
        # Spans tell it nothing about what is main, and it fills a cell for each column they claim.
        text = trafilatura.extract(_SPANS.sub("", markup), fast=True, favor_recall=True, include_comments=False)
    except Exception:  # it raises what its page provokes; without its opinion ours stands
        logging.getLogger(__name__).debug("trafilatura failed", exc_info=True)
        return None
    return Kept(text) if text else None


def _quiet() -> None:
    """Keeps what trafilatura logs of odd pages off standard error, unless the program listens to it."""
    logger = logging.getLogger("trafilatura")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
