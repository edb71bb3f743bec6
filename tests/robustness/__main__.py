"""python -m tests.robustness: the long forms of the checks that CI runs short, as a table of figure, result and pass."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass

from tests.conftest import ROOT


@dataclass(frozen=True)
class Check:
    """A figure to reach and the tests that measure it."""

    figure: str
    tests: tuple[str, ...]


CHECKS = (
    Check(
        "store, SQLite and PostgreSQL: 200 kills each, 0 lost, doubled or torn; a naive one torn",
        ("tests/test_kills.py",),
    ),
    Check(
        "a run with its workers: 20 kills, then as if there had been none",
        ("tests/test_durability.py::test_a_run_killed_at_any_moment_ends_as_if_it_had_not_been",),
    ),
    Check(
        "reprocess: 100 kills, no version lost or doubled",
        ("tests/test_reprocess.py::test_killed_at_any_moment_no_version_is_lost_or_doubled",),
    ),
    Check(
        "export: 200 kills, 0 torn; a naive writer torn by the same kills",
        (
            "tests/test_durability.py::test_an_export_killed_at_any_moment_leaves_the_old_file_or_the_new",
            "tests/test_durability.py::test_the_same_kills_tear_what_a_naive_writer_writes",
        ),
    ),
    Check(
        "every sink: 200 kills, 0 torn, lost or doubled; a naive writer torn by the same kills",
        ("tests/exports/test_killed.py",),
    ),
    Check(
        "every sink on a full disk: said, and the old export intact",
        ("tests/exports/test_every_export.py::test_a_full_disk_is_said_and_leaves_the_old_export",),
    ),
    Check(
        "395 gold documents: every export read by its own reader, all counts equal",
        ("tests/exports/test_every_export.py::test_all_gold_documents_in_every_format_hold_the_same",),
    ),
    Check(
        "547 hostile titles and ids: 0 files outside the folder, 0 formulas",
        ("tests/exports/test_hostile_names.py",),
    ),
    Check(
        "a full disk: what was reported is kept",
        ("tests/test_durability.py::test_a_full_disk_loses_nothing_that_was_reported",),
    ),
    Check(
        "1,000 documents, 5 poisoned: 995 records, 5 named, balance 0",
        ("tests/test_work.py::test_poisoned_documents_are_set_aside_by_name_and_the_rest_goes_on",),
    ),
    Check(
        "two processes at once leave what one would",
        ("tests/test_durability.py::test_two_processes_at_once_leave_what_one_would",),
    ),
    Check("robots.txt: 15 answers of 15 decided right, by the server's log", ("tests/web/test_robots.py",)),
    Check(
        "500 pages, 5 hosts, 3 restarts, 2 workers: one at a time, no gap too short",
        ("tests/web/test_politeness.py::test_hosts_are_not_hurried_across_restarts_and_workers",),
    ),
    Check(
        "Retry-After: 14 of 14 kept to, at most 3 tries",
        ("tests/web/test_politeness.py::test_nothing_is_asked_before_the_server_wants_it",),
    ),
    Check("addresses: 41 of 41 spellings, rebinding, mixed answers refused", ("tests/web/test_address.py",)),
    Check(
        "redirects under the same rules, 5 at most",
        ("tests/web/test_politeness.py::test_redirects_are_followed_one_by_one_and_under_the_same_rules",),
    ),
    Check(
        "bombs, endless, drips: ended in the limit + 1 s, 64 MB; 300 cuts marked; 4 certificates refused",
        ("tests/web/test_door.py",),
    ),
    Check("1,000 unchanged pages not sent, 10 changed found, a liar found out", ("tests/web/test_refetch.py",)),
    Check("web archives: digests right, 300 torn ones lose nothing whole", ("tests/web/test_archive.py",)),
    Check(
        "watch: 100 kills, no capture lost, no version doubled, no robots breach",
        ("tests/web/test_watch.py::test_a_watch_killed_at_any_moment_loses_nothing_and_hurries_nobody",),
    ),
    Check("hostile pages: nothing lost, or set aside by name", ("tests/readers/test_html_hostile.py",)),
    Check(
        "hostile PDF and Word files, 30 s and 2 GB: their words, or a named reason",
        ("tests/test_formats.py::test_a_hostile_file_ends_in_its_words_or_a_named_reason",),
    ),
    Check("hostile pages in a worker, 30 s and 2 GB: whole or under a name", ("tests/test_hostile.py",)),
    Check(
        "the production page, run: a scheduled run, its artifacts, a second that does nothing; a killed one closed",
        ("tests/test_production.py",),
    ),
    Check(
        "a temporary server ends with its flow, also when that is killed", ("tests/test_flow.py", "tests/test_runs.py")
    ),
    Check(
        "the wheel, installed by pip on every Python here, makes the seed's record offline", ("tests/test_release.py",)
    ),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.robustness", description=__doc__)
    parser.add_argument("words", nargs="*", metavar="WORD", help="only the figures that hold one of these words")
    parser.add_argument("--list", action="store_true", help="say what the figures are, and run nothing")
    chosen = parser.parse_args()
    failed = 0
    checks = [check for check in CHECKS if not chosen.words or any(word in check.figure for word in chosen.words)]
    if chosen.list:
        print(*(check.figure for check in checks), sep="\n")
        return 0
    print(f"{'figure':88} {'result':>24} {'seconds':>8}")
    for check in checks:
        start = time.monotonic()
        command = [sys.executable, "-m", "pytest", "-q", "--long", "--timeout=3000", "--numprocesses=0", *check.tests]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        verdict = done.stdout.strip().splitlines()[-1].split(" in ")[0] if done.stdout.strip() else "no result"
        print(f"{check.figure:88} {verdict:>24} {time.monotonic() - start:8.0f}", flush=True)
        if done.returncode:
            failed += 1
            print(done.stdout[-3000:], done.stderr[-1000:])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
