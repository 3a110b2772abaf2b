"""`detente code`: text, JSON, explanations, and wrong words."""

import json

import pytest
from click.testing import CliRunner

from detente.cli.main import group, run
from tests.evidence.coding.test_endpoint import Answering

TEXT = "Peru rejected the map on Monday. Brazil offered its good offices.\n"


@pytest.fixture
def reply(tmp_path):
    file = tmp_path / "reply.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def _out(*words):
    result = CliRunner().invoke(group, ["code", *map(str, words)], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_json_gives_the_place_and_the_rule_of_each_act(reply):
    rows = json.loads(_out(reply, "--json"))
    assert [(row["act"], row["actor"], TEXT[row["start"] : row["end"]]) for row in rows] == [
        ("reject", ["PER"], "Peru rejected the map on Monday"),
        ("mediate", ["BRA"], "Brazil offered its good offices"),
    ]
    assert [row["rule"] for row in rows] == ["reject.verb", "mediate.verb"]
    assert {"file", "second_act", "voice", "target", "topic", "issue", "date", "confidence", "voices", "review"} <= set(
        rows[0]
    )


def test_json_can_say_why(reply):
    row = json.loads(_out(reply, "--json", "--explain"))[0]
    assert "rejected" in [one["words"] for one in row["why"]["fired"]]


def test_a_document_without_acts_gives_an_empty_list(tmp_path):
    file = tmp_path / "empty.txt"
    file.write_text("The valley, the two rivers, the old mill and its owner.\n", encoding="utf-8")
    assert json.loads(_out(file, "--json")) == []


def test_the_table_says_that_these_are_proposals(reply):
    assert "Proposals, not findings" in _out(reply)


def test_an_explanation_names_the_words_that_a_rule_saw(reply):
    assert "reject.verb: “rejected” for reject" in _out(reply, "--explain")


def test_a_case_brings_its_issues(reply):
    assert json.loads(_out(reply, "--json", "--case", "river-basin"))


@pytest.mark.parametrize(
    "words",
    [["none.txt"], ["{reply}", "--rules", "none"], ["{reply}", "--case", "none"], [], ["{reply}", "--rule"]],
)
def test_wrong_words_give_one_line(reply, words, capsys):
    assert run(["code", *(word.format(reply=reply) for word in words)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_model_proposes_only_behind_an_address_that_is_given(tmp_path, monkeypatch):
    answering = Answering()
    file = tmp_path / "note.txt"
    file.write_text("Peru turned the draft down.\n")
    answering.says([{"quote": "Peru turned the draft down", "act": "reject", "actor": ["PER"], "target": []}])
    monkeypatch.setenv("DETENTE_ENDPOINT_KEY", "secret")
    try:
        words = ["code", str(file), "--endpoint", answering.address, "--model", "small", "--explain"]
        printed = CliRunner().invoke(group, [*words, "--json"], catch_exceptions=False)
        answering.says([])
        shown = CliRunner().invoke(group, words, catch_exceptions=False)
    finally:
        answering.server.shutdown()
        answering.server.server_close()
    by_model = [row for row in json.loads(printed.stdout) if row["rule"] == "model:small"]
    assert [(row["act"], row["actor"], row["confidence"]) for row in by_model] == [("reject", ["PER"], 0.0)]
    assert by_model[0]["review"]
    assert answering.requests[0][1]["Authorization"] == "Bearer secret"
    assert shown.exit_code == 0
    assert len(answering.requests) == 2


@pytest.mark.parametrize("words", [["--endpoint", "http://localhost:1/v1"], ["--model", "small"]])
def test_a_model_and_its_address_are_given_together(tmp_path, words, capsys):
    file = tmp_path / "note.txt"
    file.write_text("Peru turned the draft down.\n")
    assert run(["code", str(file), *words]) == 2
    assert "together" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address", ["notaurl", "ftp://localhost/v1", "http://", "http://[::1/v1", "http://localhost:port/v1", ""]
)
@pytest.mark.parametrize("more", [[], ["--model", "small"]])
def test_what_is_no_address_is_said_before_a_model_is_asked_for(tmp_path, address, more, capsys):
    file = tmp_path / "note.txt"
    file.write_text("Peru turned the draft down.\n")
    assert run(["code", str(file), "--endpoint", address, *more]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "this is no address of an endpoint" in line
    assert "http://localhost:8080/v1" in line


def test_a_folder_of_rules_whose_example_fails_is_refused_before_anything_is_coded(tmp_path, capsys):
    file, rules = tmp_path / "note.txt", tmp_path / "rules"
    file.write_text("Peru turned the draft down.\n")
    rules.mkdir()
    rule = "  - id: own.door\n    any: show+ the door\n    examples: [The palace shut the gate.]\n"
    (rules / "reject.yaml").write_text(f"act: reject\nrules:\n{rule}")
    assert run(["code", str(file), "--rules", str(rules)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    (line,) = printed.err.splitlines()
    assert 'reject.yaml:3, rule "own.door"' in line
    assert "The palace shut the gate." in line


def test_names_of_a_file_are_known(tmp_path):
    (tmp_path / "names.yaml").write_text("GREEN:\n  kind: group\n  names: [Green Council]\n")
    file = tmp_path / "note.txt"
    file.write_text("The Green Council rejected the map.\n")
    result = CliRunner().invoke(
        group, ["code", str(file), "--names", str(tmp_path / "names.yaml"), "--json"], catch_exceptions=False
    )
    assert json.loads(result.stdout)[0]["actor"] == ["GREEN"]


def test_an_explanation_names_the_words_that_weigh_most(reply):
    assert "learnt for reject: " in _out(reply, "--explain")
    (first, *_) = json.loads(_out(reply, "--explain", "--json"))
    weights = [abs(one["weight"]) for one in first["why"]["weighed"]]
    assert weights == sorted(weights, reverse=True)
    assert 0 < len(weights) <= 5


def test_what_is_guessed_is_marked_in_every_form(tmp_path):
    file = tmp_path / "note.txt"
    file.write_text("Peru met Chile in Oslo. Peru recalled its envoy.\n", encoding="utf-8")
    row = json.loads(_out(file, "--json"))[-1]
    assert (row["target"], row["guessed"]) == (["CHL"], ["target"])
    assert "PER > CHL?" in " ".join(_out(file).split())
    explained = _out(file, "--explain")
    assert "towards: CHL?" in explained
    assert "guessed: target" in explained


def test_nothing_is_marked_as_guessed_where_the_clause_says_it(tmp_path):
    file = tmp_path / "note.txt"
    file.write_text("Peru accused Chile of theft.\n", encoding="utf-8")
    assert json.loads(_out(file, "--json"))[0]["guessed"] == []
    assert "?" not in _out(file).split("Proposals")[0]
