"""What a page shows or holds and its tree does not: pages written into frames, and all behind what nothing ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from betony.errors import DocumentError
from betony.model import Notice, WarningCode, WarningLevel
from betony.readers import markup
from betony.readers.elements import UNREAD

_RAW = re.compile(rb"<(/?)(?:script|style|textarea|title|xmp|iframe|noembed|noframes)\b", re.IGNORECASE)
"""Tags of elements whose content is no markup."""
_HIDDEN = ("script", "style", "title")
_END = 20
"""Characters by which two ends are compared."""
_TAG = re.compile(rb"<[^<>]*>")


def notices(page: bytes, root: etree._Element, content: frozenset[etree._Element]) -> Iterator[Notice]:
    """What of a page given in UTF-8 is missing in its tree; what stands in a frame beside the document is no loss to it."""
    for what in _cut_by(page, root):
        message = f"missing, for a {what} that nothing ends hides it: the rest of the page"
        yield Notice(WarningCode.TRUNCATED, message, WarningLevel.REVIEW)
    if b"srcdoc" not in page:
        return
    frames = [frame for frame in root.iter("iframe") if _says_something(frame.get("srcdoc") or "")]
    if frames:
        inside = not content or any(above in content for frame in frames for above in frame.iterancestors())
        message = "missing, for nothing here reads it: a page that is written into a frame of the page"
        yield Notice(WarningCode.TRUNCATED, message, WarningLevel.REVIEW if inside else WarningLevel.INFO)


def _cut_by(page: bytes, root: etree._Element) -> Iterator[str]:
    """What hides the end of the page."""
    if _is_cut_by_a_comment(page):
        yield "comment"
    last = root
    while len(last):  # what nothing ends holds all behind it, and so comes last
        last = last[-1]
    if last.tag in _HIDDEN and last.text and not last.tail and last.text.strip():
        end = last.text.rstrip()[-_END:].encode("utf-8", "replace")
        if page[-10 * _END :].rstrip().endswith(end):  # else it was shut, and its tag comes last
            yield str(last.tag)


def _is_cut_by_a_comment(page: bytes) -> bool:
    start = page.rfind(b"<!--")
    if start < 0 or page.startswith((b"<!-->", b"<!--->"), start):
        return False
    if max(page.find(b"-->", start + 4), page.find(b"--!>", start + 4)) >= 0:
        return False
    if page.rfind(b"<", 0, start) > page.rfind(b">", 0, start):
        return False  # in an attribute
    rest = page[start + 4 :]
    raw = _RAW.search(rest)
    in_a_script = raw is not None and bool(raw[1])
    return not in_a_script and any(byte > 127 or chr(byte).isalnum() for byte in _TAG.sub(b"", rest))


def _says_something(source: str) -> bool:
    if not source.strip():
        return False
    try:
        root = markup.parse(source.encode("utf-8", "replace"))[0]
    except DocumentError:  # broken, which is not to cost the page around it
        return True
    etree.strip_elements(root, *UNREAD, with_tail=False)
    return any(words.strip() for words in map(str, root.itertext()))
