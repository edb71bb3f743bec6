"""Whether guidance is current, and what changed, as the command line says it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from betony import citations, cli, sources, standing, work
from betony.model import Capture
from betony.standing import Answer
from betony.store import Departure, Store
from tests.conftest import ROOT, SAMPLES
from tests.writing import Item, docx

NOW = datetime(2026, 10, 20, tzinfo=UTC)
POLICY = "Our clinic follows NICE guideline NG9020 and interventional procedures guidance 9002, as well as NG9021."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the samples of NICE, made once, and documents that cite them."""
    made = tmp_path_factory.mktemp("check")
    with Store.open(str(made / "betony.db"), create=True) as store:
        assert work.ingest(sources.discover([str(SAMPLES / "nice")]), store, workers=2).well
    (made / "policy.docx").write_bytes(docx.write([Item("h1", "Wrist clinic"), Item("p", POLICY)]))
    (made / "policy.html").write_text(
        '<main><h1>Wrist clinic</h1><p>See <a href="https://www.nice.org.uk/guidance/ng9020/chapter/x">the guideline</a>,'
        ' <a href="https://www.nhs.uk/conditions/nothing-here">a page</a> and IPG9003.</p></main>'
    )
    (made / "list.csv").write_text("owner,reference\nann,NG9020\nbob,IPG9003\neve,nice:ng777\n")
    (made / "none.txt").write_text("Nothing is cited here.")
    return made


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with Store.open(str(folder / "betony.db")) as opened:
        yield opened


def betony(folder: Path, *arguments: str) -> tuple[int, str]:
    """The command's exit status and all that it prints, in this process."""
    with chdir(folder):
        done = CliRunner().invoke(cli.app, list(arguments))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def judged(store: Store, name: str, max_age: int = 60, now: datetime = NOW) -> standing.Verdict:
    return standing.judge(store, name, now=now, max_age=max_age)


def test_what_its_own_page_says(store: Store) -> None:
    current = judged(store, "CG9004")
    assert (current.answer, current.evidence_at) == (Answer.CURRENT, "2026-10-02T07:41:00Z")
    assert current.remarks == ("partial update in progress",)
    replaced = judged(store, "nice:ipg9003")
    assert replaced.answer is Answer.NOT_CURRENT
    assert "has been updated and replaced by" in replaced.why
    assert (replaced.since, replaced.since_basis) == ("2026-09-14T16:20:31Z", "seen")
    assert [successor.id for successor in replaced.successors] == ["nice:ipg9002"]
    draft = judged(store, "nice:gid-ipg99010")
    assert draft.answer is Answer.NOT_CURRENT
    assert "no guidance yet" in draft.why


def test_what_says_nothing_or_is_not_there_is_unknown(store: Store) -> None:
    assert judged(store, "IPG9002").answer is Answer.UNKNOWN
    assert judged(store, "NG777").why == "the store does not hold it"


def test_a_newer_document_says_that_it_replaces_one(store: Store) -> None:
    verdict = judged(store, "NG9020")
    assert verdict.answer is Answer.NOT_CURRENT
    assert verdict.why.startswith('nice:ng9021 says: "This guideline updates and replaces')
    assert (verdict.since, verdict.evidence_at) == ("2026-10-14", "2026-10-19T09:00:00Z")
    assert [(one.id, one.held) for one in verdict.successors] == [("nice:ng9021", True)]


def test_old_evidence_and_evidence_of_no_date_say_nothing_of_today(store: Store) -> None:
    assert judged(store, "IPG9003", max_age=30).answer is Answer.UNKNOWN
    assert "seen 35 days ago, which is over 30: the page says" in judged(store, "IPG9003", max_age=30).why
    undated = next(row.id for row in store.listed() if row.id.startswith("sha256:"))
    verdict = judged(store, undated, max_age=10_000)
    assert (verdict.answer, verdict.evidence_at) == (Answer.UNKNOWN, None)
    assert verdict.why.startswith("nobody knows when this was seen")
    early = judged(store, "CG9004", now=datetime(2026, 9, 1, tzinfo=UTC))
    assert early.answer is Answer.UNKNOWN
    assert early.why.startswith("it is said to be seen on 2026-10-02, which is yet to come")


def page(reference: str, words: str) -> Capture:
    url = f"https://www.nice.org.uk/guidance/{reference}"
    body = f"<main><h1>On {reference}</h1><p>{words}</p></main>".encode()
    return Capture(body, url, url, media_type="text/html", retrieved_at="2026-10-10T09:00:00Z")


