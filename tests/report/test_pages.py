"""Pages say what the record says, and lead from every fact to its words and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betony.errors import UsageError
from betony.report import facts, pages, passages
from betony.report.facts import Fact
from betony.report.links import Files
from betony.store import Store
from tests.report import columns, pages_of, parsed, problems, words
from tests.stores import Json, goldens, record

LINKS = Files("../")


def named(one: Json) -> str:
    return str(one["id"])


@pytest.mark.parametrize("one", goldens(), ids=named)
def test_the_text_stands_whole_and_every_fact_leads_to_its_words_and_back(one: Json, samples: Store) -> None:
    page = parsed(pages.record(samples, one["id"], LINKS))
    latest = json.loads(samples.json(one["id"]))
    (text,) = page.find_class("text")
    by_id = {element.get("id"): element for element in page.iter() if element.get("id")}
    found = [fact for group in facts.groups(latest) for fact in group.facts]
    assert found
    for fact in found:
        shown = by_id[f"f{fact.number}"]
        assert words(fact.value) in words(shown.text_content())
        there = shown.xpath("./a[@class='number']/@href")
        assert there == ([f"#w{fact.number}"] if fact.spans else [])
        marked = [mark for mark in text.iter("mark") if str(fact.number) in mark.get("data-facts", "").split()]
        quoted = "".join(latest["text"][start:end] for start, end in sorted(set(fact.spans)))
        assert unspaced("".join(mark.text or "" for mark in marked)) == unspaced(quoted)
        for place in range(1, len(fact.spans) + 1):
            anchor = by_id[f"w{fact.number}" if place == 1 else f"w{fact.number}-{place}"]
            assert text in anchor.iterancestors()
        if fact.spans:
            assert text.xpath(f".//a[@class='number'][@href='#f{fact.number}']")
    for ours in text.xpath(".//a[@class='number'] | .//summary | ./section/p[@class='kind']"):
        ours.drop_tree()
    assert unspaced(text.text_content()) == unspaced(latest["text"])


def unspaced(text: str) -> str:
    return "".join(text.split())


def test_facts_open_the_publishers_page_at_their_words(samples: Store) -> None:
    page = parsed(pages.record(samples, "nice:ng9020", LINKS))
    links = [link.get("href") for link in page.find_class("out")]
    assert len(links) > 10
    assert all(str(link).startswith("https://www.nice.org.uk/guidance/ng9020") for link in links)
    assert sum("#:~:text=" in str(link) for link in links) == len(links)


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=8), st.text("ab \n", min_size=1, max_size=80)
)
def test_whatever_overlaps_every_fact_marks_just_its_words(spans: list[tuple[int, int]], text: str) -> None:
    solid = text.strip() or "a"
    one = record("x", solid)
    cut = [(start, min(start + length, len(solid))) for start, length in spans if start < len(solid)]
    made = [Fact("", "", spans=(span,), number=number) for number, span in enumerate(cut, 1)]
    runs = [run for section in passages.sections(one, made) for block in section.blocks for run in block.runs]
    assert unspaced("".join(run.text for run in runs)) == unspaced(solid)
    for fact in made:
        own = unspaced(solid[slice(*fact.spans[0])])
        assert unspaced("".join(run.text for run in runs if fact.number in run.facts)) == own
        if own:
            assert sum(run.begins.count(str(fact.number)) for run in runs) == 1
            assert sum(fact in run.ends for run in runs) == 1


def test_the_index_lists_every_record_with_what_it_is_filtered_by(samples: Store, folder: Path) -> None:
    data = columns(folder)
    records = {record["id"]: record for record in map(json.loads, samples.every_json())}
    assert data["id"] == sorted(records)
    assert {len(values) for name, values in data.items() if name != "sectionTypes"} == {len(records)}
    for place, record_id in enumerate(data["id"]):
        one = records[record_id]
        assert data["title"][place] == (one["title"]["value"] if one["title"] else "")
        assert data["publisher"][place] == (one["publisher"]["id"] if one["publisher"] else "")
        assert data["currency"][place] == one["status"]["currency"]
        own = {name for bit, name in enumerate(data["sectionTypes"]) if data["sections"][place] >> bit & 1}
        assert own == {section["type"] for section in one["sections"]}
        assert (folder / data["address"][place]).is_file()
    listed = parsed((folder / "index.html").read_text("utf-8")).xpath("//*[@id='records']/li/a/@href")
    assert listed == data["address"]


def test_no_page_loads_anything_but_its_assets_and_every_link_leads_to_a_page(folder: Path) -> None:
    found = pages_of(folder)
    assert len(found) >= 30
    for name, page in found.items():
        assert problems(page) == [], name
        for link in page.iter("a"):
            address = urlsplit(str(link.get("href")))
            if address.scheme or not address.path:
                continue
            target = urljoin(name, unquote(address.path))
            assert target in found, f"{name} leads to {target}"


def test_two_versions_stand_side_by_side_word_for_word(samples: Store) -> None:
    page = parsed(pages.difference(samples, "nice:ng9020", 1, 2, LINKS))
    (change,) = (one for one in page.find_class("change") if "reworded" in one.xpath("string(h3)"))
    before, after = change.find_class("before")[0], change.find_class("after")[0]
    assert not before.xpath(".//ins | .//del")
    assert [element.text for element in after.xpath(".//ins")] == ["Offer rest."]


def test_a_run_tells_what_became_of_its_inputs_and_why(samples: Store) -> None:
    number = samples.runs(1)[0].id
    page = parsed(pages.run(samples, number, LINKS))
    rows = {
        words(row[0].text_content()): words(row[1].text_content())
        for row in page.xpath("//table[@class='rates']//tbody/tr")
    }
    assert rows["quarantined"] == "1"
    assert "broken.html" in page.text_content()
    assert "holds no text" in page.text_content()


@pytest.mark.parametrize(
    "asked",
    [
        lambda store: pages.record(store, "nobody:here", LINKS),
        lambda store: pages.difference(store, "nobody:here", 1, 2, LINKS),
        lambda store: pages.difference(store, "nice:ng9021", 1, 2, LINKS),
        lambda store: pages.run(store, 10_000, LINKS),
    ],
)
def test_what_is_not_there_is_said(asked: Any, samples: Store) -> None:
    with pytest.raises(UsageError):
        asked(samples)
