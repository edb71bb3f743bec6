"""Datasette with the shipped metadata explores a store at once."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from betony.export.datasette import metadata

datasette = pytest.importorskip("datasette.app")


def asked(store: Path, *paths: str) -> list[Any]:
    """The answers of a Datasette that serves the store, without a network."""

    async def ask() -> list[Any]:
        server = datasette.Datasette([str(store)], metadata=metadata(str(store)))
        return [await server.client.get(path) for path in paths]

    return asyncio.run(ask())


def test_every_query_answers(samples_store: Path, lines: list[str]) -> None:
    queries = metadata(str(samples_store))["databases"]["samples"]["queries"]
    given = "words=leg&actor=provider&code=A&_shape=array"
    answers = asked(samples_store, *(f"/samples/{name}.json?{given}" for name in queries))
    rows = {}
    for name, answer in zip(queries, answers, strict=True):
        assert answer.status_code == 200, (name, answer.text)
        rows[name] = answer.json()
    assert sum(row["records"] for row in rows["standing"]) == len(lines)
    assert {row["id"] for row in rows["no_longer_to_rely_on"]} >= {"nice:ipg9003"}
    assert all("leg" in row["text"].lower() for row in rows["recommendations_about"])
    assert rows["recommendations_about"]
    assert rows["duties_of"]
    assert sum(row["recommendations"] for row in rows["strength"]) > 90
    assert {row["warning"] for row in rows["for_a_person_to_look_at"]}


def test_every_table_that_is_named_is_there_and_its_page_opens(samples_store: Path) -> None:
    told = metadata(str(samples_store))["databases"]["samples"]["tables"]
    answers = asked(samples_store, "/samples.json", *(f"/samples/{name}" for name in told))
    tables = {table["name"]: table for table in answers[0].json()["tables"]}
    assert set(told) <= set(tables)
    assert all(answer.status_code == 200 for answer in answers)
    for name, table in told.items():
        assert {*table.get("facets", ()), *table.get("columns", {})} <= set(tables[name]["columns"]), name


def test_the_command_gives_datasette_what_it_reads(samples_store: Path, lines: list[str], tmp_path: Path) -> None:
    shutil.copy(samples_store, tmp_path / "guidance.db")
    command = [sys.executable, "-m", "betony", "datasette-metadata", "--store", "guidance.db"]
    given = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout
    serve = [
        sys.executable,
        "-m",
        "datasette",
        "guidance.db",
        "-m",
        "-",
        "--get",
        "/guidance/standing.json?_shape=array",
    ]
    done = subprocess.run(serve, input=given, cwd=tmp_path, capture_output=True, check=True)
    assert sum(row["records"] for row in json.loads(done.stdout)) == len(lines)
