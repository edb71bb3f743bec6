"""Labels of real pages, which are not in the repository, and what betony makes of them.

Each of `nice.json`, `nice_unseen.json` (kept back while the typer was mended after the first), `others.json` (other
publishers) and `fresh.json` (of both, looked up and scored once after the rules for the others were written) holds of each page its address, the sha256 and the length in code points of the text that was labelled, and
its sections as `[start, end, type, …]`: half-open offsets with the heading included, the type that a person gave by
reading, before any program did, and after it what a fair reader might say as well.
"""
