"""What the ledger says of a small dispute whose answers can be read off by hand."""

from __future__ import annotations

from typing import Any

from detente.case.ledger import ledger
from detente.case.ledger.assent import members_on, missing_assent
from detente.case.ledger.linkage import Linkage
from detente.case.ledger.movement import Direction, movements
from detente.case.ledger.overlap import Meeting
from detente.case.ledger.stances import held_stances
from detente.case.position import Stance
from tests.ledger.small_case import inferred, position, small_case, statement


def test_the_latest_word_on_an_option_counts_and_older_words_on_others_stay() -> None:
    held = held_stances(small_case(), "A", "bases")
    assert {o: (h.stance.value, h.position) for o, h in held.items()} == {
        "o1": ("demands", "P4"),
        "o2": ("would_discuss", "P4"),
        "o3": ("rules_out", "P1"),
    }


def test_a_represented_group_holds_what_its_speaker_says() -> None:
    held = held_stances(small_case(), "ALL_U", "bases")
    assert {(h.party, h.speaker) for h in held.values()} == {("ALL_U", "U")}


def test_nobody_accepts_unless_somebody_says_so() -> None:
    assert ledger(small_case()).accepted == ()
    accepting = small_case(
        positions=[position("P1", "A", "bases", {"o3": "would_accept"})],
        answers=[],
        texts=[],
    )
    assert [(h.party, h.option) for h in ledger(accepting).accepted] == [("A", "o3")]


def test_refusals_close_an_issue_only_when_every_option_is_refused() -> None:
    by_name = {entry.roll.consent_list.id: entry for entry in ledger(small_case()).lists}
    assert by_name["two"].closed_by_stated == ()
    assert {o.issue: o.by_stated for o in by_name["two"].open_options}["bases"] == ("o2",)
    late_refusal = small_case(
        statements=[*_statements(), statement("S-P7", "B", "2020-05-01", "later")],
        positions=[*_positions(), position("P7", "B", "bases", {"o2": "rules_out"})],
    )
    closed = {entry.roll.consent_list.id: entry for entry in ledger(late_refusal).lists}["three"]
    assert [c.issue for c in closed.closed_by_stated] == ["bases"]
    both = closed.closed_by_stated_and_inferred[0]
    assert both.set_count == 2  # o1 by B or by the Union (inferred), o2 by B, o3 by A
    assert [[h.party for h in chosen] for chosen in both.sets] == [["B", "B", "A"], ["ALL_U", "B", "A"]]


def test_overlap_tells_words_from_reading() -> None:
    by_name = {entry.roll.consent_list.id: entry for entry in ledger(small_case()).lists}
    meetings = {(o.first, o.second, o.issue): o.meeting for o in by_name["three"].overlaps}
    assert meetings["A", "B", "bases"] is Meeting.APART
    assert meetings["A", "ALL_U", "bases"] is Meeting.IN_WORDS_BOTH_USED
    assert meetings["A", "B", "visits"] is Meeting.IN_OUR_READING
    assert meetings["A", "B", "form"] is Meeting.NOT_CODED


def test_a_party_moves_when_it_opens_what_it_had_refused() -> None:
    found = [(m.party, m.option, m.before, m.after, m.direction) for m in ledger(small_case()).movements]
    assert found == [("A", "o2", Stance.RULES_OUT, Stance.WOULD_DISCUSS, Direction.OPENED)]


def test_answers_are_tallied_and_silences_are_those_of_all_addressees() -> None:
    book = ledger(small_case())
    assert [(t.text, t.addressee, t.articles, t.answered, t.no_answer) for t in book.tallies] == [
        ("draft", "B", 2, 1, 1),
        ("draft", "U", 1, 0, 1),
        ("reply-b", "A", 1, 0, 1),
    ]
    assert [(s.text, s.article, s.item, s.addressees) for s in book.silences] == [
        ("draft", "2", None, ("B", "U")),
        ("reply-b", None, "a statement instead", ("A",)),
    ]


def test_the_agenda_belongs_to_the_text_that_raised_an_issue_first() -> None:
    shares = {share.authors: share.issues for share in ledger(small_case()).agenda}
    assert shares == {("A",): ("bases",), ("B",): ("form",), (): ("visits",)}


def test_two_replies_to_one_text_are_compared() -> None:
    differences = {d.issue: d for d in ledger(small_case()).reply_differences}
    assert set(differences) == {"bases", "visits"}
    assert differences["visits"].second_says == {}
    assert set(differences["bases"].positions) == {"P2", "P3"}


def test_fears_are_the_parties_own_and_acknowledgements_are_links() -> None:
    [concern] = ledger(small_case()).concerns
    assert (concern.party, [s.id for s in concern.acknowledged_by]) == ("A", ["S-P2"])


