"""Laws of review: each reviewer's last word stands, and no order of reviewers decides what enters the record."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from detente.case.review.decision import Decision, State, Verdict, outcome, standing
from detente.case.review.item import Codes
from detente.case.review.paraphrase import copied_words
from detente.evidence.statement import Act

DAY = datetime.date(2024, 1, 1)


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    verdict = draw(st.sampled_from(Verdict))
    codes = Codes(act=draw(st.sampled_from([Act.ACCEPT, Act.REJECT])), actors=(draw(st.sampled_from("AB")),))
    keeps = verdict in {Verdict.ACCEPT, Verdict.CORRECT}
    return Decision(
        item="i",
        by=draw(st.sampled_from(["Lee", "Kim", "Ada"])),
        on=DAY,
        verdict=verdict,
        codes=codes if keeps else None,
        says="said" if keeps else None,
        blind=draw(st.booleans()),
    )


LOGS = st.lists(decisions(), max_size=6)


@given(LOGS)
def test_only_the_last_word_of_each_reviewer_counts(log: list[Decision]) -> None:
    last = {one.by: one for one in log}
    kept = [one for one in log if one is last[one.by] and one.verdict is not Verdict.WITHDRAW]
    found = standing(log).get("i", ())
    assert sorted(found, key=lambda one: one.by) == sorted(kept, key=lambda one: one.by)


@given(LOGS, st.randoms())
def test_the_order_of_reviewers_decides_nothing(log: list[Decision], draw) -> None:
    last = list(standing(log).get("i", ()))
    shuffled = list(last)
    draw.shuffle(shuffled)
    one, other = outcome(tuple(last)), outcome(tuple(shuffled))
    assert (one.state, set(one.by)) == (other.state, set(other.by))


@given(LOGS)
def test_what_enters_was_kept_by_somebody_who_saw_the_coding_and_refused_by_nobody(log: list[Decision]) -> None:
    last = standing(log).get("i", ())
    found = outcome(last)
    if found.state is State.ACCEPTED:
        assert found.decision is not None
        assert not found.decision.blind
        assert all(one.keeps for one in last)
    else:
        assert found.decision is None or not found.decision.keeps


@given(LOGS, decisions())
def test_withdrawing_the_only_decision_leaves_the_coding_as_it_was(log: list[Decision], one: Decision) -> None:
    mine = one.model_copy(update={"by": "Zoe", "verdict": Verdict.REJECT, "codes": None})
    back = mine.model_copy(update={"verdict": Verdict.WITHDRAW})
    assert standing([*log, mine, back]) == standing(log)


WORDS = st.lists(st.sampled_from(["we", "will", "not", "sign", "this", "now", "or", "ever"]), min_size=1, max_size=14)


@given(WORDS, WORDS)
def test_eight_words_in_a_row_are_found_whatever_their_case_and_stops(said: list[str], source: list[str]) -> None:
    rows = {tuple(source[at : at + 8]) for at in range(len(source) - 7)}
    copied = any(tuple(said[at : at + 8]) in rows for at in range(len(said) - 7))
    assert (copied_words(", ".join(said).upper(), " ".join(source)) is not None) is copied
