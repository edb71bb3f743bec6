"""python -m tests.robustness: the figures that betony is to reach whatever comes its way, as a table of what came out.

Each figure has a number, from 1 to 22, or none where it is one of our own. They run in their long form: 200 kills a
writer, 10,000 documents, ten minutes of fuzzing; `--short` runs the form that the ordinary tests have. A figure passes
where every one of its tests does; what a test skipped, and why, stands below it, and it does not pass.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from dataclasses import dataclass

from tests.conftest import ROOT


@dataclass(frozen=True)
class Check:
    """A figure to reach and the tests that measure it."""

    number: int | None
    """Of the risk it answers to."""
    figure: str
    wanted: str
    tests: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    """Instead of tests: what to run with this Python, that ends with 0 where the figure is reached."""


CHECKS = (
    Check(1, "robots.txt: 15 answers, a pattern of many stars", "15/15 decided right", ("tests/web/test_robots.py",)),
    Check(
        2,
        "500 pages of 5 hosts, 3 restarts, 2 workers",
        "1 at a time, no gap too short",
        ("tests/web/test_politeness.py::test_hosts_are_not_hurried_across_restarts_and_workers",),
    ),
    Check(
        3,
        "Retry-After in 14 forms, 3 tries at most",
        "14/14 kept to",
        (
            "tests/web/test_politeness.py::test_nothing_is_asked_before_the_server_wants_it",
            "tests/web/test_politeness.py::test_what_passes_is_tried_three_times_and_no_more",
        ),
    ),
    Check(
        4,
        "private addresses: 41 spellings, redirects, rebinding",
        "0 bytes at the private server",
        (
            "tests/web/test_address.py",
            "tests/web/test_politeness.py::test_redirects_are_followed_one_by_one_and_under_the_same_rules",
        ),
    ),
    Check(
        5,
        "bombs in 4 codings, endless, drips, hangs",
        "ended in the limit + 1 s, 64 MB",
        ("tests/web/test_door.py::test_what_does_not_end_is_ended",),
    ),
    Check(
        6,
        "cut transfers, and gzip cut at 300 places",
        "300/300 marked",
        ("tests/web/test_door.py::test_cut_transfers_are_never_taken_for_whole",),
    ),
    Check(
        7,
        "4 certificates that prove nothing; no switch for it",
        "4/4 refused, no second try",
        (
            "tests/web/test_door.py::test_a_server_that_cannot_prove_its_name_is_not_believed",
            "tests/web/test_door.py::test_nothing_in_the_package_turns_certificates_off",
        ),
    ),
    Check(
        8, "1,000 unchanged pages, 10 changed, a liar", "0 sent, 10 found, found out", ("tests/web/test_refetch.py",)
    ),
    Check(
        9,
        "web archives: digests, 300 torn ones",
        "every whole record kept",
        ("tests/web/test_archive.py", "tests/test_warc.py"),
    ),
    Check(
        10,
        "hostile pages, PDF and Word files, in a worker",
        "30 s, 2 GB: whole or named",
        ("tests/test_hostile.py",),
    ),
    Check(10, "ten minutes of fuzzing by coverage", "no unexpected error", command=("-m", "tests.robustness.fuzz")),
    Check(
        10,
        "500,000 sentences with signs between words",
        "no error, no empty span",
        ("tests/test_fuzz.py", "-k", "signs_where"),
    ),
    Check(11, "marks in hostile pages: 250 deep to 100,000, 11 MB", "0 lost", ("tests/readers/test_html_hostile.py",)),
    Check(
        12,
        "XML: entities, inclusion, blow-ups",
        "0 leaks, not silently empty",
        ("tests/test_hostile.py", "-k", "xhtml"),
    ),
    Check(
        13,
        "hostile PDF and Word files",
        "30 s, 2 GB: words or a named reason",
        ("tests/test_formats.py::test_a_hostile_file_ends_in_its_words_or_a_named_reason",),
    ),
    Check(
        14,
        "every pattern on 100 KB; 8,000 of each punctuation mark",
        "linear; under 1 s",
        (
            "tests/test_facts.py::test_every_pattern_is_linear_on_a_hundred_kilobytes",
            "tests/test_long_runs.py",
        ),
    ),
    Check(15, "158 declarations of an encoding, by the standard", "158/158", ("tests/readers/test_encoding.py",)),
    Check(16, "the store, in both databases: 200 kills each", "0 lost, doubled, torn", ("tests/test_kills.py",)),
    Check(
        16,
        "a run with its workers: 20 kills",
        "as if there had been none",
        ("tests/test_durability.py::test_a_run_killed_at_any_moment_ends_as_if_it_had_not_been",),
    ),
    Check(
        16,
        "reprocess: 100 kills",
        "no version lost or doubled",
        ("tests/test_reprocess.py::test_killed_at_any_moment_no_version_is_lost_or_doubled",),
    ),
    Check(
        16,
        "a run on a Dask cluster, a worker killed",
        "record for record as here",
        ("tests/scale/test_cluster.py",),
    ),
    Check(
        16,
        "export: 200 kills, and a naive writer's",
        "0 torn; the naive one torn",
        (
            "tests/test_durability.py::test_an_export_killed_at_any_moment_leaves_the_old_file_or_the_new",
            "tests/test_durability.py::test_the_same_kills_tear_what_a_naive_writer_writes",
        ),
    ),
    Check(
        16,
        "every sink: 200 kills, and a naive writer's",
        "0 torn; the naive one torn",
        ("tests/exports/test_killed.py",),
    ),
    Check(16, "a model of power loss: 20,000 cuts", "0 wrong; naive ones wrong", ("tests/exports/test_power.py",)),
    Check(
        16,
        "a full disk: the store and every sink",
        "what was reported is kept; said",
        (
            "tests/test_durability.py::test_a_full_disk_loses_nothing_that_was_reported",
            "tests/exports/test_every_export.py::test_a_full_disk_is_said_and_leaves_the_old_export",
        ),
    ),
    Check(
        17,
        "1,000 captures three times; two processes at once",
        "identical rows",
        (
            "tests/test_work.py::test_the_same_captures_three_times_leave_what_one_run_does",
            "tests/test_durability.py::test_two_processes_at_once_leave_what_one_would",
        ),
    ),
    Check(
        18,
        "10,000 documents, 5 of them poison",
        "9,995 records, 5 named, balance 0",
        ("tests/test_work.py::test_poisoned_documents_are_set_aside_by_name_and_the_rest_goes_on",),
    ),
    Check(
        19,
        "526 strings in pages; 547 titles as cells and files",
        "0 alive, 0 formulas, 0 outside",
        (
            "tests/report/test_site.py::test_whatever_a_record_says_no_file_leaves_the_folder_and_nothing_is_alive",
            "tests/report/test_live.py::test_every_page_that_a_page_leads_to_is_there_with_its_policy",
            "tests/browser/test_site.py::test_nothing_that_documents_say_comes_alive",
            "tests/exports/test_hostile_names.py",
        ),
    ),
    Check(20, "code in data: sources, a model, results of flows", "0 run", ("tests/test_code_from_data.py",)),
    Check(
        21,
        "keys and passwords; forged lines",
        "0 shown; one line stays one",
        (
            "tests/web/test_door.py::test_neither_keys_nor_passwords_reach_the_log",
            "tests/web/test_commands.py::test_a_password_in_an_address_is_refused_and_not_shown",
            "tests/web/test_address.py::test_a_password_in_an_address_is_never_shown",
            "tests/test_store.py::test_a_password_is_shown_to_nobody",
            "tests/test_terminal.py::test_a_line_is_harmless_wherever_its_words_come_from",
            "tests/test_cli.py::test_json_logs_are_one_object_a_line",
        ),
    ),
    Check(22, "versions: everything pinned, none known to be unsafe", "all", ("tests/test_pins.py",)),
    Check(22, "the wheel, by pip on every Python here, offline", "the seed's exact record", ("tests/test_release.py",)),
    Check(
        None,
        "395 gold documents, every export by its reader",
        "all counts equal",
        ("tests/exports/test_every_export.py::test_all_gold_documents_in_every_format_hold_the_same",),
    ),
    Check(
        None,
        "watch: 100 kills",
        "no capture lost, nobody hurried",
        ("tests/web/test_watch.py::test_a_watch_killed_at_any_moment_loses_nothing_and_hurries_nobody",),
    ),
    Check(
        None,
        "the production page, run",
        "a scheduled run, its artifacts, a second that does nothing",
        ("tests/test_production.py",),
    ),
    Check(
        None,
        "a temporary server, its flow killed too; killed runs",
        "ends with it; closed by the next",
        ("tests/test_flow.py", "tests/test_runs.py"),
    ),
)


@dataclass(frozen=True)
class Outcome:
    """What a check came to."""

    passed: bool
    result: str
    notes: tuple[str, ...]
    """What was skipped and why; of a failure, its end."""


def run(check: Check, *, short: bool) -> Outcome:
    """Runs one check by itself."""
    if check.command:
        command = [sys.executable, *check.command, *(("--seconds", "20") if short else ())]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        said = (done.stdout + done.stderr).strip().splitlines() or ["nothing said"]
        return Outcome(
            done.returncode == 0, f"ended with {done.returncode}", () if done.returncode == 0 else (said[-1],)
        )
    long = () if short else ("--long",)
    command = [sys.executable, "-m", "pytest", "-q", "-rs", *long, "--timeout=3000", "--numprocesses=0", *check.tests]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = done.stdout.strip().splitlines() or ["no result"]
    skipped = tuple(line for line in lines if line.startswith("SKIPPED"))
    ended = () if done.returncode == 0 else (*lines[-15:], *done.stderr.strip().splitlines()[-5:])
    result = re.sub(r" in [\d.]+s.*$", "", lines[-1]).strip("= ")
    missing = [line for line in skipped if not (short and "--long" in line)]
    return Outcome(done.returncode == 0 and not missing, result, (*skipped, *ended))


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.robustness", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("words", nargs="*", metavar="WORD", help="only figures that have this number or hold this word")
    parser.add_argument("--short", action="store_true", help="as the ordinary tests run them: minutes instead of hours")
    parser.add_argument("--list", action="store_true", help="say what the figures are, and run nothing")
    chosen = parser.parse_args()
    checks = [
        check
        for check in CHECKS
        if not chosen.words or any(word == str(check.number) or word in check.figure for word in chosen.words)
    ]
    print(f"{'':>2} {'figure':58} {'wanted':36} {'result':34} {'pass':4} {'seconds':>8}")
    failed = 0
    for check in checks:
        row = f"{check.number or '':>2} {check.figure:58} {check.wanted:36}"
        if chosen.list:
            print(row.rstrip())
            continue
        start = time.monotonic()
        outcome = run(check, short=chosen.short)
        failed += not outcome.passed
        verdict = "yes" if outcome.passed else "NO"
        print(f"{row} {outcome.result:34} {verdict:4} {time.monotonic() - start:8.0f}", flush=True)
        for note in outcome.notes:
            print(f"     {note}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