def test_the_chain_is_followed_to_its_end_and_never_round(tmp_path: Path) -> None:
    replaced = "This guideline has been updated and replaced by NICE guideline {}."
    with Store.open(str(tmp_path / "s.db"), create=True) as store:
        work.ingest(
            [
                page("ng1", replaced.format("NG2")),
                page("ng2", replaced.format("NG3")),
                page("ng3", replaced.format("NG4")),
                page("ng5", replaced.format("NG6")),
                page("ng6", replaced.format("NG5")),
            ],
            store,
            workers=1,
        )
        chain = judged(store, "NG1").successors
        assert [(one.id, one.held) for one in chain] == [("nice:ng2", True), ("nice:ng3", True), ("nice:ng4", False)]
        assert [one.answer for one in chain] == [Answer.NOT_CURRENT, Answer.NOT_CURRENT, Answer.UNKNOWN]
        assert [one.id for one in judged(store, "NG5").successors] == ["nice:ng6"]


def test_what_left_its_site_is_not_current(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "s.db"), create=True) as store:
        checked = "We checked this guideline in May 2026. We found no new evidence that affects the recommendations."
        work.ingest([page("ng1", checked), page("ng2", checked)], store, workers=1)
        assert judged(store, "NG1").answer is Answer.CURRENT
        store.retire("nice:ng1", "2026-10-15T09:00:00Z", Departure.MOVED, moved_to="nice:ng2")
        verdict = judged(store, "NG1")
        assert (verdict.answer, verdict.since, verdict.since_basis) == (
            Answer.NOT_CURRENT,
            "2026-10-15T09:00:00Z",
            "seen",
        )
        assert verdict.why == "its address leads elsewhere nice:ng2"
        assert [(one.id, one.answer) for one in verdict.successors] == [("nice:ng2", Answer.CURRENT)]
        store.reopen("nice:ng1", "2026-10-16T09:00:00Z")
        assert judged(store, "NG1").answer is Answer.CURRENT
        store.confirm("nice:ng1", "2027-01-01T09:00:00Z")
        later = judged(store, "NG1", now=datetime(2027, 1, 15, tzinfo=UTC))
        assert (later.answer, later.evidence_at) == (Answer.CURRENT, "2027-01-01T09:00:00Z")


AGED = ("--max-age", "36500")


def test_the_exit_status_says_it_too(folder: Path) -> None:
    assert betony(folder, "check", "CG9004", *AGED)[0] == 0
    assert betony(folder, "check", "CG9004", "NG777", *AGED)[0] == 3
    assert betony(folder, "check", "CG9004", "NG777", "IPG9003", *AGED)[0] == 1
    status, output = betony(folder, "check", "CG9004", "--max-age", "0")
    assert status == 3
    assert "1 unknown; evidence counts for 0 days (--max-age)." in output


def test_documents_of_ones_own_are_searched_for_what_they_cite(folder: Path) -> None:
    status, output = betony(folder, "check", "policy.docx", *AGED)
    assert status == 1
    assert 'cited as "NICE guideline NG9020" in policy.docx' in output
    assert "replaced by: nice:ng9021" in output
    assert re.findall(r"^(?:current|not current|unknown) +(\S+)", output, re.MULTILINE) == [
        "nice:ng9020",
        "nice:ipg9002",
        "nice:ng9021",
    ]
    found = json_lines(betony(folder, "check", "policy.html", "--json", *AGED)[1])
    assert [(one["id"], one["answer"], one["cited"]["words"]) for one in found] == [
        ("nice:ng9020", "not_current", "the guideline"),
        ("nice:ipg9003", "not_current", "IPG9003"),
    ]
    found = json_lines(betony(folder, "check", "list.csv", "--json", *AGED)[1])
    assert [(one["asked"], one["answer"], one["cited"]["place"]) for one in found] == [
        ("nice:ng9020", "not_current", 2),
        ("nice:ipg9003", "not_current", 3),
        ("nice:ng777", "unknown", 4),
    ]
    nothing = "cites no guidance that betony can tell: it looks for NICE's references and for links to publishers\n"
    assert betony(folder, "check", "none.txt") == (3, f"none.txt: {nothing}")
    status, output = betony(folder, "check", "list.csv", "none.txt", *AGED)
    assert (status, f"none.txt: {nothing}" in output) == (1, True)
    assert betony(folder, "check", "none.txt", "--json") == (3, "")
    status, output = betony(folder, "check", "nowhere.pdf")
    assert (status, "no such file" in output) == (2, True)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.nice.org.uk/guidance/NG9020?tab=evidence",
        "http://nice.org.uk:80/guidance/ng9020/chapter/Recommendations#x",
        "www.nice.org.uk/guidance/ng9020/",
    ],
)
def test_a_record_is_known_by_its_pages_addresses_as_browsers_show_them(folder: Path, address: str) -> None:
    status, output = betony(folder, "check", address, "--json", *AGED)
    assert (status, [(one["asked"], one["id"]) for one in json_lines(output)]) == (1, [(address, "nice:ng9020")])
    assert "id: nice:ng9020" in betony(folder, "show", address)[1]
    assert betony(folder, "history", address)[0] == 0


