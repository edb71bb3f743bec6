"""Tells pages that hold no document (errors, sign-in, listings, placeholders) from short ones that do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from betony.errors import DocumentError, Reason
from betony.model import Block, BlockKind, Document, Layer
from betony.text import squeeze

_SHORT = 1_500
"""Characters of body text below which a page may be nothing but its message."""

_SENTENCE = re.compile(r"(?:\A|[.!?])[^\w.!?]*+\w[^.!?]{40,}+[.!?](?:\s|\Z)")
"""Looked for from the end of one to that of the next: from every letter, a long run of letters would take hours."""


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


_STATUS = (
    r"(?:bad request|unauthori[sz]ed|forbidden|not found|method not allowed|not acceptable"
    r"|request time-?out|conflict|gone|too many requests|internal server error|not implemented|bad gateway"
    r"|service (?:temporarily )?unavailable|gateway time-?out|error)"
)
"""What HTTP calls its answers (RFC 9110, chapter 15)."""
_ASKED_FOR = r"(?:page|url|file|document|guideline|guidance|summary|content|article|resource|address|link|item)"
_CANNOT_FIND = r"(?:can(?:.?t|not| not)|could(?:n.?t| not)|unable to|don.?t|doesn.?t) (?:seem to )?(?:find|locate)"

SIGNS = (
    Sign(
        "an error page",
        announced=_words(
            r"^(?:http |server |sorry,? |oops!? )?(?:error |status )?(?:code )?:? ?[45]\d\d(?:$|\s*[-–—:|.,]|\s+(?:not|forbidden|bad|internal|service|gateway|error|page|unauthori))",
            rf"^(?:http )?(?:error )?[345]\d\d:? {_STATUS}\b",
            rf"^{_STATUS}$|^(?:bad request|too many requests|method not allowed)\b",
            r"^(?:http )?error [45]\d\d\b|\berror code:? [45]\d\d\b|\| [45]\d\d: ",
            r"\bpage (?:(?:was|is|could|can)(?:n[o']t| not)? )?(?:be )?(?:found|displayed|available)\b",
            r"^(?:[\w-]+ ){0,2}not found\b",
            rf"\b{_CANNOT_FIND} (?:the|this|that|your) {_ASKED_FOR}\b",
            rf"\b(?:this|the|that) {_ASKED_FOR} (?:isn.?t|is not|is no longer) available\b",
            r"^access (?:is |was |has been )?(?:denied|forbidden)\b",
            r"\byou have been blocked\b|^request (?:rejected|blocked|unsuccessful)\b|^pardon our interruption\b",
            r"^(?:the )?(?:service|site|page|website)(?: is)?(?: temporarily| currently)? (?:unavailable|off-?line|down)\b",
            r"\b(?:internal server error|bad gateway|gateway time-?out|request timed out|service interruption)\b",
            r"\bsomething (?:has gone|went) wrong\b",
            r"^(?:sorry,? )?there (?:is|was) a (?:technical )?(?:problem|fault) with (?:the|this|our) (?:service|web ?site|site|page)\b",
            r"\b(?:experiencing|having) technical (?:difficulties|problems)\b",
            r"^(?:runtime|application|server|database|critical) error\b|^error establishing\b",
            r"^connection (?:timed out|refused|reset)\b|\bsite can.?t be reached\b",
            r"\b(?:we.?re|we are|site is|down for) (?:currently )?(?:undergoing |under )?(?:scheduled )?maintenance\b",
            r"^(?:site|website|scheduled|planned|under) maintenance\b|\b(?:we.?ll|we will) be (?:right )?back\b",
            r"^an? (?:unexpected )?error (?:has )?occurred\b",
            r"^(?:fehler|erreur|errore|feil|fel|fejl|fout) [45]\d\d\b",
            r"\bseite (?:wurde )?(?:leider )?nicht gefunden\b|\bpage (?:non trouvée|introuvable)\b"
            r"|\bpágina no encontrada\b|\bpagina (?:non trovata|niet gevonden)\b",
        ),
        said=_words(
            r"\bthe (?:web ?server|server|origin) (?:failed|did not|is not able|encountered)\b",
            rf"\b{_ASKED_FOR} (?:that )?you (?:have )?(?:requested|asked for|(?:were|are) (?:looking|searching) for|followed)"
            r"(?: has (?:been )?(?:moved|removed|deleted)| (?:is|was|could|can|does|may)\b)",
            rf"\b{_ASKED_FOR} requested (?:was not|could not|cannot|does not|is not)\b",
            rf"\b{_CANNOT_FIND} (?:the|this|that) (?:page|url|file|content|resource)\b",
            r"\b(?:page|it|link)(?:.s| is| has| may have| might have)? (?:probably )?(?:have )?been (?:re)?moved[^.]{0,40}\b(?:deleted|updated|removed|renamed)\b",
            r"\brequested (?:url|resource) (?:was rejected|is no longer available|was not found|could not be)\b",
            r"\bresource you are looking for\b|\bresource cannot be found\b|\brequest url is invalid\b",
            r"\byou (?:do not|don.t) have permission to (?:access|view)\b",
            r"\byou (?:have been|are|were) (?:temporarily )?blocked\b|\bcloudflare ray id\b|\bincapsula incident\b|\bsupport id is\b",
            r"\brequest could not be satisfied\b|\bbackend fetch failed\b|\bguru meditation\b",
            r"\bweb server timed out\b|\bweb ?page can ?not be displayed\b|\btook too long to respond\b|\berr_[a-z]+_[a-z_]+\b",
            r"\bencountered an (?:unexpected|internal) error\b|\bcritical error on this website\b|\bdatabase connection\b",
            r"\berror occurred (?:in the application|on the server|on this page|while processing your)\b",
            r"\b(?:sent|made) too many requests\b",
            r"\b(?:performing|undergoing|carrying out) (?:some )?(?:\w+ )?maintenance\b",
            r"\b(?:site|website) is (?:currently |temporarily )?(?:not available|unavailable|off-?line|down)\b",
            r"\bnot available in your (?:region|country|location)\b",
            r"\bwayback machine (?:doesn.t|does not|has not)\b",
        ),
    ),
    Sign(
        "a page for people only",
        announced=_words(
            r"^just a moment",
            r"^attention required",
            r"\b(?:are you|you are) (?:a )?(?:human|robot)\b|\bhuman verification\b|\brobot challenge\b",
            r"^security check\b",
            r"\bcaptcha\b",
            r"\bchecking (?:your browser|the site connection)\b",
            r"^(?:loading|please wait)\W*$",
            r"\bbrowser is (?:not supported|unsupported|out of date|too old)\b|^unsupported browser\b",
        ),
        said=_words(
            r"\b(?:enable|turn on|switch on|requires?|need) (?:your )?(?:browser.s )?javascript\b",
            r"\bjavascript (?:is |must be |has been )?(?:required|disabled|enabled|turned off)\b",
            r"\bcookies and javascript are enabled\b|\bmade us think (?:that )?you were a (?:ro)?bot\b",
            r"\bchecking your browser\b|\brequest is being verified\b",
            r"\b(?:verif(?:y|ying|ies)|confirm) (?:that )?you are (?:a )?(?:human|not a (?:ro)?bot)\b",
            r"\bupgrade to a (?:modern|newer|supported) browser\b",
        ),
    ),
    Sign(
        "a sign-in page",
        announced=_words(
            r"^(?:please )?(?:sign|log) ?in\b(?! to guid)",
            r"^login\b|\bnhs login\b",
            r"\b(?:sign|log) in to (?:your|continue|access)\b",
            r"\bsession has (?:expired|timed out)\b|^session (?:expired|time-?out)\b",
            r"^subscribe to (?:read|continue|access)\b|^access (?:through|via) your\b",
        ),
        said=_words(
            r"\b(?:you (?:must|need to)|please) (?:be )?(?:sign|log)(?:ged)? ?in (?:again )?to (?:view|see|read|access|continue)\b",
            r"\bto access this \w+,? you (?:must|need to) (?:sign|log) in\b",
            r"\bforgot(?:ten)? (?:your )?password\b",
            r"\balready a (?:subscriber|member)\b|\blog in (?:via|with) (?:your institution|openathens)\b",
        ),
    ),
    Sign(
        "a question about cookies",
        announced=_words(
            r"^we (?:value|care about|respect) your privacy\b|^before you continue\b",
            r"^(?:your )?(?:cookie|privacy) (?:consent|preferences|settings|choices)\b|^(?:accept|manage) (?:all )?cookies\b",
        ),
        said=_words(
            r"\b(?:accept|reject|allow) all cookies\b|\b(?:accept|allow) all\W+(?:reject|decline|manage|more)\b"
        ),
    ),
    Sign(
        "a page that only leads to another",
        announced=_words(
            r"^redirect(?:ing|ion|ed)?\b",
            r"^object moved\b",
            r"^(?:30[1-8] )?(?:moved permanently|found|see other|(?:temporary|permanent) redirect)$",
        ),
        said=_words(
            r"\bif you are not (?:automatically )?redirected\b|\bredirected automatically\b",
            r"\b(?:document|object|page) (?:has moved|may be found) (?:<a|here)\b",
            r"\bthis (?:web ?)?(?:page|site) has (?:been )?moved\b[^.]{0,80}\.? (?:please )?(?:click|follow|update your)\b",
            r"\b(?:browser|page) (?:does not|doesn.t|needs?|requires?|uses?) (?:support )?frames\b",
        ),
    ),
    Sign(
        "a list of search results",
        announced=_words(
            r"^search results\b", r"^results for\b", r"^your search\b", r"^search$", r"\bno results (?:were )?found\b"
        ),
        said=_words(r"\byour search (?:for|did not|returned)\b|(?:^|\s)0 results (?:were )?found\b"),
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
        said=_words(
            r"\blorem ipsum dolor\b",
            r"\bthis (?:page|site|website) is (?:under construction|coming soon)\b",
            r"\bdomain has expired\b",
        ),
    ),
)


def refuse_empty_pages(document: Document, uri: str) -> None:
    """DocumentError (NOT_A_DOCUMENT or EMPTY) where the page holds no document of its own.

    A page is never refused for being short: a title and a sentence about its standing are a document. It is refused
    where its message says that the document is not there, where it is nothing but links, and where nothing is left.
    """
    body = [block for block in document.blocks if block.layer is Layer.BODY]
    if not any(character.isalnum() for block in body for character in document.text[block.start : block.end]):
        if any(character.isalnum() for character in document.text):
            raise _refusal("only menus and other furniture of the site", uri, Reason.NOT_A_DOCUMENT)
        raise DocumentError("it holds no text", reason=Reason.EMPTY, document=uri, advice="fetch or save it again")
    words = _beginning(document.text, body)
    if len(words) < _SHORT:
        announcements = _announcements(document, body)
        for sign in SIGNS:
            announced = sign.announced and any(sign.announced.search(line) for line in announcements)
            said = sign.said and sign.said.search(words)
            if (announced and (said or not _SENTENCE.search(words) or len(words) < 400)) or (said and len(words) < 600):
                raise _refusal(sign.what, uri, Reason.NOT_A_DOCUMENT)
    if _only_links(document, body):
        raise _refusal("a list of links", uri, Reason.NOT_A_DOCUMENT)


def _beginning(text: str, body: Sequence[Block]) -> str:
    """All words of the body where they are few; of others so many that they are not."""
    blocks = iter(body)
    words = ""
    while len(words) < _SHORT and (some := list(islice(blocks, 15))):
        words = squeeze(" ".join([words, *(text[block.start : block.end] for block in some)]))
    return words


def _refusal(what: str, uri: str, reason: Reason) -> DocumentError:
    return DocumentError(
        f"this is {what}, not a document", reason=reason, document=uri, advice="fetch or save it again"
    )


def _announcements(document: Document, body: Sequence[Block]) -> list[str]:
    """The title element, the first heading and the first line of the body."""
    heading = next((block for block in body if block.kind is BlockKind.HEADING), None)
    lines = [document.head.title or ""]
    lines += [document.text[block.start : block.end] for block in (heading, body[0] if body else None) if block]
    return [squeeze(line) for line in lines]


def _only_links(document: Document, body: Sequence[Block]) -> bool:
    """Nearly all of the body is linked, in many pieces, and no sentence stands outside the links."""
    linked = 0
    total = 0
    pieces = 0
    links = iter(sorted(document.links, key=lambda link: link.start))
    link = next(links, None)
    for block in body:
        if block.kind is BlockKind.HEADING:
            continue
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
