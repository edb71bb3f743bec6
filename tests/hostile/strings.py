"""Strings made to harm whoever writes them to a file, a spreadsheet or a page: made up here by kind, some hundreds."""

from __future__ import annotations

from itertools import product

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_FORMULAS = (
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://127.0.0.1/?x="&A1,"click")',
    "SUM(A1:A9)*cmd",
    "IMPORTXML(CONCAT(1,2),3)",
    "DDE(0;0;0)",
    "@SUM(1)",
    "",
)
_PATHS = ("..", "etc", "passwd", "C:", "nul", "a" * 120)
_SEPARATORS = ("/", "\\", "%2f", "%5c", "\u2215", ":", "//", "\0")
_RESERVED = ("CON", "PRN", "AUX", "NUL", "COM1", "LPT9", "con.txt", ".", "..", "...", "~", "-", "--help", ".htaccess")
_MARKUP = ("<script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>", "]]><x/>", "<!--", "-->", "&amp;&#0;&x;")
_QUERIES = (
    "'; drop table records; --",
    '" or ""="',
    "1' or '1'='1",
    "${7*7}",
    "{{7*7}}",
    "%s%n%x",
    "$(reboot)",
    "`id`",
)
_CONTROLS = "".join(map(chr, (*range(0x20), 0x7F, *range(0x80, 0xA0))))
_UNSEEN = "\u00a0\u00ad\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069\ufeff\ufffc\ufffd\ufffe\uffff"
_SCRIPTS = (
    "Ω≈ç√∫˜µ",
    "田中さんにあげて",
    "اختبار النص",
    "בדיקה",
    "ด้้้้้",
    "👩‍⚕️🏽",
    "Ｔｅｓｔ",
    "ﬁﬂ",
    "İıſK",
    "e\u0301\u0301\u0301",
    "𝔗𝔢𝔰𝔱",
    "🇬🇧🇬",
)
_VALUES = (
    "",
    " ",
    "null",
    "None",
    "NaN",
    "undefined",
    "true",
    "0",
    "-0",
    "1e309",
    "0x10",
    "1/0",
    "1,000",
    "2/3",
    "1-1",
    "'x",
    "#REF!",
)
_SHEETS = (
    "_x000D_",
    "_x0041_",
    "Assessment!A1",
    "{=1}",
    "\ufeff=1",
    "  =1",
    "\u00a0=1",
    " \t=1",
    '"=1"',
    ";=1",
    ",=1",
    "|=1",
    "%0A=1",
    "%=1",
)


def strings() -> list[str]:
    """Every one, none twice."""
    made = [sign + body for sign, body in product(FORMULA_SIGNS, _FORMULAS)]
    made += [sign.join((one, other)) for sign, one, other in product(_SEPARATORS, _PATHS, _PATHS)]
    made += [*_RESERVED, *_MARKUP, *_QUERIES, *_SCRIPTS, *_VALUES, *_SHEETS]
    made += [f"a{sign}b" for sign in _CONTROLS + _UNSEEN]
    made += [f"{sign}=1+1" for sign in _UNSEEN]
    made += ["x" * 300, "é" * 300, "=" * 40_000, "ﷺ" * 40_000, "../" * 60 + "etc/passwd"]
    return list(dict.fromkeys(made))
