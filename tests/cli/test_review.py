"""Reviewing codings in the terminal: what is kept, what enters the record, and what never does."""

from __future__ import annotations

import io
import json
import os
import pty
import select
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from detente.case.load import load_case
from detente.case.review.folder import load_review
from detente.cli.main import run
from detente.evidence.statement import Act
from tests.cli.review_sessions import Call, basin, coding, detente, four_codings, own_words, queued, write

__all__ = ["basin", "detente", "queued"]

HELD = len(load_case("river-basin").statements)
"""Statements of the bundled case before any is added."""

KEEP = "\n" * 14
"""Ten fields of a correction left as they are."""


def decisions(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "review" / "decisions.jsonl").read_text().splitlines()]


def states(call: Call) -> dict[str, int]:
    return {k: v for k, v in json.loads(call("review", "basin", "--list", "--json")[1])["states"].items() if v}


def test_codings_are_added_once_with_the_hash_of_their_words(queued: Call, basin: Path) -> None:
    lines = (basin / "review" / "queue.jsonl").read_text().splitlines()
    assert len(lines) == 4
    assert all(
        line == json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        for line in lines
    )
    before = (basin / "review" / "queue.jsonl").read_bytes()
    code, out, _ = queued("review", "basin", "--add", "codings.json")
    assert (code, out) == (0, "0 codings added to basin/review, 4 there already.\n")
    assert (basin / "review" / "queue.jsonl").read_bytes() == before
    assert queued("review", "basin", "--add", "-", typed=Path("codings.json").read_text())[1].startswith("0 codings")


def test_what_is_not_reviewed_never_enters_the_case(queued: Call) -> None:
    before = load_case("basin")
    code, out, _ = queued("review", "basin", "--apply")
    assert code == 0
    assert out.splitlines() == [
        "The record has all that was accepted or corrected; nothing to add.",
        "4 codings open: not in the record.",
    ]
    assert load_case("basin") == before


def test_the_words_are_shown_marked_with_who_says_what_by_which_rule_and_why_to_look(queued: Call) -> None:
    _, out, err = queued("review", "basin", "--reviewer", "Lee")
    assert "⟦Tarvia wants its new reservoir filled within three years⟧" in err
    assert "rule reject.refuse" in err
    assert "In doubt: two rules disagree" in err
    assert out == "4 codings: 4 open.\n"


def test_a_decision_says_who_when_and_what_and_the_next_session_goes_on(queued: Call, basin: Path) -> None:
    queued("review", "basin", "--reviewer", "Lee", "--on", "2019-07-01", typed="a\n\nq\nno\n")
    (first,) = decisions(basin)
    assert (first["by"], first["on"], first["verdict"]) == ("Lee", "2019-07-01", "accept")
    assert first["says"] == "Tarvia demands “Filling the reservoir: over three years”, says the author."
    _, _, err = queued("review", "basin")
    assert "2 of 4" in err
    assert "1 of 4" not in err
    assert states(queued) == {"open": 3, "accepted": 1}


def test_accepted_and_corrected_become_statements_and_rejected_do_not(queued: Call, basin: Path) -> None:
    correct = "c\naccept\nreject\n\nreported_speech\nost\nTAR, MEL\nR6_disputes\no3\n2019-05-03\n-\n"
    correct += "forecast\nnavigation\nno\nyes\n"
    typed = (
        f"a\nThe column says that Tarvia asks for three years.\n{correct}Ostrel could live with it.\nr\nirony\ns\nyes\n"
    )
    code, out, err = queued("review", "basin", "--reviewer", "Lee", "--on", "2019-07-01", typed=typed)
    assert code == 0, err
    assert out.splitlines()[0] == "4 codings: 1 open, 2 accepted, 1 rejected."
    new = load_case("basin").statements[HELD:]
    assert len(new) == 2
    one, other = new
    assert one.says == "The column says that Tarvia asks for three years."
    assert (one.reviewed.by, str(one.reviewed.on), one.reviewed.decision, one.reviewed.rule) == (
        *("Lee", "2019-07-01"),
        *("accepted", "reject.refuse"),
    )
    assert (other.act, other.second_act, other.attribution) == ("accept", "reject", "reported_speech")
    assert (other.actors, other.targets, other.issue, other.option) == (("OST",), ("TAR", "MEL"), "R6_disputes", "o3")
    assert (other.happened.when, other.text_class, other.reviewed.decision) == ("2019-05-03", None, "corrected")
    assert (other.kind, other.topic, other.negated, other.hedged) == ("forecast", "navigation", False, True)
    assert {one.public_since for one in new} == {load_case("basin").source["column"].published.last}
    code, out, _ = queued("verify", "basin", "--corpus", "basin/record/corpus")
    assert (code, out.splitlines()[0]) == (0, "9 spans proved, 0 broken.")
    before = (basin / "record" / "statements.jsonl").read_bytes()
    assert "nothing to add" in queued("review", "basin", "--apply")[1]
    assert (basin / "record" / "statements.jsonl").read_bytes() == before


