"""Plain text: the decoded source is the canonical text, exactly."""

from __future__ import annotations

from betony import lines
from betony.model import Capture, Document
from betony.readers.encoding import decode


def read(capture: Capture) -> Document:
    """The capture's text as it came, less a leading byte-order mark, with blocks from its lines.

    Raises DocumentError where the bytes are empty, binary or too many.
    """
    decoded = decode(capture.body, declared=capture.charset, html=False)
    return Document(
        text=decoded.text,
        blocks=lines.blocks(decoded.text),
        media_type="text/plain",
        charset=decoded.charset,
        notices=decoded.notices,
    )
