"""Every malformed case is one line: where, what is wrong, what is allowed, what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from detente.case.check import check_as_of, check_files
from detente.case.load import FILE_OF_KEY, load_case, problems, unread_files
from detente.case.remark import Kind
from detente.core.errors import CaseError
from tests.case.builders import STATEMENT, small, write, write_lines

Mutate = Callable[[dict[str, Any]], None]


def refusal(path: Path) -> str:
    with pytest.raises(CaseError) as caught:
        load_case(path)
    line = str(caught.value)
    assert "\n" not in line
    assert line.endswith(".")
    assert "Traceback" not in line
    assert len(line) < 700
    return line


@dataclass(frozen=True)
class Wrong:
    """A change of the small case, the words its refusal must hold, and the text of the line it must name."""

    name: str
    change: Mutate
    says: tuple[str, ...]
    on: str = ""


def at(*path: str | int, value: Any) -> Mutate:
    def change(values: dict[str, Any]) -> None:
        here: Any = values
        for step in path[:-1]:
            here = here[step]
        if path[-1] == "+":
            here.append(value)
        else:
            here[path[-1]] = value

    return change


def drop(*path: str | int) -> Mutate:
    def change(values: dict[str, Any]) -> None:
        here: Any = values
        for step in path[:-1]:
            here = here[step]
        del here[path[-1]]

    return change


LINE = ("preferences", 0, "red_lines", 0)
OUTLOOK = ("no_agreement", "outlooks", 0)
LENS = {
    "id": "l",
    "document": "d",
    "viewpoint": "v",
    "public_since": "2022-01-01",
    "pairs": [{"overrides": [{"party": p, "path": "weights.water", "op": "scale", "value": 1e19} for p in "AB"]}],
}
WRONG = (
    Wrong("no id", drop("id"), ('"id" is missing', "Add id")),
    Wrong("no party at all", at("parties", value=[]), ("there are too few", "At least 1")),
    Wrong("no option", at("issues", 1, "options", value=[]), ("At least 1",)),
    Wrong("number for a text", at("title", value=4), ("this is not text, got 4", "Put it in quotes"), "title:"),
    Wrong("version as a number", at("version", value=1.0), ("this is not text, got 1.0", "quotes"), "version:"),
    Wrong("unknown schema version", at("schema_version", value="7"), ('Allowed: "1"',), "schema_version"),
    Wrong("unknown key", at("lenzes", value=[]), ('got "lenzes"', '"lenses" is known'), "lenzes"),
    Wrong("number for a key", at("1", value="c"), ('key "1": this key is not known, got "1"',), "'1'"),
    Wrong("unknown key deep", at("parties", 0, "nam", value="x"), ('party "A", nam', '"name" is known')),
    Wrong("unknown kind", at("parties", 0, "kind", value="empire"), ('got "empire"', '"state"')),
    Wrong("unknown stance", at("positions", 0, "stances", value={"w2": "wants"}), ('position "p1"', '"demands"')),
    Wrong("text for a flag", at("illustrative", value="yes"), ("neither true nor false",), "illustrative"),
    Wrong("30 February", at("period", "first", value="2022-02-30"), ('got "2022-02-30"', "2022-02-17"), "period"),
    Wrong("a day that is none", at("cut_off", value="yesterday"), ("not a day", "2022-02-17. Correct it."), "cut_off"),
    Wrong("a day as a number", at("cut_off", value=3), ("not a day", "2022-02-17"), "cut_off"),
    Wrong(
        "month 13", at("events", 0, "happened", value="2022-13"), ("month must be in 1..12", "2022-01-27/2022-02-03")
    ),
    Wrong("interval reversed", at("events", 0, "happened", value="2022-03/2022-01"), ("ends before it begins",)),
    Wrong("period reversed", at("period", "last", value="2021-01-01"), ("ends before it begins", "Exchange"), "period"),
    Wrong("empty text", at("title", value="  "), ("the text is empty", "leave the field out"), "title"),
    Wrong("bad id", at("parties", 0, "id", value="a b"), ("this is not an id", "letters, digits")),
    Wrong("id with x-", at("packages", 0, "id", value="x-1"), ("cannot begin with x-", "Rename"), "x-1"),
    Wrong("option twice", at("issues", 1, "options", 1, "id", value="b1"), ("stands here twice", "unique"), ""),
    Wrong("party twice", at("parties", 1, "id", value="A"), ("stands here twice", "unique among parties")),
    Wrong("position like a statement", at("positions", 0, "id", value="s1"), ("twice", "positions and events")),
    Wrong("unknown party", at("positions", 0, "party", value="Z"), ("there is no such party", 'got "Z"', "Known: A")),
    Wrong("unknown issue", at("positions", 0, "issue", value="watr"), ("there is no such issue", '"water" is known')),
    Wrong(
        "unknown option in a stance",
        at("positions", 0, "stances", value={"w9": "demands"}),
        ('no such option of issue "water"', 'got "w9"'),
        "w9",
    ),
    Wrong("unknown option in a link", at("links", 0, "condition", value="water in [w9]"), ('got "w9"',), "w9"),
    Wrong("unknown option in a line", at(*LINE, "never", value="bridge in [b9]"), ('got "b9"', 'red line "ra"')),
    Wrong("unknown option in a package", at("packages", 0, "choice", value={"water": "x"}), ('got "x"',), "choice"),
    Wrong("unknown party in a consent list", at("consent_lists", 0, "parties", "+", value="Q"), ('got "Q"',)),
    Wrong("consent list of nobody", at("consent_lists", 0, "parties", value=[]), ("names no party", "issue_by_issue")),
    Wrong("condition cut short", at("links", 0, "condition", value="water on [w1]"), ('column 7: "in" is expected',)),
    Wrong("condition as a number", at("links", 0, "condition", value=3), ("this is not a condition", "such as")),
    Wrong(
        "link that nothing keeps",
        at("links", 0, "condition", value="water in [w1] and water in [w2]"),
        ("no package keeps this link",),
    ),
    Wrong(
        "links that exclude all",
        at("links", "+", value={"id": "l2", "condition": "water in [w1] and bridge in [b1]"}),
        ("no package keeps all links",),
    ),
    Wrong("first ground is no statement", at("positions", 0, "because", value=["e1"]), ("no such statement",)),
    Wrong("unknown ground", at("positions", 0, "see", value=["s99"]), ('got "s99"', "statement, position or event")),
    Wrong("unknown ground of a number", at("preferences", 0, "weights", "water", "because", value=["q"]), ('got "q"',)),
    Wrong("line on a statement", at(*LINE, "because", value=["s1"]), ("no such position", 'got "s1"')),
    Wrong("negative weight", at("preferences", 0, "weights", "bridge", value=-0.5), ("weight is out of range", "-0.5")),
    Wrong("value above one", at("preferences", 0, "values", "bridge", "b1", value=1.5), ("from 0 to 1", "1.5")),
    Wrong("not a number", at("preferences", 0, "weights", "bridge", value=float("nan")), ("not a finite number",)),
    Wrong("infinite", at("preferences", 0, "weights", "bridge", value=float("inf")), ("not a finite number",)),
    Wrong("text for a number", at("preferences", 0, "weights", "bridge", value="much"), ("not a number", "{low:")),
    Wrong(
        "low above high", at("preferences", 0, "weights", "water", "low", value=0.9), ("low 0.9", "not in this order")
    ),
    Wrong("huge weight", at("preferences", 0, "weights", "bridge", value=1e300), ("weight is out", "0 to 1,000,000")),
    Wrong(
        "huge reservation",
        at("preferences", 1, "reservation", "mode", value=-1e300),
        ("reservation is out of range, got -1e+300", "from -1,000,000 to 1,000,000"),
        "reservation",
    ),
    Wrong("huge payoff", at(*OUTLOOK, "payoffs", "quiet", value=1e200), ("payoff is out of range", "1,000,000")),
    Wrong("huge scale", at("scale", value={"low": 0, "high": 1e19}), ("end of the scale is too far out",), "scale"),
    Wrong(
        "huge joint value",
        at("preferences", 0, "interactions", value=[{"when": "water in [w1] and bridge in [b1]", "value": 1e300}]),
        ("joint value is out of range",),
    ),
    Wrong(
        "large utilities together",
        at("preferences", 0, "interactions", value=[{"when": "water in [w1] and bridge in [b1]", "value": 9e5}] * 2),
        ("too large together", "add up to 1,000,000 at most"),
    ),
    Wrong("huge change of a lens", at("lenses", value=[LENS]), ("value is out of range, got 1e+19",)),
    Wrong(
        "joint value over three issues",
        lambda values: (
            values["issues"].append({"id": "road", "title": "Road", "options": [{"id": "r1", "text": "yes"}]}),
            at(
                *("preferences", 0, "interactions"),
                value=[{"when": "water in [w1] and bridge in [b1] and road in [r1]", "value": 0.1}],
            )(values),
        )[1],
        ("reads too many issues", "water, bridge, road", "for the options of two issues", "Split it into pairs"),
    ),
    Wrong("line on another's position", at(*LINE, "because", value=["p2"]), ("this is a position of B", 'got "p2"')),
    Wrong("line relaxed by another", at(*LINE, "relaxed_by", value=["p2"]), ("this is a position of B", "takes back")),
    Wrong(
        "line said to be stated", at(*LINE, "basis", value="stated"), ("do not state it", "Leave basis out"), "basis"
    ),
    Wrong(
        "stated line on nothing",
        lambda values: values["preferences"][0]["red_lines"].append(
            {"id": "free", "never": "water in [w1]", "basis": "stated"}
        ),
        ('red line "free", basis: this line rests on no position', "without any it is a judgement"),
        "stated",
    ),
    Wrong("id in other letters", at("parties", 0, "id", value="Україна"), ("this is not an id", "Latin letters")),
    Wrong("probability above one", at(*LINE, "p_binding", value=1.2), ("probability is out of range", "1.2")),
    Wrong("prior above one", at("text_class_priors", "inferred", value=2), ("from 0 to 1, its bounds too",)),
    Wrong("beliefs do not sum to 1", at(*OUTLOOK, "beliefs", "quiet", value=0.8), ("sum to 1, got 1.1",)),
    Wrong("belief missing", drop(*OUTLOOK, "beliefs", "quiet"), ('none for scenario "quiet"', "Unknown is not zero")),
    Wrong("unknown scenario", at(*OUTLOOK, "payoffs", "peace", value=0.1), ("no such scenario", 'got "peace"')),
    Wrong("cycle of members", at("parties", 0, "members", value=["AB"]), ("cycle in the requirements", "A → AB → A")),
    Wrong("cycle of stand-ins", at("parties", 1, "represented_by", value="AB"), ("cycle in the requirements", "AB →")),
    Wrong("nesting with an unknown option", at("issues", 0, "nesting", "chain", value=["w1", "w7"]), ('got "w7"',)),
    Wrong("nesting twice", at("issues", 0, "nesting", "chain", value=["w1", "w1"]), ("stands here twice",)),
    Wrong(
        "two statuses quo", at("issues", 1, "options", 0, "status_quo", value=True), ("two options are the status quo",)
    ),
    Wrong("text of an unknown source", at("texts", 0, "sources", value=["drft"]), ('"draft" is known',), "sources"),
    Wrong(
        "answer to an unknown article",
        at("answers", 0, "article", value="9"),
        ('no such article of text "draft-text"',),
    ),
    Wrong("answer of an unknown text", at("answers", 0, "text", value="x"), ("no such text",)),
    Wrong(
        "text demanding two options",
        at("positions", 0, "stances", value={"w2": "demands", "w3": "demands"}),
        ('the text demands more than one option of issue "water"', "w2 in p1; w3 in p1", "exclude each other"),
    ),
    Wrong("unknown actor", at("statements", 0, "actors", value=["Zed"]), ("no such party or actor", 'got "Zed"')),
    Wrong("unknown source", at("statements", 0, "cites", value=[{"source": "zz"}]), ("no such source", 'got "zz"')),
    Wrong(
        "empty span",
        at(
            "statements",
            0,
            "cites",
            0,
            "span",
            value={"paragraph": 1, "start": 9, "end": 9, "sha256_16": "0123456789abcdef"},
        ),
        ("the span is empty", "9 to 9"),
    ),
    Wrong(
        "lens path",
        at(
            "lenses",
            value=[
                {
                    "id": "l",
                    "document": "d",
                    "viewpoint": "v",
                    "public_since": "2022-01-01",
                    "pairs": [
                        {"overrides": [{"party": p, "path": "weights.wine", "op": "add", "value": 1} for p in "AB"]}
                    ],
                }
            ],
        ),
        ("leads to no number", "weights.ISSUE", "weights.wine"),
    ),
    Wrong(
        "no such record", at("record", value="../nowhere"), ("there is no such record folder", "sources.yaml"), "record"
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.name)
def test_a_malformed_case_is_one_line(wrong: Wrong, tmp_path: Path) -> None:
    values = small()
    wrong.change(values)
    path = write(tmp_path / "bad.yaml", values)
    line = refusal(path)
    assert line.startswith(f"{path}:")
    for words in wrong.says:
        assert words in line
    number = int(line.removeprefix(f"{path}:").split(",")[0].split(":")[0])
    assert 1 <= number <= path.read_text().count("\n")
    assert wrong.on in path.read_text().splitlines()[number - 1]


RAW = (
    ("number as the only key", "1: c\n", 1, 'key "1": this key is not known'),
    ("duplicate key", "id: a\nid: b\n", 2, "this key stands here twice"),
    ("tag", "id: !!python/object/apply:os.system [ls]\n", 1, "tags are not read"),
    ("short tag", "id: !thing x\n", 1, "tags are not read"),
    ("deep nesting", "id: " + "[" * 500 + "]" * 500, 1, "nested too deeply"),
    ("endless nesting", "id: " + "[" * 100_000, 1, "nested too deeply"),
    ("unfinished", "id: [a, b\n", 2, "this is not YAML"),
    ("tab", "id:\n\t- a\n", 2, "a tab stands where only spaces may stand. YAML is indented with spaces. Put spaces"),
    ("tab before a key", "a:\n  b: 1\n\tc: 2\n", 3, "a tab stands"),
    ("too many digits", f"id: {'9' * 6000}\n", 1, 'this number is too large to be read, got "9999'),
    ("digits of a whole number", f"id: {'9' * 350}\n", 1, 'this number is too large to be read, got "9999'),
    ("huge exponent", "id: 1e999999999\n", 1, 'this number is too large to be read, got "1e999999999"'),
    ("escape", 'id: a\ntitle: "a\\e[31mb"\n', 2, "there is a control character in this text, got \"U+001B after 'a'\""),
    ("escape in a key", '"a\\x9b": 1\n', 1, 'control character in this text, got "U+009B'),
    ("bell", 'id: "\\a"\n', 1, "U+0007"),
    ("two colons", "id: a: b\n", 1, "this is not YAML"),
    ("second document", "id: a\n---\nid: b\n", 2, "a second document begins here"),
    ("empty", "", 1, "the file is empty"),
    ("only comments", "# nothing\n\n", 1, "the file is empty"),
    ("a list", "- a\n- b\n", 1, "this is not a mapping"),
    ("a word", "hello\n", 1, "this is not a mapping"),
    ("unknown alias", "id: *a\n", 1, "this is not YAML|stands for nothing"),
    ("alias of itself", "id: &a [*a]\n", 1, "stands for nothing"),
    ("list as key", "[a]: b\n", 1, "a key must be a word"),
    ("long line", "id: " + "a" * 10_000_000 + "\n", 1, "the line is too long"),
    ("many aliases", "id: [&a 1" + ", *a" * 101 + "]\n", 1, "too many aliases"),
    ("control character", "id: \x07\n", 1, "this is not YAML"),
)


@pytest.mark.parametrize(("name", "text", "number", "says"), RAW, ids=[row[0] for row in RAW])
def test_a_malformed_file_is_one_line(name: str, text: str, number: int, says: str, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(text)
    line = refusal(path)
    assert line.startswith((f"{path}:{number}: ", f"{path}:{number}, "))
    assert any(word in line for word in says.split("|"))


def test_a_yaml_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 11)]
    path = tmp_path / "bomb.yaml"
    path.write_text("\n".join(rows))
    assert "too many values" in refusal(path)


def test_binary_and_other_encodings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"id: a\n\x00\x01")
    assert f"{path}:2: this is a binary file" in refusal(path)
    path.write_bytes("id: a\ntitle: Zürich".encode("latin-1"))
    assert f'{path}:2: this is not UTF-8 text, got "byte 0xfc"' in refusal(path)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    with path.open("wb") as stream:
        stream.truncate(20_000_001)
    assert "the file is too large" in refusal(path)


def test_an_unreadable_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "case.yaml", small())

    def denied(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    assert "cannot be read (permission denied)" in refusal(path)


def test_a_folder_named_case_yaml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").mkdir()
    assert "this is a folder" in refusal(tmp_path)


def test_a_folder_without_a_case_is_refused(tmp_path: Path) -> None:
    assert "holds a case.yaml" in refusal(tmp_path)
    (tmp_path / "mine.yaml").write_text("id: a")
    assert "Rename mine.yaml" in refusal(tmp_path)


def test_a_missing_folder_or_name_is_refused_with_the_nearest(tmp_path: Path) -> None:
    assert "no such folder, file or bundled case" in refusal(tmp_path / "nowhere")
    write(tmp_path / "river.yaml", small())
    assert '"river.yaml" is one' in refusal(tmp_path / "rivr.yaml")
    (tmp_path / "documents").mkdir()  # a folder that holds no case is not named as one
    assert "is one" not in refusal(tmp_path / "document")


def folder(tmp_path: Path, values: dict[str, Any]) -> Path:
    for name in dict.fromkeys(FILE_OF_KEY[key] for key in values):
        part = {key: value for key, value in values.items() if FILE_OF_KEY[key] == name}
        if name.endswith(".jsonl"):
            write_lines(tmp_path / name, part["statements"])
        else:
            write(tmp_path / name, part)
    return tmp_path


def test_a_key_in_the_wrong_file_says_where_it_belongs(tmp_path: Path) -> None:
    folder(tmp_path, small())
    path = tmp_path / "positions.yaml"
    path.write_text(path.read_text() + "lenses: []\n")
    line = refusal(tmp_path)
    assert f"{path}:{path.read_text().count(chr(10))}: this key stands in the wrong file" in line
    assert "Move it to lenses.yaml" in line


def test_a_key_in_two_files_is_refused(tmp_path: Path) -> None:
    folder(tmp_path, small())
    path = tmp_path / "case.yaml"
    path.write_text(path.read_text() + "positions: []\n")
    assert "this key stands in two files" in refusal(tmp_path)


def test_a_fault_in_json_lines_names_its_line(tmp_path: Path) -> None:
    folder(tmp_path, small())
    path = tmp_path / "statements.jsonl"
    for text, says in (
        ('{"id": ', "this is not JSON"),
        ("[1]", "such as {"),
        ("[1]", "Put the line in braces"),
        ('{"id": "a\\u001b[2J"}', "U+001B after 'a'"),
        ('{"id": "a\\ud800"}', "U+D800"),
        ('{"a\\u0007": [{}]}', "U+0007"),
        ('{"id": 1e999999999}', 'too large to be read, got "1e999999999"'),
        ('{"id": ' + "9" * 6000 + "}", 'too large to be read, got "9999'),
        ('{"id": "a", "id": "b"}', "twice"),
        ('{"id": NaN}', "not a number"),
        ('{"a":' * 60 + "1" + "}" * 60, "nested too deeply"),
        ("[" * 200_000, "nested too deeply"),
    ):
        write_lines(path, small()["statements"])
        path.write_text(path.read_text() + f"\n{text}\n")
        line = refusal(tmp_path)
        assert line.startswith(f"{path}:5: ")
        assert says in line
    write_lines(path, [STATEMENT, {**STATEMENT, "id": "s2", "actors": ["Q"]}, {**STATEMENT, "id": "s3", "act": "sing"}])
    assert refusal(tmp_path).startswith(f'{path}:3, statement "s3", act: this word is not known, got "sing"')


def test_all_faults_are_listed_in_order(tmp_path: Path) -> None:
    values = small()
    values["positions"][0]["party"] = "Q"
    values["packages"][0]["choice"]["water"] = "w9"
    path = write(tmp_path / "bad.yaml", values)
    assert [fault.got for fault in problems(path)] == ["Q", "w9"]
    assert "(and 1 more; `detente check` lists all)" in refusal(path)


def test_a_word_where_keys_belong_names_the_keys_and_hides_no_list(tmp_path: Path) -> None:
    """The only party is at fault, and the list of parties is not told to be too short besides."""
    data = small()
    data["parties"] = [{**data["parties"][0], "aliases": ["Arlanders"]}]
    path = write(tmp_path / "bad.yaml", data)
    of_parties = [str(one) for one in problems(path) if "part" in one.where]
    assert len(of_parties) == 1
    assert "Its keys are text, since, until. Write {text: …}." in of_parties[0]


def test_a_case_without_positions_may_say_that_a_line_is_stated(tmp_path: Path) -> None:
    values = small(positions=[], answers=[], preferences=[], no_agreement={}, texts=[])
    values["preferences"] = [{"party": "A", "red_lines": [{"id": "r", "never": "water in [w1]", "basis": "stated"}]}]
    assert load_case(write(tmp_path / "c.yaml", values)).preferences[0].red_lines[0].basis is not None


def test_an_empty_name_is_no_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "case.yaml", small())
    monkeypatch.chdir(tmp_path)
    assert load_case(".").id == "small"
    for name in ("", " "):
        with pytest.raises(CaseError, match="no case is named"):
            load_case(name)


@pytest.mark.parametrize("name", ["a\nb", "x" * 5000, "a\x1b[31mb"])
def test_a_name_is_told_on_one_short_line(name: str) -> None:
    with pytest.raises(CaseError) as caught:
        load_case(name)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 700


def test_problems_lists_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    assert [fault.what for fault in problems(tmp_path / "no")] == ["there is no such folder, file or bundled case"]


def test_the_record_folder_must_hold_a_record(tmp_path: Path) -> None:
    (tmp_path / "record").mkdir()
    path = write(tmp_path / "c.yaml", small(record="record"))
    assert "the record folder holds no record" in refusal(path)
    write_lines(tmp_path / "record" / "statements.jsonl", [STATEMENT])
    assert "this key stands in two files" in refusal(path)


def test_line_ends_and_tabs_in_texts_are_read(tmp_path: Path) -> None:
    values = small()
    values["statements"][0]["says"] = "one\n\ttwo"
    assert load_case(folder(tmp_path, values)).statements[0].says == "one\n\ttwo"


def test_a_file_without_a_line_is_refused_whatever_its_kind(tmp_path: Path) -> None:
    folder(tmp_path, small())
    for name in ("statements.jsonl", "positions.yaml"):
        before = (tmp_path / name).read_text()
        (tmp_path / name).write_text("\n")
        assert refusal(tmp_path).startswith(f"{tmp_path / name}:1: the file is empty. Write its part")
        (tmp_path / name).write_text(before)


def test_an_unknown_statement_among_many_names_those_that_begin_alike(tmp_path: Path) -> None:
    values = small()
    values["statements"] += [{**STATEMENT, "id": f"{word}{n}"} for n in range(9) for word in ("t", "long-name-")]
    values["positions"][0]["because"] = ["long-9-of-another-kind"]
    line = refusal(write(tmp_path / "c.yaml", values))
    assert '"long-9-of-another-kind". 21 are known, such as long-name-0, long-name-1,' in line


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("preference.yaml", "preferences.yaml"),
        ("Positions.yml", "positions.yaml"),
        ("lens.yaml", "lenses.yaml"),
        ("statement.jsonl", "statements.jsonl"),
    ],
)
def test_a_file_with_a_misspelt_name_is_refused(wrong: str, meant: str, tmp_path: Path) -> None:
    folder(tmp_path, small())
    (tmp_path / meant).unlink(missing_ok=True)
    (tmp_path / wrong).write_text("x: 1")
    line = refusal(tmp_path)
    assert line.startswith(f"{tmp_path / wrong}: this file would not be read")
    assert f'Did you mean "{meant}"? Rename the file' in line


def test_a_misspelt_file_of_a_record_is_refused(tmp_path: Path) -> None:
    record = {key: small()[key] for key in ("sources", "statements", "events")}
    (tmp_path / "record").mkdir()
    folder(tmp_path / "record", record)
    path = write(
        tmp_path / "c.yaml", {key: value for key, value in small(record="record").items() if key not in record}
    )
    assert unread_files(path, "record") == ()
    (tmp_path / "record" / "notes.yml").write_text("x: 1")
    assert unread_files(path, "record") == (tmp_path / "record" / "notes.yml",)
    (tmp_path / "record" / "events.yaml").rename(tmp_path / "record" / "event.yaml")
    assert 'Did you mean "events.yaml"?' in refusal(path)


def test_other_files_beside_a_case_are_listed_and_not_refused(tmp_path: Path) -> None:
    folder(tmp_path, small())
    for name in ("notes.yaml", "positions-old.yaml", ".positions.yaml", "readme.md", "more.jsonl"):
        (tmp_path / name).write_text("x: 1")
    assert [path.name for path in unread_files(tmp_path, None)] == ["more.jsonl", "notes.yaml", "positions-old.yaml"]
    report = check_files(tmp_path)
    assert [one.ids for one in report.of(Kind.UNREAD_FILE)] == [
        ("more.jsonl",),
        ("notes.yaml",),
        ("positions-old.yaml",),
    ]
    assert report.exit_code == 0
    assert [one.ids for one in check_as_of(tmp_path, date(2022, 1, 1)).of(Kind.UNREAD_FILE)] == [
        one.ids for one in report.of(Kind.UNREAD_FILE)
    ]
