"""How acts are counted in words, and who spoke on a claim, by short names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from detente.case.ledger.acts import ActCount
from detente.case.ledger.said import Said
from detente.core.fields import text_of
from detente.evidence.statement import Act
from detente.wording.reading import Reading
from detente.wording.sentence import Kind, Part, Run, series
from detente.wording.statements import GRADE_WORDS, short_day

NOUNS: Mapping[Act, tuple[str, str]] = {
    Act.PROPOSE: ("proposal", "proposals"),
    Act.DEMAND: ("demand", "demands"),
    Act.ACCEPT: ("acceptance", "acceptances"),
    Act.REJECT: ("refusal", "refusals"),
    Act.ENGAGE: ("word of readiness to talk", "words of readiness to talk"),
    Act.PRECONDITION: ("precondition", "preconditions"),
    Act.RED_LINE: ("red line", "red lines"),
    Act.THREATEN: ("warning of a response", "warnings of a response"),
    Act.SANCTION: ("sanction", "sanctions"),
    Act.DEPLOY: ("deployment", "deployments"),
    Act.DE_ESCALATE: ("step back", "steps back"),
    Act.REASSURE: ("reassurance", "reassurances"),
    Act.ACCUSE: ("accusation", "accusations"),
    Act.COMMIT: ("pledge", "pledges"),
    Act.MEDIATE: ("mediation", "mediations"),
    Act.CONVENE_FORUM: ("call for a forum", "calls for a forum"),
    Act.PREDICT: ("forecast", "forecasts"),
    Act.ASSESS_PERCEPTION: ("view of the other", "views of the other"),
}


def acts_in_words(counts: Iterable[ActCount]) -> str:
    """Return the acts in a party's own words, those that are most frequent first: "19 demands, 10 proposals"."""
    number: Counter[Act] = Counter()
    for count in counts:
        number[count.act] += count.public + count.otherwise
    order = list(Act)
    ranked = sorted((act for act in number if number[act]), key=lambda act: (-number[act], order.index(act)))
    return ", ".join(f"{number[act]} {NOUNS[act][number[act] != 1]}" for act in ranked)


def speakers(reading: Reading, said: Sequence[Said]) -> Part:
    """Return who spoke, each once, with the day and the grade of its first word, and the statements."""
    by_name: dict[tuple[str, bool], list[Said]] = {}
    for one in said:
        by_name.setdefault((speaker_name(reading, one), one.own_word), []).append(one)
    return series(
        [
            (
                Run(name, Kind.LABEL, cites=tuple(one.statement for one in entries)),
                "" if own else ", as an author tells",
                Run(f" ({short_day(entries[0].since)}; {_grade(reading, entries[0])})", Kind.LABEL),
            )
            for (name, own), entries in by_name.items()
        ]
    )


def _grade(reading: Reading, said: Said) -> str:
    """Return how well the source of a statement was read."""
    return GRADE_WORDS[reading.case.statement[said.statement].grade]


def speaker_name(reading: Reading, said: Said) -> str:
    """Return the short name of a party, the name of an actor, or the voice where an author speaks for itself."""
    case = reading.case
    if said.who in case.party:
        return reading.naming.party(said.who).text
    if said.own_word or said.who == "AUTHOR":
        return said.voice
    return text_of(case.actors[said.who]) if said.who in case.actors else said.who
