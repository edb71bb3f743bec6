"""What is released: a wheel with all that it needs, which makes the records that the checkout makes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, SAMPLES
from tests.test_golden import GOLDEN
from tests.test_reprocess import NO_NETWORK

SEED = SAMPLES / "nice" / "percutaneous-mitral-valve-leaflet-repair.txt"
NEWER = ("3.12", "3.13", "3.14")
BUILDING = """
import sys
from hatchling.build import build_sdist, build_wheel
print({"sdist": build_sdist, "wheel": build_wheel}[sys.argv[1]](sys.argv[2]))
"""


@dataclass(frozen=True)
class Built:
    """A source distribution, and the wheel that is made of it and of nothing else."""

    sdist: Path
    wheel: Path


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    out = tmp_path_factory.mktemp("dist")
    sdist = out / run(sys.executable, "-c", BUILDING, "sdist", out, cwd=ROOT).strip().splitlines()[-1]
    with tarfile.open(sdist) as archive:
        archive.extractall(out, filter="data")
    unpacked = out / sdist.name.removesuffix(".tar.gz")
    wheel = out / run(sys.executable, "-c", BUILDING, "wheel", out, cwd=unpacked).strip().splitlines()[-1]
    return Built(sdist, wheel)


def test_the_wheel_holds_every_file_of_the_package(built: Built) -> None:
    source = ROOT / "src"
    package = {
        path.relative_to(source).as_posix()
        for path in (source / "betony").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(built.wheel) as wheel:
        held = set(wheel.namelist())
        (metadata,) = (name for name in held if name.endswith(".dist-info/METADATA"))
        about = wheel.read(metadata).decode()
    assert {name for name in held if ".dist-info/" not in name} == package
    assert "betony/nlp/typer/model.npz" in package
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in held)
    assert "License-Expression: Apache-2.0" in about
    assert "Requires-Python: >=3.11" in about


def test_the_source_distribution_holds_what_it_takes_to_test_it(built: Built) -> None:
    with tarfile.open(built.sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "README.md", "pyproject.toml", "flows/prefect.yaml", "tests/conftest.py"} <= held
    assert f"samples/nice/{SEED.name}" in held
    assert not [name for name in held if name.endswith((".db", ".pyc"))]


def test_the_wheel_in_an_environment_of_its_own_makes_the_seed_s_record(built: Built, tmp_path: Path) -> None:
    """Its dependencies are those of the tests, behind it on the path; nothing is downloaded."""
    python = environment(Path(sys.executable), tmp_path / "venv")
    (site,) = (tmp_path / "venv").glob("lib/python*/site-packages")
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        built.wheel,
        cwd=tmp_path,
    )
    behind = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    (site / "behind.pth").write_text("".join(f"{path}\n" for path in behind))
    assert_makes_the_seed(python, tmp_path)


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("version", ["3.11", *NEWER])
def test_the_wheel_installed_by_pip_makes_the_seed_s_record_on(
    version: str, built: Built, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if not request.config.getoption("--long"):
        pytest.skip("installs betony with all it needs, which takes a minute; run it with --long")
    python = environment(interpreter(version), tmp_path / "venv", pip=True)  # its own pip, be it old, as in the README
    run(python, "-m", "pip", "install", "-q", built.wheel, cwd=tmp_path)
    assert_makes_the_seed(python, tmp_path)


def interpreter(version: str) -> Path:
    """Python of that version, from the search path or from pyenv; the test is skipped where there is none."""
    found = shutil.which(f"python{version}")
    if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
        return Path(found)
    for folder in sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}.*")):
        return folder / "bin" / "python"
    pytest.skip(f"Python {version} is not installed here")


def environment(python: Path, folder: Path, *, pip: bool = False) -> Path:
    """The Python of a new environment that holds nothing but, if wanted, pip."""
    run(python, "-m", "venv", *(() if pip else ("--without-pip",)), folder, cwd=folder.parent)
    return folder / "bin" / "python"


def assert_makes_the_seed(python: Path, folder: Path) -> None:
    """The record of the seed is the golden one, without the network, as a module and as a command."""
    (folder / "samples" / "nice").mkdir(parents=True)
    for name in (SEED.name, f"{SEED.stem}.source.json"):
        shutil.copy(SEED.parent / name, folder / "samples" / "nice")
    (folder / "unplugged").mkdir()
    (folder / "unplugged" / "sitecustomize.py").write_text(NO_NETWORK)
    unplugged = {"PYTHONPATH": str(folder / "unplugged")}
    where = run(python, "-c", "import betony, sys; print(betony.__file__, sys.version)", cwd=folder)
    assert where.startswith(str(python.parent.parent)), where
    asked = ("ingest", "samples", "--store", "seed.db", "--out", "-")
    made: dict[str, Any] = json.loads(run(python, "-m", "betony", *asked, cwd=folder, **unplugged))
    assert made.pop("processing")["pipeline"]
    assert made == json.loads((GOLDEN / "nice" / f"{SEED.stem}.json").read_text("utf-8"))
    assert (
        run(python.with_name("betony"), "--version", cwd=folder)
        == f"{run(python, '-m', 'betony', '--version', cwd=folder)}"
    )
    print(where.split(maxsplit=1)[1].strip(), "makes the seed's record")
