"""The graph models of `make bench` that another program is asked too, and how the answers are compared."""

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.compile.stability import compile_stability
from detente.engines.stability import Concept, solve
from detente.interchange.gmcr import import_gmcr

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def beside() -> Any:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        return runpy.run_path(str(BENCHMARKS / "beside_gmcr.py"))
    finally:
        sys.path.remove(str(BENCHMARKS))


def run(*arguments: str, folder: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(BENCHMARKS / arguments[0]), *arguments[1:]],
        env={**os.environ, "GMCR_FOLDER": folder},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_file_says_what_was_drawn(beside: Any, tmp_path: Path) -> None:
    drawn = beside["draw"](6)
    read = compile_stability(import_gmcr(beside["write"](6, tmp_path)).case).model
    assert (read.owner, read.allowed, read.feasible) == (drawn.owner, drawn.allowed, None)
    assert (np.argsort(read.ranks) == np.argsort(drawn.ranks)).all()


def test_our_side_is_measured_and_answers_for_every_state(beside: Any, tmp_path: Path) -> None:
    done = run("measure_graph_model.py", str(beside["write"](3, tmp_path)), str(beside["write"](5, tmp_path)))
    assert done.returncode == 0, done.stderr
    measured = json.loads(done.stdout)
    assert measured["cpu_s"] >= measured["solving_s"] > 0
    expected = solve(beside["draw"](5)).stability
    for concept in Concept:
        assert measured["stability"]["legal"][concept] == [
            "".join(map(str, row.astype(int))) for row in expected[concept]
        ]


def answers(**changes: str) -> dict[str, list[str]]:
    return {concept.value: [changes.get(concept.value, "0110")] for concept in Concept}


@pytest.mark.parametrize(
    ("peer", "surprising"),
    [
        ({}, False),
        ({"sim": "0100"}, False),  # a sanction overlooked, as it is known to
        ({"sim": "0111"}, True),
        ({"nash": "0100"}, True),
        ({"seq": "0010"}, True),
    ],
)
def test_what_is_not_known_to_differ_ends_in_an_error(beside: Any, peer: dict[str, str], surprising: bool) -> None:
    ours = {"stability": {"legal": answers(seq="0111"), "once": answers()}}
    lines, found = beside["compare"](ours, {"stability": answers(**peer)})
    assert found is surprising
    assert any("NOT KNOWN" in line for line in lines) is surprising
    assert lines[3].startswith("  SEQ, 4 states times parties: legal ")


def test_a_folder_without_the_peer_and_a_wrong_size_are_one_line_each(tmp_path: Path) -> None:
    for done, said in (
        (run("beside_gmcr.py", folder=str(tmp_path)), f"GMCR_FOLDER: GMCR+ is not there, got {tmp_path}."),
        (run("beside_gmcr.py", "40"), "benchmarks: this is no number of switches, got 40."),
    ):
        assert done.returncode == 1
        assert done.stderr.startswith(said)
        assert len(done.stderr.splitlines()) == 1
