"""Trains the section typer on labelled folders and made-up pages; fixed seeds, so that anyone can repeat it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from betony.errors import UsageError


def run(folders: Sequence[Path], out: Path, log: Callable[[str], None]) -> int:
    """Trains on the folders' documents (the gold format of `betony evaluate`) and writes the model; its size in bytes.

    UsageError where a folder holds no labelled document, or the model's folder does not exist.
    """
    from betony.nlp.typer import corpus, madeup, train  # noqa: PLC0415 - spaCy's room takes long to enter

    if not out.parent.is_dir():
        raise UsageError("its folder does not exist", document=str(out), advice="make the folder first")
    examples = []
    for folder in folders:
        found = corpus.gold(folder) if folder.is_dir() else []
        if not found:
            raise UsageError(
                "no labelled document is there (<id>.gold.json beside <id>.nohead.txt)", document=str(folder)
            )
        examples += found
    typer = train.fit([*examples, *madeup.examples()], train.Settings(temperature=0.5, threshold=0.5), log)
    typer.save(out)
    return out.stat().st_size
