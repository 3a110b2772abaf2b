"""Files of GMCR+: what is read, what comes back, and what is refused in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case.load import load_case
from detente.case.references import reference_problems
from detente.case.save import dump_case
from detente.cli.main import run
from detente.compile.stability import compile_stability
from detente.core.errors import ImportFileError
from detente.interchange.gmcr import GmcrFile, import_gmcr, read_gmcr, to_gmcr

# Syria and Iraq, 1975, as the textbooks have it: rankings 1 3 6 2 4 5 and 2 4 6 1 5 3 of the six states
SYRIA = {
    "decisionMakers": [
        {
            "name": "Syria",
            "options": [0, 1],
            "preferences": [[[0, "N"], [1, "N"], [2, "N"]], [[1, "Y"]], [[2, "N"]], [[0, "N"]]],
            "misperceptions": [[[0, "Y"], [1, "N"]]],
        },
        {
            "name": "Iraq",
            "options": [2],
            "preferences": [
                [[0, "Y"], [1, "N"], [2, "N"]],
                [[0, "N"], [1, "N"], [2, "Y"]],
                {"compound": True, "members": [[[0, "N"], [1, "Y"], [2, "Y"]]]},
                [[0, "N"], [1, "N"], [2, "N"]],
                [[0, "Y"], [1, "N"], [2, "Y"]],
            ],
        },
    ],
    "options": [
        {"name": "Release", "permittedDirection": "both"},
        {"name": "Escalate", "permittedDirection": "both"},
        {"name": "Attack", "permittedDirection": "both"},
    ],
    "infeasibles": [[[0, "Y"], [1, "Y"]]],
    "useManualPreferenceRanking": False,
}


def written(folder: Path, data: object, name: str = "file.gmcr") -> Path:
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def test_rankings_follow_from_the_conditions(tmp_path: Path) -> None:
    case = import_gmcr(written(tmp_path, SYRIA)).case
    compiled = compile_stability(case)
    states = [int(code) for code in compiled.model.occurring().nonzero()[0]]
    best_first = [
        [states.index(code) + 1 for code in sorted(states, key=lambda code: -int(row[code]))]
        for row in compiled.model.ranks
    ]
    assert best_first == [[1, 3, 6, 2, 4, 5], [2, 4, 6, 1, 5, 3]]  # the handout's table, states in order of their code
    assert not list(reference_problems(case))


def test_older_keys_and_ties_are_read(tmp_path: Path) -> None:
    data = {
        "decisionMakers": [
            {"name": "One", "options": [0], "preferenceVector": [4, [1, 2], 3]},
            {"name": "Two", "options": [1], "preferenceVector": [1, 2, 3, 4]},
        ],
        "options": [{"name": "Same", "permittedDirection": "fwd"}, {"name": "Same", "permittedDirection": "back"}],
        "infeasibles": [],
        "useManualPreferenceVectors": True,
    }
    section = import_gmcr(written(tmp_path, data)).case.stability
    assert section is not None
    assert [one.id for one in section.switches] == ["same", "same-2"]
    assert [one.direction.value for one in section.switches] == ["take", "drop"]
    assert section.preferences[0].ranking == (("YY",), ("NN", "YN"), ("NY",))


LETTERS = st.sampled_from("YN")


@st.composite
def files(draw: st.DrawFn) -> dict[str, Any]:
    """Draw whatever a file can say, over up to four options."""
    count = draw(st.integers(1, 4))
    pattern = st.dictionaries(st.integers(0, count - 1), LETTERS, min_size=1).map(
        lambda found: [list(pair) for pair in found.items()]
    )
    several = st.lists(pattern, min_size=2, max_size=3, unique_by=str).map(
        lambda rows: {"compound": True, "members": rows}
    )
    conditions = st.lists(pattern | several, max_size=3)
    makers = draw(st.integers(1, 3))
    owners = [draw(st.integers(0, makers - 1)) for _ in range(count)]
    by_hand = draw(st.booleans())
    infeasible = [] if by_hand else [row for row in draw(st.lists(pattern, max_size=1)) if len(row) > 1]
    listed = []
    for maker in range(makers):
        entry: dict[str, Any] = {
            "name": draw(st.sampled_from(["Land", "Sea", "and", "Ünion", "land"])),
            "options": [at for at, owner in enumerate(owners) if owner == maker],
            "preferences": draw(conditions),
            "misperceptions": draw(st.lists(pattern, max_size=1).filter(lambda rows: count > 1 or not rows)),
        }
        if by_hand:
            order = draw(st.permutations(range(1, 2**count + 1)))
            entry["preferenceRanking"] = [list(order[:2]), *order[2:]]
        listed.append(entry)
    return {
        "decisionMakers": listed,
        "options": [
            {
                "name": draw(st.sampled_from(["Go", "go", "stop it"])),
                "permittedDirection": draw(st.sampled_from(["both", "fwd", "back"])),
            }
            for _ in range(count)
        ],
        "infeasibles": infeasible,
        "useManualPreferenceRanking": by_hand,
        "coalitions": {1: [0], 2: [[0, 1]], 3: [[0, 2], 1]}[makers],
    }  # fmt: skip


def facts(file: GmcrFile) -> object:
    """Return what a file says; patterns as sets, since their order says nothing."""
    return (
        file.options,
        [
            (
                one.name,
                one.options,
                [[frozenset(p) for p in condition] for condition in one.conditions],
                [[frozenset(p) for p in condition] for condition in one.not_seen],
                [frozenset(tie) for tie in one.ranking],
            )
            for one in file.makers
        ],
        [[frozenset(p) for p in condition] for condition in file.infeasible],
        file.by_hand,
        file.coalitions,
    )


@given(files())
def test_what_a_file_says_comes_back(data: dict[str, Any]) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as name:
        folder = Path(name)
        path = written(folder, data)
        before = read_gmcr(path)
        dump_case(import_gmcr(path).case, folder / "case")
        text, _ = to_gmcr(load_case(folder / "case"))
        assert facts(read_gmcr(written(folder, text))) == facts(before)


def broken(**changes: object) -> dict[str, Any]:
    return {**SYRIA, **changes}


def test_a_ranking_by_hand_counts_states_after_the_options_of_each_maker_are_put_together(tmp_path: Path) -> None:
    """GMCR+ 0.4.1 opens this file with the options a, c, b: its state 2 has a, its state 3 has c, its state 5 has b."""
    data = {
        "decisionMakers": [
            {"name": "One", "options": [0, 2], "preferences": [], "preferenceRanking": [1, 2, 3, 4, 5, 6, 7, 8]},
            {"name": "Two", "options": [1], "preferences": [], "preferenceRanking": [5, [1, 2, 3, 4, 6, 7, 8]]},
        ],
        "options": [{"name": name, "permittedDirection": "both"} for name in "abc"],
        "infeasibles": [],
        "useManualPreferenceRanking": True,
    }
    case = import_gmcr(written(tmp_path, data)).case
    assert case.stability is not None
    first, second = case.stability.preferences
    assert [state for (state,) in first.ranking] == ["NNN", "YNN", "NNY", "YNY", "NYN", "YYN", "NYY", "YYY"]
    assert second.ranking[0] == ("NYN",)
    again = json.loads(to_gmcr(case)[0])
    assert [one["preferenceRanking"] for one in again["decisionMakers"]] == [
        one["preferenceRanking"] for one in data["decisionMakers"]
    ]
    assert again["decisionMakers"][0]["payoffs"] == [8, 7, 6, 5, 4, 3, 2, 1]


def test_a_party_without_a_ranking_beside_rankings_by_hand_ties_all_states(tmp_path: Path) -> None:
    """GMCR+ 0.4.1 opens no file that ranks by hand and leaves a decision maker out."""
    data = broken(useManualPreferenceRanking=True, decisionMakers=[
        {"name": "Syria", "options": [0, 1], "preferenceRanking": [1, 2, 3, 4, 5, 6]},
        {"name": "Iraq", "options": [2], "preferences": []},
    ])  # fmt: skip
    text, notes = to_gmcr(import_gmcr(written(tmp_path, data)).case)
    assert json.loads(text)["decisionMakers"][1]["preferenceRanking"] == [[1, 2, 3, 4, 5, 6]]
    assert "Iraq: no ranking is coded, so one is written in which all states tie." in notes


MAKER = {"name": "Syria", "options": [0, 1, 2], "preferences": []}
WRONG: tuple[tuple[object, str], ...] = (
    ("{", "this is not JSON (line 1"),
    ("[1]", "this is no mapping of keys"),
    ({"options": []}, "this key is missing"),
    (broken(options=[]), "the number of options is out of range"),
    (broken(options=[{"name": "x", "permittedDirection": "up"}]), "this direction is not known"),
    (broken(decisionMakers=[MAKER, MAKER]), "has no single owner"),
    (broken(decisionMakers=[{**MAKER, "options": [7]}]), "there is no option at this place"),
    (broken(decisionMakers=[{**MAKER, "name": ""}]), "this is no name"),
    (broken(infeasibles=[[[0, "X"]]]), "this is no option with Y or N"),
    (broken(infeasibles=[[[0, "Y"], [0, "N"]]]), "asks for Y and N of one option"),
    (broken(infeasibles=[{"compound": True}]), "has no members"),
    (broken(infeasibles=[[[0, "Y"]], [[0, "N"]]]), "the patterns leave no state"),
    (
        broken(decisionMakers=[{**MAKER, "misperceptions": [[[0, "Y"]], [[0, "N"]]]}]),
        "the patterns leave no state to it",
    ),
    (broken(coalitions=[[0, 0]]), "stands here twice"),
    (broken(useManualPreferenceRanking="yes"), "neither true nor false"),
    (
        broken(useManualPreferenceRanking=True, decisionMakers=[{**MAKER, "preferenceRanking": [1, 2]}]),
        "does not rank each state once",
    ),
)


@pytest.mark.parametrize(("data", "said"), WRONG, ids=[said for _, said in WRONG])
def test_a_bad_file_is_refused_in_one_line(
    tmp_path: Path, data: object, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, data)
    with pytest.raises(ImportFileError, match=r"file\.gmcr"):
        import_gmcr(path)
    assert run(["import", "gmcr", str(path), "-o", str(tmp_path / "new")]) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert len(printed.err.splitlines()) == 1
    assert not (tmp_path / "new").exists()


def test_a_missing_file_and_a_case_without_a_model_are_one_line_each(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", "gmcr", str(tmp_path / "none.gmcr"), "-o", str(tmp_path / "new")]) == 2
    assert "there is no such file" in capsys.readouterr().err
    assert run(["export", "gmcr", "two-rivals", "-o", str(tmp_path / "out.gmcr")]) == 2
    assert "the case writes no graph model" in capsys.readouterr().err
    assert run(["export", "gmxx", "two-rivals", "-o", str(tmp_path / "out.gmcr")]) == 2
    assert "one case is exported" in capsys.readouterr().err
    assert run(["export", "gmcr", "-o", str(tmp_path / "out.gmcr")]) == 2
    assert "no case is named" in capsys.readouterr().err
    assert not (tmp_path / "out.gmcr").exists()


def test_more_ranked_conditions_than_the_program_opens_are_said(tmp_path: Path) -> None:
    """GMCR+ weighs k conditions 2^(k-1), 2^(k-2), …, in 64 bits with a sign: the 64th overflows."""
    said = []
    for number in (63, 64):
        data = broken(decisionMakers=[{**MAKER, "preferences": [[[at % 3, "YN"[at % 2]]] for at in range(number)]}])
        _, notes = to_gmcr(import_gmcr(written(tmp_path, data)).case)
        said.append([note for note in notes if "Syria has 64 ranked conditions" in note])
    assert [len(one) for one in said] == [0, 1]
