"""Pages and the encoding that they declare, one case a line, each worked out by hand from the HTML standard.

The standard's steps: sniff (prescan of the first 1,024 bytes, then the XML declaration), and what its parser finds later.
None: the page declares nothing.
"""

from __future__ import annotations

PRESCAN = 1024


def padded(before: str, after: str, length: int) -> str:
    """A page in which `after` ends at `length`, with a comment as long as it takes between."""
    return before + "<!--" + "x" * (length - len(before) - len(after) - 7) + "-->" + after


META = "<meta charset=koi8-r>"
PRAGMA = '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">'

THE_ATTRIBUTE = [
    ('<meta charset="koi8-r">', "koi8-r"),
    ("<meta charset='koi8-r'>", "koi8-r"),
    (META, "koi8-r"),
    ("<meta charset=koi8-r/>", None),  # the slash belongs to the unquoted value
    ("<meta charset=koi8-r />", "koi8-r"),
    ('<meta charset="koi8-r"/>', "koi8-r"),
    ("<meta/charset=koi8-r>", "koi8-r"),
    ("<meta / / charset=koi8-r>", "koi8-r"),
    ("<META CHARSET=KOI8-R>", "koi8-r"),
    ("<mEtA cHaRsEt=KoI8-r>", "koi8-r"),
    ('<meta\ncharset\n=\n" koi8-r ">', "koi8-r"),
    ("<meta\rcharset\r=\rkoi8-r\r>", "koi8-r"),
    ("<meta\tname=a\fcharset=koi8-r>", "koi8-r"),
    ("<meta name=a charset=koi8-r content=b>", "koi8-r"),
    ("<meta name='a>b' charset=koi8-r>", "koi8-r"),
    ('<meta name="a"charset=koi8-r>', "koi8-r"),
    ("<meta a b c charset=koi8-r>", "koi8-r"),
    ("<meta =charset charset=koi8-r>", "koi8-r"),
    ("<meta charset =koi8-r>", "koi8-r"),
    ("<meta charset= koi8-r>", "koi8-r"),
    ("<meta charset>", None),
    ("<meta charset=>", None),
    ("<meta charset koi8-r>", None),
    ("<metacharset=koi8-r>", None),
    ("<meta>charset=koi8-r", None),
    ("<metadata charset=koi8-r>", None),
    ("</meta charset=koi8-r>", None),
    ("<xmeta charset=koi8-r>", None),
    ("<meta xcharset=koi8-r>", None),
    ("<meta charsets=koi8-r>", None),
    ("<meta charset=koi8-r", None),
    ('<meta charset="koi8-r', None),
    ('<meta charset="koi8-r>', None),
    ("<meta charset=koi8-r charset=big5>", "koi8-r"),
    ("<meta charset=none-such charset=big5>", None),
    ("<meta charset=koi8-r><meta charset=big5>", "koi8-r"),
    ('<meta charset="none-such"><meta charset=koi8-r>', "koi8-r"),
    ("<meta name=viewport content='width=9'><meta charset=koi8-r>", "koi8-r"),
]

THE_LABEL = [
    ('<meta charset="">', None),
    ('<meta charset="none-such">', None),
    ("<meta charset=latin1>", "windows-1252"),
    ("<meta charset=us-ascii>", "windows-1252"),
    ("<meta charset=iso-8859-1>", "windows-1252"),
    ("<meta charset=ISO-8859-9>", "windows-1254"),
    ("<meta charset=iso-8859-2>", "iso-8859-2"),
    ("<meta charset=x-sjis>", "shift_jis"),
    ("<meta charset=gb2312>", "gbk"),
    ("<meta charset=utf8>", "utf-8"),
    ("<meta charset=unicode-1-1-utf-8>", "utf-8"),
    ("<meta charset=utf-16>", "utf-8"),
    ("<meta charset=utf-16le>", "utf-8"),
    ("<meta charset=utf-16be>", "utf-8"),
    ("<meta charset=ucs-2>", "utf-8"),
    ("<meta charset=x-user-defined>", "windows-1252"),
    ("<meta charset=utf-7>", None),
    ("<meta charset=utf-32>", None),
    ("<meta charset=koi8-r;>", None),
    ("<meta charset='\tkoi8-r\n'>", "koi8-r"),
]

