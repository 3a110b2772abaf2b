"""The sections of `detente ledger` that stem from statements: claims, texts relied on, forecasts, pledges, acts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from detente.case.case import Case
from detente.case.ledger.consistency import Between
from detente.cli.names import count_of, issue_name, joined, option_name, party_name
from detente.core.fields import text_of
from detente.wording.statements import told_from

if TYPE_CHECKING:
    from detente.case.ledger import Ledger
    from detente.case.ledger.agreed import PrincipleUse, TextUse
    from detente.case.ledger.claims import ClaimGround, ClaimView
    from detente.case.ledger.consistency import BothWays
    from detente.case.ledger.forecasts import AuthorScore, ForecastView
    from detente.case.ledger.pledges import Pledge
    from detente.case.ledger.said import Said

BETWEEN = {
    Between.ONE_DAY: "both on one day",
    Between.TIME: "with nobody else's word on it in between",
    Between.CHANNELS: "one in public and one not, with nobody else's word on it in between",
    Between.ANSWER: "after another party's word on it",
}


def claims(case: Case, found: Ledger) -> Iterator[str]:
    """Yield each claim with those who assert and deny it; those that only one side has spoken on come last."""
    for view in found.claims:
        yield f"“{text_of(view.says)}”{_on(case, view)}"
        if view.asserted:
            yield f"  asserted by {_those(case, view.asserted)}."
        if view.denied:
            yield f"  denied by {_those(case, view.denied)}."
        for ground in found.claim_grounds:
            if ground.claim == view.claim:
                yield f"  {_ground(case, ground)}"
        if view.contested_since is None:
            yield f"  {_one_sided(view)}"
        else:
            yield f"  Contested since {view.contested_since}; latest word: {view.latest}."
    if found.disputed_events:
        yield f"Events of which accounts differ: {len(found.disputed_events)}."
    for event in found.disputed_events:
        accounts = "; ".join(
            f"{_name(case, account.who)} since {account.since}: {text_of(account.says)}" for account in event.accounts
        )
        yield f"  {event.event}, {text_of(case.event[event.event].says)} {accounts}."


def _ground(case: Case, ground: ClaimGround) -> str:
    text = case.agreed_text[ground.text]
    says = next((f", “{text_of(one.says)}”" for one in text.principles if one.id == ground.principle), "")
    side = "asserting" if ground.asserts else "denying"
    who = joined(_name(case, actor) for actor in ground.who)
    return f"{side} it, {who} {ground.use.value} the {text_of(text.title)}{says}{told_from(text)} ({ground.statement})."


def _one_sided(view: ClaimView) -> str:
    if view.asserted and view.denied:
        return "Both by voices of one party; no other party has spoken on it."
    return "No assertion found." if view.denied else "No denial found."


def _on(case: Case, view: ClaimView) -> str:
    if view.issue is not None:
        return f" ({issue_name(case, view.issue)})"
    return "" if view.topic is None else f" ({view.topic.replace('_', ' ')})"


def _those(case: Case, said: tuple[Said, ...]) -> str:
    first: dict[str, list[Said]] = {}
    for one in said:
        first.setdefault(_speaker(case, one), []).append(one)
    return joined(
        f"{who} since {entries[0].since} ({', '.join(entry.statement for entry in entries)})"
        for who, entries in first.items()
    )


def _speaker(case: Case, said: Said) -> str:
    if said.who not in case.party:
        return said.voice if said.own_word or said.who not in case.actors else _outsider(case, said)
    return party_name(case, said.who) + ("" if said.own_word else ", as an author tells")


def _outsider(case: Case, said: Said) -> str:
    return said.voice if said.who == "AUTHOR" else f"{text_of(case.actors[said.who])}, as an author tells"


def _name(case: Case, who: str) -> str:
    if who in case.party:
        return party_name(case, who)
    return text_of(case.actors[who]) if who in case.actors else who


def contradictions(case: Case, found: Ledger) -> Iterator[str]:
    """Yield where a party says both, then what it said otherwise after an answer."""
    for one in found.contradictions:
        yield _both(case, one)
    for one in found.revisions:
        yield f"{_both(case, one)} That is movement."


def _both(case: Case, one: BothWays) -> str:
    if one.claim is not None:
        what = f"on “{text_of(case.claim[one.claim].says)}”"
    else:
        assert one.issue is not None
        assert one.option is not None
        what = f"on {option_name(case, one.issue, one.option)} ({issue_name(case, one.issue)})"
    said = [
        f"{name} ({on}, {channel.value}, {case.statement[name].voice})"
        for name, on, channel in (
            (one.first, one.first_on, one.first_channel),
            (one.second, one.second_on, one.second_channel),
        )
    ]
    return f"{party_name(case, one.party)} {what}: {said[0]} and {said[1]}, {BETWEEN[one.between]}."


def recognition(case: Case, found: Ledger) -> Iterator[str]:
    """Yield who took up what another party had said."""
    for one in found.recognitions:
        fear = "a fear" if one.of_fear else "a word"
        yield (
            f"{party_name(case, one.by)} takes up {fear} of {party_name(case, one.of)} ({one.concern}) "
            f"since {one.since} ({one.statement})."
        )


def texts(case: Case, found: Ledger) -> Iterator[str]:
    """Yield per agreed text how each party uses it."""
    previous = ""
    for use in found.text_uses:
        if use.text != previous:
            text = case.agreed_text[use.text]
            yield f"{text_of(text.title)}, {text.date}{told_from(text)}"
            previous = use.text
        yield from _use(case, use)


def _use(case: Case, use: TextUse) -> Iterator[str]:
    text = case.agreed_text[use.text]
    says = {one.id: text_of(one.says) for one in text.principles}
    parts = [
        f"{verb} {'; '.join(_principle(entry, says) for entry in entries)}"
        for verb, entries in (("invokes", use.invoked), ("disputes", use.disputed))
        if entries
    ]
    signed = "" if use.is_party_to_it else " (not among those listed as party to it)"
    yield f"  {party_name(case, use.party)}{signed} {', and '.join(parts)}."
    if use.left_out:
        yield f"    Not named by it: {'; '.join(says[name] for name in use.left_out)}."
    for name in use.both_ways:
        yield f"    Invoked on one issue and disputed on another: {says[name]}."


def _principle(entry: PrincipleUse, says: dict[str, str]) -> str:
    what = "the text as such" if entry.principle is None else f"“{says[entry.principle]}”"
    return f"{what} ({', '.join(entry.statements)})"


def forecasts(case: Case, found: Ledger) -> Iterator[str]:
    """Yield each forecast with its outcome, then a score for each author who has one."""
    for view in found.forecasts:
        yield f"{view.author}, {view.since} ({view.statement}): {text_of(view.what)}{_likely(view)}; {_outcome(view)}."
    scored = [score for score in found.author_scores if score.scores is not None]
    if scored:
        yield "Scores (0 is best; one half for everything scores 0.25; few events, so no comparison of authors):"
    for score in scored:
        yield f"  {_score(score)}"


def _likely(view: ForecastView) -> str:
    by = "" if view.by is None else f" by {view.by}"
    if view.low is None or view.high is None:
        return f"{by}, no likelihood stated"
    said = f"{view.low:.2f}" if view.low == view.high else f"{view.low:.2f} to {view.high:.2f}"
    return f"{by}, {said}{' in our reading' if view.inferred else ''}"


def _outcome(view: ForecastView) -> str:
    if view.occurred is not None:
        return f"{'occurred' if view.occurred else 'did not occur'}, known since {view.outcome_since}"
    return "its day is past and no outcome is on record" if view.overdue else "open"


def _score(score: AuthorScore) -> str:
    assert score.scores is not None
    found = score.scores
    span = "" if score.brier_best == score.brier_worst else f" (from {score.brier_best:.4f} to {score.brier_worst:.4f})"
    log = "infinite" if found.log is None else f"{found.log:.4f}"
    return (
        f"{score.author}: {count_of(found.number, 'forecast')} scored of {score.forecasts}, base rate "
        f"{found.base_rate:.2f}, Brier {found.brier:.4f}{span}, log {log}."
    )


def pledges(case: Case, found: Ledger) -> Iterator[str]:
    """Yield what each pledge closes, what it leaves, and where the party later spoke otherwise."""
    for pledge in found.pledges:
        yield from _pledge(case, pledge)


def _pledge(case: Case, pledge: Pledge) -> Iterator[str]:
    closed = "; ".join(option_name(case, pledge.issue, option) for option in pledge.closed)
    yield (
        f"{party_name(case, pledge.party)} on {issue_name(case, pledge.issue)} ({pledge.statement}, {pledge.since}, "
        f"{pledge.channel.value}): closes {closed}."
    )
    left = "; ".join(option_name(case, pledge.issue, option) for option in pledge.left) or "none"
    yield f"  Left by its pledges so far: {left}. Packages with a closed option: {joined(pledge.packages)}."
    if pledge.reopened:
        yield f"  Later positions of its own that open one again: {', '.join(pledge.reopened)}."


def acts(case: Case, found: Ledger) -> Iterator[str]:
    """Yield per party how many statements hold which act, then how many there are in each month."""
    parties = dict.fromkeys(count.party for count in found.act_counts)
    for party in parties:
        own = [count for count in found.act_counts if count.party == party]
        public, otherwise, told = (sum(getattr(one, how) for one in own) for how in ("public", "otherwise", "told"))
        by_act: Counter[str] = Counter()
        by_month: Counter[str] = Counter()
        for one in own:
            by_act[one.act.value.replace("_", " ")] += one.public + one.otherwise
            by_month[one.month] += one.public + one.otherwise
        words = f"{public} in public, {otherwise} otherwise"
        yield f"{party_name(case, party)}: {words}, {told} told by others."
        if by_act.total():
            yield f"  {', '.join(f'{act} {number}' for act, number in by_act.items() if number)}"
            yield f"  {', '.join(f'{month}: {number}' for month, number in sorted(by_month.items()) if number)}"
