"""What a page's markup becomes: blocks, layers, links and tables."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betony.errors import DocumentError, Reason
from betony.model import Capture, WarningCode
from betony.publisher import Publisher
from betony.readers import html, main_text
from tests.readers.pages import blocks, read, tiles

BLOCKS = {
    "inline elements add no space, blocks always break": (
        "<p><b>foo</b>bar</p>one<div>two</div>three",
        ["p foobar", "p one", "p two", "p three"],
    ),
    "white space is one space, no-break spaces stay": (
        "<p>  a \n\t b&nbsp;mg&#x202f;/ d\f</p>",
        ["p a b\xa0mg\u202f/ d"],
    ),
    "one line break is a space, two are a new block": ("<p>a<br>b<br> <br>c</p>", ["p a b", "p c"]),
    "headings by element, role and level": (
        '<h1>A</h1><h3>B</h3><div role="heading" aria-level="4">C</div><span role=heading>D</span><p>x</p>',
        ["h1 A", "h3 B", "h4 C", "h2 D", "p x"],
    ),
    "a paragraph in bold is a heading under the last one": (
        "<h2>A</h2><p><strong>Who</strong></p><p>text</p><p><b>A sentence.</b></p><p><b>Why:</b></p><p>text</p>",
        ["h2 A", "h3 Who", "p text", "p A sentence.", "h3 Why:", "p text"],
    ),
    "bold and underlined stands above bold": (
        "<h3>A</h3><p><b><u>One</u></b></p><p><b>Two</b></p><p>x</p><p><b><u>Three</u></b></p><p>x</p>",
        ["h3 A", "h4 One", "h5 Two", "p x", "h4 Three", "p x"],
    ),
    "bold at the very end heads nothing": ("<p>x</p><p><b>B</b></p>", ["p x", "p B"]),
    "a paragraph with the class of a heading": (
        '<h2>A</h2><p class="section-heading">Who</p><p>text</p>',
        ["h2 A", "h3 Who", "p text"],
    ),
    "lists in lists": (
        "<ul><li>a<ol><li>b</li><li><p>c</p><p>more</p></li></ol></li><li>d</ul>",
        ["li1 a", "li2 b", "li2 c", "p more", "li1 d"],
    ),
    "definitions": ("<dl><dt>Term<dd>what it means</dl>", ["p Term", "li1 what it means"]),
    "a number raised behind another is no part of it": (
        "<p>10<sup>9</sup>/L, 10<sup>\u22126</sup>, in 2019<sup><a href='#n3'>3</a></sup>, 5 m<sup>2</sup>, end.<sup>4</sup></p>"
        "<p>34<sup>+0</sup> weeks, 1<sup>st</sup>, 10 <sup>9</sup></p>",
        ["p 10^9/L, 10^\u22126, in 2019^3, 5 m2, end.4", "p 34+0 weeks, 1st, 10 9"],
    ),
    "a number in an element of its own belongs to its text": (
        "<h4>1.1.1</h4><p>Offer it.</p><div>1.1.2</div><div><p>Do not.</p></div>"
        "<p><span>1.1.3</span>Consider it.</p><h3>1.2 Title</h3><p>2.5<b>mg</b></p>",
        ["p 1.1.1 Offer it.", "p 1.1.2 Do not.", "p 1.1.3 Consider it.", "h3 1.2 Title", "p 2.5mg"],
    ),
    "the words for an image follow the paragraph it is in": (
        '<p>a <img alt="An  image"> b</p><p>c</p><img alt=""><figure><img alt=F><figcaption>G</figcaption></figure>',
        ["p a b", "img An image", "p c", "img F", "p G"],
    ),
    "and the row": (
        '<table><tr><th>A<th>B<tr><td><img alt="I">1<td>2<img alt="J"><tr><td>3<td>4</table>',
        ["row A\tB", "row 1\t2", "img I", "img J", "row 3\t4"],
    ),
    "details are open to readers": (
        "<details><summary>More</summary><p>text</p></details>",
        ["p More", "p text"],
    ),
    "the button of an accordion is its heading": (
        '<h2><button aria-controls="x">Title</button></h2><div id="x" aria-hidden="true">text</div>',
        ["h2 Title", "p text"],
    ),
    "scripts, styles, templates, titles and comments never enter": (
        "<title>t</title><p>a<!-- c -->b<script>s</script><style>s</style>c<template>t</template></p>"
        "<svg><title>t</title><text>seen</text></svg>",
        ["p abc", "p seen"],
    ),
    "no attribute but alt enters": ('<p title="x" data-y="z">a<time datetime="2020">then</time></p>', ["p athen"]),
    "cells by their role part words": (
        "<div role=row><span role=columnheader>Drug</span><span role=columnheader>Dose</span></div>"
        "<div role=row><my-cell role=cell>A</my-cell><my-cell role=cell>4 <b>mg</b></my-cell></div>",
        ["p Drug", "p Dose", "p A", "p 4 mg"],
    ),
    "preformatted text breaks at blank lines": ("<pre>a\n  b\n\nc</pre>", ["p a b", "p c"]),
    "an unclosed heading ends where a block begins": ("<h2>A<p>b<p>c", ["h2 A", "p b", "p c"]),
}


@pytest.mark.parametrize("case", BLOCKS)
def test_markup_makes_blocks(case: str) -> None:
    markup, expected = BLOCKS[case]
    assert blocks(read(f"<main>{markup}</main>")) == expected


LAYERS = {
    "landmarks": (
        "<header>Site</header><nav>Menu</nav><main>text</main><aside>More</aside><footer>Legal</footer>",
        ["- p Site", "- p Menu", "p text", "- p More", "- p Legal"],
    ),
    "landmarks by role": (
        '<div role="banner">Site</div><div role="main">text <div role="search">Find</div></div>',
        ["- p Site", "p text", "- p Find"],
    ),
    "header, footer and aside of the document itself": (
        "<main><header><h1>T</h1></header><aside>note</aside><nav>Menu</nav><footer>end</footer></main>",
        ["h1 T", "p note", "- p Menu", "p end"],
    ),
    "an aside of the document that only leads to other pages": (
        '<main><p>a</p><aside><h2>More like this</h2><ul><li><a href="/b">B</a></li></ul></aside>'
        '<aside>See <a href="/c">the other page</a> for what to do next.</aside><aside><a href="#d">D</a></aside></main>',
        ["p a", "- h2 More like this", "- li1 B", "p See the other page for what to do next.", "p D"],
    ),
    "hidden elements are furniture, not lost": (
        '<main><p>a</p><p hidden>b</p><p style="display: none">c</p><p aria-hidden="true">d</p><p>e</p></main>',
        ["p a", "- p b", "- p c", "- p d", "p e"],
    ),
    "hidden words within a line come after it": (
        '<main><p>a <span class="visually-hidden">unseen</span>b</p><p>c</p></main>',
        ["p a b", "- p unseen", "p c"],
    ),
    "hidden words before the first of a line come before it": (
        '<main><h3><span role="text"><span class="visually-hidden">Urgent: </span>Call if:</span></h3><ul><li>a</li></ul></main>',
        ["- p Urgent:", "h3 Call if:", "li1 a"],
    ),
    "words that are struck out hold no more: they are furniture, and part no words": (
        "<main><p>Give <del>40</del><ins>20</ins> mg of the tablet<s>s</s>.</p><p><strike>Give none.</strike></p>"
        "<table><tr><th>A<th>B<tr><td>1 <s>2</s><td>3<tr><td>4<td><del>5</del></table></main>",
        [
            "p Give 20 mg of the tablet.",
            "- p 40",
            "- p s",
            "- p Give none.",
            "row A\tB",
            "row 1\t3",
            "- p 2",
            "- p 5",
            "row 4",
        ],
    ),
    "closed parts that a reader can open are the document": (
        '<main><h2 aria-controls="x">T</h2><div id="x" style="display:none">a</div>'
        '<div class="accordion-panel" aria-hidden="true">b</div><div hidden="until-found">c</div></main>',
        ["h2 T", "p a", "p b", "p c"],
    ),
    "cookie banners, skip links, breadcrumbs": (
        '<main><div class="cookie-banner">Cookies?</div><a class="skip-link" href="#m">Skip</a>'
        '<ol class="breadcrumbs"><li>Home</ol><p>text</p></main>',
        ["- p Cookies?", "- p Skip", "- li1 Home", "p text"],
    ),
    "what holds the document is no menu by its name": (
        '<main class="x"><h1>T</h1><div class="page with-toc"><div class="toc">On this page</div><p>%s</p></div></main>'
        % ("Some text. " * 200),
        ["h1 T", "- p On this page", "p " + ("Some text. " * 200).strip()],
    ),
    "the words on cookies are none, however many": (
        '<main><h1>T</h1><div class="cookie-banner"><p>%s</p></div><p>text</p></main>' % ("Some text. " * 200),
        ["h1 T", "- p " + ("Some text. " * 200).strip(), "p text"],
    ),
    "nor is what holds its title": (
        '<main><div class="has-breadcrumb"><h1>T</h1><p>text</p></div></main>',
        ["h1 T", "p text"],
    ),
    "buttons and choices": (
        "<main><p>text<button>Go</button>on</p><select><option>a<option>b</select></main>",
        ["p text on", "- p Go", "- p a", "- p b"],
    ),
    "short items under the last headings of a page without main, up to the first link": (
        f"<h1>T</h1><p>{'Some text. ' * 40}</p><h2>Advice</h2><ul><li>Use cream.</ul><h3>Heels</h3><ul><li>Use socks.</ul>"
        "<h2>Find more</h2><p><a href=/a>Feet</a></p><p>More</p>",
        [
            "h1 T",
            "p " + ("Some text. " * 40).strip(),
            "h2 Advice",
            "li1 Use cream.",
            "h3 Heels",
            "li1 Use socks.",
            "- h2 Find more",
            "- p Feet",
            "- p More",
        ],
    ),
    "a header with the document's title, on a page without main": (
        "<header><h1>Title</h1><p>Reference IPG1, published 2019</p></header><p>" + "Some text. " * 40 + "</p>",
        ["h1 Title", "p Reference IPG1, published 2019", "p " + ("Some text. " * 40).strip()],
    ),
    "what stands in for frames is raw, and no text of the page": (
        "<main><p>text</p></main><noframes><p>Your browser has no frames</p></noframes>",
        ["p text", "- p <p>Your browser has no frames</p>"],
    ),
    "a template that browsers show is text, another is not": (
        "<main><my-card><template shadowrootmode=open><style>p{}</style><p>shown</p></template></my-card>"
        "<template><p>not shown</p></template><p>text</p></main>",
        ["p shown", "p text"],
    ),
    "scripts, or an empty main, hide nothing": ("<main></main><p>text</p>", ["p text"]),
}


@pytest.mark.parametrize("case", LAYERS)
def test_document_and_furniture_are_told_apart(case: str) -> None:
    markup, expected = LAYERS[case]
    assert blocks(read(markup)) == expected


def test_a_publisher_names_content_and_furniture() -> None:
    class Known(Publisher):
        content = "//div[@id='doc']"
        furniture = "//p[@class='tools']"

    document = read("<main>a<div id=doc>b<p class=tools>c</p>d</div></main>", publisher=Known())
    assert blocks(document) == ["- p a", "p b", "- p c", "p d"]


def test_without_landmarks_links_and_length_decide() -> None:
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("Home", "News", "Topics"))
    text = "<p>Offer the test to every adult who has had a cough for longer than three weeks.</p>" * 5
    document = read(f"<ul>{menu}</ul><h1>Cough</h1>{text}<p>A point</p><p>© 2020 The Makers</p>")
    lines = blocks(document)
    assert lines[:4] == ["- li1 Home", "- li1 News", "- li1 Topics", "h1 Cough"]
    assert lines[-2:] == ["p A point", "- p © 2020 The Makers"]
    assert [notice.code for notice in document.notices] == [WarningCode.LAYER_GUESSED]


FOOTER = "<ul><li><a href=/a>About</a><li><a href=/b>Careers</a></ul><p>The Makers, 1 Long Street, Old Town. Telephone: 01234 567890. Weekdays, nine to five.</p>"
ARTICLE = "".join(
    f"<p>Offer test {n} to every adult who has had a cough for longer than {n} weeks, whatever its cause.</p>"
    for n in range(20)
)


def test_a_second_judge_tells_where_the_document_ends() -> None:
    pytest.importorskip("trafilatura")
    document = read(f"<body><div><h1>Cough</h1>{ARTICLE}<p>A last short point</p></div><div>{FOOTER}</div></body>")
    lines = blocks(document)
    assert lines[0] == "h1 Cough"
    assert lines[-4:-2] == ["p A last short point", "- li1 About"]
    assert lines[-1].startswith("- p The Makers")
    (notice,) = document.notices
    assert notice.code is WarningCode.LAYER_GUESSED
    assert notice.message.endswith("trafilatura")


def test_what_the_second_judge_leaves_out_of_the_midst_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main_text, "judge", lambda *_: main_text.Kept(" ".join(ARTICLE.split("<p>")[5:])))
    document = read(f"<h1>Cough</h1>{ARTICLE}<p><a href=/more>More on coughs</a></p>{ARTICLE}")
    assert not any(line.startswith("-") for line in blocks(document))


def test_prose_above_what_the_second_judge_kept_stays_where_no_menu_stands_among_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(main_text, "judge", lambda *_: main_text.Kept(" ".join(ARTICLE.split("<p>")[5:])))
    document = read(f"<div><h2>1 Recommendations</h2>{ARTICLE}</div>")
    assert not any(line.startswith("-") for line in blocks(document))
    banner = "<p>We use cookies on this site so that we know what you read, and you can turn them off at any time.</p>"
    document = read(f"<div>{banner}<h2>1 Recommendations</h2>{ARTICLE}</div>")
    assert blocks(document)[0].startswith("- p We use cookies")
    menu = "<ul><li><a href=/a>About</a></li></ul>"
    document = read(f"<div>{menu}<h2>1 Recommendations</h2>{ARTICLE}</div>")
    assert blocks(document)[0] == "- li1 About"


@pytest.mark.parametrize("kept", ["", "Nothing that stands on the page", "Telephone: 01234 567890. Weekdays"])
def test_a_second_judge_that_missed_the_document_is_not_believed(kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = f"<h1>Cough</h1>{ARTICLE}{FOOTER}"
    monkeypatch.setattr(main_text, "judge", lambda *_: None)
    alone = read(page)
    monkeypatch.setattr(main_text, "judge", lambda *_: main_text.Kept(kept))
    assert read(page) == alone


def test_a_page_too_large_for_the_second_judge_is_judged_without() -> None:
    assert main_text.judge("<p>word</p>" * 60_000, 100) is None
    assert main_text.judge("<p>word</p>", 60_000) is None


def test_the_text_is_the_blocks_in_order() -> None:
    document = read("<main><h1>T</h1><p>a<ul><li>b<li>c</ul><table><tr><td>1<td>2<tr><td>3<td>4</table></main>")
    assert document.text == "T\n\na\n\nb\nc\n\n1\t2\n3\t4"


def test_tables_keep_header_spans_and_caption() -> None:
    document = read(
        "<table><caption>Doses</caption><thead><tr><th>Drug<th colspan=2>Dose</thead>"
        "<tr><th rowspan=2>A<td>1 mg<td>daily<tr><td>2 mg<td>weekly <a href='/x'>see</a></table>"
    )
    (table,) = document.tables
    assert table.caption == "Doses"
    assert table.header == ("Drug", "Dose", "Dose")
    assert table.rows == (("A", "1 mg", "daily"), ("A", "2 mg", "weekly see"))
    assert document.text[table.start : table.end] == "Doses\n\nDrug\tDose\nA\t1 mg\tdaily\n2 mg\tweekly see"
    (link,) = document.links
    assert document.text[link.start : link.end] == "see"


def test_a_cell_may_reach_to_the_last_row() -> None:
    (table,) = read("<table><tr><th>Drug<th>Dose<tr><td rowspan=0>A<td>1 mg<tr><td>2 mg<tr><td>3 mg</table>").tables
    assert table.rows == (("A", "1 mg"), ("A", "2 mg"), ("A", "3 mg"))


@pytest.mark.parametrize(
    "table",
    ["<tr><td>one cell</td></tr>", "<tr><td><h2>Left</h2>a</td><td><h2>Right</h2>b</td></tr>"],
)
def test_tables_that_only_place_things_are_no_tables(table: str) -> None:
    assert read(f"<table>{table}</table>").tables == ()


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/b", "https://x.org/b"),
        ("c?d#e", "https://x.org/a/c?d#e"),
        ("//y.org/", "https://y.org/"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        ("tel:1", "tel:1"),
        ("javascript:go()", None),
        ("http://[bad", None),
    ],
)
def test_links_are_absolute(href: str, address: str | None) -> None:
    (link,) = read(f'<p>see <a href="{href}">there</a>.</p>', url="https://x.org/a/page").links
    assert (link.start, link.end, link.url) == (4, 9, address)


def test_links_without_a_base_lead_nowhere_and_base_counts() -> None:
    assert read('<a href="/b">x</a>').links[0].url is None
    assert read('<base href="https://z.org/d/"><a href="b">x</a>').links[0].url == "https://z.org/d/b"
    assert read('<p><a href="">x</a><a name="y">y</a>').links == ()


def test_a_link_around_blocks_is_one_link_in_each() -> None:
    document = read("<main><a href='https://x.org/'><h2> T </h2><p>a <b>b</b></p></a></main>")
    assert [document.text[link.start : link.end] for link in document.links] == ["T", "a b"]


def test_headings_say_where_they_are() -> None:
    document = read("<body><main><p>a</p><h2>T</h2><p>b</p></main>")
    assert [block.xpath for block in document.blocks] == ["/html/body/main/p[1]", "/html/body/main/h2", None]


def test_characters_that_no_text_may_hold_are_replaced_one_for_one() -> None:
    document = html.read(Capture(b"<p>a\x00b\x01c&#1;d</p>", "x"), Publisher())
    assert document.text == "a\ufffdb\ufffdc\ufffdd"
    assert {notice.code for notice in document.notices} == {WarningCode.TEXT_REPAIRED}


@pytest.mark.parametrize("body", [b"", b" \n", b"\xef\xbb\xbf"])
def test_nothing_is_no_document(body: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        html.read(Capture(body, "x"), Publisher())
    assert caught.value.reason is Reason.EMPTY


@pytest.mark.parametrize(
    "body", ["<del><h1>Old</h1><p>Wash.</p></del>", "<nav>Home</nav><main><p><s>Wash the hands.</s></p></main>"]
)
def test_a_page_that_is_struck_out_says_so(body: str) -> None:
    with pytest.raises(DocumentError, match="struck out") as caught:
        read(body)
    assert caught.value.reason is Reason.NOT_A_DOCUMENT


TAGS = (  # noqa: SIM905 - a list of sixty strings reads worse
    "div p span b em a ul ol li table tr td th h1 h2 h5 section main article header footer nav aside details summary"
    " blockquote pre button select option label form dl dt dd figure figcaption caption thead tbody sup noscript br"
    " font center hidden main svg math u i object video iframe fieldset legend input img"
).split()
ATTRIBUTES = (
    ' class="visually-hidden"', " hidden", ' role="heading"', ' role="presentation"', ' href="/x"', ' colspan="3"',
    ' style="display:none"', ' class="breadcrumb"', ' alt="words"', ' aria-hidden="true"', ' rowspan="2"',
    "", "", "", "",
)  # fmt: skip


@given(st.integers(min_value=0))
def test_every_word_stands_once_wherever_it_is_put(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    pieces: list[str] = []
    words = [f"w{number}w" for number in range(chance.randrange(1, 40))]
    for word in words:
        for _ in range(chance.randrange(4)):
            tag = chance.choice(TAGS)
            pieces.append(chance.choice((f"<{tag}{chance.choice(ATTRIBUTES)}>", f"</{tag}>")))
        pieces.append(word)
    document = read("".join(pieces))
    assert tiles(document)
    for word in words:
        assert document.text.count(word) == 1, "".join(pieces)


@given(st.text(alphabet="<>/ab &;#=\"'!-?\n\x00\xa0pdivtableli", max_size=200), st.binary(max_size=60))
def test_any_soup_is_tiled(soup: str, noise: bytes) -> None:
    try:
        document = html.read(Capture(f"<p>x{soup}".encode() + noise, "x"), Publisher())
    except DocumentError as error:
        assert error.reason is Reason.BINARY  # noqa: PT017 - the other outcome is as good
        return
    assert tiles(document)
    for link in document.links:
        assert document.text[link.start : link.end].strip()
