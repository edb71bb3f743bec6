"""python -m tests.quality [--update [--lower]]: the figures on the made-up set, and the floor under them."""

from __future__ import annotations

import argparse
import json
import sys

from tests.quality import floor, source


def main(arguments: list[str] | None = None) -> int:
    """0 where no figure is below its floor, or the floor was rewritten; else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="make the gold folder anew, and the figures the floor")
    parser.add_argument("--lower", action="store_true", help="with --update: also where a figure got worse")
    chosen = parser.parse_args(arguments)
    if chosen.lower and not chosen.update:
        parser.error("--lower goes with --update")
    if chosen.update:
        source.write()
    measured = floor.measure()
    print(json.dumps(measured, indent=1))
    worse = floor.write(measured, lower=chosen.lower) if chosen.update else floor.shortfalls(measured, floor.read())
    for line in worse:
        print(line, file=sys.stderr)
    if worse and chosen.update and not chosen.lower:
        print("the floor stands as it was; --lower lowers it", file=sys.stderr)
    return 1 if worse and not chosen.lower else 0


if __name__ == "__main__":
    sys.exit(main())
