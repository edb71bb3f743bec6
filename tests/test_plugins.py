"""A package of the user's own adds a publisher and words, by entry points, and betony goes by them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from betony import plugins, publishers
from betony.errors import UsageError
from betony.publisher import Publisher
from betony.store import Store

PUBLISHER = """
from betony.publisher import Publisher

class Acme(Publisher):
    id = "acme"
    name = "Acme Institute"
    hosts = ("guidance.acme.example",)
"""
WORDS = '[whole]\nresponsibilities = ["what we ask of you"]\n'
PAGE = """<html><head><title>Gloves</title></head><body><main><h1>Gloves</h1><p>Gloves keep hands clean.</p>
<h2>What we ask of you</h2><p>Staff should wear gloves.</p></main></body></html>"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a page of the publisher, and beside it a package that is not on the path yet."""
    package = tmp_path / "site" / "acme_guidance"
    (package / "words").mkdir(parents=True)
    (package / "__init__.py").write_text(PUBLISHER)
    (package / "words" / "__init__.py").touch()
    (package / "words" / "headings.toml").write_text(WORDS)
    (tmp_path / "gloves.html").write_text(PAGE)
    (tmp_path / "gloves.source.json").write_text('{"url": "https://guidance.acme.example/gloves"}')
    enter(
        tmp_path, "[betony.publishers]\nacme = acme_guidance:Acme\n[betony.vocabularies]\nacme = acme_guidance.words\n"
    )
    return tmp_path


def enter(folder: Path, points: str) -> None:
    about = folder / "site" / "acme_guidance-1.0.dist-info"
    about.mkdir(exist_ok=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-guidance\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(points)


def betony(folder: Path, *arguments: str, installed: bool = True) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, **({"PYTHONPATH": str(folder / "site")} if installed else {})}
    command = [sys.executable, "-m", "betony", *arguments]
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)


def record(folder: Path, *, installed: bool) -> dict[str, Any]:
    store = f"{installed}.db"
    done = betony(folder, "ingest", "gloves.html", "--store", store, "--out", "-", installed=installed)
    assert done.returncode == 0, done.stderr
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def test_its_publisher_and_words_are_gone_by_and_told_in_the_record(here: Path) -> None:
    without, with_it = record(here, installed=False), record(here, installed=True)
    assert without["id"] == "web:guidance.acme.example/gloves"
    assert with_it["id"] == "acme:gloves"
    assert with_it["publisher"] == {"id": "acme", "name": "Acme Institute"}
    types = {
        made["id"]: [section["type"] for section in made["sections"] if section["heading"]]
        for made in (without, with_it)
    }
    assert "responsibilities" in types["acme:gloves"]
    assert with_it["processing"]["ruleset"] != without["processing"]["ruleset"]


@pytest.mark.parametrize(
    ("name", "words", "says"),
    [
        ("headings.toml", "not toml", "acme_guidance.words/headings.toml: is no TOML in UTF-8"),
        (
            "heading.toml",
            WORDS,
            "acme_guidance.words/heading.toml: no vocabulary of betony's has that name (known: actors",
        ),
        ("headings.toml", '[whole]\nsummary = "abc"\n', "headings.toml: whole.summary is no list (mend that package"),
        ("headings.toml", 'whole = ["abc"]\n', "headings.toml: whole is no table"),
        ("headings.toml", "[whole]\nsummary = [1]\n", "whole.summary holds something other than texts"),
        (
            "headings.toml",
            '[wholes]\nsummary = ["abc"]\n',
            "wholes is no name that betony goes by (known: addressed, apart, asking, before, faint, lists, named",
        ),
        ("headings.toml", '[whole]\nsumary = ["abc"]\n', "whole.sumary is no name that betony goes by (known: coding"),
        (
            "passages.toml",
            '[legal]\nphrase = ["abc"]\n',
            "legal.phrase is no name that betony goes by (known: faint, phrases",
        ),
        ("actors.toml", 'nurses = ["ward sister"]\n', "nurses is no name that betony goes by (known: clinician"),
        ("duties.toml", '[terms]\nought = ["ought to"]\n', "terms.ought is no name that betony goes by"),
        ("types.toml", '[AG]\ntype = "acme_guide"\n', "AG lacks names"),
        ("types.toml", '[AG]\ntype = "acme_guide"\nnames = "acme guide"\n', "AG.names is no list"),
    ],
)
def test_words_that_betony_could_not_go_by_are_refused(
    here: Path, monkeypatch: pytest.MonkeyPatch, name: str, words: str, says: str
) -> None:
    folder = here / "site" / "acme_guidance" / "words"
    (folder / "headings.toml").unlink()
    (folder / name).write_text(words)
    package = SimpleNamespace(__name__="acme_guidance.words")
    monkeypatch.setattr(plugins, "loaded", {plugins.VOCABULARIES: [("acme", package)], plugins.PUBLISHERS: []}.get)
    monkeypatch.setattr(plugins, "files", lambda of: folder if of is package else files(of))
    with pytest.raises(UsageError) as refused:
        list(plugins.rules())
    assert says in str(refused.value)


