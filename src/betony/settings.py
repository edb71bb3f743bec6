"""Settings: flags, then `BETONY_…` in the environment, then `betony.toml` or `[tool.betony]` in pyproject.toml."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from betony.errors import UsageError


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set once for every command of a project."""

    store: str = "betony.db"
    """Path or URL of the store."""
    sources: tuple[str, ...] = ()
    """What `betony ingest` reads when no source is named."""
    publisher: str | None = None
    workers: int | None = None
    contact: str | None = None
    """Address under which a site's owner reaches whoever fetches from it."""
    proxy: str | None = None
    ca_bundle: str | None = None


def load(
    flags: Mapping[str, Any] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Settings:
    """The settings in force in a folder; a flag that is None was not given. UsageError names what is wrong."""
    variables = os.environ if environ is None else environ
    known = {field.name for field in fields(Settings)}
    values: dict[str, Any] = {}
    for origin, found in _files(folder or Path()):
        for name, value in found.items():
            if name.replace("-", "_") not in known:
                advice = f"known: {', '.join(sorted(known))}"
                raise UsageError(f"no setting is called {name!r}", document=origin, advice=advice)
            values.setdefault(name.replace("-", "_"), _typed(name.replace("-", "_"), value, origin))
    for name in sorted(known):
        variable = f"BETONY_{name.upper()}"
        if variables.get(variable):
            values[name] = _typed(name, _from_text(name, variables[variable]), variable)
    values.update({name: value for name, value in (flags or {}).items() if value is not None})
    return Settings(**values)


def _files(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """The settings files there are, the stronger first."""
    found = []
    for name, place in (("betony.toml", ()), ("pyproject.toml", ("tool", "betony"))):
        try:
            table: Any = tomllib.loads((folder / name).read_text("utf-8"))
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as error:
            if name == "pyproject.toml":
                continue  # another program's business
            raise UsageError(f"cannot be read: {error}", document=name) from error
        for key in place:
            table = table.get(key, {}) if isinstance(table, dict) else {}
        if isinstance(table, dict):
            found.append((name, table))
    return found


def _from_text(name: str, text: str) -> Any:
    if name == "sources":
        return [part for part in text.split(os.pathsep) if part]
    return int(text) if name == "workers" and text.isdecimal() else text


def _typed(name: str, value: Any, origin: str) -> Any:
    if name == "sources":
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise UsageError("sources is not a list of names", document=origin)
    if name == "workers":
        if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
            return value
        raise UsageError("workers is not a number from 1 up", document=origin)
    if not isinstance(value, str):
        raise UsageError(f"{name} is not text", document=origin)
    return value
