"""python -m tests.bench [--documents N] [--no-flow] [--store]: speeds as ratios to a floor measured in the same run."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from tests.bench import fetching, flow, loading, searching, stages
from tests.conftest import ROOT


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=395)
    parser.add_argument("--no-flow", action="store_true")
    parser.add_argument("--store", action="store_true", help="loading and searching alone")
    arguments = parser.parse_args()
    if arguments.store:
        loading.report()
        searching.report()
        return
    shared = Path(os.environ.get("BETONY_SHARED", ROOT.parent / "shared")) / "data"
    paths = sorted((shared / "gold").glob("*.html")) or sorted((ROOT / "samples").rglob("*.html"))
    stages.report(paths[: arguments.documents])
    fetching.report(5_000)
    if not arguments.no_flow:
        flow.report(paths[: arguments.documents])


if __name__ == "__main__":
    main()