def test_words_in_every_form_that_betony_has_are_let_in(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = {
        "headings.toml": '[series]\nsummary = ["acme notes"]\n',
        "types.toml": '[AG]\ntype = "acme_guide"\nnames = ["acme guide"]\n',
        "codes.toml": '[roles]\n"main code" = "diagnosis"\n',
        "passages.toml": '[legal]\nsure = ["all rights are ours"]\n[coding]\nfaint = ["coded as"]\n',
    }
    folder = here / "site" / "acme_guidance" / "words"
    for name, body in words.items():
        (folder / name).write_text(body)
    package = SimpleNamespace(__name__="acme_guidance.words")
    monkeypatch.setattr(plugins, "loaded", {plugins.VOCABULARIES: [("acme", package)], plugins.PUBLISHERS: []}.get)
    monkeypatch.setattr(plugins, "files", lambda of: folder if of is package else files(of))
    assert len(list(plugins.rules())) == 4


@pytest.mark.parametrize(
    ("attributes", "says"),
    [
        ({}, "its id 'web' cannot stand in the ids"),
        ({"id": "Acme: Guidance"}, "its id 'Acme: Guidance' cannot stand in the ids"),
        ({"hosts": "acme.example"}, "its hosts are one text, and are to be several"),
        ({"hosts": ("https://acme.example",)}, "its host 'https://acme.example' is none"),
        ({"headings": {"our ask": "responsibilitys"}}, "its heading 'our ask' is of no type of sections"),
        ({"content": "//main["}, "its content is no XPath: '//main['"),
        ({"terms_end": "Subject to ("}, "its terms_end is no pattern: 'Subject to ('"),
    ],
)
def test_a_publisher_that_would_go_by_unheard_is_refused(
    monkeypatch: pytest.MonkeyPatch, attributes: dict[str, Any], says: str
) -> None:
    added = type("Acme", (Publisher,), {"id": "acme", **attributes} if attributes else {})
    monkeypatch.setattr(plugins, "loaded", {plugins.PUBLISHERS: [("acme", added)]}.get)
    with pytest.raises(UsageError) as refused:
        publishers.every.__wrapped__()
    assert str(refused.value).startswith(f"betony.publishers 'acme': {says}")


def test_a_mistake_of_a_package_ends_a_run_before_it_begins(here: Path) -> None:
    package = here / "site" / "acme_guidance" / "__init__.py"
    package.write_text(PUBLISHER.replace('("guidance.acme.example",)', '"guidance.acme.example"'))
    done = betony(here, "ingest", "gloves.html")
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (2, "", False)
    assert "betony.publishers 'acme': its hosts are one text" in done.stderr
    with Store.open(str(here / "betony.db")) as store:
        assert store.runs() == []


def test_what_stands_beside_a_publisher_counts_as_its_rules(here: Path) -> None:
    def digest() -> str:
        code = "from betony import ruleset; print(ruleset.digest())"
        variables = {**os.environ, "PYTHONPATH": str(here / "site")}
        return subprocess.run(
            [sys.executable, "-c", code], env=variables, capture_output=True, check=True
        ).stdout.decode()

    before = digest()
    (here / "site" / "acme_guidance" / "dates.py").write_text("FIRST = 2019\n")
    assert digest() != before


def test_what_cannot_be_loaded_is_named(here: Path) -> None:
    enter(here, "[betony.publishers]\nacme = acme_guidance:Nobody\n")
    done = betony(here, "ingest", "gloves.html")
    assert done.returncode == 2
    assert "acme-guidance: acme_guidance:Nobody: betony.publishers 'acme' cannot be loaded" in done.stderr
    assert "Traceback" not in done.stderr
    with Store.open(str(here / "betony.db")) as store:
        assert store.runs() == []
