"""The text gate: what no text may hold is replaced and reported, mojibake reported, normalised values clean."""

from __future__ import annotations

import io
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betony.model import Capture, WarningCode
from betony.pipeline import structure
from betony.record import Record, evidences
from betony.sources.jsonlines import from_lines
from betony.text import clean, mojibake

GARBLED = [
    ("It‚Äôs", "‚Äô", "It’s"),
    ("Itâ€™s", "â€™", "It’s"),
    ("Itâ\x80\x99s", "â\x80\x99", "It’s"),
    ("Clearinghouseâ\x84¢", "â\x84¢", "Clearinghouse™"),
    ("caf√© au lait", "√©", "café au lait"),
    ("cafÃ© au lait", "Ã©", "café au lait"),
    ("18¬†years", "¬†", "18\u00a0years"),
    ("18Â\u00a0years", "Â\u00a0", "18\u00a0years"),
    ("â‰¥18 years", "â‰¥", "≥18 years"),
    ("anti-TNF-Î± drugs", "Î±", "anti-TNF-α drugs"),
    ("KaÅ‚uza", "Å‚", "Kałuza"),
    ("Ã¢â‚¬â„¢tis", "Ã¢â‚¬â„¢", "’tis"),
    ("It\x92s", "\x92", "It’s"),
    ("lost\ufffdword â€“ it", "â€“", "lost\ufffdword – it"),
]

PROPER = [
    "naïve café, Übergröße, coração, NÃO, PÂTÉ, Ångström, Âge d’or, IRMÃ”, «À LA CARTE»",
    "“quoted” ‘single’ – dash — long … • bullet ™ ® © ° ± ≥ ≤ µg α β 5 Å² √2 √π ¬A ∧ B",
    "‚Deutsche‘ „Anführung“ ‚Äpfel‘ ‚Österreich‘ ‚Übung‘",
    "ÉCOLE… É” È’ “É”, “Ï”, Î – Ð, Ø — å’ à… “là”. très… “été”",
    "Łódź, Kraków, Žižek, Šumava, Çelik, Işık, Đặng, Ελλάδα, Россия, العربية, 日本語, 한국어, हिन्दी",
    "H₂O, 10⁻³, ½, №, €5, £3, ¥7, 😀, a\u00a0b, a\u202fb, soft\u00adhyphen, zero\u200bwidth, line\x85feed",
]


@pytest.mark.parametrize(("text", "place", "repaired"), GARBLED)
def test_mojibake_is_found_and_in_values_repaired(text: str, place: str, repaired: str) -> None:
    assert place in [text[start:end] for start, end in mojibake(text)]
    assert clean(text) == repaired


@pytest.mark.parametrize("text", PROPER)
def test_proper_text_is_left_in_peace(text: str) -> None:
    assert mojibake(text) == []
    assert clean(text) == text.replace("\u00ad", "").replace("\u200b", "")


@pytest.mark.parametrize(
    "character", "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\U000e0041"
)
def test_no_value_holds_what_nobody_sees(character: str) -> None:
    assert clean(f"{character}a{character}b{character}") == "ab"


@given(st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    places = mojibake(text)
    assert all(start < end for start, end in places)
    assert places == sorted(places)
    assert not any(character in clean(text) for character in "\u200b\u202e\u2066\ufeff\u00ad")


def test_looking_costs_little() -> None:
    for text in ("plain é text ’ " * 70_000, "â" * 1_000_000, "Ã" * 1_000_000, "â€™" * 300_000):
        start = time.process_time()
        mojibake(text)
        assert time.process_time() - start < 2


PAGE = """<!doctype html><meta charset="utf-8"><title>x</title><main>
<h1>Childrenâ€™s \u202eEczema\u200b</h1><p>This guideline covers eczema in children under 18¬†years.</p>
<h2>Recommendations</h2><p>Womenâ€™s cliniciansâ€™ teams should offer an emollient\u200b to every child.</p>
<h2>Codes\u200bÂ£</h2><p>It\u2067stays.</p></main>"""


def codes(record: Record) -> list[WarningCode]:
    return [warning.code for warning in record.quality.warnings]


def test_a_record_of_garbled_text_quotes_it_and_names_it_properly() -> None:
    record = structure([Capture(PAGE.encode(), "page.html")])
    assert record.title is not None
    assert record.title.value == "Children’s Eczema"
    assert record.title.evidence[0].quote == "Childrenâ€™s \u202eEczema\u200b"
    assert record.parts[0].title == "Children’s Eczema"
    (warning,) = [w for w in record.quality.warnings if w.code is WarningCode.MOJIBAKE]
    assert [evidence.quote for evidence in warning.evidence] == ["â€™", "¬†", "â€™", "â€™", "Â£"]
    assert "5 places" in warning.message
    assert "cliniciansâ€™" in record.text
    assert "\u2067" in record.text
    assert record.recommendations
    for one in record.recommendations:
        assert "â€™" not in (one.actor or "")
    for evidence in evidences(record):
        assert record.text[evidence.start : evidence.end] == evidence.quote


BAD = "Overview\n\nIt covers \ud800 and \x00 and \x1b and \x0e.\n"
KEPT = "It covers \ufffd and \ufffd and \ufffd and \ufffd."


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (BAD.encode("utf-8", "surrogatepass"), "a.txt"),
        (b"\xff\xfe" + BAD.encode("utf-16le", "surrogatepass"), "a.txt"),
        (b"<!doctype html><p>" + BAD.encode("utf-8", "surrogatepass"), "a.html"),
        (b"<!doctype html><p>Overview<p>It covers &#xD800; and &#0; and &#x1b; and &#14;.", "a.html"),
    ],
)
def test_what_no_text_may_hold_is_replaced_and_reported(body: bytes, name: str) -> None:
    record = structure([Capture(body, name)])
    assert KEPT in record.text
    assert WarningCode.TEXT_REPAIRED in codes(record)


@pytest.mark.parametrize("kind", ["text", "html"])
def test_it_is_in_json_lines_too(kind: str) -> None:
    for bad in (BAD, BAD.replace("\x00", "").replace("\x1b", "").replace("\x0e", "")):
        (capture,) = from_lines(io.BytesIO(json.dumps({kind: bad}).encode()), "a.jsonl")
        assert isinstance(capture, Capture)
        record = structure([capture])
        assert "It covers \ufffd and" in record.text
        assert WarningCode.TEXT_REPAIRED in codes(record)


def test_bytes_that_are_no_character_are_reported_in_any_encoding() -> None:
    body = "<meta charset=shift_jis><p>日本語 ".encode("shift_jis") + b"\x81\xff words to read here."
    record = structure([Capture(body, "a.html")])
    assert "\ufffd" in record.text
    assert WarningCode.TEXT_REPAIRED in codes(record)
