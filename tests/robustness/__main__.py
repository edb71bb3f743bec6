"""python -m tests.robustness: the long forms of the checks that CI runs short, as a table of figure, result and pass."""

from __future__ import annotations

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
        "export: 200 kills, 0 torn; a naive writer torn by the same kills",
        (
            "tests/test_durability.py::test_an_export_killed_at_any_moment_leaves_the_old_file_or_the_new",
            "tests/test_durability.py::test_the_same_kills_tear_what_a_naive_writer_writes",
        ),
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
    Check("hostile pages: nothing lost, or set aside by name", ("tests/readers/test_html_hostile.py",)),
    Check("hostile pages in a worker, 30 s and 2 GB: whole or under a name", ("tests/test_hostile.py",)),
)


def main() -> int:
    failed = 0
    print(f"{'figure':88} {'result':>24} {'seconds':>8}")
    for check in CHECKS:
        start = time.monotonic()
        command = [sys.executable, "-m", "pytest", "-q", "--long", "--timeout=3000", *check.tests]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        verdict = done.stdout.strip().splitlines()[-1].split(" in ")[0] if done.stdout.strip() else "no result"
        print(f"{check.figure:88} {verdict:>24} {time.monotonic() - start:8.0f}", flush=True)
        if done.returncode:
            failed += 1
            print(done.stdout[-3000:], done.stderr[-1000:])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
