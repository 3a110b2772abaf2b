"""Each command on small cases: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from detente.case.digest import case_hash
from detente.case.library import library_cases
from detente.case.load import load_case
from detente.cli import settle
from detente.cli.main import run
from detente.evidence.verify import span_hash

FERRY = Path(__file__).resolve().parents[1] / "interchange" / "data" / "ferry"
WIDEST = 100

SPOKEN = """\
schema_version: "1"
id: spoken
version: "1"
title: Two issues, spoken of
authors: [test]
licence: CC0-1.0
cut_off: 2022-03-01
parties:
- {id: left, name: Left, kind: state}
- {id: right, name: Right, kind: state}
consent_lists:
- {id: all, name: Both, parties: [left, right]}
- {id: one, name: Left alone, parties: [left]}
issues:
- id: water
  title: Who controls the water?
  short: Water
  options: [{id: o1, text: joint}, {id: o2, text: left}, {id: o3, text: right}]
- id: land
  title: Who owns the land?
  options: [{id: o1, text: shared}, {id: o2, text: split}]
positions:
- {id: p1, party: left, issue: water, because: [s1], stances: {o2: demands, o3: rules_out}}
- {id: p2, party: right, issue: water, because: [s2], stances: {o1: {stance: would_discuss, basis: inferred}}}
- {id: p3, party: right, issue: land, because: [s3], stances: {o1: demands}}
sources:
- {id: d1, title: Paper, published: 2022-01-01, grade: primary_text_read, file: paper.txt, sha256: HASH}
statements:
"""


@pytest.fixture
def out(here: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Return a function that runs a command in `here`, expects an exit code and returns standard output."""

    def call(*args: str, code: int = 0) -> str:
        found = run(args)
        printed = capsys.readouterr()
        assert found == code, printed.err
        return printed.out

    return call


def as_json(text: str) -> Any:
    return json.loads(text)


# --- settle -------------------------------------------------------------------------------------------------


def test_settle_prints_each_consent_list(out: Callable[..., str]) -> None:
    text = out("settle", "mini")
    assert "Consent list all (Both)" in text
    assert "Consent list one (Left alone)" in text
    assert "4 packages in all, 4 break no red line, 2 are in the agreement zone." in text
    assert "Nash: Left 0.6, Right 0.5" in text
    assert "Who controls the water?: left; Who owns the land?: split" in text


def test_settle_json_is_the_report(out: Callable[..., str]) -> None:
    report = as_json(out("settle", "mini", "--json"))
    assert set(report["by_consent"]) == {"all", "one"}
    one = as_json(out("settle", "mini", "--consent", "all", "--json"))
    assert one["packages"]["in_zone"] == "2"
    assert one["solutions"]["nash"] == [
        {
            "package": {"water": "o2", "land": "o2"},
            "utility": {"left": 0.6, "right": 0.5},
            "printable": True,
            "to_code_first": {},
            "stopped_by": [],
        }
    ]


def test_settle_prints_no_package_before_its_owners_are_coded(here: Path, out: Callable[..., str]) -> None:
    case = here / "mini" / "case.yaml"
    owned = case.read_text().replace(
        "title: Who owns the land?", "title: Who owns the land?\n  consent: {owns: [left, tenants]}"
    )
    owned = owned.replace("consent_lists:", "- {id: tenants, name: the tenants, kind: group}\nconsent_lists:")
    case.write_text(owned)
    text = out("settle", "mini", "--consent", "all")
    assert re.search(r"Nash: Left 0\.6, Right 0\.5\n +not printed \(stopped by .*uncoded-consent", text)
    assert "to be coded first: the tenants on Who owns the land?." in text
    assert "not printed, as the one above." in text
    assert "Who owns the land?: split" not in text
    report = as_json(out("settle", "mini", "--consent", "all", "--json"))
    [nash] = report["solutions"]["nash"]
    assert nash["package"] == {"water": "o2", "land": "o2"}
    assert nash["printable"] is False
    assert nash["to_code_first"] == {"land": ["tenants"]}


def test_settle_with_equal_weights(out: Callable[..., str]) -> None:
    report = as_json(out("settle", "mini", "--consent", "one", "--weights", "equal", "--json"))
    assert report["frontier"][0]["utility"] == {"left": 1}


