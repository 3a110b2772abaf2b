"""`detente infer` as a user meets it: text, JSON, picture, lens, wrong input; and nothing uses it by itself."""

from __future__ import annotations

import ast
import json
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

import detente
from detente.case.lens_apply import read_through
from detente.case.library import library_folder
from detente.case.load import load_case
from detente.cli.main import group
from detente.compile.no_agreement import no_agreement_value
from detente.wording.never_print import violations

SOURCE = Path(detente.__file__).parent


def call(*words: str) -> Result:
    return CliRunner().invoke(group, ["infer", *words], standalone_mode=False)


def test_the_report_says_before_after_and_that_nothing_is_applied() -> None:
    done = call("river-basin", "MEL")
    assert done.exit_code == 0
    assert "  before: mean 0.300" in done.stdout
    assert "  after:  mean 0.30" in done.stdout
    assert "Nothing of this is applied: no brief and no other command uses it." in done.stdout
    assert violations(done.stdout) == ()


def test_the_json_holds_the_statements_and_the_table() -> None:
    found = json.loads(call("river-basin", "MEL", "--json", "--beta", "inf").stdout)
    assert found["applied"] is False
    assert found["parameters"] == {"beta": "inf", "rho": 0.8, "hope": 0.5, "bias": None}
    steps = found["reservation"]["steps"]
    assert [step["item"] for step in steps] == ["proposal", "reply"]
    assert {one["cost"] for step in steps for one in step["statements"]} == {"costly"}
    assert {row["row"] for row in found["costs"] if row["fixed"]} == {
        "author_assertion",
        "reported_event",
        "advisers_or_unnamed_sources",
        "inferred",
    }


def test_draws_of_weights_and_values_are_repeatable_and_say_what_they_are_worth() -> None:
    words = ("river-basin", "MEL", "--draws", "40", "--seed", "3", "--json")
    first, second = (json.loads(call(*words).stdout)["joint"] for _ in range(2))
    assert first == second
    assert 1 <= first["effective"] <= 40
    assert sum(one["after"] for one in first["weights"].values()) == pytest.approx(1)
    assert first != json.loads(call(*words[:-2], "4", "--json").stdout)["joint"]


def test_a_picture_is_drawn(tmp_path: Path) -> None:
    assert call("river-basin", "MEL", "--picture", str(tmp_path / "m.svg")).exit_code == 0
    assert (tmp_path / "m.svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_lens_that_the_analyst_adds_moves_the_reservation_by_what_was_inferred(tmp_path: Path) -> None:
    file = tmp_path / "lens.yaml"
    found = json.loads(call("river-basin", "MEL", "--json", "--lens-out", str(file)).stdout)
    (lens,) = yaml.safe_load(file.read_text(encoding="utf-8"))["lenses"]
    cases = library_folder().parent
    shutil.copytree(cases, tmp_path / "library")
    folder = tmp_path / "library" / "cases" / "river-basin"
    kept = yaml.safe_load((folder / "lenses.yaml").read_text(encoding="utf-8"))
    kept["lenses"].append(lens)
    (folder / "lenses.yaml").write_text(yaml.safe_dump(kept), encoding="utf-8")
    case = load_case(str(folder))
    read = read_through(case, "inferred-MEL")
    assert read.has_effect
    assert {one.override.party for one in read.applied} == {"MEL", "TAR"}
    before, after = (no_agreement_value(one, "MEL")[0] for one in (case, read.case))
    assert before is not None
    assert after is not None
    law = found["reservation"]
    assert float(after - before) == pytest.approx(law["after"]["mode"] - law["before"]["mode"], abs=1e-4)


def test_where_nothing_moves_no_lens_is_written(tmp_path: Path) -> None:
    file = tmp_path / "lens.yaml"
    done = call("river-basin", "OST", "--lens-out", str(file))
    assert done.exit_code == 0
    assert "not written, as the record moves nothing" in done.stderr
    assert not file.exists()


def test_no_other_part_of_the_program_uses_an_inference() -> None:
    users = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith(("detente.registry.inference", "detente.compile.inference"))
    }
    assert users == {"cli/infer.py", "registry/inference.py", "compile/inference_draws.py"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["river-basin", "XXX"], 'the case has no such party, got "XXX"'),
        (["river-basin", "MEL", "--beta", "0"], 'this is not a number above 0, got "0"'),
        (["river-basin", "MEL", "--beta", "nan"], 'this is not a number above 0, got "nan"'),
        (["river-basin", "MEL", "--rho", "1.2"], 'this is not a number from 0 to 1, got "1.2"'),
        (["river-basin", "MEL", "--hope", "x"], 'this is not a number from 0 to 1, got "x"'),
        (["river-basin", "MEL", "--bias", "-1"], 'this is not a number from 0 to 1, got "-1"'),
        (["river-basin", "MEL", "--prior", "3,2,1"], 'this is no prior, got "3,2,1"'),
        (["river-basin", "MEL", "--prior", "flat"], 'this is no prior, got "flat"'),
        (["river-basin", "MEL", "--threats", "5/3"], 'more were carried out than came due, got "5/3"'),
        (["river-basin", "MEL", "--threats", "-1/3"], 'this is no count of threats, got "-1/3"'),
        (["river-basin", "MEL", "--cost", "foo"], 'this changes no row, got "foo"'),
        (["river-basin", "MEL", "--cost", "deploy=cheap", "--cost", "deploy=costly"], "this row is given two costs"),
        (["river-basin", "MEL", "--cost", "inferred=costly"], 'this row of the table is fixed, got "inferred"'),
        (["river-basin", "MEL", "--picture", "m.pdf"], "this name does not say which kind of picture is meant"),
        (["river-basin", "DELTA", "--picture", "m.svg"], "there is nothing to draw"),
    ],
    ids=lambda given: "+".join(given[1:]) if isinstance(given, list) else "",
)
def test_wrong_input_is_one_sentence(words: list[str], said: str) -> None:
    done = call(*words)
    assert done.exit_code != 0
    assert said in str(getattr(done.exception, "message", done.exception))


def test_a_party_without_numbers_is_told_what_is_missing() -> None:
    done = call("river-basin", "DELTA")
    assert done.exit_code == 0
    assert done.stdout.startswith("Not computed: There are no weights and values of the communities of the delta")
