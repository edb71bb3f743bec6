"""Those who are given a medicine, by nouns for people that may as well act: "should be given to all pupils"."""

from __future__ import annotations

import re
from functools import cache

from betony.nlp import vocabulary
from betony.nlp.looks import has_any
from betony.nlp.phrases import any_of
from betony.nlp.strength.people import DETERMINER

_SIGNS = ("given to ", "administered ", "receive ")
"""Letters without one of which nobody is given anything."""
_ADVERB = r"(?:(?:still|also|only|all|always|routinely)\s)?"
_COUNT = r"(?:at\s(?:least|most)\s|up\sto\s)?(?:an?|one|two|three|four|\d{1,2})"
_DOSES = r"(?:[\w-]+\s){0,3}?(?:doses?|vaccines?|vaccinations?|boosters?|tablets?)\b"
_MEDICINE = re.compile(
    r"\b(?:doses?|vaccin\w+|tablets?|medicines?|drugs?|prophyla\w+|therapy|treatment|booster|immunoglobulin|deworming)\b",
    re.IGNORECASE,
)


def group(sentence: str) -> str | None:
    """Those whom the sentence gives a medicine, where it names them in one place: "The pupils should receive at least 2 doses"."""
    if not has_any(sentence, _SIGNS) or not (" administered " in sentence or _MEDICINE.search(sentence)):
        return None
    found = [match["group"] for pattern in (_receives(), _given_to()) for match in pattern.finditer(sentence)]
    return found[0] if len(found) == 1 else None


@cache
def _people() -> str:
    words = vocabulary.read("recommendations")["population"]
    acting = "|".join(words["acting"])
    return rf"(?:{DETERMINER})?(?:(?!(?:{acting}|of|for|to|in|by|with|who|that|and|or|not|if|when)\b)[\w-]+\s){{0,2}}?{any_of(words['told'])}"


@cache
def _receives() -> re.Pattern[str]:
    """How they stand before what they get: "workers may be administered wax"."""
    return re.compile(
        rf"(?:^|,\s)(?P<group>{_people()})\s(?:should|must|may|can)\s{_ADVERB}"
        rf"(?:receive\s{_COUNT}\s{_DOSES}|be\sadministered\s(?!(?:to|by|in|at|on|with|for|when|if|as|after|before|only|and|or)\b)[\w-]+)",
        re.IGNORECASE,
    )


@cache
def _given_to() -> re.Pattern[str]:
    """How they stand behind what is given: "be given to all pupils" as early as possible."""
    return re.compile(
        rf"\bbe\s{_ADVERB}(?:given|administered)\s(?:only\s)?to\s(?P<group>{_people()})"
        r"(?=\s?[.;]|$|\s(?:starting|in\s(?:such|these)|at|before|every|once|twice|during|after|as\s(?:soon|early)|if|when|unless|until|within)\b)",
        re.IGNORECASE,
    )
