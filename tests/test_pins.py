"""What is installed is not known to be dangerous: the least versions that matter, in what CI installs and what users get."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.conftest import ROOT

LEAST = {
    "lxml": "6.1.0",  # CVE-2026-41066
    "soupsieve": "2.9",  # CVE-2026-49476, -49477, -86000
    "protego": "0.7.0",  # hangs on a pattern of many stars
    "urllib3": "2.7.0",  # four advisories on decompression
}
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)


def _pins() -> list[tuple[str, Version]]:
    text = (ROOT / ".ci" / "constraints.txt").read_text("utf-8")
    return [(name.lower(), Version(version)) for name, version in _PIN.findall(text)]


@pytest.mark.parametrize(("name", "least"), LEAST.items())
def test_pins_are_no_older_than_what_is_safe(name: str, least: str) -> None:
    found = [version for pinned, version in _pins() if pinned == name]
    assert found
    assert min(found) >= Version(least)


@pytest.mark.parametrize("name", ["lxml", "protego"])
def test_no_user_gets_an_older_one(name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (asked,) = (one for one in map(Requirement, project["dependencies"]) if one.name == name)
    below = Version(LEAST[name]).release
    assert not asked.specifier.contains(f"{below[0]}.{below[1] - 1}")


def test_everything_that_the_project_names_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    listed = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    named = {canonicalize_name(Requirement(one).name) for one in listed} - {"betony"}
    assert sorted(named - {canonicalize_name(name) for name, _ in _pins()}) == []
