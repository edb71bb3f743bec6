"""`betony`, and `python -m betony`: so little that Ctrl-C finds it ready, for the rest takes a moment to import."""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Runs the command line and ends the process: with 130 where it is stopped before a command has begun."""
    try:
        from betony import cli  # noqa: PLC0415 - while it is imported, Ctrl-C is to be answered in words

        cli.main()
    except KeyboardInterrupt:
        print("betony: stopped", file=sys.stderr)  # noqa: T201 - what would say it is not imported yet
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
