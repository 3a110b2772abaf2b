"""Edits keep comments and refuse a broken case; a dumped case loads the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case.case import Case
from detente.case.digest import case_hash
from detente.case.library import library_cases
from detente.case.load import load_case
from detente.case.save import Append, Delete, Set, dump_case, edit
from detente.case.scaffold import scaffold
from detente.core.errors import CaseError
from tests.case.builders import small, small_case, write


def test_an_edit_keeps_comments_quotes_and_order(tmp_path: Path) -> None:
    scaffold(tmp_path / "c")
    path = tmp_path / "c" / "case.yaml"
    before = path.read_text().splitlines()
    assert edit(tmp_path / "c", [Set(("title",), "Another title")]) == (path,)
    after = path.read_text().splitlines()
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [
        ("title: A dispute between two neighbours", "title: Another title")
    ]
    assert load_case(tmp_path / "c").title == "Another title"


def test_edits_reach_every_file_and_the_record(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    scaffold(folder)
    new = load_case(folder).statements[2].model_dump(mode="json", exclude_unset=True) | {"id": "s4"}
    changed = edit(
        folder,
        [
            Append(("statements",), new),
            Set(("positions", 2, "stances", "w3"), "would_discuss"),
            Append(("positions", 2, "because"), "s4"),
            Append(("lenses",), {"id": "l", "document": "d", "viewpoint": "v", "public_since": "2024-02-01"}),
            Delete(("issues", 0, "options", 0, "status_quo")),
        ],
    )
    assert {path.name for path in changed} == {"statements.jsonl", "positions.yaml", "lenses.yaml", "case.yaml"}
    case = load_case(folder)
    assert case.position["p3"].because == ("s3", "s4")
    assert [lens.id for lens in case.lenses] == ["l"]
    assert not case.issues[0].options[0].status_quo
    assert not list(folder.glob(".*"))


def test_a_broken_edit_touches_no_file(tmp_path: Path) -> None:
    scaffold(tmp_path / "c")
    files = {path: path.read_bytes() for path in (tmp_path / "c").iterdir()}
    for change, says in (
        (Set(("title",), 3), "this is not text"),
        (Set(("positions", 0, "party"), "Q"), "there is no such party"),
        (Delete(("issues",)), '"issues" is missing'),
        (Set(("positions", 99, "party"), "A"), "there is nothing at this path"),
        (Append(("title",), "x"), "there is no list at this path"),
        (Set(("nonsense",), 1), "a case has no such key"),
        (Set((), 1), "the path begins with no key"),
    ):
        with pytest.raises(CaseError, match=says):
            edit(tmp_path / "c", [Set(("version",), "9"), change])
    assert files == {path: path.read_bytes() for path in (tmp_path / "c").iterdir()}


def test_an_edit_of_a_single_file(tmp_path: Path) -> None:
    path = write(tmp_path / "c.yaml", small())
    edit(path, [Set(("statements", 0, "says"), "NO"), Delete(("packages",))])
    assert load_case(path).statements[0].says == "NO"
    assert load_case(path).packages == ()


def test_a_dumped_case_loads_the_same(tmp_path: Path) -> None:
    written = dump_case(small_case(), tmp_path / "c")
    assert {path.name for path in written} >= {"case.yaml", "statements.jsonl", "positions.yaml"}
    assert load_case(tmp_path / "c") == small_case()


@pytest.mark.parametrize("name", library_cases())
def test_a_bundled_case_survives_the_round_trip(name: str, tmp_path: Path) -> None:
    case = load_case(name)
    dump_case(case, tmp_path)
    assert case_hash(load_case(tmp_path)) == case_hash(case)


def test_dumping_again_leaves_no_file_of_before(tmp_path: Path) -> None:
    dump_case(small_case(), tmp_path)
    bare = {key: value for key, value in small().items() if key in BARE}
    dump_case(Case.model_validate(bare), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["case.yaml"]


BARE = ("schema_version", "id", "version", "title", "authors", "licence", "parties", "issues")
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).filter(str.strip)


@given(
    title=WORDS,
    note=WORDS,
    weight=st.floats(0, 1),
    option=st.sampled_from(["NO", "on", "1", "a.b", "x+y", "2022-01-01", "null", "1e3"]),
)
def test_any_words_survive_the_round_trip(
    title: str, note: str, weight: float, option: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    values = small(title={"en": title, "fr": note}, summary=note)
    values["issues"][1]["options"][0]["id"] = option
    values["links"] = []
    values["packages"][0]["choice"]["bridge"] = option
    values["preferences"][0]["values"]["bridge"] = {option: weight}
    case = Case.model_validate(values)
    folder = tmp_path_factory.mktemp("dump")
    dump_case(case, folder)
    assert load_case(folder) == case
    assert case_hash(load_case(folder)) == case_hash(case)


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "c.yaml", small())

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CaseError, match="cannot be written"):
        edit(path, [Set(("title",), "x")])
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("record", [None, "elsewhere"])
@pytest.mark.parametrize("left_out", [(), ("sources", "events")])
def test_a_case_without_statements_can_be_written_and_read(
    tmp_path: Path, record: str | None, left_out: tuple[str, ...]
) -> None:
    frame = ("schema_version", "id", "version", "title", "authors", "licence", "parties", "consent_lists")
    issues = [{key: value for key, value in one.items() if key != "statements"} for one in small()["issues"]]
    values = {**{key: small()[key] for key in frame}, "issues": issues, "record": record}
    values |= {key: [] for key in ("sources", "statements", "events") if key not in left_out}
    case = Case.model_validate(values)
    dump_case(case, tmp_path / "out")
    assert case_hash(load_case(tmp_path / "out")) == case_hash(case)
