"""Training configs in spaCy's own format: `training.cfg` is the usual one, another file says what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from thinc.api import Config, ConfigValidationError

from betony.errors import UsageError, said

from .train import Settings

Built = TypeVar("Built")


@dataclass(frozen=True, slots=True)
class MadeUp:
    """The made-up pages that stand among the training text."""

    pages: int
    whole: int
    """Copies of each page that is written from beginning to end."""
    seed: int


@dataclass(frozen=True, slots=True)
class Reading:
    """How the trained typer's figures are read."""

    temperature: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Training:
    """A whole config; its fields are the config's sections."""

    training: Settings
    made_up: MadeUp
    reading: Reading


def read(path: Path | None = None) -> Training:
    """The shipped config, with what the file says in the place of its own.

    UsageError where the file cannot be read, is no config, or names something that is not known.
    """
    values = Config().from_str(files(__package__).joinpath("training.cfg").read_text("utf-8"))
    if path is not None:
        try:
            values = Config(_merged(values, Config().from_str(path.read_text("utf-8"))))
        except OSError as error:
            raise UsageError(said(error), document=str(path)) from error
        except (ValueError, ConfigValidationError) as error:
            why = " ".join(str(error).split())
            raise UsageError(f"is no config in spaCy's format: {why}", document=str(path)) from error
    return _built(Training, values, "", str(path))


def _merged(usual: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(usual)
    for name, value in other.items():
        old = merged.get(name)
        merged[name] = _merged(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return merged


def _built(kind: type[Built], values: Any, section: str, document: str) -> Built:
    """The section as a value of that kind, each entry of the type that the field has."""
    where = f"[{section}]" if section else "the config"
    if not isinstance(values, Mapping):
        raise UsageError(f"{where} must be a section", document=document)
    hints = get_type_hints(kind)
    known = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # only dataclasses are built
    if unknown := sorted(set(values) - set(known)):
        raise UsageError(
            f"{where} holds {', '.join(unknown)}, which is not known",
            document=document,
            advice=f"known are {', '.join(known)}",
        )
    built: dict[str, Any] = {}
    for name, value in values.items():
        hint = hints[name]
        if isinstance(hint, type) and is_dataclass(hint):
            built[name] = _built(hint, value, f"{section}.{name}" if section else name, document)
        elif hint in (int, float):
            if isinstance(value, bool) or not isinstance(value, (int, float)) or hint(value) != value:
                raise UsageError(f"{name} in {where} is {value!r}, and no {hint.__name__}", document=document)
            built[name] = hint(value)
        else:
            built[name] = dict(value)
    return kind(**built)
