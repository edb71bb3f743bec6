"""Characters, white space and hashes of text; knows no markup."""

from __future__ import annotations

import hashlib
import heapq
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]")
_BREAKING_SPACE = re.compile(r"[^\S\u00a0\u202f\u2007\ufeff]+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]"
)
"""Soft hyphens, zero-width characters, marks that turn the direction of text, and invisible tags."""


def repair(text: str) -> tuple[str, int]:
    """The text without characters that no text may hold, and how many there were.

    NUL, the C0 controls other than tab, LF, CR and FF, and lone surrogates each become U+FFFD, one for one, so
    that offsets stay true.
    """
    return _FORBIDDEN.subn("\ufffd", text)


def clean(value: str) -> str:
    """A normalised value: mojibake repaired, and without characters that nobody sees.

    Never for what is quoted: text, evidence and notices keep every character as it came.
    """
    if value.isascii():
        return value
    if mojibake(value):
        value = _repaired(value)
    return _UNSEEN.sub("", value)


def _repaired(value: str) -> str:
    import ftfy  # noqa: PLC0415 - few values need it

    # No guessing at bytes that were lost, and nothing but the encoding: quotation marks and ligatures stay.
    config = ftfy.TextFixerConfig(
        restore_byte_a0=False, replace_lossy_sequences=False, uncurl_quotes=False, fix_latin_ligatures=False
    )
    # U+FFFD stands for a character that was lost before; ftfy would take it for a byte.
    return "\ufffd".join(ftfy.fix_encoding(piece, config) for piece in value.split("\ufffd"))


def mojibake(text: str) -> list[tuple[int, int]]:
    """Where the text holds UTF-8 that was once read as something else (`â€™`, `Ã©`, `18¬†years`); the spans in order.

    Only sequences that no proper text holds count, so that accents, quotation marks and formulas are left in peace.
    """
    signs = set(_TELLTALE.findall(beyond_ascii(text)))
    if not signs:
        return []
    garbled = _garbled()
    found: list[tuple[int, int]] = []
    for place in heapq.merge(*(_places(text, sign) for sign in signs)):
        if found and place < found[-1][1]:
            continue
        if match := garbled.match(text, place):
            found.append(match.span())
    return found


def _places(text: str, sign: str) -> Iterator[int]:
    place = text.find(sign)
    while place >= 0:
        yield place
        place = text.find(sign, place + 1)


_TELLTALE = re.compile("[\x80-\x84\x86-\x9fÂ-ð¬√‚]")


@cache
def _garbled() -> re.Pattern[str]:
    """What UTF-8 looks like when it is read as windows-1252, Latin-1 or Mac Roman."""
    control = "\x80-\x9f"
    windows = "".join(_as(byte, "cp1252") for byte in range(0x80, 0xC0)) + control
    quiet = "".join(_as(byte, "cp1252") for byte in range(0xA1, 0xC0) if byte not in (0xAB, 0xBB))
    mac = "".join(_as(byte, "mac_roman") for byte in range(0x80, 0xC0))
    return re.compile(
        "(?:"
        + "|".join(
            (
                # Two bytes: `Ã©`, `Â°`. After a capital a quotation mark may be one (`IRMÃ”`), a sign cannot.
                f"[ÂÃ][{quiet}]|(?<![A-Z])[ÂÃ][{windows}]",
                # `Ä±`, `Å‚`, `Î±`: the rest of Latin, and Greek. `Å²` and `Å³` are square and cubic ångström.
                "[ÄÅ][¡-ª¬®-±´-¸º¼-¿]|(?<=[a-z])[ÄÅ][" + windows + "](?=[a-z])|[ÎÏ][¡-ª¬®-¿€ƒ†‡ˆ‰]",
                f"[Â-ß][{control}]",
                # Three and four: `â€™`, `â‰¥`, `ï¬\x81`, `ðŸ˜€`; the last byte is often lost.
                f"â€[{windows}]?|â[{windows}][{windows}]|ï[¬»¿¼½][{windows}]|[à-ï][{control}][{windows}]?",
                f"ð[Ÿ\x9f][{windows}]{{2}}",
                # Mac Roman: `¬†`, `‚Äô`, `‚â•`, `√©`. A root may stand before a number or a letter of a formula.
                f"¬[{mac}]|‚[{mac}]{{2}}|√[©®†§•¶ß´¨≠ÆØ¢£]|(?<=[A-Za-z])√[{mac}](?=[a-z])",
                # The bytes 80 to 9F of windows-1252, read as Latin-1. 85 is the line feed of old mainframes too.
                "[\x80-\x84\x86-\x9f]",
            )
        )
        + ")+"
    )


def _as(byte: int, codec: str) -> str:
    """The character that a byte is in the codec, where it is one and stands for itself in a pattern."""
    return re.escape(bytes([byte]).decode(codec, "ignore"))


def beyond_ascii(text: str) -> str:
    """The characters that are none of ASCII's, in order: few, so that a search among them is not one of the whole text."""
    if text.isascii():
        return ""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


_ASCII = bytes(range(128))


def collapse(text: str) -> str:
    """Runs of breaking white space as one space; no-break spaces stay."""
    return _BREAKING_SPACE.sub(" ", text)


def squeeze(text: str) -> str:
    """Every run of white space, no-break included, as one space, none at the ends: for comparing words."""
    if text.isprintable() and "  " not in text:  # then its white space is single spaces: most sentences, and far faster
        return text.strip(" ")
    on_one_line = text.replace("\n\n", " ").replace("\n", " ")  # as far as the line ends of whole passages go
    if on_one_line.isprintable() and "  " not in on_one_line:
        return on_one_line.strip(" ")
    return " ".join(text.split())


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens; empty where the text holds none."""
    ascii_text = (
        text if text.isascii() else unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    )
    return _NOT_SLUG.sub("-", ascii_text.lower()).strip("-")


def strip_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span less the white space at its ends (`str.isspace`); start == end where nothing else is there."""
    body = text[start:end]
    left = len(body) - len(body.lstrip())
    right = len(body.rstrip())
    return (start + left, start + right) if right > left else (start, start)


def text_hash(passages: Iterable[str]) -> str:
    """sha256 of the passages in order, in NFC; their white-space runs are single spaces already, none at the ends.

    Normalising leaves them so: of no character does it make white space, nor of white space anything else.
    """
    return hashlib.sha256(unicodedata.normalize("NFC", " ".join(filter(None, passages))).encode("utf-8")).hexdigest()
