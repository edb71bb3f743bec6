"""python -m tests.bench.peers [--documents 50] [--environments FOLDER]: betony beside others, each for what it does.

Each peer gets an environment of its own, for their requirements clash, made with the pip of this machine's settings on
the first call. All are child processes that take turns over the same documents; time is processor time, and betony does
only the same part: the body of a page, or the sections of a plain text. What cannot be installed or run has its reason
in the table.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import select
import subprocess
import sys
import venv
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT

_PATIENCE = 120  # seconds for one document, whatever else the machine does
_PEERS = {
    "trafilatura": ["trafilatura==2.3.1", "lxml_html_clean>=0.4"],
    "docling": ["docling-slim[format-html]==2.143.0"],
    "unstructured": ["unstructured==0.27.35"],
    "medspacy": ["medspacy==1.3.1"],
    "edsnlp": ["edsnlp==0.23.0"],
}
_BODY = {
    "betony body": None,
    "trafilatura": "trafilatura",
    "trafilatura fast": "trafilatura",
    "docling": "docling",
    "unstructured": "unstructured",
}
_SECTIONS = {"betony sections": None, "medspacy": "medspacy", "edsnlp": "edsnlp"}


@dataclass
class Child:
    """A tool that waits for documents."""

    name: str
    process: subprocess.Popen[str]
    seconds: list[float] = field(default_factory=list)
    found: int = 0
    failure: str = ""
    """Why it does no more; empty while it does."""

    def answer(self) -> dict[str, object]:
        """The next line it says; what keeps it from saying one is its failure."""
        assert self.process.stdout is not None
        if not select.select([self.process.stdout], [], [], _PATIENCE)[0]:
            self.process.kill()
            return {"error": f"no answer within {_PATIENCE} s"}
        line = self.process.stdout.readline()
        answer: dict[str, object] = json.loads(line) if line else {"error": "its process ended"}
        return answer

    def read(self, path: Path, *, counts: bool) -> None:
        """Lets it read a document."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{path}\n")
        self.process.stdin.flush()
        answer = self.answer()
        if "error" in answer:
            self.failure = f"{path.name}: {_without_addresses(str(answer['error']))}"
        elif counts:
            self.seconds.append(float(str(answer["seconds"])))
            self.found += int(str(answer["found"]))


def _without_addresses(said: str) -> str:
    return re.sub(r"\w+://\S+", "…", said)[:200]


def environment(folder: Path, name: str) -> tuple[Path, str]:
    """The interpreter of a peer's environment, made where it is not there yet; and why there is none."""
    place = folder / name
    python = place / "bin" / "python"
    mark = place / "complete"
    if mark.is_file() and mark.read_text("utf-8") == repr(_PEERS[name]):
        return python, ""
    print(f"installing {name} …", file=sys.stderr, flush=True)
    venv.create(place, with_pip=True, clear=True)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *_PEERS[name]]
    variables = {key: value for key, value in os.environ.items() if key not in ("PIP_CONSTRAINT", "PYTHONPATH")}
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or ["pip failed"]
        return python, _without_addresses(said[-1])
    mark.write_text(repr(_PEERS[name]), "utf-8")
    return python, ""


def start(name: str, peer: str | None, folder: Path) -> Child | str:
    """A tool, ready; or why it is not."""
    python, reason = environment(folder, peer) if peer else (Path(sys.executable), "")
    if reason:
        return f"not installed: {reason}"
    offline = {"HF_HUB_OFFLINE": "1", "DO_NOT_TRACK": "1", "SCARF_NO_ANALYTICS": "true", "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [str(python), "-P", str(ROOT / "tests" / "bench" / "peer.py"), name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, **offline},
    )
    child = Child(name, process)
    answer = child.answer()
    if "ready" in answer:
        return child
    process.kill()
    return f"does not start: {_without_addresses(str(answer.get('broken') or answer.get('error')))}"


def compare(title: str, tools: dict[str, str | None], paths: list[Path], folder: Path) -> None:
    """Print what each tool makes of the same documents, taken by turns."""
    megabytes = sum(path.stat().st_size for path in paths) / 1e6
    print(f"{title}: {len(paths)} documents, {megabytes:.1f} MB, processor time")
    started = {name: start(name, peer, folder) for name, peer in tools.items()}
    children = [child for child in started.values() if isinstance(child, Child)]
    for number, path in enumerate([paths[0], *paths]):  # the first once to warm up
        for child in children:
            if not child.failure:
                child.read(path, counts=number > 0)
    ours = next(child for child in children if child.name in ("betony body", "betony sections"))
    print(f"  {'':18} {'documents/s':>12} {'found':>12} {'betony is':>12}")
    for name, tool in started.items():
        if isinstance(tool, str):
            print(f"  {name:18} {tool}")
        elif tool.failure:
            print(f"  {name:18} fails at document {len(tool.seconds)}: {tool.failure}")
        else:
            rate = len(tool.seconds) / sum(tool.seconds)
            times = sum(tool.seconds) / sum(ours.seconds)
            print(f"  {name:18} {rate:12.1f} {tool.found:12,} {times:10.1f} ×")
    for child in children:
        child.process.kill()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=50)
    parser.add_argument("--environments", type=Path, default=Path.home() / ".cache" / "betony-bench")
    chosen = parser.parse_args()
    gold = Path(os.environ.get("BETONY_SHARED", ROOT.parent / "shared")) / "data" / "gold"
    pages = sorted(gold.glob("*.html")) or sorted((ROOT / "samples").rglob("*.html"))
    texts = [path for path in sorted(gold.glob("*.txt")) if not path.name.endswith(".nohead.txt")]
    texts = texts or sorted((ROOT / "samples").rglob("*.txt"))
    chosen.environments.mkdir(parents=True, exist_ok=True)
    for title, tools, paths in (("body of a page", _BODY, pages), ("sections of a plain text", _SECTIONS, texts)):
        step = max(1, len(paths) // chosen.documents)
        compare(title, tools, paths[::step][: chosen.documents], chosen.environments)


if __name__ == "__main__":
    main()
