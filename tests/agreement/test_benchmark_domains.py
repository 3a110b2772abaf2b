"""The domains of `make bench`, and how its two sides are compared."""

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.engines.settlement import Completion, SettlementModel, find_frontier

ROOT = Path(__file__).parents[2]
BENCHMARKS = ROOT / "benchmarks"
STORED = sorted(path.stem for path in (BENCHMARKS / "data").glob("*.json"))


def domain(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((BENCHMARKS / "data" / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("name", STORED)
def test_the_frontier_has_the_size_that_other_programs_found(name: str) -> None:
    """The size is that of the reference set: NegMAS 0.16 and a program of its own agree on it."""
    stored = domain(name)
    assert stored["name"] == name
    tables = tuple(np.array(table, np.int64) for table in stored["terms"])
    reserved = np.array(stored["reserved"], np.int64)
    model = SettlementModel(tables, tables, np.zeros_like(reserved), reserved)
    assert len(find_frontier(model, rules=(), completion=Completion.WORST)) == stored["frontier"]


def run(script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(BENCHMARKS / script), *arguments],
        env={**os.environ, "NEGMAS_PYTHON": "", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_measurement_names_what_was_found(tmp_path: Path) -> None:
    file = tmp_path / "drawn.json"
    assert run("domains.py", "opp-2p-4x3-s1", str(file)).returncode == 0
    stored = BENCHMARKS / "data" / "add-2p-1e6-s2.json"
    done = run("measure_detente.py", "frontier", str(file), str(stored))
    assert done.returncode == 0, done.stderr
    measured = json.loads(done.stdout)
    assert measured["points"] == domain("add-2p-1e6-s2")["frontier"]
    assert set(measured["solutions"]) == {"nash", "kalai-smorodinsky", "egalitarian", "utilitarian"}
    assert measured["cpu_s"] > 0
    assert measured["peak_mib"] > 0


@pytest.mark.parametrize("named", [sys.executable, "no-such-python"])
def test_a_python_without_the_peer_is_named(named: str) -> None:
    done = run("beside_negmas.py", "add-2p-1e6-s1", NEGMAS_PYTHON=named)
    assert done.returncode != 0
    assert done.stderr.startswith(f"NEGMAS_PYTHON: NegMAS cannot be imported, got {named}")
    assert "Traceback" not in done.stderr


def test_a_domain_that_does_not_exist_is_named() -> None:
    done = run("beside_negmas.py", "add-9p")
    assert done.returncode != 0
    assert done.stderr.startswith("benchmarks: no domain's name holds any of these words, got add-9p.")


def test_another_frontier_or_another_solution_is_told() -> None:
    verdict = runpy.run_path(str(BENCHMARKS / "beside_negmas.py"))["verdict"]
    ours = {"digest": "a", "points": 2, "solutions": {"nash": [[1, 2]], "utilitarian": [[3, 0]]}}
    near_tie = {**ours, "solutions": {"nash": [[1, 2], [2, 1]], "utilitarian": [[3, 0]]}}
    assert verdict(ours, near_tie) == "same frontier; same solutions"
    other = {"digest": "b", "points": 3, "solutions": {"nash": [[2, 1]], "utilitarian": [[3, 0]]}}
    assert verdict(ours, other) == "frontier of 3 points differs; nash differs"