def test_a_party_does_not_acknowledge_its_own_fear() -> None:
    case = small_case()
    own = {one.id: one.model_copy(update={"actors": ("A",)}) for one in case.statements if one.acknowledges}
    case = case.model_copy(update={"statements": tuple(own.get(one.id, one) for one in case.statements)})
    assert [concern.acknowledged_by for concern in ledger(case).concerns] == [()]
    joint = {name: one.model_copy(update={"actors": ("A", "B")}) for name, one in own.items()}
    case = case.model_copy(update={"statements": tuple(joint.get(one.id, one) for one in case.statements)})
    assert [one.id for concern in ledger(case).concerns for one in concern.acknowledged_by] == ["S-P2"]


def test_who_must_be_coded_before_a_change_may_be_shown() -> None:
    case = small_case()
    assert missing_assent(case, "bases", "o1", ["A", "B"]) == ("H",)
    assert missing_assent(case, "visits", "o2", ["A", "B"]) == ()
    assert missing_assent(case, "visits", "o2", ["A", "B", "ALL_U"]) == ("ALL_U",)


def test_consent_lists_say_what_they_share_and_who_is_missing() -> None:
    rolls = {entry.roll.consent_list.id: entry.roll for entry in ledger(small_case()).lists}
    assert rolls["two"].shared == ("bases", "visits")
    assert rolls["three"].shared == ("bases",)
    assert rolls["three"].represented == (("ALL_U", "U"),)
    assert rolls["four"].missing == ("H",)
    assert members_on(small_case(), rolls["each"].consent_list, "bases") == ("A", "B", "H")


def test_a_text_demands_a_partial_package() -> None:
    packages = {package.id: dict(package.choice) for package in ledger(small_case()).tabled}
    assert packages == {
        "draft": {"bases": "o1", "visits": "o2"},
        "reply-b": {"bases": "o3"},
        "reply-u": {"bases": "o3"},
    }


def test_swapping_two_labels_swaps_the_findings_and_nothing_else() -> None:
    swap = {"A": "B", "B": "A"}
    plain = small_case(texts=[], answers=[], parties=_plain_parties())
    swapped = small_case(
        texts=[],
        answers=[],
        parties=_plain_parties(),
        statements=[{**s, "actors": [swap.get(a, a) for a in s["actors"]]} for s in _statements()],
        positions=[{**p, "party": swap.get(p["party"], p["party"])} for p in _positions()],
    )
    one = {entry.roll.consent_list.id: entry for entry in ledger(plain).lists}["two"]
    other = {entry.roll.consent_list.id: entry for entry in ledger(swapped).lists}["two"]
    assert one.open_options == other.open_options
    assert [(o.issue, o.meeting) for o in one.overlaps] == [(o.issue, o.meeting) for o in other.overlaps]
    assert [(swap.get(m.party, m.party), m.issue, m.option, m.direction) for m in ledger(plain).movements] == [
        (m.party, m.issue, m.option, m.direction) for m in ledger(swapped).movements
    ]


def _plain_parties() -> list[dict[str, str]]:
    return [{"id": name, "name": name, "kind": "state"} for name in ("A", "B", "U", "ALL_U", "H")]


def _statements() -> list[dict[str, object]]:
    return [s.model_dump(mode="json", exclude_unset=True) for s in small_case().statements]


def _positions() -> list[dict[str, object]]:
    return [p.model_dump(mode="json", exclude_unset=True) for p in small_case().positions]


def test_an_inferred_word_never_counts_as_stated() -> None:
    case = small_case(positions=[position("P1", "A", "bases", {"o1": inferred("rules_out")})], texts=[], answers=[])
    two = {entry.roll.consent_list.id: entry for entry in ledger(case).lists}["two"]
    bases = two.open_options[0]
    assert (bases.by_stated, bases.by_stated_and_inferred) == (("o1", "o2", "o3"), ("o2", "o3"))


def test_a_changed_copy_of_a_case_forgets_the_indexes_of_the_original() -> None:
    case = small_case()
    assert "A" in case.party
    assert "A" not in case.model_copy(update={"parties": case.parties[1:]}).party