def test_no_deal_is_an_answer(here: Path, out: Callable[..., str]) -> None:
    case = here / "mini" / "case.yaml"
    case.write_text(case.read_text().replace("reservation: 0.3", "reservation: 0.9"))
    text = out("settle", "mini", "--consent", "all")
    assert "that is a finding" in text
    assert "Cannot hold together: the reservation of Left; the reservation of Right." in text


def test_a_party_without_numbers_is_named(here: Path, out: Callable[..., str]) -> None:
    case = here / "mini" / "case.yaml"
    text = case.read_text()
    case.write_text(text[: text.index("- party: right")])
    found = out("settle", "mini")
    assert re.search(r"^  Not computed: .*Right\.$", found, re.M)
    assert "Issues on which no option is left open by stated refusals: none." in found


def test_a_list_that_is_not_computed_says_why_and_what_the_record_says(here: Path) -> None:
    case = load_case("mini")

    def lines(**lacks: Any) -> list[str]:
        part = {"consent": "all", "parties": ["left", "right"], "not_computed": lacks}
        return list(settle.lines_of(case, part))[2:]

    assert lines(missing=["right"], no_shared_issue=True) == [
        "  Not computed: Weights and values are missing.",
        "  Parties without weights and values: Right.",
    ]
    assert lines(missing=[], no_shared_issue=True) == [
        "  Not computed: The parties share no issue on which each of them has weights and values."
    ]
    assert lines(missing=["right"], reason="Right has no numbers.") == ["  Not computed: Right has no numbers."]
    assert lines(missing=[]) == ["  Not computed."]
    said = {
        "open_options": {
            "water": {"stated": ["o1", "o2"], "stated_and_inferred": ["o1"]},
            "land": {"stated": [], "stated_and_inferred": []},
        },
        "closed": {"stated": ["land"], "stated_and_inferred": ["land"]},
    }
    assert lines(missing=[], ledger=said)[1:] == [
        "  What the record says of this list, without a number:",
        "    Who controls the water?",
        "      left open by stated refusals: joint; left",
        "      left open by stated and inferred refusals: joint",
        "    Who owns the land?",
        "      left open by stated refusals, and by inferred ones too: none",
        "    Issues on which no option is left open by stated refusals: Who owns the land?.",
        "    Issues on which no option is left open by stated and inferred refusals: Who owns the land?.",
    ]


def test_a_frontier_that_is_too_large_is_no_empty_one(here: Path) -> None:
    packages = {"total": "9", "no_red_line": "9", "in_zone": "9"}
    part = {"consent": "all", "packages": packages, "frontier": None, "possible": {"frontier": None}}
    text = "\n".join(settle.lines_of(load_case("mini"), part))
    assert "Frontier of the zone: too large to list." in text
    assert "With unknown options at their best: too many points to list on the frontier." in text
    assert "finding" not in text


def test_the_same_question_has_the_same_bytes(out: Callable[..., str]) -> None:
    once = ("settle", "mini", "--json", "--seed", "7")
    assert out(*once) == out(*once)
    exact = ("settle", "mini", "--json", "--draws", "0")
    assert out(*exact) == out(*exact, "--seed", "7")


def test_progress_goes_to_standard_error_on_request(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["settle", "mini", "--json", "--progress"]) == 0
    printed = capsys.readouterr()
    json.loads(printed.out)
    assert re.search(r"^ *\d+% ", printed.err, re.M)
    assert run(["settle", "mini", "--json"]) == 0
    assert capsys.readouterr().err == ""


# --- import -------------------------------------------------------------------------------------------------


def test_import_writes_a_case_that_settles(here: Path, out: Callable[..., str]) -> None:
    assert out("import", "genius", str(FERRY), "-o", "new/ferry") == "new/ferry\n"
    report = as_json(out("settle", "new/ferry", "--json"))
    assert report["parties"] == ["harbour", "island"]
    assert report["packages"] == {"total": "30", "no_red_line": "30", "in_zone": "16"}
    assert report["reservation"]["harbour"]["value"] == 0.35
    out("check", "new/ferry")


def test_import_notes_what_it_left_out_on_standard_error(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["import", "genius", str(FERRY), "-o", "ferry"])
    assert "template.xml: left out, it holds no evaluation." in capsys.readouterr().err


