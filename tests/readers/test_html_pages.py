"""Real pages beside the checkout: nothing lost, and the document told from the page around it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from lxml import html as lxml_html

from betony.model import BlockKind, Capture, Document, Layer
from betony.publisher import Publisher
from betony.readers import html
from tests.readers.pages import tiles


def read(path: Path) -> Document:
    return html.read(Capture(path.read_bytes(), path.name), Publisher())


def parsed(path: Path) -> lxml_html.HtmlElement:
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    return lxml_html.fromstring(path.read_bytes(), parser=parser)


def layer(document: Document, wanted: Layer) -> str:
    return "\n".join(document.text[block.start : block.end] for block in document.blocks if block.layer is wanted)


def letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s", "", text))


def test_no_letter_of_any_page_is_lost_or_doubled(shared: Path) -> None:
    pages = [*sorted(shared.glob("gold/*.html"))[::8], *shared.glob("nice/*.html"), *shared.glob("pages/*.htm")]
    assert pages
    for page in pages:
        document = read(page)
        assert tiles(document), page
        tree = parsed(page)
        for element in tree.xpath("//script|//style|//title|//template"):
            element.drop_tree()
        seen = tree.text_content() + "".join(tree.xpath("//img/@alt"))
        # A number raised right behind another is parted from it by a sign of the text's own.
        assert letters(document.text.replace("^", "")) == letters(seen.replace("^", "")), page


def test_every_numbered_recommendation_is_a_paragraph(shared: Path) -> None:
    document = read(shared / "nice" / "ng100-recommendations.html")
    numbered = [
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind is BlockKind.PARAGRAPH and re.match(r"\d+\.\d+\.\d+ [A-Z]", document.text[block.start :])
    ]
    assert len(numbered) == 46


def test_accordions_of_a_synthesis(shared: Path) -> None:
    for page in sorted(shared.glob("pages/synthesis-*.htm")):
        document, tree = read(page), parsed(page)
        headings = [block for block in document.blocks if block.kind is BlockKind.HEADING and block.level == 2]
        titles = tree.xpath("//h2[contains(@class, 'accordion-title')]")
        assert titles
        for title in titles:
            name = " ".join(title.text_content().split())
            (heading,) = [block for block in headings if document.text[block.start : block.end] == name]
            assert heading.layer is Layer.BODY
            later = [block.start for block in headings if block.start > heading.start]
            content = document.text[heading.end : later[0] if later else len(document.text)]
            (panel,) = tree.xpath(f"//div[@id='{title.get('aria-controls')}']")
            assert not letters(panel.text_content()) - letters(content), (page, name)


def test_nothing_outside_main_is_body(shared: Path) -> None:
    for page in sorted(shared.glob("pages/*.htm")):
        document, tree = read(page), parsed(page)
        (main,) = tree.xpath("//main")
        body = letters(layer(document, Layer.BODY))
        assert not body - letters(main.text_content() + "".join(main.xpath(".//img/@alt"))), page
        for article in tree.xpath("//div[@id='article']"):
            assert not letters(article.text_content()) - body, page


def test_conditions_of_the_nhs(shared: Path) -> None:
    for page in sorted(shared.glob("nhs/*.html")):
        document = read(page)
        body = set(re.findall(r"\w+", layer(document, Layer.BODY)))
        # The third party's text lost some spaces: a word counts as found where it is two words run together.
        wanted = re.findall(r"\w+", page.with_suffix(".content").read_text(encoding="utf-8"))
        lost = [word for word in wanted if word not in body and not _is_run_together(word, body)]
        assert len(lost) <= 0.02 * len(wanted), lost
        title = page.with_suffix(".title").read_text(encoding="utf-8").strip()
        headings = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.HEADING]
        assert any(heading.startswith(title) for heading in headings), headings[:5]


def _is_run_together(word: str, known: set[str]) -> bool:
    return any(word[:cut] in known and word[cut:] in known for cut in range(1, len(word)))