def test_the_lines_of_the_record_that_were_there_stay_as_they_were(queued: Call, basin: Path) -> None:
    old = (basin / "record" / "statements.jsonl").read_text()
    queued("review", "basin", "--reviewer", "Lee", typed="a\n\nq\nyes\n")
    assert (basin / "record" / "statements.jsonl").read_text().startswith(old)
    assert len((basin / "record" / "statements.jsonl").read_text().splitlines()) == HELD + 1


def test_a_paraphrase_that_copies_eight_words_in_a_row_is_refused(queued: Call, basin: Path) -> None:
    copied = "Tarvia wants its new reservoir filled within three years."
    _, _, err = queued("review", "basin", "--reviewer", "L", typed=f"a\n{copied}\nIt asks for three years.\nq\n")
    said = " ".join(err.split())  # as wide as the terminal of whoever runs the tests
    assert "This copies 8 words in a row from the source (“tarvia wants its new reservoir filled within three”)" in said
    assert decisions(basin)[0]["says"] == "It asks for three years."


def test_undo_takes_back_and_forgets_nothing(queued: Call, basin: Path) -> None:
    _, _, err = queued("review", "basin", "--reviewer", "L", typed="u\nr\nno act\nu\na\n\nq\n")
    assert "There is no decision of yours to take back." in err
    assert [one["verdict"] for one in decisions(basin)] == ["reject", "withdraw", "accept"]
    assert states(queued) == {"open": 3, "accepted": 1}


def test_keys_and_fields_that_mean_nothing_ask_again(queued: Call, basin: Path) -> None:
    correct = "c\nshout\ndemand\n\n\n\nA B\nTAR\n\nR9\n\no9\n\nMay\n\nnews\n\nrumour\n\n\nperhaps\n\n\n\n"
    _, _, err = queued("review", "basin", "--reviewer", "L", typed=f"x\n\nr\n\n{correct}q\n")
    for told in (
        'This key means nothing here, got "x".',
        "There is no such act.",
        '"A B" is no id.',
        "The case has no such issue.",
        "Issue R2_reservoir_filling has no such option. It has: o1, o2, o3, o4.",
        "A time is written as 2022",
        "There is no such class of text.",
        "There is no such kind.",
        "It is yes or no.",
    ):
        assert told in err
    assert len(decisions(basin)) == 1


def test_the_sentence_that_the_program_proposes_is_not_refused_as_a_copy(detente: Call, basin: Path) -> None:
    """An option of the case may be worded as the source is; the words are the case's then."""
    case = (basin / "case.yaml").read_text(encoding="utf-8")
    words = "Tarvia wants its new reservoir filled within three years"
    text = next(one for one in load_case(basin).issue["R2_reservoir_filling"].options if one.id == "o2").text
    assert case.count(str(text)) == 1
    (basin / "case.yaml").write_text(case.replace(str(text), words), encoding="utf-8")
    one = coding(words, act="demand", actor=["TAR"], issue="R2_reservoir_filling", option="o2")
    detente("review", "basin", "--add", write([one]))
    _, out, err = detente("review", "basin", "--reviewer", "L", typed="a\n\n")
    assert "1 accepted" in out
    assert "This copies" not in err