def test_of_two_voices_on_one_day_neither_ends_the_others_demand() -> None:
    """Whatever their ids: P1 asks for o1; later, on one day, one voice asks for o2 and another again for o1."""
    for first, second in (("o1", "o2"), ("o2", "o1")):
        case = small_case(
            statements=[statement(f"S-P{n}", "A", day, "note") for n, day in ((1, "2020-01-01"), (2, "2020-02-01"))]
            + [statement("S-P3", "A", "2020-02-01", "note")],
            positions=[
                position("P1", "A", "bases", {"o1": "demands"}),
                position("P2", "A", "bases", {first: "demands"}),
                position("P3", "A", "bases", {second: "demands"}),
            ],
            answers=[],
            texts=[],
        )
        held = held_stances(case, "A", "bases")
        assert {option: one.stance for option, one in held.items()} == {"o1": Stance.DEMANDS, "o2": Stance.DEMANDS}
        moves = [(move.option, move.direction) for move in movements(case, ["A"])]
        assert moves == [("o2", Direction.OPENED)]


def test_a_demand_ends_when_the_party_demands_another_option() -> None:
    case = small_case(
        statements=[*_statements(), statement("S-P7", "A", "2020-06-01", "later")],
        positions=[*_positions(), position("P7", "A", "bases", {"o2": "demands"})],
    )
    assert {o: h.stance for o, h in held_stances(case, "A", "bases").items()} == {
        "o2": Stance.DEMANDS,
        "o3": Stance.RULES_OUT,
    }
    last = ledger(case).movements[-2:]
    assert [(m.option, m.before, m.after, m.direction) for m in last] == [
        ("o1", Stance.DEMANDS, None, Direction.DROPPED),
        ("o2", Stance.WOULD_DISCUSS, Stance.DEMANDS, Direction.CHANGED),
    ]


def test_a_reading_does_not_replace_the_text_in_which_a_stance_was_stated() -> None:
    case = small_case(
        statements=[*_statements(), statement("S-P7", "A", "2020-06-01", "later")],
        positions=[*_positions(), position("P7", "A", "bases", {"o3": inferred("rules_out")})],
    )
    held = held_stances(case, "A", "bases")["o3"]
    assert (held.position, held.is_stated) == ("P1", True)


def test_what_a_member_says_counts_by_the_rule_of_its_alliance() -> None:
    voices = {entry.roll.consent_list.id: entry.member_voices for entry in ledger(small_case()).lists}
    assert voices["three"] == ()  # B is a member of the Union and of the list itself
    alone = small_case(consent_lists=[{"id": "u", "name": "A and the Union", "parties": ["A", "ALL_U"]}])
    [of_list] = ledger(alone).lists
    assert {(v.held.party, v.held.option, v.effect.value) for v in of_list.member_voices} == {
        ("B", "o1", "blocks"),
        ("B", "o3", "own"),
        ("B", "o2", "own"),
    }


def test_a_group_that_speaks_jointly_holds_what_a_member_says() -> None:
    parties = [
        {"id": "A", "name": "A", "kind": "state"},
        {"id": "B", "name": "B", "kind": "state"},
        {"id": "U", "name": "U", "kind": "organisation"},
        {"id": "ALL_U", "name": "B with others", "kind": "group", "members": ["B"], "member_rule": "joint"},
        {"id": "H", "name": "H", "kind": "state"},
    ]
    held = held_stances(small_case(parties=parties), "ALL_U", "visits")
    assert {(h.option, h.stance) for h in held.values()} == {("o2", Stance.WOULD_DISCUSS)}


def test_linkage_says_who_asks_for_a_package_and_who_for_separate_tracks() -> None:
    def linked(*stances: tuple[str, Any]) -> Linkage:
        case = small_case(
            issues=[
                {
                    "id": "tracks",
                    "title": "Package or tracks",
                    "kind": "linkage",
                    "options": [{"id": "one", "text": "one package"}, {"id": "two", "text": "separate tracks"}],
                    "consent": {"must_consent": ["A", "B"]},
                }
            ],
            positions=[position(f"P{k}", party, "tracks", s) for k, (party, s) in enumerate(stances, start=1)],
            texts=[],
            answers=[],
        )
        [found] = ledger(case).linkage
        return found

    found = linked(("A", {"one": "demands", "two": "rules_out"}), ("B", {"two": inferred("would_accept")}))
    assert [(o, [(h.party, h.stance.value, h.is_stated) for h in held]) for o, held in found.asks] == [
        ("one", [("A", "demands", True)]),
        ("two", [("B", "would_accept", False)]),
    ]
    assert found.apart
    assert not linked(("A", {"one": "demands"}), ("B", {"two": "demands", "one": "would_accept"})).apart
    assert not linked(("A", {"one": "demands"}), ("B", {"two": "would_discuss"})).apart  # only one of them asks
    assert linked(("A", {"one": "would_discuss"})) == Linkage("tracks", (), apart=False)


def test_without_an_issue_on_linkage_there_is_nothing_to_say_of_it() -> None:
    assert ledger(small_case()).linkage == ()
