"""What changed between two versions of a record, by meaning: pure, over records as their JSON gives them."""

from betony.changes.compare import between
from betony.changes.model import Change, Kind
from betony.changes.words import Piece, diff

__all__ = ["Change", "Kind", "Piece", "between", "diff"]