def test_an_act_of_nobody_is_not_accepted(detente: Call) -> None:
    detente("review", "basin", "--add", write([coding("We fear salt", actor=[])]))
    _, out, err = detente("review", "basin", "--reviewer", "L", typed="a\nq\n")
    assert "It is not coded whose act this is." in err
    assert out == "1 coding: 1 open.\n"


def test_what_the_coder_guessed_is_shown_and_kept(detente: Call, basin: Path) -> None:
    detente("review", "basin", "--add", write([coding("We fear salt", guessed=["actor", "target"])]))
    (line,) = (basin / "review" / "queue.jsonl").read_text().splitlines()
    assert json.loads(line)["guessed"] == ["actor", "target"]
    listed = json.loads(detente("review", "basin", "--list", "--json")[1])["items"]
    assert [one["guessed"] for one in listed] == [["actor", "target"]]
    assert [one["targets"] for one in listed] == [["TAR"]]
    assert "MEL? > TAR?: reject  open  guessed: actor, target" in detente("review", "basin", "--list")[1]
    _, _, err = detente("review", "basin", "--reviewer", "L")
    assert "Guessed, not said in these words: actor (Melune), target (Tarvia)." in err


def test_a_denial_that_makes_the_act_does_not_deny_it(detente: Call) -> None:
    refused = coding("We fear salt", negated=True, act="red_line")
    denied = coding("would cost little", negated=True, act="deploy")
    detente("review", "basin", "--add", write([refused, denied]))
    items = load_review(Path("basin")).items.values()
    assert {item.proposed.act: item.proposed.negated for item in items} == {Act.RED_LINE: False, Act.DEPLOY: True}


def test_a_date_that_was_worked_out_is_not_kept_as_stated(detente: Call) -> None:
    one = coding("We fear salt", date="2015-06-02", date_reason="the last Tuesday up to 2015-06-05")
    other = coding("would cost little", date="2015-06-02", date_reason="stated")
    detente("review", "basin", "--add", write([one, other]))
    times = [item.proposed.happened for item in load_review(Path("basin")).items.values()]
    assert [time and time.how.value for time in times] == ["inferred", "stated"]


def test_a_time_after_the_text_is_not_when_the_act_was_done(detente: Call, basin: Path) -> None:
    """A deadline, a plan, a forecast: the statement's day is that of its source."""
    published = next(one.published for one in load_case(basin).sources if one.file == "column.txt")
    day = published.when
    ahead = ("2030-05-01", f"{day}/2030-05-01")
    rows = [
        coding("We fear salt", act=act, date=when) for act, when in zip(("predict", "threaten"), ahead, strict=True)
    ]
    detente("review", "basin", "--add", write([*rows, coding("We fear salt", act="deploy", date=day)]))
    times = {item.proposed.act.value: item.proposed.happened for item in load_review(basin).items.values()}
    assert (times["predict"], times["threaten"]) == (None, None)
    assert times["deploy"] is not None
    assert times["deploy"].when == day


def test_a_guess_that_is_none_is_refused_in_one_line(detente: Call) -> None:
    code, _, err = detente("review", "basin", "--add", write([coding("We fear salt", guessed=["date"])]))
    assert (code, err.count("\n")) == (2, 1)


def test_an_act_that_was_not_read_is_not_accepted_as_it_is(detente: Call) -> None:
    detente(
        "review", "basin", "--add", write([coding("We fear salt", guessed=["act"], review="unread: a word doubled")])
    )
    _, out, err = detente("review", "basin", "--reviewer", "L", typed="a\nr\ntoo damaged\n")
    assert "No act was read in these words" in err
    assert "1 rejected" in out


def test_an_actor_that_the_case_does_not_know_is_named_with_the_actors(detente: Call, basin: Path) -> None:
    detente("review", "basin", "--add", write([coding("We fear salt", actor=["melune-minister"])]))
    comments = [line for line in (basin / "record" / "sources.yaml").read_text().splitlines() if line.startswith("#")]
    code, _, err = detente("review", "basin", "--reviewer", "L", typed="a\n\nyes\n")
    assert code == 0, err
    assert load_case("basin").actors["melune-minister"] == "melune minister"
    text = (basin / "record" / "sources.yaml").read_text()
    assert [line for line in text.splitlines() if line.startswith("#")] == comments


