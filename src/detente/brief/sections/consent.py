"""Section 1: who can say yes, per file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.brief.document import Paragraph, Row, Section, grid, heading
from detente.case.consent import Consent
from detente.wording.reading import Reading
from detente.wording.sentence import Part, label, sentence, separated


def consent_section(reading: Reading) -> Section:
    """Return whose consent each file takes."""
    title = "Who can say yes, per file"
    coded = any(issue.consent.needed() or issue.consent.bound_but_absent for issue in reading.case.issues)
    if not coded:
        none = Paragraph((sentence("Who owns or must consent is not coded for any file."),))
        return Section("consent", "1", title, (none,))
    lead = Paragraph(
        (
            sentence(
                "To own is to be the only one who can deliver it. Named without a word: owns it, and signs or must "
                "consent. To spoil is to undo it without signing."
            ),
            sentence(
                "The mark ° says that this party has no coded position on the file: no change there may be shown yet."
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
        ["File", "Whose yes: owns, signs, must consent", "Ratifies later", "Can spoil", "Bound, not in the room"],
        rows,
        widths=(17, 33, 14, 14, 22),
        note="* Some variants of this file need other parties: Annex C lists them.",
    )
    return Section("consent", "1", title, (lead, table))


def _consent_row(reading: Reading, consent: Consent, issues: Sequence[str]) -> list[Part]:
    case, naming = reading.case, reading.naming

    def people(parties: Iterable[str]) -> Part:
        names: list[Part] = []
        for at, party in enumerate(reading.in_turn(tuple(parties), 1)):
            mark = "" if all(case.is_coded(party, issue) for issue in issues) else "°"
            names += [", " if at else "", naming.party(party), mark]
        return names or "–"

    def plain(parties: Iterable[str]) -> Part:
        return label(", ".join(naming.party(party).text for party in parties) or "–")

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
        whose if consent.needed() else "not coded",
        plain(consent.ratifies),
        plain(consent.can_spoil),
        people(consent.bound_but_absent),
    ]
