"""The command line as its users meet it."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from betony import __main__, cli
from betony.store import Departure, Store, tables
from tests.stores import golden, put, record

BETONY = [sys.executable, "-m", "betony"]
PAGE = "Your responsibility\n\nHealthcare professionals should take this guidance into account.\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("BETONY_STORE", "BETONY_SOURCES"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "one.txt").write_text("First guidance on falls.\n\n" + PAGE)
    (folder / "one.source.json").write_text('{"url": "https://www.nice.org.uk/guidance/ng901"}')
    (folder / "two.txt").write_text("Second guidance on sleep.\n\n" + PAGE)
    return tmp_path


def betony(*args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    done = subprocess.run([*BETONY, *args], input=stdin, capture_output=True, check=False, timeout=120)
    result = subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in result.stderr
    return result


def test_from_documents_to_records_and_back_out(here: Path) -> None:
    first = betony("ingest", "in", "--out", "out.jsonl")
    assert first.returncode == 0, first.stderr
    assert "2 new" in first.stdout
    assert len((here / "out.jsonl").read_text().splitlines()) == 2
    again = betony("ingest", "in/", "--out", "again.jsonl")
    assert again.returncode == 0
    assert "2 unchanged" in again.stdout
    assert (here / "again.jsonl").read_bytes() == (here / "out.jsonl").read_bytes()
    assert json.loads((here / "out.jsonl").read_text().splitlines()[0])["id"] == "nice:ng901"

    listed = betony("list")
    assert listed.stdout.startswith("nice:ng901  ")
    assert json.loads(betony("list", "--json").stdout.splitlines()[0])["id"] == "nice:ng901"
    assert betony("list", "--publisher", "nobody").stdout == ""
    with Store.open("betony.db") as store:
        assert store.retire("nice:ng901", "2999-01-01", Departure.GONE)
    assert [" gone " in line for line in betony("list").stdout.splitlines()] == [True, False]
    shown = betony("show", "NG901")
    assert "Your responsibility [responsibilities]" in shown.stdout
    assert json.loads(betony("show", "nice:ng9", "--json").stdout)["id"] == "nice:ng901"
    assert betony("export", "jsonl", "all.jsonl").returncode == 0
    assert betony("export", "jsonl", "-").stdout == (here / "all.jsonl").read_text()
    assert f"layout {tables.VERSION}" in betony("doctor").stdout


def test_standard_output_holds_records_alone(here: Path) -> None:
    done = betony("ingest", "-", "--out", "-", stdin=PAGE.encode())
    assert done.returncode == 0
    record = json.loads(done.stdout)
    assert record["source"]["uri"] == "-"
    assert "1 new" in done.stderr


def test_json_logs_are_one_object_a_line(here: Path) -> None:
    (here / "in" / "line\nend.txt").write_bytes(b"")
    done = betony("ingest", "in", "--json-logs")
    assert done.returncode == 1
    assert done.stdout == ""
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert {event["event"] for event in events} == {"began", "settled", "quarantined", "finished"}
    assert {event["run"] for event in events} == {1}
    assert {event.get("stage") for event in events[1:-1]} == {"structuring"}
    assert all(event["document"] for event in events[1:-1])
    assert events[-1]["quarantined"] == 1
    assert events[-1]["seconds"]["read"] > 0
    assert all(event["time"] and event["level"] for event in events)


def test_what_is_skipped_is_told_with_the_reason(here: Path) -> None:
    for name in ("style.css", "notes"):
        (here / "in" / name).write_text("no document")
    (here / "in" / "secret.txt").symlink_to("nowhere.txt")
    done = betony("ingest", "in")
    assert (
        "Skipped 2 files or pages, no inputs:\n"
        "  in/notes: no document by its name: no suffix\n"
        "  in/style.css: no document by its suffix .css\n"
    ) in done.stdout
    assert (
        "Set aside, with the reason, and the bytes where there are any:\n  in/secret.txt: no such file" in done.stdout
    )
    for number in range(4):
        (here / "in" / f"{number}.css").write_text("no document")
    assert (
        "Skipped 6 files or pages, no inputs:\n"
        "  5 no document by its suffix .css\n"
        "  in/notes: no document by its name: no suffix\n"
        "  (--json-logs names every one)\n"
    ) in betony("ingest", "in").stdout


def test_what_is_set_aside_is_named_with_what_to_do(here: Path) -> None:
    (here / "in" / "empty.txt").write_bytes(b"")
    (here / "in" / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (here / "in" / "pages.jsonl").write_text('{"text": "Some words of guidance."}\n{oops\n')
    done = betony("ingest", "in")
    assert done.returncode == 1
    assert "3 new" in done.stdout
    assert "3 set aside" in done.stdout
    listed = betony("failures").stdout
    assert re.findall(r"^(\S+): (\w+):", listed, re.MULTILINE) == [
        ("in/binary.txt", "binary"),
        ("in/empty.txt", "empty"),
        ("in/pages.jsonl#L2", "malformed"),
    ]
    assert betony("failures", "--retry").returncode == 1
    (here / "in" / "empty.txt").write_text(PAGE + "more")
    (here / "in" / "binary.txt").unlink()
    betony("ingest", "in")
    assert "empty.txt" not in betony("failures").stdout
    rows = [json.loads(line) for line in betony("failures", "--json").stdout.splitlines()]
    assert [row["uri"] for row in rows] == ["in/binary.txt", "in/pages.jsonl#L2"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["list", "--status", "retierd"], "known: active, retired, draft"),
        (["search", "falls", "--status", "gone"], "known: active, retired, draft"),
        (["search", "falls", "--limit", "9" * 20], "--limit"),
        (["stats", "--runs", "9" * 20], "--runs"),
        (["captures", "--limit", "9" * 20], "--limit"),
        (["check", "NG901", "--max-age", "9" * 20], "--max-age"),
        (["store", "prune", "--keep", "1", "--older-than", "9" * 20], "--older-than"),
        (["sources", "add", "https://example.org/", "--every", "9999999d"], "no time between rounds"),
        (["sources", "add", "https://example.org/", "--full-days", "nan"], "no number of days"),
        (["correct", "NG9001", "publisher", "nobody", "--why", "x"], "known: aafp, "),
        (["list", "--publisher", "Nobody"], "no publisher is called 'Nobody' (known: aafp, "),
        (["search", "cramp", "--publisher", "nobody"], "no publisher is called 'nobody'"),
        (["changes", "--publisher", "nobody"], "no publisher is called 'nobody'"),
        (["reprocess", "--publisher", "nobody"], "no publisher is called 'nobody'"),
    ],
)
def test_a_value_that_an_option_cannot_have_is_a_wrong_call(here: Path, args: list[str], says: str) -> None:
    with Store.open("betony.db", create=True) as store:
        put(store, golden("nice/ng9001-overview"))
    done = CliRunner().invoke(cli.app, args)
    assert (done.exit_code, done.exception.__class__) == (2, SystemExit)
    assert says in done.output


def test_a_publisher_is_known_in_any_case(here: Path) -> None:
    with Store.open("betony.db", create=True) as store:
        put(store, golden("nice/ng9001-overview"))
    assert "nice:ng9001" in CliRunner().invoke(cli.app, ["list", "--publisher", "NICE"]).output


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["ingest", "nowhere"], "nowhere"),
        (["ingest"], "no source"),
        (["ingest", "in", ""], "a source has an empty name"),
        (["ingest", "in", "--publisher", "nobody"], "nobody"),
        (["ingest", "in", "--store", "not-a-store.txt"], "not a database"),
        (["ingest", "in", "--store", "in"], "in"),
        (["ingest", "in", "--store", "gone/x.db"], "folder"),
        (["ingest", "in", "--store", "postgresql://127.0.0.1:9/x"], "cannot be reached"),
        (["ingest", "in", "--store", "other.db"], "another program"),
        (["ingest", "in", "--store", "newer.db"], "newer"),
        (["ingest", "in", "--out", "gone/x.jsonl"], "gone/x.jsonl"),
        (["list"], "betony.db"),
        (["show", "x"], "betony.db"),
        (["failures"], "betony.db"),
        (["failures", "--retry"], "betony.db"),
        (["export", "jsonl", "-"], "betony.db"),
        (["nonsense"], "nonsense"),
        (["ingest", "in", "--workers", "0"], "workers"),
    ],
)
def test_a_wrong_call_says_what_and_changes_nothing(here: Path, args: list[str], says: str) -> None:
    (here / "not-a-store.txt").write_text("These are words and no database. " * 100)
    with sqlite3.connect("other.db") as other:
        other.execute("create table theirs (x)")
    with sqlite3.connect("newer.db") as newer:
        newer.execute("create table schema (version integer, created_by text)")
        newer.execute("insert into schema values (99, 'x')")
    other.close()
    newer.close()
    done = betony(*args)
    assert done.returncode == 2
    assert says in done.stderr
    assert not (here / "betony.db").exists()
    assert (here / "not-a-store.txt").read_text().startswith("These are words")


def test_a_source_missing_among_others_fails_alone(here: Path) -> None:
    done = betony("ingest", "in/two.txt", "gone.txt")
    assert done.returncode == 1
    assert "gone.txt" in done.stdout
    assert "1 new" in done.stdout


def test_a_folder_without_documents_is_one_clear_line(here: Path) -> None:
    (here / "none").mkdir()
    done = betony("ingest", "none")
    assert done.returncode == 1
    assert "none: holds no document" in done.stderr


def test_a_name_that_is_unknown_comes_with_close_ones(here: Path) -> None:
    betony("ingest", "in")
    done = betony("show", "nice:ng902")
    assert done.returncode == 2
    assert "nice:ng901" in done.stderr


def test_a_closed_pipe_is_no_error(here: Path) -> None:
    lines = "".join(json.dumps({"text": f"Guidance number {i}. {PAGE * 5}"}) + "\n" for i in range(100))
    (here / "many.jsonl").write_text(lines)
    betony("ingest", "many.jsonl")
    command = f"{sys.executable} -m betony export jsonl - | head -1 | wc -l"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "1"
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no disk that is always full")
def test_an_output_without_room_is_said(here: Path) -> None:
    with Store.open("betony.db", create=True) as store:
        put(store, golden("nice/ng9001-overview"))
    for words in (["list"], ["show", "NG9001", "--json"], ["export", "jsonl", "-"]):
        with Path("/dev/full").open("w") as full:
            command = [sys.executable, "-m", "betony", *words]
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 1
        assert done.stderr == "betony: the output cannot be written: no space left on device (make room)\n"


def test_streams_that_are_closed_are_no_error(here: Path) -> None:
    (here / "in.txt").write_text(PAGE)
    for command in ("list >&- 2>&-", "ingest in.txt <&- >&-", "list <&- >&- 2>&-"):
        with Store.open("betony.db", create=True) as store:
            assert store.problems() == []
        done = subprocess.run(["sh", "-c", f"{sys.executable} -m betony {command}"], capture_output=True, check=False)
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False)


def test_json_keeps_what_the_output_s_encoding_lacks(here: Path) -> None:
    with Store.open("betony.db", create=True) as store:
        put(store, record("a:1", "Use off\u2011label, caf\u00e9, \U0001f9a0."))
        stored = json.loads(store.json("a:1"))
    command = [sys.executable, "-m", "betony", "show", "a:1", "--json"]
    done = subprocess.run(command, env={**os.environ, "PYTHONIOENCODING": "latin-1"}, capture_output=True, check=True)
    assert json.loads(done.stdout.decode("latin-1")) == stored


def test_settings_come_from_the_environment_and_from_files(here: Path) -> None:
    (here / "betony.toml").write_text('store = "mine.db"\nsources = ["in"]\n')
    assert betony("ingest").returncode == 0
    assert (here / "mine.db").exists()
    os.environ["BETONY_STORE"] = "env.db"
    try:
        assert betony("ingest", "in").returncode == 0
    finally:
        del os.environ["BETONY_STORE"]
    assert (here / "env.db").exists()
    (here / "betony.toml").write_text("colour = 1\n")
    done = betony("list")
    assert done.returncode == 2
    assert "colour" in done.stderr


def test_a_read_only_store_is_named(here: Path) -> None:
    betony("ingest", "in")
    Path("betony.db").chmod(0o444)
    if os.access("betony.db", os.W_OK):
        pytest.skip("this user may write everywhere")
    assert betony("ingest", "in").returncode == 2
    assert betony("list").returncode == 0


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(here: Path) -> None:
    lines = "".join(json.dumps({"text": f"Guidance number {i}. {PAGE}"}) + "\n" for i in range(3000))
    (here / "many.jsonl").write_text(lines)
    process = subprocess.Popen(
        [*BETONY, "ingest", "many.jsonl", "--workers", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - what runs in the background has it ignored
    )
    _wait_for_records(here / "betony.db", 20)
    os.killpg(process.pid, signal.SIGINT)  # a terminal sends it to the whole group
    stdout, stderr = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in stderr
    assert "run the same command again" in stdout
    with sqlite3.connect("betony.db") as connection:
        state, new = connection.execute("select state, new from runs").fetchone()
        count = connection.execute("select count(*) from records").fetchone()[0]
    assert state == "interrupted"
    assert new == count >= 20


def test_a_command_stopped_before_it_has_begun_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def pressed() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", pressed)
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    assert ended.value.code == 130
    assert capsys.readouterr().err == "betony: stopped\n"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the mask of another process is told by Linux alone")
def test_ctrl_c_while_workers_are_made_ready_is_not_theirs_to_answer() -> None:
    program = (
        "from multiprocessing import forkserver\nfrom betony.workers import warm\nwarm()\n"
        "print(open(f'/proc/{forkserver._forkserver._forkserver_pid}/status').read())"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    blocked = int(re.search(r"SigBlk:\s+(\w+)", said)[1], 16)  # type: ignore[index] # Linux always tells it
    assert blocked & 1 << (signal.SIGINT - 1)


def _wait_for_records(path: Path, number: int) -> None:
    for _ in range(600):
        if path.exists():
            with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
                try:
                    if connection.execute("select count(*) from records").fetchone()[0] >= number:
                        return
                except sqlite3.OperationalError:
                    pass
        time.sleep(0.05)
    pytest.fail("no records came")


def test_help_teaches_by_example_and_comes_at_once() -> None:
    runner = CliRunner()
    for args in ([], ["ingest"], ["show"], ["list"], ["export", "jsonl"], ["failures"]):
        result = runner.invoke(cli.app, [*args, "--help"])
        assert result.exit_code == 0
        assert "  betony " in result.stdout, args
    heavy = ["sqlalchemy", "spacy", "pydantic", "lxml", "rich", "prefect"]
    code = f"import sys, betony.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_worker_leaves_the_command_line_of_spacy_to_those_who_ask_for_it() -> None:
    code = "import sys, betony.worker; print([m for m in ('httpx', 'requests', 'spacy.cli') if m in sys.modules]); "
    code += "import spacy; print(spacy.info(silent=True)['spacy_version'] == spacy.__version__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "True"]


def test_the_schema_and_version_are_printed() -> None:
    assert json.loads(betony("schema").stdout)["title"] == "betony record"
    assert betony("--version").stdout == "betony 0.1.0\n"


@pytest.mark.parametrize(
    "command", [("ingest", "{}"), ("list", "--store", "{}"), ("check", "{}"), ("export", "csv", "{}"), ("report", "{}")]
)
def test_a_name_that_no_system_takes_is_a_wrong_call(here: Path, command: tuple[str, ...]) -> None:
    assert betony("ingest", "in").returncode == 0
    done = betony(*(word.format("a" * 300) for word in command))
    assert (done.returncode, "too long" in done.stderr) == (2, True), done.stderr


def test_a_type_that_no_record_has_is_a_wrong_call(here: Path) -> None:
    assert betony("ingest", "in").returncode == 0
    done = betony("list", "--type", "no such type")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no record is of the type 'no such type'" in done.stderr


def test_a_scheduler_without_the_runner_that_needs_it_is_a_wrong_call(here: Path) -> None:
    done = betony("ingest", "in", "--scheduler", "tcp://127.0.0.1:1")
    assert (done.returncode, "--runner dask" in done.stderr) == (2, True)


def test_a_record_without_a_title_is_listed_by_where_it_came_from(here: Path) -> None:
    (here / "in" / "wax.txt").write_text("Offer wax to adults with sore heels.", "utf-8")
    betony("ingest", "in")
    assert "(no title: in/wax.txt)" in betony("list").stdout
