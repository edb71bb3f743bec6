"""How much one request may ask for."""

from __future__ import annotations

THREADS = 8
"""Questions that are answered at once; the others wait for their turn. More would only take the interpreter from each
other."""
PAGE, LARGEST_PAGE = 50, 200
"""Rows of a page, by default and at most."""
MOST_HITS = 100
"""Hits of a search."""
MAX_AGE = 30
"""Days after which evidence says nothing of today, unless the asker says otherwise; as of `betony check`."""
LONGEST_QUERY = 500
"""Characters of what is searched for."""
LONGEST_NAME = 500
"""Characters of an id, a reference or another name."""
MOST_CHECKED = 50
"""Names that one request may have checked."""
BATCH = 200
"""Ids that a bulk answer looks up at once; of records it holds one at a time."""
