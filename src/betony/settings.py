"""Settings: flags, then `BETONY_…` in the environment, then `betony.toml` or `[tool.betony]` in pyproject.toml."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from betony.errors import UsageError

RUNNERS = ("here", "dask")


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set once for every command of a project."""

    store: str = "betony.db"
    """Path or URL of the store."""
    sources: tuple[str, ...] = ()
    """What `betony ingest` reads when no source is named."""
    publisher: str | None = None
    workers: int | None = None
    runner: str = "here"
    """Where records are made: in processes of this machine, or with `dask` on the workers of a Dask cluster."""
    scheduler: str | None = None
    """Address of the Dask cluster's scheduler."""
    contact: str | None = None
    """Address under which a site's owner reaches whoever fetches from it."""
    proxy: str | None = None
    """Address of the proxy that all requests go through; by default what HTTPS_PROXY or ALL_PROXY says."""
    no_proxy: str | None = None
    """Hosts that are asked without it, as NO_PROXY writes them, which is the default."""
    ca_bundle: str | None = None
    """File of the certificate authorities to trust instead of the system's."""
    delay: float = 2.0
    """Seconds between the end of a request and the next to the same host; more where the site asks for more."""
    loopback: bool = False
    """Whether servers on this machine may be fetched from: for tests."""
    nice_api_key: str | None = None
    """Key for NICE's syndication service; sent to that service alone."""
    webhook: str | None = None
    """Where `betony watch` posts what changed."""
    report: str | None = None
    """Where people find the pages of `betony serve`, so that an orchestrator's page of a run can lead there."""
    max_pages: int | None = None
    """Addresses that are fetched at most for each address named."""
    same_host: bool = False
    """Whether only addresses of the hosts that were named are fetched."""
    match: tuple[str, ...] = ()
    """Patterns, one of which every address that is found must fit."""
    links: bool = False
    """Whether pages that are named are lists of what to fetch."""


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
    for name, usual in _USUAL.items():
        values.setdefault(name, next((variables[variable] for variable in usual if variables.get(variable)), None))
    values.update({name: value for name, value in (flags or {}).items() if value is not None})
    _check_runner(values, flags or {})
    return Settings(**values)


def _check_runner(values: Mapping[str, Any], flags: Mapping[str, Any]) -> None:
    runner = values.get("runner", RUNNERS[0])
    if runner not in RUNNERS:
        raise UsageError(f"no runner is called {runner!r}", advice=f"known: {', '.join(RUNNERS)}")
    if runner == "dask" and not values.get("scheduler"):
        advice = "name one, as in --scheduler tcp://127.0.0.1:8786"
        raise UsageError("the runner dask needs the address of a scheduler", advice=advice)
    if runner != "dask" and flags.get("scheduler"):
        raise UsageError("a scheduler is of no use to a run on this machine", advice="add --runner dask")


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


_USUAL = {
    "proxy": ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"),
    "no_proxy": ("NO_PROXY", "no_proxy"),
}
"""Variables that other programs go by as well, the weakest of all places."""
_LISTS = ("sources", "match")
_NUMBERS = ("workers", "max_pages")
_SWITCHES = ("loopback", "same_host", "links")


def _from_text(name: str, text: str) -> Any:
    if name in _LISTS:
        return [part for part in text.split(os.pathsep) if part]
    if name in _SWITCHES:
        return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}.get(text.lower(), text)
    if name == "delay":
        return float(text) if text.replace(".", "", 1).isdecimal() else text
    return int(text) if name in _NUMBERS and text.isdecimal() else text


def _typed(name: str, value: Any, origin: str) -> Any:
    if name in _LISTS:
        if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise UsageError(f"{name} is not a list of {'names' if name == 'sources' else 'patterns'}", document=origin)
    if name in _NUMBERS:
        if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
            return value
        raise UsageError(f"{name} is not a number from 1 up", document=origin)
    if name in _SWITCHES:
        if isinstance(value, bool):
            return value
        raise UsageError(f"{name} is neither true nor false", document=origin)
    if name == "delay":
        if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
            return float(value)
        raise UsageError("delay is not a number of seconds", document=origin)
    if not isinstance(value, str):
        raise UsageError(f"{name} is not text", document=origin)
    return value
