"""What opens on demand: accordions, tabs and details, whose titles head what they open."""

from __future__ import annotations

import time

import pytest

from betony.model import BlockKind, Capture, Layer
from betony.publishers import UNKNOWN
from betony.readers import html


def blocks(body: str) -> list[str]:
    """The body's blocks: a heading's level, `p` for the rest, in brackets what is furniture."""
    page = f"<html lang=en><body><main><h1>Cough</h1><h2>Care</h2>{body}</main></body></html>"
    document = html.read(Capture(page.encode(), "page.html"), UNKNOWN)
    found = []
    for block in document.blocks[2:]:
        kind = f"h{block.level}" if block.kind is BlockKind.HEADING else "p"
        words = f"{kind} {document.text[block.start : block.end]}"
        found.append(f"({words})" if block.layer is Layer.FURNITURE else words)
    return found


CASES = {
    "details beside each other": (
        "<details><summary>Adults</summary><p>Rest.</p></details>"
        '<details class=x><summary class="y"><span>Children</span></summary>Drink.</details>',
        ["h3 Adults", "p Rest.", "h3 Children", "p Drink."],
    ),
    "details that a heading ends": (
        "<div><details><summary>Adults</summary><p>Rest.</p></details></div><section><div><h2>Next</h2></div><p>b</p></section>",
        ["h3 Adults", "p Rest.", "h2 Next", "p b"],
    ),
    "the levels of parts beside each other are alike, whatever stands in them": (
        "<details><summary>Adults</summary><p>a</p><h5>Doses</h5><p>Two.</p></details>"
        "<details><summary>Children</summary><p>One.</p></details>",
        ["h3 Adults", "p a", "h5 Doses", "p Two.", "h3 Children", "p One."],
    ),
    "text after details would stand below their title": (
        "<p>a</p><details><summary>My number</summary><p>b</p></details><p>c</p>",
        ["p a", "p My number", "p b", "p c"],
    ),
    "a heading in a summary is the heading": (
        "<details><summary><h4>Adults</h4></summary><p>Rest.</p></details>",
        ["h4 Adults", "p Rest."],
    ),
    "what a summary offers to do is no heading": (
        "<details><summary>Show the table</summary><p>Rest.</p></details>",
        ["p Show the table", "p Rest."],
    ),
    "a heading by its role within a button": (
        '<div class=card-header><button class=btn><span role="heading" aria-level="3">Who?</span></button></div>'
        '<div class="collapse" role="tabpanel"><p>All.</p></div>',
        ["h3 Who?", "p All."],
    ),
    "the buttons of an accordion that marks no headings": (
        "<div class=accordion><button class=accordion-button>Diet</button><div class=panel><p>Eat.</p></div>"
        "<button class=accordion-button>Sleep</button><div class=panel><p>Sleep.</p></div></div>",
        ["h3 Diet", "p Eat.", "h3 Sleep", "p Sleep."],
    ),
    "a button that says what it opens": (
        "<div><div><button aria-expanded=false aria-controls=x>Diet</button></div><div id=x hidden><p>Eat.</p></div></div>",
        ["h3 Diet", "p Eat."],
    ),
    "such a button before text that goes on is no heading, and no furniture": (
        "<div class=accordion><button>Diet</button><div class=panel><p>Eat.</p></div><p>Ring us.</p></div>",
        ["p Diet", "p Eat.", "p Ring us."],
    ),
    "a button that opens a menu": (
        '<div><button aria-expanded=false aria-controls=x>Topics</button><div id=x><ul><li><a href="/a">Cough</a></li></ul></div></div>',
        ["(p Topics)", "p Cough"],
    ),
    "a button that opens a form": (
        "<div class=accordion><button>Comments</button><div><label>Yours</label><input></div></div>",
        ["(p Comments)", "p Yours"],
    ),
    "a button that does something": (
        "<div class=accordion><button>Show more</button><div><p>Eat.</p></div></div>",
        ["(p Show more)", "p Eat."],
    ),
    "a tab right above its panel": (
        '<div role=tablist><div role=tab aria-controls=x class=tab-title aria-expanded=true><i></i><a href="">Diet</a></div>'
        "<div id=x role=tabpanel><p>Eat.</p></div><div role=tab aria-controls=y aria-expanded=false>Sleep</div>"
        "<div id=y role=tabpanel><p>Sleep.</p></div></div>",
        ["h3 Diet", "p Eat.", "h3 Sleep", "p Sleep."],
    ),
    "what is a button by its role alone": (
        '<div><div role=button tabindex=0 aria-expanded=false aria-controls=x>Diet</div><div id=x style="display:none"><p>Eat.</p></div></div>',
        ["h3 Diet", "p Eat."],
    ),
    "a list of terms that is an accordion": (
        '<dl class="x-accordion"><dt class=active><a href="#">Diet</a></dt><dd><p>Eat.</p></dd><dt><a href="#">Sleep</a></dt>'
        "<dd><p>Sleep.</p></dd></dl>",
        ["h3 Diet", "p Eat.", "h3 Sleep", "p Sleep."],
    ),
    "a bold first line": (
        "<p><b>Dose</b><br>Two a day.</p><p><strong><span>Age</span></strong> <br>All.<br><b>x</b><br>y.</p><p><b>a</b> b<br>c</p>",
        ["h3 Dose", "p Two a day.", "h3 Age", "p All. x y.", "p a b c"],
    ),
    "a bold first line that is none, or heads an address, or is a label": (
        "<p><b>Rest.</b><br>Now.</p><p><b>Ward 3</b><br>Telephone 0300 000 9001</p><p><b>Ring:</b><br>us.</p><ul><li><b>a</b><br>b</ul>",
        ["p Rest. Now.", "p Ward 3", "p Telephone 0300 000 9001", "p Ring: us.", "p a b"],
    ),
    "a bold first line that goes on in the next": (
        "<p><b>Do not</b><br>give it.</p><p><b>Never</b><br><i>rub</i> it.</p><p><b>Dose</b><br><i>Two</i> a day.</p>",
        ["p Do not give it.", "p Never rub it.", "h3 Dose", "p Two a day."],
    ),
    "titles that say what to do": (
        "<details><summary>Do not rub the skin</summary>It swells.</details>"
        "<div class=accordion><button>Offer balm to all adults</button><div>It cools.</div></div>"
        "<p><b>Give balm twice a day</b><br>It cools.</p><p><b>Use of balm in adults</b><br>It cools.</p>",
        [
            "p Do not rub the skin",
            "p It swells.",
            "p Offer balm to all adults",
            "p It cools.",
            "p Give balm twice a day It cools.",
            "h3 Use of balm in adults",
            "p It cools.",
        ],
    ),
    "titles that begin like a command": (
        "<div class=accordion><button>Report side effects</button><div>By card.</div><button>Back pain</button><div>Rest.</div>"
        "<button>More</button><div>Ice.</div><button>Open all</button><div>Heat.</div></div>"
        "<details><summary>Close contacts</summary>Ring them.</details>",
        [
            "h3 Report side effects",
            "p By card.",
            "h3 Back pain",
            "p Rest.",
            "(p More)",
            "p Ice.",
            "(p Open all)",
            "p Heat.",
            "h3 Close contacts",
            "p Ring them.",
        ],
    ),
    "titles within a cell are words of the cell": (
        "<table><tr><th>Joint<th>Care<tr><td>Wrist<td><button aria-expanded=false aria-controls=a>Splints</button><div id=a hidden>"
        "At night.</div><tr><td>Knee<td><details><summary>Boots</summary>By day.</details><button>Print</button></table>",
        ["p Joint\tCare", "p Wrist\tSplints At night.", "p Knee\tBoots By day.", "(p Print)"],
    ),
    "a row of tabs heads nothing": (
        '<ul role=tablist><li><a role=tab href="#a">Adults</a></li><li><a role=tab href="#b">Children</a></li></ul>'
        "<div id=a role=tabpanel><p>Rest.</p></div><div id=b role=tabpanel><p>Drink.</p></div>",
        ["p Adults", "p Children", "p Rest.", "p Drink."],
    ),
    "unseen words in a heading do not part it from its text": (
        '<h3><span class="x-u-visually-hidden">Step</span> 1<span class="x-visually-hidden">:</span>Wash</h3><p>Twice.</p>',
        ["(p Step)", "(p :)", "h3 1 Wash", "p Twice."],
    ),
    "what small screens leave out is text": (
        '<div class="d-none d-lg-block"><p>For all to see.</p></div>',
        ["p For all to see."],
    ),
    "where small screens have their own, that is the text": (
        '<div class="d-none d-md-block"><p>Twice.</p></div><div class="d-md-none"><p>Once.</p></div>',
        ["(p Twice.)", "p Once."],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_markup_of_parts_comes_out_as_blocks(name: str) -> None:
    body, expected = CASES[name]
    assert blocks(body) == expected


def test_a_page_of_buttons_takes_no_longer_than_its_length() -> None:
    many = "".join(f"<div class=accordion><button>Part {i}</button><div><p>a</p></div></div>" for i in range(3_000))
    deep = "<div class=accordion>" * 200 + "<button>Part</button>" + "</div>" * 200
    found = blocks(many + deep)
    assert found.count("p a") == 3_000


@pytest.mark.parametrize(
    "body",
    [
        "<div class=accordion>" + "<button>Title</button>" * 4_000 + "<p>a</p></div>",
        "<div role=button class=accordion>" * 1_000 + "a",
        "<details>" + "<summary>" * 1_000 + "words " * 5_000,
        "<details><summary>Title</summary><p>a</p></details>" * 4_000,
        "<p>" + "<b>Dose</b><br>Two a day<br>" * 4_000,
    ],
    ids=["buttons side by side", "buttons in buttons", "summaries in summaries", "details", "bold lines"],
)
def test_many_parts_take_no_longer_than_other_elements(body: str) -> None:
    start = time.process_time()
    blocks(body)
    assert time.process_time() - start < 1.5
