"""Tells pages that hold no document (errors, sign-in, listings, placeholders) from short ones that do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from betony.errors import DocumentError, Reason
from betony.model import BlockKind, Document, Layer
from betony.text import squeeze

_SHORT = 1_500
"""Characters of body text below which a page may be nothing but its message."""

_SENTENCE = re.compile(r"\w[^.!?]{40,}[.!?](?:\s|$)")


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that give a page away, where they are looked for, and what they say it is."""

    what: str
    announced: re.Pattern[str] | None = None
    """In the title, the first heading, or the first line."""
    said: re.Pattern[str] | None = None
    """Anywhere in the body."""


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


SIGNS = (
    Sign(
        "an error page",
        announced=_words(
            r"^(?:http |server |sorry,? |oops!? )?(?:error |status )?(?:code )?:? ?[45]\d\d(?:$|\s*[-–—:|.,]|\s+(?:not|forbidden|bad|internal|service|gateway|error|page|unauthori))",
            r"\bpage (?:(?:was|is|could|can)(?:n[o']t| not)? )?(?:be )?(?:found|displayed|available)\b",
            r"^(?:page |file |resource |document )?not found\b",
            r"^access (?:is |was )?(?:denied|forbidden)\b",
            r"^forbidden$",
            r"^(?:service|site|page|website)(?: is)?(?: temporarily)? unavailable\b",
            r"\b(?:internal server error|bad gateway|gateway time-?out|request timed out|service interruption)\b",
            r"\bsomething (?:has gone|went) wrong\b",
            r"^(?:sorry,? )?there (?:is|was) a (?:technical )?(?:problem|fault) with (?:the|this|our) (?:service|web ?site|site|page)\b",
            r"\b(?:experiencing|having) technical (?:difficulties|problems)\b",
            r"^(?:runtime|application|server|database) error\b",
            r"\b(?:we.?re|we are|site is|down for) (?:currently )?(?:undergoing |under )?(?:scheduled )?maintenance\b",
            r"^an? (?:unexpected )?error (?:has )?occurred\b",
        ),
        said=_words(
            r"\bthe (?:web ?server|server|origin) (?:failed|did not|is not able|encountered)\b",
            r"\b(?:page|url|file) (?:you (?:requested|were looking for|are looking for)|requested) (?:was not|could not|cannot|does not)\b",
            r"\byou (?:do not|don.t) have permission to (?:access|view)\b",
        ),
    ),
    Sign(
        "a page for people only",
        announced=_words(
            r"^just a moment",
            r"^attention required",
            r"\bare you (?:a )?(?:human|robot)\b",
            r"^security check\b",
            r"\bcaptcha\b",
        ),
        said=_words(
            r"\b(?:enable|turn on|switch on|requires?|need) (?:your )?(?:browser.s )?javascript\b",
            r"\bjavascript (?:is |must be |has been )?(?:required|disabled|enabled|turned off)\b",
            r"\bchecking your browser\b",
            r"\bverify (?:that )?you are (?:a )?human\b",
        ),
    ),
    Sign(
        "a sign-in page",
        announced=_words(
            r"^(?:please )?(?:sign|log) ?in\b(?! to guid)",
            r"^login\b",
            r"\b(?:sign|log) in to (?:your|continue|access)\b",
        ),
        said=_words(
            r"\b(?:you (?:must|need to)|please) (?:be )?(?:sign|log)(?:ged)? ?in to (?:view|see|read|access|continue)\b",
            r"\bforgotten your password\b",
            r"\bforgot(?:ten)? password\b",
        ),
    ),
    Sign(
        "a list of search results",
        announced=_words(
            r"^search results\b", r"^results for\b", r"^your search\b", r"^search$", r"\bno results (?:were )?found\b"
        ),
        said=_words(r"\byour search (?:for|did not|returned)\b"),
    ),
    Sign(
        "a placeholder",
        announced=_words(
            r"^coming soon\b",
            r"^under construction\b",
            r"^index of /",
            r"^welcome to nginx",
            r"\bdefault (?:web )?page\b",
            r"\bdomain (?:name )?(?:is|may be) for sale\b",
            r"^it works!?$",
            r"^untitled(?: document| page)?$",
            r"^(?:test|sample|blank) page$",
        ),
        said=_words(r"\blorem ipsum dolor\b", r"\bthis (?:page|site|website) is (?:under construction|coming soon)\b"),
    ),
)


def refuse_empty_pages(document: Document, uri: str) -> None:
    """DocumentError (NOT_A_DOCUMENT or EMPTY) where the page holds no document of its own.

    A page is never refused for being short: a title and a sentence about its standing are a document. It is refused
    where its message says that the document is not there, where it is nothing but links, and where nothing is left.
    """
    body = [block for block in document.blocks if block.layer is Layer.BODY]
    words = squeeze(" ".join(document.text[block.start : block.end] for block in body))
    if not any(character.isalnum() for character in words):
        if any(character.isalnum() for character in document.text):
            raise _refusal("only menus and other furniture of the site", uri, Reason.NOT_A_DOCUMENT)
        raise DocumentError("it holds no text", reason=Reason.EMPTY, document=uri, advice="fetch or save it again")
    if len(words) < _SHORT:
        announcements = _announcements(document)
        for sign in SIGNS:
            announced = sign.announced and any(sign.announced.search(line) for line in announcements)
            said = sign.said and sign.said.search(words)
            if (announced and (said or not _SENTENCE.search(words) or len(words) < 400)) or (said and len(words) < 600):
                raise _refusal(sign.what, uri, Reason.NOT_A_DOCUMENT)
    if _only_links(document):
        raise _refusal("a list of links", uri, Reason.NOT_A_DOCUMENT)


def _refusal(what: str, uri: str, reason: Reason) -> DocumentError:
    return DocumentError(
        f"this is {what}, not a document", reason=reason, document=uri, advice="fetch or save it again"
    )


def _announcements(document: Document) -> list[str]:
    """The title element, the first heading and the first line of the body."""
    body = [block for block in document.blocks if block.layer is Layer.BODY]
    heading = next((block for block in body if block.kind is BlockKind.HEADING), None)
    lines = [document.head.title or ""]
    lines += [document.text[block.start : block.end] for block in (heading, body[0] if body else None) if block]
    return [squeeze(line) for line in lines]


def _only_links(document: Document) -> bool:
    """Nearly all of the body is linked, in many pieces, and no sentence stands outside the links."""
    body = [block for block in document.blocks if block.layer is Layer.BODY and block.kind is not BlockKind.HEADING]
    linked = 0
    total = 0
    pieces = 0
    links = iter(sorted(document.links, key=lambda link: link.start))
    link = next(links, None)
    for block in body:
        total += block.end - block.start
        inside = 0
        while link is not None and link.end <= block.end:
            if link.start >= block.start:
                inside += link.end - link.start
                pieces += 1
            link = next(links, None)
        linked += inside
        outside = block.end - block.start - inside
        if outside > 60 and _SENTENCE.search(document.text[block.start : block.end]):
            return False
    return pieces >= 10 and linked > 0.8 * total
