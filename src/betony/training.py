"""Trains the section typer on labelled folders and made-up pages; fixed seeds, so that anyone can repeat it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from betony.errors import BetonyError, UsageError, remedy, said

if TYPE_CHECKING:
    from betony.nlp.typer import Typer
    from betony.nlp.typer.config import Training
    from betony.nlp.typer.corpus import Example


def run(folders: Sequence[Path], out: Path, log: Callable[[str], None], config: Path | None = None) -> int:
    """Trains on the folders' documents (the gold format: `betony.gold`) and writes the model; its size in bytes.

    UsageError where a folder holds no labelled document, the model cannot be put where it is wanted, or the config is
    no config; BetonyError where the disk fails at the end.
    """
    from betony.nlp.typer.config import read  # noqa: PLC0415 - spaCy's room takes long to enter

    if not out.parent.is_dir():
        raise UsageError("its folder does not exist", document=str(out), advice="make the folder first")
    if out.is_dir() or not os.access(out if out.exists() else out.parent, os.W_OK):
        # said before the training, which takes minutes
        raise UsageError("cannot be written", document=str(out), advice="name another place")
    settings = read(config)
    typer = fit([example for folder in folders for example in examples(folder)], settings, log)
    try:
        typer.save(out)
        return out.stat().st_size
    except OSError as error:
        raise BetonyError(f"cannot be written: {said(error)}", document=str(out), advice=remedy(error)) from error


def examples(folder: Path) -> list[Example]:
    """The folder's documents; UsageError where there is none."""
    from betony.nlp.typer import corpus  # noqa: PLC0415

    found = corpus.gold(folder) if folder.is_dir() else []
    if not found:
        raise UsageError("no labelled document is there (<id>.gold.json beside <id>.nohead.txt)", document=str(folder))
    return found


def fit(labelled: Sequence[Example], settings: Training, log: Callable[[str], None]) -> Typer:
    """A typer that has learned from them and from made-up pages, as the config says."""
    from betony.nlp.typer import madeup, train  # noqa: PLC0415

    own = settings.made_up
    made_up = [*madeup.examples(own.pages, own.seed), *madeup.whole(own.whole, own.seed)]
    typer = train.fit([*labelled, *made_up], settings.training, log)
    return replace(typer, temperature=settings.reading.temperature, threshold=settings.reading.threshold)


def use(model: Path) -> None:
    """Type with that model from now on, in this process; UsageError where the file holds none that can be read."""
    from betony.nlp.typer import Typer, shipped  # noqa: PLC0415

    try:
        shipped.use(Typer.load(model))
    except (OSError, ValueError, KeyError) as error:
        reason = said(error) if isinstance(error, OSError) else "holds no typer"
        raise UsageError(reason, document=str(model), advice="make one with: betony train") from error
