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

from betony import plugins
from betony.errors import UsageError
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


def test_words_of_a_type_that_is_none_set_documents_aside_by_name(here: Path) -> None:
    words = here / "site" / "acme_guidance" / "words" / "headings.toml"
    words.write_text('[whole]\nresponsibilitys = ["what we ask of you"]\n')
    done = betony(here, "ingest", "gloves.html")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "'responsibilitys' is not a valid SectionType" in done.stderr


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
