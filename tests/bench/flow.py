"""What the Prefect flow costs over the command line, on the same folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import ROOT


def seconds(command: list[str], folder: Path) -> float:
    """Wall seconds of one run into a fresh store."""
    store = folder / "bench.db"
    for path in folder.glob("bench.db*"):
        path.unlink()
    start = time.monotonic()
    subprocess.run(
        [*command, "--store", str(store)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PREFECT_HOME": str(folder / "prefect")},
    )
    return time.monotonic() - start


def report(documents: list[Path]) -> None:
    """Print both, with the flow twice: the first run also makes Prefect's own database."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs = folder / "inputs"
        inputs.mkdir()
        for path in documents:
            shutil.copy(path, inputs)
        python = sys.executable
        line = seconds([python, "-m", "betony", "ingest", str(inputs)], folder)
        flow = [python, str(ROOT / "flows" / "ingest.py"), str(inputs)]
        first, second = seconds(flow, folder), seconds(flow, folder)
    print(f"{len(documents)} documents: command line {line:.1f} s, flow {second:.1f} s (the first time {first:.1f} s)")