def test_import_writes_nothing_when_a_file_is_bad(here: Path, out: Callable[..., str]) -> None:
    (here / "bad").mkdir()
    (here / "bad" / "d.xml").write_text("<!DOCTYPE x><x/>")
    out("import", "genius", "bad", "-o", "case", code=2)
    assert not (here / "case").exists()


# --- show, ledger, verify, check ----------------------------------------------------------------------------


@pytest.fixture
def spoken(here: Path) -> Path:
    """Return a folder of documents, beside a case whose positions cite them."""
    import hashlib

    paper = "We demand the water. Let us talk. The land is common.\n"
    corpus = here / "corpus"
    corpus.mkdir()
    (corpus / "paper.txt").write_bytes(paper.encode())
    rows = []
    for number, (sentence, party, issue, day) in enumerate(
        [
            ("We demand the water.", "left", "water", "2022-01-01"),
            ("Let us talk.", "right", "water", "2022-02-01"),
            ("The land is common.", "right", "land", "2022-04-01"),
        ],
        start=1,
    ):
        start = paper.index(sentence)
        end = start + len(sentence)
        span = f"{{paragraph: 0, start: {start}, end: {end}, sha256_16: {span_hash(sentence)}}}"
        rows.append(
            f"- {{id: s{number}, voice: {party}, attribution: direct_quote, "
            f"actors: [{party}], act: demand, issue: {issue}, says: {sentence!r}, "
            f"happened: {day}, public_since: {day}, text_class: official_remark, "
            f"grade: primary_text_read, cites: [{{source: d1, span: {span}}}]}}"
        )
    digest = hashlib.sha256(paper.encode()).hexdigest()
    (here / "spoken.yaml").write_text(SPOKEN.replace("HASH", digest) + "\n".join(rows) + "\n")
    return corpus


def test_show_prints_stated_and_inferred_differently(spoken: Path, out: Callable[..., str]) -> None:
    text = out("show", "spoken.yaml", "--as-of", "2022-02-15")
    rows = {line.split()[0]: line.split() for line in text.splitlines() if line.strip()}
    assert rows["Water"] == ["Water", "·DR", "t··"]
    assert "CAPITAL: the party says so. small: the coder infers it." in text
    assert max(map(len, text.splitlines())) <= WIDEST