def test_a_new_document_becomes_a_source_when_its_first_statement_enters(detente: Call, basin: Path) -> None:
    Path("more").mkdir()
    Path("more/Speech of May.txt").write_text("Ostrel will not close the gauges.\n", encoding="utf-8")
    row = {**coding("We fear salt"), "file": "Speech of May.txt", "start": 0, "end": 32, "actor": ["OST"]}
    row |= {"voice": "OST", "voices": ["OST"], "attribution": "own_document"}
    args = ("review", "basin", "--add", write([row]), "--corpus", "more")
    code, _, err = detente(*args)
    assert code == 2
    assert "nothing says when this document was published" in err
    code, out, err = detente(*args, "--published", "2019-05-30", "--grade", "primary_text_read")
    assert code == 0, err
    assert "New source Speech-of-May: Speech of May.txt, published 2019-05-30, graded primary_text_read." in out
    assert "Speech-of-May" not in load_case("basin").source
    code, _, err = detente("review", "basin", "--reviewer", "L", "--corpus", "more", typed="a\n\nyes\n")
    assert code == 0, err
    case = load_case("basin")
    assert str(case.source["Speech-of-May"].published.when) == "2019-05-30"
    assert case.statements[-1].grade == "primary_text_read"
    assert (
        detente("verify", "basin", "--corpus", "more", "--json")[0] == 1
    )  # the two documents of the record are not there


def test_a_later_decision_replaces_what_the_earlier_put_there_and_a_hand_edit_stays(queued: Call, basin: Path) -> None:
    queued("review", "basin", "--reviewer", "L", typed="a\nFirst words.\nq\nyes\n")
    queued("review", "basin", "--reviewer", "L", typed="u\na\nSecond words.\nq\nyes\n")
    assert [one.says for one in load_case("basin").statements[HELD:]] == ["Second words."]
    file = basin / "record" / "statements.jsonl"
    file.write_text(file.read_text().replace("Second words.", "Third words, by hand."))
    queued("review", "basin", "--reviewer", "L", typed="u\na\nFourth words.\nq\nyes\n")
    _, out, _ = queued("review", "basin", "--apply")
    assert "it was changed by hand" in out
    assert load_case("basin").statements[HELD].says == "Third words, by hand."


def test_a_statement_whose_coding_is_rejected_later_is_named(queued: Call) -> None:
    queued("review", "basin", "--reviewer", "L", typed="a\nFirst words.\nq\nyes\n")
    queued("review", "basin", "--reviewer", "L", typed="u\nr\nirony\nq\n")
    assert "its coding is now rejected; take it out by hand" in queued("review", "basin", "--apply")[1]


