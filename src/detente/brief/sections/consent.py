"""Section 1: who can say yes, per file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.brief.document import Paragraph, Row, Section, grid, heading
from detente.case.consent import Consent
from detente.core.fields import text_of
from detente.wording.reading import Reading
from detente.wording.sentence import Part, label, mark_between, sentence, separated

ROLES = ("owns", "signs", "must_consent", "ratifies", "can_spoil", "bound_but_absent")


def consent_section(reading: Reading) -> Section:
    """Return whose consent each file takes."""
    title = "Who can say yes, per file"
    known = any(issue.consent.needed() or issue.consent.bound_but_absent for issue in reading.case.issues)
    if not known:
        none = Paragraph((sentence("Who owns or must consent is not on record for any file."),))
        return Section("consent", "1", title, (none,))
    lead = Paragraph(
        (
            sentence(
                "To own: it cannot be carried out without this party; it is not a statement on title. Must consent: to "
                "a signed text on the file; a unilateral step may need nobody. Named without a word: it cannot be "
                "carried out without this party, and it signs or must consent; not a statement on title."
            ),
            sentence(
                "The mark ° says that this party has said nothing on the file that we found: no change there may be "
                "shown yet."
            ),
        ),
        "lead",
    )
    rows: list[Row | Iterable[Part]] = []
    for cluster, issues in reading.clusters():
        if cluster:
            rows.append(heading(label(cluster)))
        same: dict[Consent, list[str]] = {}
        for issue in issues:
            own = reading.case.issue[issue].consent.model_copy(update={"note": None})
            same.setdefault(own, []).append(issue)
        rows += [_consent_row(reading, consent, group) for consent, group in same.items()]
    table = grid(
        (),
        [
            "File",
            "Whose yes: owns, signs, must consent",
            "Ratifies later",
            "Could block or undo",
            "Affected, not a signatory",
        ],
        rows,
        widths=(15, 35, 16, 15, 19),
        note=("* Some variants of this file need other parties: Annex C lists them.", _spelled_out(reading)),
    )
    return Section("consent", "1", title, (lead, table))


def _spelled_out(reading: Reading) -> Part:
    """Return the full names of groups whose name goes on after a colon, which tables leave out."""
    case, naming = reading.case, reading.naming
    named = {party for issue in case.issues for role in ROLES for party in getattr(issue.consent, role)}
    parts: list[Part] = []
    for party in case.parties:
        full = text_of(party.name)
        short = naming.party(party.id).text
        if party.id in named and full.startswith(f"{short}:"):
            parts += [" ", label(f"{short[:1].upper()}{full[1:]}"), "."]
    return parts


def _affected(reading: Reading, consent: Consent) -> tuple[str, ...]:
    """Return who is affected without a yes of its own; members of a group that is named are not named again."""
    named = [party for party in consent.bound_but_absent if party not in consent.needed()]
    covered = {member for party in named for member in reading.case.party[party].members}
    return tuple(party for party in named if party not in covered)


def _consent_row(reading: Reading, consent: Consent, issues: Sequence[str]) -> list[Part]:
    case, naming = reading.case, reading.naming

    def people(parties: Iterable[str]) -> Part:
        names: list[Part] = []
        ordered = reading.in_turn(tuple(parties), 1)
        between = mark_between(naming.parties(ordered))
        for at, party in enumerate(ordered):
            mark = "" if all(case.is_coded(party, issue) for issue in issues) else "°"
            names += [between if at else "", naming.party(party), mark]
        return names or "–"

    def plain(parties: Iterable[str]) -> Part:
        named = naming.parties(parties)
        return label(mark_between(named).join(run.text for run in named) or "–")

    files: list[Part] = []
    for at, issue in enumerate(issues):
        differs = any(option.consent is not None for option in case.issue[issue].options)
        files += [" · " if at else "", naming.issue(issue), "*" if differs else ""]
    agree = tuple(dict.fromkeys((*consent.signs, *consent.must_consent)))
    groups = {
        "": [party for party in consent.owns if party in agree],
        "owns: ": [party for party in consent.owns if party not in agree],
        "signs: ": [party for party in consent.signs if party not in (*consent.owns, *consent.must_consent)],
        "must consent: ": [party for party in consent.must_consent if party not in consent.owns],
    }
    whose = separated([(words, people(parties)) for words, parties in groups.items() if parties])
    return [
        files,
        whose if consent.needed() else "not on record",
        plain(consent.ratifies),
        plain(consent.can_spoil),
        people(_affected(reading, consent)),
    ]