def test_show_stops_at_the_date_and_at_the_cut_off(
    here: Path, spoken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def land(*args: str) -> tuple[Any, str]:
        assert run(["show", "spoken.yaml", "--json", *args]) == 0
        printed = capsys.readouterr()
        return json.loads(printed.out)["issues"][1]["cells"].get("right", {}).get("stances"), printed.err

    assert land() == ({}, "")
    assert land("--as-of", "2022-05-01") == (
        {},
        "--as-of 2022-05-01: the case is cut off on 2022-03-01, and the earlier day counts.\n",
    )
    (here / "spoken.yaml").write_text((here / "spoken.yaml").read_text().replace("cut_off: 2022-03-01\n", ""))
    assert land()[0]["o1"]["stance"] == "demands"
    assert land("--as-of", "2022-03-31") == ({}, "")


def test_show_one_issue_in_words(spoken: Path, out: Callable[..., str]) -> None:
    text = out("show", "spoken.yaml", "--issue", "water")
    assert "Left: DEMANDS (stated, 2022-01-01, s1)" in text
    assert "Right: would discuss (inferred, 2022-02-01, s2)" in text
    assert "land" not in text


def test_show_one_party_or_the_parties_of_a_list(spoken: Path, out: Callable[..., str]) -> None:
    assert "Right:" not in out("show", "spoken.yaml", "--party", "left")
    found = as_json(out("show", "spoken.yaml", "--consent", "one", "--json"))
    assert [party["id"] for party in found["parties"]] == ["left"]


def test_show_says_so_where_nothing_is_coded(silent: str, out: Callable[..., str]) -> None:
    assert out("show", silent) == "No party has a coded position in this case on this date.\n"


def test_ledger_in_sentences_and_as_json(spoken: Path, out: Callable[..., str]) -> None:
    text = out("ledger", "spoken.yaml", "--consent", "all")
    assert "Parties with coded positions: Left, Right." in text
    assert "Issues on which all of them have a coded position: 1 of 2." in text
    assert "Consent list one" not in text
    assert "\nAccepted\n" in text
    assert "\nBound but absent\n" in text
    found = as_json(out("ledger", "spoken.yaml", "--json"))
    assert found["speakers"] == ["left", "right"]


def test_the_ledger_says_who_closes_an_issue_and_cuts_long_lists(out: Callable[..., str]) -> None:
    text = out("ledger", "drafts-and-replies-2021-22")
    assert "    NATO enlargement: 4 smallest sets of refusals, one per option.\n" in text
    assert "refused by United States (stated, P018), NATO member states (stated, P017).\n" in text
    assert "    single indivisible package: demanded by Russian Federation.\n" in text
    assert re.search(r"^  … and \d+ more in --json\.$", text, re.M)
    assert text.count("Asked issue by issue, of those who must consent to each.") == 1
    assert "Members: none" not in text


def test_settle_names_whose_lines_cannot_hold_together(out: Callable[..., str]) -> None:
    text = out("settle", "river-basin", "--consent", "cl_basin")
    found = re.findall(r"^ +Cannot hold together: (.*)\.$", text, re.M)
    assert found[0].split("; Melune")[-1] == " refuses at least 40 m³/s (Flow at the border; stated) [MEL-R1-o2]"
    assert "Ostrel refuses no least flow (Flow at the border; inferred) [OST-R1-o1]" in found[1]


def test_verify_proves_spans_and_ends_with_1_where_one_is_broken(spoken: Path, out: Callable[..., str]) -> None:
    assert "3 spans proved, 0 broken." in out("verify", "spoken.yaml", "--corpus", "corpus")
    (spoken / "paper.txt").write_text("We demand the water! Let us talk. The land is common.\n")
    assert "0 spans proved, 3 broken." in out("verify", "spoken.yaml", "--corpus", "corpus", code=1)
    found = as_json(out("verify", "spoken.yaml", "--corpus", "corpus", "--json", code=1))
    assert found["holds"] is False
    assert len(found["broken"]) == 3


def test_export_leaves_what_is_restricted(here: Path, spoken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = here / "spoken.yaml"
    case.write_text(case.read_text().replace("{id: s2,", "{id: s2, visibility: restricted,"))
    assert run(["export", "spoken.yaml", "-o", "public"]) == 0
    printed = capsys.readouterr()
    assert printed.out == "public\n"
    assert printed.err.startswith("Left out: 1 statement, 1 position. Words were not read")
    exported = load_case("public")
    assert ([one.id for one in exported.statements], [one.id for one in exported.positions]) == (
        ["s1", "s3"],
        ["p1", "p3"],
    )
    assert all("s2" not in path.read_text() for path in (here / "public").iterdir())
    assert run(["export", "spoken.yaml", "-o", "full"]) == 2
    assert "is not empty" in capsys.readouterr().err


def test_export_of_a_case_without_secrets_is_the_case(
    here: Path, out: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in library_cases():
        assert run(["export", name, "-o", f"copy/{name}"]) == 0
        assert "Left out: nothing." in capsys.readouterr().err
        assert case_hash(load_case(f"copy/{name}")) == case_hash(load_case(name))


def test_check_finds_gaps_and_ends_with_0(silent: str, out: Callable[..., str]) -> None:
    text = out("check", silent)
    assert "Not coded: members of consent lists: 4" in text
    assert text.splitlines()[-1].startswith("silent: 0 to mend")
    assert as_json(out("check", silent, "--json"))["breaks"] == 0


def test_check_ends_with_1_where_a_party_contradicts_itself(here: Path, spoken: Path, out: Callable[..., str]) -> None:
    case = here / "spoken.yaml"
    case.write_text(
        case.read_text().replace("stances: {o2: demands, o3: rules_out}", "stances: {o2: demands, o3: demands}")
    )
    assert "Contradictions: 1" in out("check", "spoken.yaml", code=1)


def test_check_lists_the_faults_of_a_case_that_does_not_load(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = here / "mini" / "case.yaml"
    case.write_text(case.read_text().replace("{water: 0.6, land: 0.4}", "{watr: 0.6, land: -1}"))
    assert run(["check", "mini"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 2
    assert all(re.match(r"mini/case\.yaml:\d+, ", line) for line in printed.err.splitlines())


# --- new, cases, schema, brief ------------------------------------------------------------------------------


def test_new_writes_a_case_that_passes_its_check(out: Callable[..., str]) -> None:
    assert out("new", "mine") == "mine\n"
    out("check", "mine")


def test_cases_lists_the_library(out: Callable[..., str]) -> None:
    rows = as_json(out("cases", "--json"))
    assert "drafts-and-replies-2021-22" in [row["id"] for row in rows]
    assert "drafts-and-replies-2021-22" in out("cases")


def test_schema_can_be_written_to_a_file(here: Path, out: Callable[..., str]) -> None:
    assert out("schema", "-o", "deep/er/schema.json") == "deep/er/schema.json\n"
    assert json.loads((here / "deep" / "er" / "schema.json").read_text())["title"] == "A case of détente"
    assert [path.name for path in (here / "deep" / "er").iterdir()] == ["schema.json"]


def test_brief_prints_the_paths_of_its_files(here: Path, spoken: Path, out: Callable[..., str]) -> None:
    paths = out("brief", "spoken.yaml", "-o", "out").split()
    assert {Path(path).name for path in paths} >= {"brief.html", "brief.md", "brief.json"}
    assert all((here / path).is_file() for path in paths)
    assert out("brief", "spoken.yaml").split()[0].startswith("brief-spoken")


# --- what is said beside the answer -------------------------------------------------------------------------


def test_a_day_before_anything_was_public_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    for day, said in (("1800-01-01", True), ("2019-12-31", False)):
        assert run(["ledger", "river-basin", "--as-of", day]) == 0
        assert (f"--as-of {day}: nothing of this case was public yet; the first of it was on 20" in
                capsys.readouterr().err) is said  # fmt: skip


def test_a_lens_is_suggested(capsys: pytest.CaptureFixture[str]) -> None:
    for typed, meant in (("lens-000", "lens_000"), ("LENS_002", "lens_002")):
        assert run(["ledger", "drafts-and-replies-2021-22", "--lens", typed]) == 2
        assert f'Did you mean "{meant}"?' in capsys.readouterr().err


def test_every_command_that_reads_through_a_lens_says_what_it_changes(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["show"], ["ledger"], ["settle", "--consent", "cl_C4", "--draws", "0"]):
        assert run([command[0], "settlement-talks-2024", *command[1:], "--lens", "lens_004"]) == 0
        first, *idle = capsys.readouterr().err.splitlines()
        assert first == "Lens lens_004: 5 of its 8 overrides change a number."
        assert [line.partition(" (")[0] for line in idle] == [
            "  Changes nothing: RUS time.patience_6m",
            "  Changes nothing: EU time.patience_6m",
            "  Changes nothing: RUS red_lines.C03_western_presence.o4.p_binding",
        ]


def test_a_settlement_says_which_lenses_are_silent_and_what_one_changes(out: Callable[..., str]) -> None:
    asked = ("settle", "settlement-talks-2024", "--consent", "cl_C4", "--draws", "0")
    silent = ["lens_000", "lens_001", "lens_002", "lens_003"]
    assert out(*asked).splitlines()[-1].endswith("lens_000, lens_001, lens_002, lens_003.")
    assert json.loads(out(*asked, "--json"))["lenses_without_effect"] == silent
    told = json.loads(out(*asked, "--lens", "lens_004", "--json"))["lens"]
    assert (told["id"], told["has_effect"], len(told["applied"]), len(told["unresolved"])) == ("lens_004", True, 5, 3)
    belief = told["applied"][0]
    assert (belief["party"], belief["path"], belief["op"]) == ("RUS", "no_agreement.beliefs.C4", "add")
    assert [belief[when][0]["mode"] for when in ("before", "after")] == pytest.approx([0.25, 0.4])
    assert told["unresolved"][2]["reason"] == "the party has no red line that refuses just this option"
    nothing = json.loads(out(*asked, "--lens", "lens_001", "--json"))["lens"]
    assert (nothing["has_effect"], nothing["applied"], nothing["unresolved"]) == (False, [], [])


def test_a_lens_from_after_the_cut_off_cannot_be_had_by_a_later_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["settle", "drafts-and-replies-2021-22", "--lens", "lens_003", "--as-of", "2022-05-01"]) == 2
    assert "The case is cut off on 2022-02-23: choose another lens." in capsys.readouterr().err


def test_check_lists_fifty_faults_and_counts_the_rest(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = here / "mini" / "case.yaml"
    wrong = "".join(
        f"- {{id: w{n}, party: nobody, issue: water, because: [s9], stances: {{o1: demands}}}}\n" for n in range(60)
    )
    case.write_text(case.read_text().replace("positions:\n", f"positions:\n{wrong}"))
    assert run(["check", "mini"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert (len(lines), lines[-1]) == (51, "… and 70 more; --json lists all.")


def test_check_lists_files_that_nobody_reads(here: Path, out: Callable[..., str]) -> None:
    (here / "mini" / "notes.yaml").write_text("a: 1")
    for more in ((), ("--as-of", "2022-01-01")):
        assert "Files that are not read: 1\n  mini/notes.yaml is not read." in out("check", "mini", *more)


# --- breakpoints --------------------------------------------------------------------------------------------


def test_breakpoints_say_what_turns_each_conclusion(out: Callable[..., str]) -> None:
    text = out("breakpoints", "mini", "--consent", "all")
    assert text.startswith("Consent list all (Both)\n  Some package keeps the stated red lines.")
    assert re.search(
        r"It turns if Left: value of no agreement, now [\d.]+, is above [\d.]+, outside its judged range", text
    )


def test_breakpoints_name_numbers_in_words_and_count_those_beyond_their_scale(out: Callable[..., str]) -> None:
    text = out("breakpoints", "drafts-and-replies-2021-22", "--consent", "cl_A1")
    assert "no_agreement." not in text
    assert "weights." not in text
    assert re.search(r"For \d+ (further )?numbers? only a value beyond the scale would do", text)
    assert "United States: value of the scenario “continued stand-off" not in text  # turns above 1.7 of 1
    assert "Russian Federation: weight of NATO enlargement [A04_nato_enlargement], now 0.2268, is above 0.95" in text


def test_breakpoints_begin_with_another_party_in_turn(out: Callable[..., str]) -> None:
    text = out("breakpoints", "river-basin", "--consent", "cl_basin")
    first = re.findall(r"any one of these did not bind: (\w+) refuses", text)
    assert {"Tarvia", "Melune"} == set(first)
    assert abs(first.count("Tarvia") - first.count("Melune")) <= 1


def test_many_pairs_are_counted_with_all_their_parties_and_not_cut(out: Callable[..., str]) -> None:
    text = out("breakpoints", "settlement-talks-2024", "--consent", "cl_C1")
    said = re.findall(r"in (\d+) ways, with judgements of (.*); --json lists all", text)
    assert {frozenset(who.split(", ")) for _, who in said} == {frozenset({"Ukraine", "Russian Federation"})}
    report = as_json(out("breakpoints", "settlement-talks-2024", "--consent", "cl_C1", "--json"))
    pairs = [len(one["pairs"]) for one in report["by_consent"]["cl_C1"]["conclusions"]]
    assert {int(number) for number, _ in said} <= set(pairs)


def test_settle_counts_sets_of_lines_and_prints_no_probability_of_them(out: Callable[..., str]) -> None:
    text = out("settle", "river-basin", "--consent", "cl_basin")
    assert "judged at" not in text
    assert re.search(r"Smallest sets of several lines .* at their worst: 1, with lines of Ostrel, Melune; --json", text)
    assert "If packages could be mixed, by shares or by lot: computed for two parties only." in text
    assert "got 3" not in text


def test_breakpoints_json_is_the_report(out: Callable[..., str]) -> None:
    report = as_json(out("breakpoints", "mini", "--consent", "all", "--json"))
    (first, *_) = report["by_consent"]["all"]["conclusions"]
    assert list(first) == ["conclusion", "now", "singles", "pairs", "notes"]


def test_settle_says_what_each_demand_keeps_closed(here: Path, out: Callable[..., str]) -> None:
    case = here / "mini" / "case.yaml"
    case.write_text(case.read_text().replace("reservation: 0.3", "reservation: 0.9"))
    text = out("settle", "mini", "--consent", "all")
    assert "Packages in the zone if this alone did not hold, the reservation of Left: " in text
    assert "Packages in the zone if this alone did not hold, the reservation of Right: " in text
    assert re.search(r"Packages that keep these lines, .*, fall short: ", text)