def test_ctrl_c_loses_nothing(queued: Call, basin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Impatient(io.StringIO):
        def readline(self, *_: int) -> str:  # type: ignore[override]
            line = super().readline()
            if not line:
                raise KeyboardInterrupt
            return line

    monkeypatch.setattr("sys.stdin", Impatient("a\n\nr\nirony\nc\naccept\n"))
    assert run(["review", "basin", "--reviewer", "L"]) == 130
    assert [one["verdict"] for one in decisions(basin)] == ["accept", "reject"]


def test_a_line_that_was_cut_off_is_named_and_a_missing_line_end_is_mended(queued: Call, basin: Path) -> None:
    queued("review", "basin", "--reviewer", "L", typed="a\n\nq\n")
    file = basin / "review" / "decisions.jsonl"
    whole = file.read_text()
    file.write_text(whole.rstrip("\n"))
    queued("review", "basin", "--reviewer", "L", typed="a\n\nq\n")
    assert len(decisions(basin)) == 2
    file.write_text(file.read_text() + '{"by":"L"')
    code, _, err = queued("review", "basin", "--list")
    assert (code, len(err.splitlines())) == (2, 1)
    assert "decisions.jsonl:3: this is not JSON" in err


# two reviewers


def test_a_blind_reviewer_sees_neither_the_machines_act_nor_the_others_decision(queued: Call, basin: Path) -> None:
    queued("review", "basin", "--reviewer", "Lee", typed="a\n\na\n\nr\nirony\na\n\nno\n")
    _, _, err = queued("review", "basin", "--reviewer", "Kim", "--blind", typed="d\ndemand\nTAR\n\nq\n")
    for hidden in ("Coder:", "reject.refuse", "Lee", "In doubt", "red_line"):
        assert hidden not in err
    assert decisions(basin)[-1] | {"item": ""} == {
        **{"item": "", "by": "Kim", "on": decisions(basin)[-1]["on"], "verdict": "correct", "blind": True},
        "codes": {"act": "demand", "actors": ["TAR"]},
    }


def test_a_blind_decision_alone_enters_nothing(queued: Call) -> None:
    queued("review", "basin", "--reviewer", "Kim", "--blind", typed="d\ndemand\nTAR\n\nq\n")
    assert states(queued) == {"blind only": 1, "open": 3}
    assert "1 coding blind only: not in the record." in queued("review", "basin", "--apply")[1]


def two_reviewers(call: Call) -> None:
    call("review", "basin", "--reviewer", "Lee", typed="a\n\na\n\nr\nirony\na\n\nno\n")
    blind = "d\ndemand\nTAR\n\nd\nreject\nMEL\nTAR\nr\nnone\nd\nassess_perception\nAUTHOR\n\n"
    call("review", "basin", "--reviewer", "Kim", "--blind", typed=blind)


def test_agreement_is_counted_and_disagreements_listed(queued: Call) -> None:
    """By hand: both keep 3 and drop 1 (kappa 1); of 3 acts 2 are the same: (2/3 - 2/9) / (1 - 2/9) = 4/7."""
    two_reviewers(queued)
    code, out, _ = queued("review", "basin", "--agreement", "--json")
    assert code == 0
    (pair,) = json.loads(out)["pairs"]
    assert (pair["first"], pair["second"], pair["blind"]) == ("Lee", "Kim", ["Kim"])
    assert (pair["kappa"]["accept"]["value"], pair["kappa"]["accept"]["items"]) == (1, 4)
    assert pair["kappa"]["act"]["value"] == pytest.approx(4 / 7)
    assert pair["kappa"]["actor"]["value"] == 1
    assert [one["differs"] for one in pair["disagreements"]] == [["act"]]
    _, out, err = queued("review", "basin", "--agreement")
    assert "act     kappa  0.57, 95 % from " in out
    assert "1 disagreement, 1 not resolved" in out
    assert "--resolve" in err


def test_what_is_in_dispute_waits_until_somebody_resolves_it(queued: Call) -> None:
    two_reviewers(queued)
    assert states(queued) == {"disputed": 1, "accepted": 2, "rejected": 1}
    _, out, err = queued(
        "review", "basin", "--reviewer", "Ada", "--resolve", typed="2\nMelune will not have it.\nyes\n"
    )
    assert "1  Lee: MEL: red_line towards TAR" in err
    assert "2  Kim (blind): MEL: reject towards TAR" in err
    assert out.splitlines()[0] == "4 codings: 3 accepted, 1 rejected."
    case = load_case("basin")
    assert [one.reviewed.by for one in case.statements[HELD:]] == [
        "Lee, Kim",
        "Ada",
        "Lee, Kim",
    ]
    assert case.statements[HELD + 1].act == "reject"
    assert "0 not resolved" in queued("review", "basin", "--agreement")[1]
    assert queued("review", "basin", "--reviewer", "Ada", "--resolve")[2].count("Ada") == 0


def test_one_reviewer_has_no_agreement(queued: Call) -> None:
    queued("review", "basin", "--reviewer", "Lee", typed="a\n\nq\n")
    assert queued("review", "basin", "--agreement")[1].startswith("No two reviewers decided the same coding yet")


# a keyboard


def read_until(master: int, process: subprocess.Popen[bytes], words: str) -> str:
    seen = b""
    while words.encode() not in seen:
        ready, _, _ = select.select([master], [], [], 30)
        assert ready, seen.decode(errors="replace")
        seen += os.read(master, 4096)
    return seen.decode(errors="replace")


def test_on_a_keyboard_single_keys_decide_without_enter(queued: Call, basin: Path) -> None:
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "detente.cli.main", "review", "basin", "--reviewer", "Lee"]
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, close_fds=True) as process:
        os.close(slave)
        assert "⟦Tarvia wants" in read_until(master, process, "quit > ")
        os.write(master, b"a")
        read_until(master, process, "takes this sentence > ")
        os.write(master, b"Three years are asked for.\n")
        read_until(master, process, "quit > ")
        os.write(master, b"q")
        read_until(master, process, "leave it > ")
        os.write(master, b"no\n")
        read_until(master, process, "does it later")
        assert process.wait() == 0
    os.close(master)
    assert [one["says"] for one in decisions(basin)] == ["Three years are asked for."]


