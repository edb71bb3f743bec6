"""One tool on one document after the other, in an environment of its own: started by `tests.bench.peers` alone.

Reads a path a line; answers with a line of JSON: processor seconds, and how much was found. Imports nothing of betony
but for betony's own part, for most environments have none.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

Tool = Callable[[bytes, str], int]
"""From a document's bytes and name to how many characters of body, or how many sections, were found."""


def betony_body() -> Tool:
    from betony import readers  # noqa: PLC0415 - each tool is imported where it is installed
    from betony.identity import identify  # noqa: PLC0415
    from betony.model import Capture, Layer  # noqa: PLC0415

    def read(body: bytes, name: str) -> int:
        capture = Capture(body, name)
        document = readers.read(capture, identify(capture).publisher)
        return sum(block.end - block.start for block in document.blocks if block.layer is Layer.BODY)

    return read


def betony_sections() -> Tool:
    from betony import nlp, readers  # noqa: PLC0415
    from betony.identity import identify  # noqa: PLC0415
    from betony.model import Capture  # noqa: PLC0415

    language = nlp.load()

    def read(body: bytes, name: str) -> int:
        capture = Capture(body, name)
        document = readers.read(capture, identify(capture).publisher)
        with language.select_pipes(enable=["betony_blocks", "betony_headings", "betony_sections"]):
            return len(nlp.analyse(document).sections)

    return read


def trafilatura(**options: Any) -> Tool:
    from trafilatura import extract  # noqa: PLC0415

    return lambda body, _: len(extract(body.decode("utf-8", "replace"), include_comments=False, **options) or "")


def docling() -> Tool:
    from docling.backend.html_backend import HTMLDocumentBackend  # noqa: PLC0415
    from docling.datamodel.base_models import InputFormat  # noqa: PLC0415
    from docling.datamodel.document import InputDocument  # noqa: PLC0415

    def read(body: bytes, name: str) -> int:
        stream = BytesIO(body)
        given = InputDocument(
            path_or_stream=stream, format=InputFormat.HTML, backend=HTMLDocumentBackend, filename=name
        )
        return sum(len(item.text) for item in HTMLDocumentBackend(given, BytesIO(body)).convert().texts)

    return read


def unstructured() -> Tool:
    from unstructured.partition.html import partition_html  # noqa: PLC0415

    return lambda body, _: sum(len(element.text) for element in partition_html(text=body.decode("utf-8", "replace")))


def medspacy() -> Tool:
    import medspacy.section_detection  # noqa: F401, PLC0415 - registers the component
    import spacy  # noqa: PLC0415

    language = spacy.blank("en")
    language.max_length = 10**8
    language.add_pipe("medspacy_sectionizer")
    return lambda body, _: len(language(body.decode("utf-8", "replace"))._.section_categories)


def edsnlp() -> Tool:
    import edsnlp as library  # noqa: PLC0415
    import edsnlp.pipes as eds  # noqa: PLC0415

    language = library.blank("eds")
    language.add_pipe(eds.normalizer())
    language.add_pipe(eds.sections())
    return lambda body, _: len(language(body.decode("utf-8", "replace")).spans["sections"])


TOOLS: dict[str, Callable[[], Tool]] = {
    "betony body": betony_body,
    "betony sections": betony_sections,
    "trafilatura": trafilatura,
    "trafilatura fast": lambda: trafilatura(fast=True),
    "docling": docling,
    "unstructured": unstructured,
    "medspacy": medspacy,
    "edsnlp": edsnlp,
}


def main() -> None:
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever a tool prints is no answer
    try:
        tool = TOOLS[sys.argv[1]]()
    except Exception as error:  # noqa: BLE001 - whatever a peer's import raises is its row in the table
        print(json.dumps({"broken": f"{type(error).__name__}: {error}"[:300]}), file=answers, flush=True)
        return
    print(json.dumps({"ready": True}), file=answers, flush=True)
    for line in sys.stdin:
        path = Path(line.rstrip("\n"))
        body = path.read_bytes()
        start = time.process_time()
        try:
            found: dict[str, Any] = {"found": tool(body, path.name)}
        except Exception as error:  # noqa: BLE001 - likewise
            found = {"error": f"{type(error).__name__}: {error}"[:300]}
        print(json.dumps({"seconds": time.process_time() - start, **found}), file=answers, flush=True)


if __name__ == "__main__":
    main()
