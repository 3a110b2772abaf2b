"""The ledger: what was said, answered, left unanswered and moved. No judged number is needed for it."""

from __future__ import annotations

from dataclasses import dataclass

from detente.case.case import Case
from detente.case.ledger.acts import ActCount, act_counts
from detente.case.ledger.agenda import AgendaShare, agenda_shares
from detente.case.ledger.agreed import TextUse, text_uses
from detente.case.ledger.answers import AnswerTally, Silence, silences, tallies, unanswered
from detente.case.ledger.assent import Assent, Roll, assents, bound_but_absent, rolls
from detente.case.ledger.claims import (
    ClaimGround,
    ClaimView,
    DisputedEvent,
    claim_grounds,
    claim_views,
    disputed_events,
)
from detente.case.ledger.concerns import Concern, Recognition, concerns, recognitions
from detente.case.ledger.consistency import BothWays, contradictions_in_words, revisions
from detente.case.ledger.forecasts import AuthorScore, ForecastView, author_scores, forecast_views
from detente.case.ledger.linkage import Linkage, linkages
from detente.case.ledger.members import MemberVoice, member_voices
from detente.case.ledger.movement import Movement, movements
from detente.case.ledger.option_view import OptionView, accepted_by, option_views
from detente.case.ledger.overlap import Overlap, overlaps
from detente.case.ledger.pledges import Pledge, pledges
from detente.case.ledger.refusals import Closure, OpenOptions, closures, open_options
from detente.case.ledger.replies import ReplyDifference, reply_differences
from detente.case.ledger.stances import Held
from detente.case.ledger.tabled import tabled_packages
from detente.case.package import Answer, Package


@dataclass(frozen=True, slots=True)
class ListLedger:
    """What the record says for one consent list."""

    roll: Roll
    overlaps: tuple[Overlap, ...]
    open_options: tuple[OpenOptions, ...]
    closed_by_stated: tuple[Closure, ...]
    closed_by_stated_and_inferred: tuple[Closure, ...]
    member_voices: tuple[MemberVoice, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything the record says, for all parties that have positions and for each consent list."""

    speakers: tuple[str, ...]
    options: tuple[OptionView, ...]
    accepted: tuple[Held, ...]
    movements: tuple[Movement, ...]
    tallies: tuple[AnswerTally, ...]
    unanswered: tuple[Answer, ...]
    silences: tuple[Silence, ...]
    assents: tuple[Assent, ...]
    bound_but_absent: tuple[tuple[str, tuple[str, ...]], ...]
    agenda: tuple[AgendaShare, ...]
    concerns: tuple[Concern, ...]
    reply_differences: tuple[ReplyDifference, ...]
    linkage: tuple[Linkage, ...]
    tabled: tuple[Package, ...]
    claims: tuple[ClaimView, ...]
    claim_grounds: tuple[ClaimGround, ...]
    disputed_events: tuple[DisputedEvent, ...]
    contradictions: tuple[BothWays, ...]
    revisions: tuple[BothWays, ...]
    recognitions: tuple[Recognition, ...]
    text_uses: tuple[TextUse, ...]
    forecasts: tuple[ForecastView, ...]
    author_scores: tuple[AuthorScore, ...]
    pledges: tuple[Pledge, ...]
    act_counts: tuple[ActCount, ...]
    lists: tuple[ListLedger, ...]


def ledger(case: Case, consent: str | None = None) -> Ledger:
    """Return the ledger of a case, for all its consent lists or one of them."""
    speakers = tuple(p.id for p in case.parties if any(p.id == position.party for position in case.positions))
    views = option_views(case, speakers)
    forecasts = forecast_views(case)
    return Ledger(
        speakers=speakers,
        options=views,
        accepted=accepted_by(views),
        movements=movements(case, speakers),
        tallies=tallies(case),
        unanswered=unanswered(case),
        silences=silences(case),
        assents=assents(case),
        bound_but_absent=bound_but_absent(case),
        agenda=agenda_shares(case),
        concerns=concerns(case),
        reply_differences=reply_differences(case),
        linkage=linkages(case, speakers),
        tabled=tabled_packages(case),
        claims=claim_views(case),
        claim_grounds=claim_grounds(case),
        disputed_events=disputed_events(case),
        contradictions=contradictions_in_words(case),
        revisions=revisions(case),
        recognitions=recognitions(case),
        text_uses=text_uses(case),
        forecasts=forecasts,
        author_scores=author_scores(forecasts),
        pledges=pledges(case),
        act_counts=act_counts(case),
        lists=tuple(
            _for_list(case, entry) for entry in rolls(case) if consent is None or entry.consent_list.id == consent
        ),
    )


def _for_list(case: Case, roll: Roll) -> ListLedger:
    return ListLedger(
        roll=roll,
        overlaps=overlaps(case, roll.members),
        open_options=open_options(case, roll.consent_list),
        closed_by_stated=closures(case, roll.consent_list, stated_only=True),
        closed_by_stated_and_inferred=closures(case, roll.consent_list, stated_only=False),
        member_voices=member_voices(case, roll.members),
    )