# what is refused


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("river-basin", "--add", "codings.json"), "`detente new my-river-basin --from river-basin`"),
        (("river-basin", "--apply"), "a case that comes with the program is not changed"),
        (("nowhere", "--apply"), "there is no such"),
        (("basin",), "--reviewer: it is not said who decides"),
        (("basin", "--reviewer", "  "), "--reviewer: it is not said who decides"),
        (("basin", "--add", "absent.json"), "there is no such file"),
        (("basin", "--add", "text"), "this is not JSON"),
        (("basin", "--add", "object"), "this is no list of codings"),
        (("basin", "--add", "codings.json", "--corpus", "absent"), "there is no such folder of documents"),
        (("basin", "--add", "codings.json", "--corpus", "empty"), "there are no documents in this folder"),
        (("basin", "--add", "elsewhere"), "the corpus has no such document"),
        (("basin", "--add", "outside"), "the span does not lie in column.txt"),
        (("basin", "--add", "unknown-act"), "outside, coding 1".replace("outside", "unknown-act")),
        (("basin", "--add", "codings.json", "--grade", "best"), "this word is not known"),
        (("basin", "--grade", "memory", "--list"), "this says something of documents that are added"),
        (("basin", "--blind", "--resolve", "--reviewer", "L"), "these options ask for different things"),
        (("basin", "--on", "May"), "--on: this is not a day"),
        (("basin", "--reviewer", "L", "--corpus", "absent"), "there is no such folder of documents"),
    ],
)
def test_what_is_refused_in_one_line(queued: Call, basin: Path, args: tuple[str, ...], says: str) -> None:
    Path("text").write_text("no json")
    Path("object").write_text('{"codings": 3}')
    Path("empty").mkdir()
    write([{**coding("We fear salt"), "file": "other.txt"}], "elsewhere")
    write([{**coding("We fear salt"), "end": 99_999}], "outside")
    write([coding("We fear salt", act="shout")], "unknown-act")
    before = {path: path.read_bytes() for path in basin.rglob("*") if path.is_file()}
    code, out, err = queued("review", *args)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert says in err
    assert before == {path: path.read_bytes() for path in basin.rglob("*") if path.is_file()}


def test_a_document_that_changed_is_refused_with_what_to_do(queued: Call) -> None:
    column = Path("basin/record/corpus/column.txt")
    column.write_text(column.read_text() + "One more line.\n")
    code, _, err = queued("review", "basin", "--add", "codings.json")
    assert code == 2
    assert 'its bytes are not those that the case cites as source "column"' in err
    assert "--reanchor" in err


def test_a_statement_of_an_issue_that_left_the_case_is_not_accepted(detente: Call) -> None:
    detente("review", "basin", "--add", write([own_words("We fear salt", "R9_gone", "o1", "reject", "MEL")]))
    _, _, err = detente("review", "basin", "--reviewer", "L", typed="a\nq\n")
    assert "The case has no issue R9_gone." in err


def test_four_codings_are_four(basin: Path) -> None:
    """The fixture says what the tests above count."""
    assert len(four_codings()) == 4
    assert len(load_case("basin").statements) == HELD
    assert load_review(basin).items == {}
