"""python -m tests.bench.extraction: the body of pages without landmarks, ours beside trafilatura alone.

Real pages lose their `main`, their roles, and the names of `nav`, `header` and `footer` (each becomes a `div`); what is
judged to be body is then compared with the true body, word by word.
"""

from __future__ import annotations

import os
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree
from lxml import html as lxml_html

from betony.model import Capture, Layer
from betony.publisher import Publisher
from betony.readers import html, main_text
from tests.conftest import ROOT

_LANDMARKS = ("main", "nav", "header", "footer")
_BARS = {"recall": {"fast": True, "favor_recall": True}, "fast": {"fast": True}, "default": {}}


class Case(NamedTuple):
    """A page without its landmarks, and the text that is its body."""

    part: str
    name: str
    body: bytes
    truth: str


def parsed(path: Path) -> lxml_html.HtmlElement:
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    return lxml_html.fromstring(path.read_bytes(), parser=parser)


def stripped(root: lxml_html.HtmlElement) -> bytes:
    """The page without landmarks."""
    for element in root.iter(*_LANDMARKS):
        element.tag = "div"
    for element in root.xpath("//*[@role]"):
        del element.attrib["role"]
    return etree.tostring(root, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")


def text_of(elements: list[lxml_html.HtmlElement]) -> str:
    """The words of elements, those of neighbouring blocks apart."""
    texts = []
    for element in elements:
        for unread in element.xpath(".//script|.//style|.//template"):
            unread.drop_tree()
        texts.append(" ".join(element.itertext()) + " ".join(element.xpath(".//img/@alt")))
    return "\n".join(texts)


def cases(shared: Path) -> Iterator[Case]:
    """Every page with each truth that is known of it."""
    for path in sorted(shared.glob("pages/*.htm")):
        root = parsed(path)
        body = stripped(parsed(path))
        if path.name.startswith("synthesis"):
            titles = root.xpath("//h2[contains(@class, 'accordion-title')]")
            panels = [panel for title in titles for panel in root.xpath(f"//div[@id='{title.get('aria-controls')}']")]
            yield Case(
                "syntheses: h1, sections", path.name, body, text_of([*root.xpath("//main//h1"), *titles, *panels])
            )
        else:
            yield Case(
                "commentaries: h1, text", path.name, body, text_of(root.xpath("//main//h1|//div[@id='article']"))
            )
        kind = "syntheses" if path.name.startswith("synthesis") else "commentaries"
        yield Case(f"{kind}: main", path.name, body, text_of(root.xpath("//main")))
    for path in sorted(shared.glob("nhs/*.html")):
        truth = path.with_suffix(".content").read_text(encoding="utf-8")
        yield Case("nhs: content", path.name, stripped(parsed(path)), truth)
    for path in sorted((ROOT / "samples").rglob("*.html")):
        if main := parsed(path).xpath("//main"):
            yield Case("samples: main", path.name, stripped(parsed(path)), text_of(main))


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def score(found: str, truth: str) -> tuple[float, float, float]:
    """Precision, recall and F1 by words."""
    ours, theirs = words(found), words(truth)
    common = (ours & theirs).total()
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / ours.total(), common / theirs.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


def body_of(page: bytes, *, judged: bool) -> str:
    """What betony takes for the body, with the extra or without."""
    judge = main_text.judge
    if not judged:
        main_text.judge = lambda *_: None  # as where the extra is not installed
    try:
        document = html.read(Capture(page, "page.html", media_type="text/html"), Publisher())
    finally:
        main_text.judge = judge
    return "\n".join(document.text[b.start : b.end] for b in document.blocks if b.layer is Layer.BODY)


def extractors() -> dict[str, Callable[[bytes], str]]:
    """Ours, and trafilatura in its several ways."""
    import trafilatura  # noqa: PLC0415 - an extra

    alone = {
        f"trafilatura {name}": lambda page, options=options: (
            trafilatura.extract(page.decode("utf-8"), include_comments=False, **options) or ""
        )
        for name, options in _BARS.items()
    }
    return {
        "ours": lambda page: body_of(page, judged=True),
        "ours without": lambda page: body_of(page, judged=False),
        **alone,
    }


def main() -> None:
    shared = Path(os.environ.get("BETONY_SHARED", ROOT.parent / "shared")) / "data"
    ways = extractors()
    found: dict[str, dict[str, list[tuple[float, float, float]]]] = {}
    for case in cases(shared):
        for name, way in ways.items():
            figures = score(way(case.body), case.truth)
            found.setdefault(case.part, {}).setdefault(name, []).append(figures)
            if os.environ.get("VERBOSE"):
                print(case.part, case.name[:40], name, *(f"{figure:.3f}" for figure in figures))
    print(f"{'word F1 (precision, recall)':26}", *(f"{name:>20}" for name in ways))
    for part, by_way in found.items():
        cells = []
        for name in ways:
            precision, recall, f1 = (statistics.mean(column) for column in zip(*by_way[name], strict=True))
            cells.append(f"{f1:8.3f} ({precision:.2f}, {recall:.2f})")
        print(f"{part:23} {len(by_way['ours']):2}", *cells)


if __name__ == "__main__":
    main()
