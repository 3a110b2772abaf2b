"""Genius files, our own small ones and, where the shared folder is there, the distributed ones."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element as Node
from xml.etree.ElementTree import SubElement as Sub

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case.case import Case
from detente.core.errors import ImportFileError
from detente.interchange.genius import import_genius, read_genius
from detente.interchange.xml_tree import DEEPEST, LARGEST_FILE

FERRY = Path(__file__).parent / "data" / "ferry"
EXACT = 1e-12  # sums of a few doubles in another order


def utility(case: Case, party: str, package: dict[str, str]) -> float:
    """Return what a package is worth: weights times values, nothing rescaled."""
    preference = case.preference[party]
    return sum(
        preference.weights[issue].mode * preference.values[issue][option][0].mode for issue, option in package.items()
    )


def values(case: Case, party: str, issue: str) -> list[float]:
    return [series[0].mode for series in case.preference[party].values[issue].values()]


def packages(case: Case) -> Iterator[dict[str, str]]:
    options = [[option.id for option in issue.options] for issue in case.issues]
    for chosen in itertools.product(*options):
        yield dict(zip((issue.id for issue in case.issues), chosen, strict=True))


# --- Our own files ------------------------------------------------------------------------------------------


def test_a_folder_becomes_a_case_with_one_party_for_each_profile() -> None:
    found = import_genius([FERRY])
    case = found.case
    assert case.title == "Ferry"
    assert [party.id for party in case.parties] == ["harbour", "island"]
    assert [issue.title for issue in case.issues] == ["Route", "Crossings", "Fare"]
    assert [issue.id for issue in case.issues] == ["i1", "i2", "i3"]
    assert case.consent_list["all"].parties == ("harbour", "island")
    assert case.licence == "as of the imported files: not stated"
    assert case.authors == ("imported from Genius",)


def test_what_a_folder_holds_besides_is_left_out_and_noted() -> None:
    notes = import_genius([FERRY]).notes
    assert "template.xml: left out, it holds no evaluation." in notes
    assert "notes.xml: left out, it is no Genius file (its root is <notes>)." in notes


def test_files_may_be_named_in_any_order() -> None:
    named = read_genius([FERRY / "island.xml", FERRY / "ferry_domain.xml", FERRY / "harbour.xml"])
    assert [party.id for party in named.parties] == ["island", "harbour"]


def test_options_are_matched_by_their_value_whatever_the_index() -> None:
    case = read_genius([FERRY])
    assert [option.text for option in case.issue["i1"].options] == ["direct", "by the island", "both"]
    assert values(case, "harbour", "i1") == [1.0, 0.25, 0.625]


def test_items_inside_other_elements_are_not_options() -> None:
    assert values(read_genius([FERRY]), "harbour", "i1")[0] == 1.0  # 900 stands in a criteria_function


def test_the_last_of_two_evaluations_counts() -> None:
    found = import_genius([FERRY])
    assert values(found.case, "island", "i1")[0] == 0.0
    assert any("evaluated twice; the last (0, line 5) counts" in note for note in found.notes)


def test_a_value_that_the_domain_lacks_counts_for_the_best_only_and_negative_ones_stay() -> None:
    assert values(read_genius([FERRY]), "island", "i1") == [0.0, 6 / 8, -2 / 8]


def test_an_issue_without_a_positive_evaluation_is_worth_nothing() -> None:
    found = import_genius([FERRY])
    assert values(found.case, "island", "i3") == [0.0, 0.0]
    assert any('issue "Fare" has no positive evaluation' in note for note in found.notes)


def test_integer_issues_are_linear_from_the_lower_bound_and_kept_within_0_and_1() -> None:
    case = read_genius([FERRY])
    assert [(option.text, option.value) for option in case.issue["i2"].options] == [
        (str(number), number) for number in range(2, 7)
    ]
    assert values(case, "harbour", "i2") == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert values(case, "island", "i2") == pytest.approx([0.0, 0.2, 0.6, 1.0, 1.0], abs=EXACT)


def test_weights_stand_as_in_the_file_and_those_of_nested_objectives_are_not_multiplied_in() -> None:
    case = read_genius([FERRY])
    assert [weight.mode for weight in case.preference["harbour"].weights.values()] == [0.5, 0.3, 0.2]
    assert [weight.mode for weight in case.preference["island"].weights.values()] == [0.6, 0.3, 0.2]


def test_the_scale_is_that_of_the_files() -> None:
    case = read_genius([FERRY])
    assert case.scale is not None
    assert case.scale.low == -2 / 8  # a value below every utility
    assert case.scale.high == 1.0  # the upper end of Genius's own
    worth = [utility(case, party.id, package) for party in case.parties for package in packages(case)]
    assert case.scale.low <= min(worth)
    assert max(worth) <= case.scale.high


def test_reservations_are_kept_and_discounts_noted() -> None:
    found = import_genius([FERRY])
    assert [found.case.preference[party].reservation.mode for party in ("harbour", "island")] == [0.35, 0.1]  # type: ignore[union-attr]
    assert any("the discount factor 0.9 is not applied" in note for note in found.notes)
    assert "discount factor 0.9" in str(found.case.preference["harbour"].note)


def test_an_issue_with_a_single_value_is_read(tmp_path: Path) -> None:
    write(tmp_path, PROFILE, DOMAIN.replace('value="b"', 'value="a"'))
    assert [len(issue.options) for issue in read_genius([tmp_path]).issues] == [1]


def test_a_profile_without_reservation_has_none(tmp_path: Path) -> None:
    write(tmp_path, PROFILE.replace('<reservation value="0.2"/>', ""))
    assert read_genius([tmp_path]).preference["p"].reservation is None


@pytest.mark.parametrize("first", [0, 1, 2])
def test_indices_may_start_anywhere(tmp_path: Path, first: int) -> None:
    text = DOMAIN.replace('index="7"', f'index="{first}"'), PROFILE.replace('index="7"', f'index="{first}"')
    write(tmp_path, text[1], domain=text[0])
    assert values(read_genius([tmp_path]), "p", "i1") == [0.5, 1.0]


def test_an_issue_with_another_index_is_read_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, PROFILE.replace('index="7"', 'index="8"'))
    found = import_genius([tmp_path])
    assert values(found.case, "p", "i1") == [0.5, 1.0]
    assert any("is read by its name" in note for note in found.notes)


def test_older_files_keep_the_bounds_in_a_range(tmp_path: Path) -> None:
    domain = DOMAIN.replace(
        '<item index="1" value="a"/><item index="2" value="b"/>', '<range lowerbound="1" upperbound="3"/>'
    )
    domain = domain.replace('name="One"', 'name="One" type="integer"')
    profile = PROFILE.replace(
        '<item index="1" value="a" evaluation="1"/><item index="2" value="b" evaluation="2"/>',
        '<range lowerbound="1" upperbound="3"/><evaluator slope="-0.5" offset="1"/>',
    )
    write(tmp_path, profile, domain=domain)
    assert values(read_genius([tmp_path]), "p", "i1") == [1.0, 0.5, 0.0]


def test_party_ids_are_unique_plain_words(tmp_path: Path) -> None:
    (tmp_path / "d.xml").write_text(DOMAIN)
    for name in ("Côté A.xml", "cote_a.xml", "!!.xml"):
        (tmp_path / name).write_text(PROFILE)
    found = import_genius([tmp_path])
    assert sorted(party.id for party in found.case.parties) == ["cote-a", "cote-a-2", "imported"]
    assert any(note.startswith("3 profiles make 3 parties") for note in found.notes)


def test_the_case_can_be_written_and_read_again(tmp_path: Path) -> None:
    from detente.case.load import load_case
    from detente.case.save import dump_case

    (tmp_path / "d.xml").write_bytes((FERRY / "ferry_domain.xml").read_bytes())
    small = (FERRY / "harbour.xml").read_text().replace('evaluation="10"', 'evaluation="0.0004"')  # 0.00001 of the best
    (tmp_path / "p.xml").write_text(small)
    case = read_genius([tmp_path])
    assert values(case, "p", "i1")[1] == pytest.approx(1e-5)
    dump_case(case, tmp_path / "ferry")
    again = load_case(tmp_path / "ferry")
    assert again.preferences == case.preferences
    assert again == case


names = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=12)
numbers = st.floats(min_value=-1000, max_value=1000, allow_nan=False, allow_infinity=False)


@st.composite
def profiles(draw: st.DrawFn) -> list[tuple[str, float, dict[str, float]]]:
    """Draw issues, each with a name, a weight and an evaluation of every value."""
    titles = draw(st.lists(names, min_size=1, max_size=4, unique_by=lambda name: name.strip().casefold()))
    weight = st.floats(min_value=0, max_value=2)
    return [(title, draw(weight), draw(st.dictionaries(names, numbers, min_size=2, max_size=5))) for title in titles]


@given(profile=profiles(), first=st.integers(min_value=0, max_value=9))
def test_every_additive_profile_keeps_its_utilities(
    tmp_path_factory: pytest.TempPathFactory, profile: list[tuple[str, float, dict[str, float]]], first: int
) -> None:
    root, domain = Node("utility_space"), Node("negotiation_template")
    mine = Sub(root, "objective", index="99")
    theirs = Sub(Sub(domain, "utility_space"), "objective", index="99")
    for index, (title, weight, evaluations) in enumerate(profile, start=first):
        Sub(mine, "weight", index=str(index), value=repr(weight))
        issue = Sub(mine, "issue", index=str(index), name=title)
        named = Sub(theirs, "issue", index=str(index), name=title)
        for value, evaluation in evaluations.items():
            Sub(issue, "item", index="1", value=value, evaluation=repr(evaluation))
            Sub(named, "item", index="1", value=value)
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "d.xml").write_bytes(ElementTree.tostring(domain))
    (folder / "p.xml").write_bytes(ElementTree.tostring(root))
    case = read_genius([folder])
    for issue_, (_, weight, evaluations) in zip(case.issues, profile, strict=True):
        best = max(evaluations.values())
        expected = [evaluation / best if best >= 0.00001 else 0.0 for evaluation in evaluations.values()]
        assert values(case, "p", issue_.id) == expected
        assert case.preference["p"].weights[issue_.id].mode == weight


# --- Bad files ----------------------------------------------------------------------------------------------

DOMAIN = (
    '<negotiation_template><utility_space><objective index="50" name="D">'
    '<issue index="7" name="One"><item index="1" value="a"/><item index="2" value="b"/></issue>'
    "</objective></utility_space></negotiation_template>"
)
PROFILE = (
    '<utility_space><objective index="50"><weight index="7" value="1"/>'
    '<issue index="7" name="One"><item index="1" value="a" evaluation="1"/><item index="2" value="b" evaluation="2"/>'
    '</issue></objective><reservation value="0.2"/></utility_space>'
)


def write(folder: Path, profile: str | bytes, domain: str = DOMAIN) -> None:
    (folder / "d.xml").write_text(domain, encoding="utf-8")
    (folder / "p.xml").write_bytes(profile if isinstance(profile, bytes) else profile.encode())


@dataclass(frozen=True, slots=True)
class Bad:
    """A malformed pair of files and what the one line about it must say."""

    name: str
    profile: str | bytes
    says: str
    domain: str = DOMAIN


LAUGHS = '<!DOCTYPE z [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + PROFILE
BAD = (
    Bad("not XML", "weights: 1", "p.xml:1: not readable as XML"),
    Bad("cut off", PROFILE[:-20], "not readable as XML"),
    Bad("binary", bytes(range(256)), "not readable as XML"),
    Bad("empty", "", "the file is empty"),
    Bad("entity bomb", LAUGHS, 'declares a document type (DOCTYPE), got "z"'),
    Bad("unknown encoding", f'<?xml version="1.0" encoding="klingon"?>{PROFILE}', "encoding"),
    Bad("too deep", "<utility_space>" * (DEEPEST + 1), "nested too deep, got 51"),
    Bad("too large", b" " * (LARGEST_FILE + 1), "the file is too large"),
    Bad(
        "real issue",
        PROFILE,
        'issue "One" is of a type that cannot be imported, got "real"',
        DOMAIN.replace('name="One"', 'name="One" type="real"'),
    ),
    Bad("unknown type", PROFILE, 'got "fuzzy"', DOMAIN.replace('name="One"', 'name="One" type="fuzzy"')),
    Bad("no issue", PROFILE, "the domain has no issue", DOMAIN.replace("issue", "topic")),
    Bad(
        "same index twice",
        PROFILE,
        "has the index of issue",
        DOMAIN.replace(
            "</objective>", '<issue index="7" name="Two"><item value="a"/><item value="b"/></issue></objective>'
        ),
    ),
    Bad("integer without bounds", PROFILE, "has no bounds", DOMAIN.replace('name="One"', 'name="One" type="integer"')),
    Bad(
        "integer too wide",
        PROFILE,
        'got "1000001 options"',
        DOMAIN.replace('name="One"', 'name="One" type="integer" lowerbound="0" upperbound="1000000"'),
    ),
    Bad(
        "bounds no numbers",
        PROFILE,
        'lowerbound of <issue> is not a number, got "x"',
        DOMAIN.replace('name="One"', 'name="One" type="integer" lowerbound="x" upperbound="1"'),
    ),
    Bad(
        "evaluation no number",
        PROFILE.replace('evaluation="2"', 'evaluation="two"'),
        'evaluation of <item> is not a number, got "two"',
    ),
    Bad("evaluation not finite", PROFILE.replace('evaluation="2"', 'evaluation="NaN"'), 'got "NaN"'),
    Bad("evaluation missing", PROFILE.replace(' evaluation="2"', ""), 'has no evaluation of its value "b"'),
    Bad("item without value", PROFILE.replace(' value="b"', ""), "an item has no value"),
    Bad("no weight", PROFILE.replace('<weight index="7" value="1"/>', ""), 'issue "One" has no weight'),
    Bad("negative weight", PROFILE.replace('value="1"/>', 'value="-1"/>', 1), "is negative, got -1.0"),
    Bad("weight overflows", PROFILE.replace('value="1"/>', 'value="1e999"/>', 1), 'got "1e999"'),
    Bad("reservation no number", PROFILE.replace("0.2", "lots"), 'value of <reservation> is not a number, got "lots"'),
    Bad(
        "other domain",
        PROFILE.replace('index="7" name="One"', 'index="9" name="Other"'),
        'issue 7, "One", of the domain is missing',
    ),
    Bad(
        "exchanged",
        PROFILE.replace("</objective>", '<issue index="8" name="One"/></objective>').replace(
            'index="7" name="One"', 'index="7" name="Two"'
        ),
        "another issue here",
    ),
    Bad(
        "not additive",
        PROFILE.replace("</objective>", "<utility_function/></objective>"),
        "the profile is not additive",
    ),
    Bad(
        "all null",
        PROFILE.replace('evaluation="1"', 'evaluation="null"').replace('evaluation="2"', 'evaluation="null"'),
        "there is no preference profile to import",
    ),
    Bad("two domains", DOMAIN, "not exactly one domain"),
    Bad("no domain", PROFILE, "not exactly one domain", PROFILE),
)


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_a_malformed_file_is_one_line(tmp_path: Path, bad: Bad) -> None:
    write(tmp_path, bad.profile, domain=bad.domain)
    with pytest.raises(ImportFileError) as caught:
        import_genius([tmp_path])
    line = caught.value.line()
    assert bad.says in line
    assert "\n" not in line
    assert line.endswith(".")


@pytest.mark.parametrize(
    ("paths", "says"),
    [
        (lambda folder: [folder / "nowhere.xml"], "cannot be read (No such file or directory)"),
        (lambda folder: [folder / "d.xml", folder / "template.xml"], 'no evaluation of its value "a"'),
        (lambda folder: [folder / "d.xml", folder / "p.xml", folder / "p.xml"], "the file is given twice"),
        (lambda folder: [folder / "d.xml", folder], "a folder is given together with files"),
        (lambda folder: [folder / "d.xml"], "there is no preference profile to import"),
        (lambda folder: [folder / "d.xml", folder / "other.xml"], "not a Genius file"),
        (lambda folder: [folder / "inner"], "the folder holds no XML file"),
    ],
)
def test_wrong_paths_are_one_line(tmp_path: Path, paths: Callable[[Path], list[Path]], says: str) -> None:
    write(tmp_path, PROFILE)
    blank = PROFILE.replace('evaluation="1"', 'evaluation="null"').replace('evaluation="2"', 'evaluation="null"')
    (tmp_path / "template.xml").write_text(blank)
    (tmp_path / "other.xml").write_text("<other/>")
    (tmp_path / "inner").mkdir()
    with pytest.raises(ImportFileError, match=r"\A.+\Z") as caught:
        import_genius(paths(tmp_path))
    assert says in caught.value.line()


# --- The files distributed with Genius 10.4 -----------------------------------------------------------------


def additive(path: Path) -> list[dict[str, float]]:
    """Return, apart from the importer, what each value of each issue of a discrete profile is worth."""
    root = ElementTree.parse(path).getroot()
    weights = {weight.get("index"): float(weight.get("value", "nan")) for weight in root.iter("weight")}
    rows = []
    for issue in root.iter("issue"):
        raw = {item.get("value", ""): float(item.get("evaluation", "nan")) for item in issue.findall("item")}
        rows.append({value: weights[issue.get("index")] * number / max(raw.values()) for value, number in raw.items()})
    return rows


@pytest.mark.shared
@pytest.mark.parametrize(
    ("folder", "parties"), [("AMPOvsCity", 2), ("ItexvsCypressDomain", 22), ("laptopdomain", 3), ("partydomain", 17)]
)
def test_a_distributed_domain_keeps_its_utilities(shared: Path, folder: str, parties: int) -> None:
    where = shared / "peers" / "genius" / folder
    case = read_genius([where])
    assert len(case.parties) == parties
    for party in case.parties:
        rows = additive(where / f"{party.name}.xml")
        for issue, row in zip(case.issues, rows, strict=True):
            for option in issue.options:
                mine = utility(case, party.id, {issue.id: option.id})
                assert mine == pytest.approx(row[str(option.text)], abs=EXACT)


@pytest.mark.shared
def test_the_double_evaluation_of_ampo_is_read_as_in_genius(shared: Path) -> None:
    found = import_genius([shared / "peers" / "genius" / "AMPOvsCity"])
    assert values(found.case, "ampo-vs-city-ampo-space", "i1") == [0.08, 0.36, 0.64, 0.84, 0.96, 1.0]
    assert any("evaluated twice" in note for note in found.notes)


@pytest.mark.shared
def test_real_valued_issues_are_refused_by_name(shared: Path) -> None:
    with pytest.raises(ImportFileError, match=r'car_domain\.xml:48: issue "Price" is of a type .* got "real"'):
        import_genius([shared / "peers" / "genius" / "2nd_hand_car"])


@pytest.mark.shared
def test_an_empty_profile_is_refused_where_it_is_named(shared: Path) -> None:
    where = shared / "peers" / "genius" / "laptopdomain"
    with pytest.raises(ImportFileError, match=r'laptop_empty_utility\.xml:4: issue "Laptop" has no evaluation'):
        import_genius([where / "laptop_domain.xml", where / "laptop_empty_utility.xml"])


@pytest.mark.shared
def test_within_each_issue_the_values_agree_with_negmas(shared: Path) -> None:
    """NegMAS's record of the same domain rescales issues to 0 and has the weights of the 2010 contest.

    So the two agree in what is common to both: how far each option lies between the worst and the best of its issue.
    """
    oracle = json.loads((shared / "oracles/packages/genius/anac2010-ItexvsCypress.json").read_text())
    where = shared / "peers" / "genius" / "ItexvsCypressDomain"
    names = ("ItexvsCypress_CypressA10.xml", "ItexvsCypress_ItexB100.xml")
    case = read_genius([where / "ItexvsCypress_domain.xml", *(where / name for name in names)])
    for party, theirs in zip(case.parties, oracle["parties"], strict=True):
        for issue, record, terms in zip(case.issues, oracle["issues"], theirs["utility"]["terms"], strict=True):
            assert [option.text for option in issue.options] == record["values"]
            assert between(values(case, party.id, issue.id)) == pytest.approx(between(terms), abs=EXACT)


def between(row: list[float]) -> list[float]:
    low, high = min(row), max(row)
    return [(value - low) / (high - low) for value in row]
