"""`python -m betony` is `betony`."""

from betony.cli import main

main()
