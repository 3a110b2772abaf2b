"""The graph model in a brief: the sentences of the annex, and where the settlement model points another way."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.case import Case
from detente.wording.reading import Answer, Reading
from detente.wording.sentence import Sentence, label, sentence
from detente.wording.stability_words import Report, count_of, meaning_of, short_of, state_words


def annex_sentences(case: Case, report: Report) -> Iterator[Sentence]:
    """Yield what the graph model says, for the annex: how large it is, what would last, and today's state."""
    yield sentence(
        "The graph model asks which states would last, given what each party can do alone and how it ranks "
        f"what comes of it: {len(report['switches'])} switches of {len(report['parties'])} parties, "
        f"{report['count']:,} states; the rankings are judged."
    )
    for concept, total in report["equilibrium_counts"].items():
        yield sentence(
            f"{short_of(report, concept)}: {meaning_of(report, concept)}; {count_of(total)} for every party."
        )
    if (today := report["today"]) is not None:
        lasting = [short_of(report, concept) for concept, states in report["equilibria"].items() if today in states]
        said = f"lasts under {' and '.join(lasting)}" if lasting else "does not last under any of these"
        yield sentence("Today's state (", label(state_words(case, report, today)), f") {said}.")
    yield sentence(
        "It forecasts nothing: a state lasts if rankings are as judged and parties look as far as a concept says."
    )


def disagreement_sentences(reading: Reading, report: Report) -> Iterator[Sentence]:
    """Yield where the settlement model and the graph model point different ways, once, with the lists it holds for."""
    if report["today"] is None or "nash" not in report["equilibria"]:
        return
    stays = report["today"] in report["equilibria"]["nash"]
    wanted = Answer.YES if stays else Answer.NO
    lists = [outcome.consent_list.id for outcome in reading.outcomes if outcome.zone_stated is wanted]
    if not lists:
        return
    named = reading.naming.lists(lists)
    if stays:
        yield sentence(
            "The models point different ways under ", named, ": the settlement model finds a package that leaves "
            "nobody worse off than no agreement, and in the graph model no party has a move from today's state to one "
            "that it ranks higher.", lists=lists,
        )  # fmt: skip
    else:
        yield sentence(
            "The models point different ways under ", named, ": the settlement model finds no package that leaves "
            "everybody at least as well off as no agreement, and in the graph model some party would leave today's "
            "state.", lists=lists,
        )  # fmt: skip
