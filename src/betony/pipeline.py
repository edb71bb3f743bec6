"""The whole middle: captures of one product in, one record out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from betony import __version__, assembly, collector, readers, ruleset
from betony.errors import UsageError
from betony.identity import Identity, identify
from betony.model import Capture
from betony.product import Part, current, in_order, join
from betony.record import Processing, Record
from betony.substance import refuse_empty_pages
from betony.timing import stage


def structure(captures: Sequence[Capture]) -> Record:
    """The record of one product from all current captures of its pages.

    Pure: depends on nothing but the captures and this version of betony. Raises DocumentError where they hold no
    document, and UsageError where they belong to different products.
    """
    with collector.at_rest():  # until all but the record is let go of, which it would look through first
        return _structure(captures)


def _structure(captures: Sequence[Capture]) -> Record:
    from betony import nlp  # noqa: PLC0415 - spaCy takes half a second to import, and not every caller gets here

    with stage("identify"):
        placed = current([(capture, identify(capture)) for capture in captures])
    if len({identity.record_id for _, identity in placed}) != 1:
        raise UsageError("structure takes the captures of one product", advice="group them by betony.identity first")
    with stage("read"):
        parts = in_order([_read(capture, identity) for capture, identity in placed])
        product = join([part.document for part in parts])
    with stage("analyse"):
        findings = nlp.analyse(product)
    with stage("assemble"):
        return assembly.record(parts, product, findings, processing())


def _read(capture: Capture, identity: Identity) -> Part:
    document = readers.read(capture, identity.publisher)
    refuse_empty_pages(document, capture.uri)
    if page := identity.page:
        of = page.document_type or (page.reference and identity.publisher.document_type(page.reference))
        document = replace(
            document,
            series=(page.series,) if page.series else (),
            document_type=of or None,
            reference=page.reference,
            site_first=page.site_first,
        )
    return Part(capture, identity, document, readers.media_type(capture))


def processing() -> Processing:
    """What reads documents here: the version, and the digest of rules and vocabulary."""
    return Processing(pipeline=__version__, ruleset=ruleset.digest(), model=ruleset.model())