@pytest.mark.parametrize(
    "name", ["https://www.nhs.uk/nothing/here.html", "cdc:nothing/here.htm", "web:example.org/a.pdf"]
)
def test_ids_and_addresses_that_end_as_files_do_are_none(folder: Path, name: str) -> None:
    status, output = betony(folder, "check", name)
    assert (status, "the store does not hold it" in output) == (3, True)


def test_a_folder_and_an_empty_name_are_refused(folder: Path) -> None:
    (folder / "papers").mkdir(exist_ok=True)
    for name, said in (("papers", "is a folder (name the documents in it)"), (" ", "a name is empty")):
        status, output = betony(folder, "check", name)
        assert (status, said in output) == (2, True)
    status, output = betony(folder, "show", "http://[x")
    assert (status, "no record is called" in output) == (2, True)


@pytest.mark.parametrize("head", ["reference", "which"])
def test_a_table_s_references_are_read_as_people_write_them(head: str) -> None:
    table = f"{head},owner\nNG 9020,ann\nipg9003,bob\nTA-53,eve\n"
    assert [one.id for one in citations.tabled(table).found] == ["nice:ng9020", "nice:ipg9003", "nice:ta53"]


def json_lines(output: str) -> list[Any]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("id\nnice:ng1\nNG2\n", ["nice:ng1", "nice:ng2"]),
        ("url,x\nhttps://www.nice.org.uk/guidance/ng3,NG4\n", ["nice:ng3"]),
        ("NG5,see also TA6\nsomething else,who:fact\n", ["nice:ng5", "nice:ta6", "who:fact"]),
        ("reference\n\nlocal-77\n", ["local-77"]),
        ("owner;reference\nann;NG1\neve;local-77\n", ["nice:ng1", "local-77"]),
        ("reference\towner\nNG1\tann\n", ["nice:ng1"]),
        ("", []),
    ],
)
def test_ids_in_a_table(table: str, found: list[str]) -> None:
    assert [one.id for one in citations.tabled(table).found] == found


def test_history_tells_the_versions(folder: Path) -> None:
    status, output = betony(folder, "history", "NG9020")
    assert status == 0
    assert re.findall(r"^\d .*", output, re.MULTILINE) == [
        "1  from 2026-06-08 to 2026-09-07  first seen",
        "2  from 2026-09-07  changed by its publisher",
    ]
    versions = json_lines(betony(folder, "history", "NG9020", "--json")[1])
    assert [(one["number"], one["cause"], len(one["changes"]) > 1) for one in versions] == [
        (1, "document", False),
        (2, "document", True),
    ]


def test_the_readme_shows_a_real_difference(folder: Path) -> None:
    shown = re.search(r"```text\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert shown
    output = betony(folder, "diff", "NG9020")[1]
    for line in shown[1].splitlines():
        assert line.strip() in [found.strip() for found in output.splitlines()], line


def test_differences_between_versions_by_number_and_by_date(folder: Path) -> None:
    full = json.loads(betony(folder, "diff", "NG9020", "--json")[1])
    assert (full["from"]["number"], full["to"]["number"]) == (1, 2)
    kinds = {change["kind"] for change in full["changes"]}
    assert {"status", "date", "recommendation_added", "recommendation_strength", "recommendation_renumbered"} <= kinds
    reworded = next(change for change in full["changes"] if change["kind"] == "recommendation_reworded")
    assert [piece["text"] for piece in reworded["words"] if piece["kind"] == "added"] == ["or a scan"]
    assert betony(folder, "diff", "NG9020", "2026-07-01", "2026-12-01") == betony(folder, "diff", "NG9020", "1", "2")
    assert "nothing" not in betony(folder, "diff", "NG9020", "1", "2")[1]
    status, output = betony(folder, "diff", "NG9020", "9")
    assert (status, "there is no version '9'" in output) == (2, True)
    assert "there is only one version" in betony(folder, "diff", "CG9004")[1]
    assert "the same version" in betony(folder, "diff", "NG9020", "2", "2")[1]


def test_changes_since_a_date(folder: Path) -> None:
    found = json_lines(betony(folder, "changes", "--since", "2026-10-15", "--json")[1])
    assert ("nice:ng9021", "added") in [(one["record_id"], one["kind"]) for one in found]
    assert all(one["seen"] >= "2026-10-15" for one in found)
    output = betony(folder, "changes", "--since", "2026-09-01")[1]
    assert "recommendation 1.2.1 of another strength" in output
    assert betony(folder, "changes", "--since", "2030-01-01") == (0, "Nothing changed.\n")
    assert betony(folder, "changes", "--since", "soon")[0] == 2
    assert betony(folder, "changes", "--processing") == (0, "Nothing changed.\n")