THE_PRAGMA = [
    (PRAGMA, "koi8-r"),
    ('<meta content="text/html; charset=koi8-r" http-equiv="Content-Type">', "koi8-r"),
    ("<META HTTP-EQUIV='CONTENT-TYPE' CONTENT='TEXT/HTML; CHARSET=KOI8-R'>", "koi8-r"),
    ('<meta http-equiv=content-type content="charset=koi8-r">', "koi8-r"),
    ('<meta http-equiv=content-type content="text/htmlcharset=koi8-r">', "koi8-r"),
    ('<meta http-equiv=content-type content="text/html; charset = koi8-r">', "koi8-r"),
    ('<meta http-equiv=content-type content="text/html; charset\n=\tkoi8-r">', "koi8-r"),
    ('<meta http-equiv=content-type content="text/html; charset=koi8-r;x">', "koi8-r"),
    ('<meta http-equiv=content-type content="text/html; charset=koi8-r x">', "koi8-r"),
    ("<meta http-equiv=content-type content='text/html; charset = \"koi8-r\"; x'>", "koi8-r"),
    ("<meta http-equiv=content-type content=\"text/html; charset='koi8-r'\">", "koi8-r"),
    ("<meta http-equiv=content-type content='text/html; charset=\"koi8-r'>", None),
    ('<meta http-equiv=content-type content="charset koi8-r; charset=big5">', "big5"),
    ('<meta http-equiv=content-type content="charset charset=big5">', "big5"),
    ('<meta http-equiv=content-type content="charset=koi8-r; charset=big5">', "koi8-r"),
    ('<meta http-equiv=content-type content="text/html">', None),
    ('<meta http-equiv=content-type content="text/html; charset">', None),
    ('<meta http-equiv=content-type content="text/html; charset=">', None),
    ('<meta http-equiv=content-type content="text/html; charset=none-such">', None),
    ('<meta http-equiv=content-type content="text/html; charset=utf-16be">', "utf-8"),
    ("<meta http-equiv=content-type content=charset=koi8-r>", "koi8-r"),
    # Unquoted, the content ends at the space; what follows is an attribute of its own.
    ("<meta http-equiv=content-type content=text/html; charset=koi8-r>", "koi8-r"),
    ('<meta http-equiv=refresh content="text/html; charset=koi8-r">', None),
    ('<meta http-equiv=content-typ content="text/html; charset=koi8-r">', None),
    ('<meta http-equiv=" content-type" content="text/html; charset=koi8-r">', None),
    ('<meta name=content-type content="text/html; charset=koi8-r">', None),
    ('<meta content="text/html; charset=koi8-r">', None),
    ('<meta http-equiv=refresh http-equiv=content-type content="charset=koi8-r">', None),
    ('<meta http-equiv=content-type content="charset=koi8-r" content="charset=big5">', "koi8-r"),
    ('<meta http-equiv="content-type" charset=big5 content="charset=koi8-r">', "big5"),
    ('<meta http-equiv="content-type" content="charset=koi8-r" charset=big5>', "big5"),
    ('<meta charset=big5 content="charset=koi8-r">', "big5"),
    ('<meta content="charset=koi8-r"><meta http-equiv=content-type content="charset=big5">', "big5"),
]

