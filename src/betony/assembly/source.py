"""Where the document came from, and on what terms."""

from __future__ import annotations

from betony import record as r
from betony import terms
from betony.assembly.draft import Draft
from betony.model import Basis
from betony.product import Part


def license(draft: Draft) -> r.LicenseStatement:
    """As the side file gives it, else as the document states it."""
    given = draft.parts[0].capture.license
    if given is not None:
        return r.LicenseStatement(
            text=given.text,
            url=given.url,
            attribution=given.attribution,
            synthetic=given.synthetic,
            basis=Basis.GIVEN,
        )
    found = terms.stated(draft.product)
    if found is None:
        return r.LicenseStatement()
    return r.LicenseStatement(
        text=found.license.text,
        url=found.license.url,
        attribution=found.license.attribution,
        basis=Basis.EXPLICIT,
        evidence=draft.evidence(found.spans),
    )


def source(part: Part) -> r.Source:
    """Where the first page came from, and when."""
    capture = part.capture
    http = capture.http
    return r.Source(
        uri=capture.uri,
        final_uri=capture.final_uri,
        media_type=part.media_type,
        charset=part.document.charset,
        sha256=capture.digest,
        bytes=len(capture.body),
        retrieved_at=capture.retrieved_at,
        http=r.HttpRecord(status=http.status, etag=http.etag, last_modified=http.last_modified) if http else None,
        truncated=capture.truncated,
    )
