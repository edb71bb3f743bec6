"""Labels of real pages, which are not in the repository, and what betony makes of them.

Each of `nice.json`, `nice_unseen.json` (kept back while the typer was mended after the first) and `others.json` (other
publishers) holds of each page its address, the sha256 and the length in code points of the text that was labelled, and
its sections as `[start, end, type, …]`: half-open offsets with the heading included, the type that a person gave by
reading, before any program did, and after it what a fair reader might say as well.
"""