WHAT_STANDS_BEFORE = [
    ("<!-- <meta charset=big5> --><meta charset=koi8-r>", "koi8-r"),
    ("<!--><meta charset=koi8-r>", "koi8-r"),
    ("<!---><meta charset=koi8-r>", "koi8-r"),
    ("<!-- > <meta charset=big5> --><meta charset=koi8-r>", "koi8-r"),
    ("<!-- <meta charset=koi8-r>", None),
    ("<!- <meta charset=big5>", None),
    ("<!doctype html><meta charset=koi8-r>", "koi8-r"),
    ("<!DOCTYPE html '<meta charset=big5>'><meta charset=koi8-r>", "koi8-r"),
    ("<![CDATA[<meta charset=koi8-r>]]>", None),
    ("<!><meta charset=koi8-r>", "koi8-r"),
    ("<!x", None),
    ("<?><meta charset=koi8-r>", "koi8-r"),
    ("<?php echo 1 ?><meta charset=koi8-r>", "koi8-r"),
    ("<?x <meta charset=koi8-r>", None),
    ("</ ><meta charset=koi8-r>", "koi8-r"),
    ("</5><meta charset=koi8-r>", "koi8-r"),
    ("</><meta charset=koi8-r>", "koi8-r"),
    ("</p><meta charset=koi8-r>", "koi8-r"),
    ("</p a='<meta charset=big5>'><meta charset=koi8-r>", "koi8-r"),
    ('<p title="<meta charset=koi8-r>">', None),
    ('<p title="><meta charset=koi8-r>', None),
    ('<p title=x"><meta charset=koi8-r>', "koi8-r"),
    ("<p title='\"'><meta charset=koi8-r>", "koi8-r"),
    ("<p a=b=c><meta charset=koi8-r>", "koi8-r"),
    ("<p =><meta charset=koi8-r>", "koi8-r"),
    ("<p/><meta charset=koi8-r>", "koi8-r"),
    ("<p\n><meta charset=koi8-r>", "koi8-r"),
    ("<p <meta charset=koi8-r>", None),
    ("<p<meta charset=koi8-r>", None),
    ("<5><meta charset=koi8-r>", "koi8-r"),
    ("< <meta charset=koi8-r>", "koi8-r"),
    ("<<meta charset=koi8-r>", "koi8-r"),
    ("<", None),
    ("<html><head><title>x</title><meta charset=koi8-r>", "koi8-r"),
    ("words before<meta charset=koi8-r>", "koi8-r"),
    ("<body><p>words</p><meta charset=koi8-r>", "koi8-r"),
    # The prescan knows of no scripts and titles, so that what they quote counts.
    ("<script>'<meta charset=koi8-r>'</script>", "koi8-r"),
    ("<title><meta charset=koi8-r></title><meta charset=big5>", "koi8-r"),
    ("<script>'<meta charset=' + 'koi8-r>'</script>", None),
]

THE_XML_DECLARATION = [
    ('<?xml version="1.0" encoding="koi8-r"?><html>', "koi8-r"),
    ("<?xml version='1.0' encoding='koi8-r'?><html>", "koi8-r"),
    ('<?xml version="1.0" encoding="none-such"?><html>', None),
    ('<?xml version="1.0"?><html encoding="koi8-r">', None),
    (' <?xml version="1.0" encoding="koi8-r"?><html>', None),
    ('<?xml version="1.0" encoding="koi8-r"?><meta charset=big5>', "big5"),
]

THE_LENGTH = [
    (padded("", META, PRESCAN), "koi8-r"),
    (padded("", META, PRESCAN + 1), None),
    (padded("", PRAGMA, PRESCAN), "koi8-r"),
    (padded("", PRAGMA, PRESCAN + 1), None),
    (" " * 1003 + META, "koi8-r"),
    (" " * 1004 + META, None),
    (" " * 1023 + META, None),
    (" " * 2000 + META, None),
]

PRESCANNED = [
    *THE_ATTRIBUTE, *THE_LABEL, *THE_PRAGMA, *WHAT_STANDS_BEFORE, *THE_XML_DECLARATION, *THE_LENGTH
]  # fmt: skip
"""What the prescan answers."""

LATER = [
    (padded("", META, PRESCAN + 1), "koi8-r"),
    (padded("", PRAGMA, 2048), "koi8-r"),
    (padded("<!doctype html><head>", META, 4097), "koi8-r"),
    (padded("", META, 8193), "koi8-r"),
    (padded("<body>", "<p>words" + META, 5000), "koi8-r"),
    (padded("<script>'<b>'", "</script>" + META, 3000), "koi8-r"),
    (" " * 2000 + "<script>'<meta charset=big5>'</script>" + META, "koi8-r"),
    (" " * 2000 + "<title><meta charset=big5></TITLE>" + META, "koi8-r"),
    (" " * 2000 + "<!-- <meta charset=big5> -->" + META, "koi8-r"),
    (" " * 2000 + "<p title='<meta charset=big5>'>" + META, "koi8-r"),
    (" " * 2000 + "<script>'<meta charset=big5>'", None),
    (" " * 2000 + "<style>/* <meta charset=big5> */</style>", None),
    (" " * 2000 + "<meta charset=none-such>", None),
    (" " * 300_000 + META, None),
]
"""What a parser finds past the prescan."""
