"""Fetching in rounds: joins the door to the network with the store. Above both, as neither may know the other."""

from betony.crawl.rounds import PATIENCE, Round, run
from betony.crawl.scope import Scope, usable
from betony.crawl.visiting import Manners

__all__ = ["PATIENCE", "Manners", "Round", "Scope", "run", "usable"]
