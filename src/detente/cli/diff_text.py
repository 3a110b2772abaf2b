"""The difference of two cases as lines for a person: the answer first, then what differs, each part cut short."""

from __future__ import annotations

import itertools
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from detente.case.diff import KINDS, Change, How
from detente.case.diff.order import Reordered
from detente.case.diff.record import Leaf
from detente.cli.diff import Comparison, Side, counts
from detente.cli.diff_words import BOUNDS, LONGEST, change_of, number, number_change, set_change, some, value
from detente.cli.names import count_of, issue_name, joined
from detente.cli.settle_trades import SOLUTIONS
from detente.core.errors import shortened
from detente.core.fields import text_of
from detente.registry.effects import CLOSED, CONCLUSIONS, Conclusion

WIDTH = 100
MOST = 5
NOUNS = {
    "overrides": "overrides of lenses",
    "actors": "names of actors",
    "case": "the case itself",
    "texts": "tabled texts",
    "preferences": "parties with judged numbers",
}
MARKS = {How.ADDED: "+", How.REMOVED: "−", How.CHANGED: "~"}
SIZE = ("parties", "issues", "positions", "statements", "events")
ORDER = ("issues", "options")
LABELS = ("title", "name", "says", "text", "short", "what", "topic", "viewpoint", "name.en", "title.en", "says.en")

STATED, ALL = "stated red lines binding", "inferred red lines binding too"
WHAT = {
    "computed": "computed",
    "issues": "issues in the analysis",
    "stated.no_red_line": f"any package that crosses no red line, {STATED}",
    "with_inferred.no_red_line": f"any package that crosses no red line, {ALL}",
    "stated.in_zone": f"any package in the agreement zone, {STATED}",
    "with_inferred.in_zone": f"any package in the agreement zone, {ALL}",
    "stated.conflicts": f"what cannot hold together, {STATED}",
    "with_inferred.conflicts": f"what cannot hold together, {ALL}",
    "closed_by_stated": "stated refusals leave no option open",
    "closed_by_stated_and_inferred": "stated and inferred refusals leave no option open",
}

FINDINGS = {
    "said": "Said",
    "moved": "Moved",
    "answered": "Answers, counted",
    "not_answered": "Not answered",
    "silences": "Answered by nobody",
    "concerns": "Fears, and where they were acknowledged",
    "agenda": "Who first raised an issue",
    "rolls": "What is coded for a consent list",
    "meetings": "Where the texts of two members meet",
    "open_options": "Options that refusals leave open",
}


def lines_of(compared: Comparison) -> Iterator[str]:
    """Yield a comparison as lines of at most 100 columns."""
    for told in _sections(compared):
        lead = len(told) - len(told.lstrip(" "))
        line = " " * lead + " ".join(told.split())  # whatever line ends a text of the case holds
        hang = " " * (lead + 4)
        yield from textwrap.wrap(line, WIDTH, subsequent_indent=hang, break_on_hyphens=False, drop_whitespace=True) or [
            ""
        ]


def _sections(compared: Comparison) -> Iterator[str]:
    yield from (f"{name}: {_side(side)}" for name, side in (("A", compared.a), ("B", compared.b)))
    yield ""
    yield from _answer(compared)
    apart = not compared.common("issue")
    if compared.effects is not None and compared.effects.conclusions:
        yield from _titled("Conclusions that differ", _conclusions(compared))
    if apart:
        yield from _titled("Records", _tally(compared))
        return
    if compared.found.data:
        yield from _titled("Data: + only in B, − only in A, ~ in both", _data(compared))
    if compared.found.order:
        yield from _titled("Order", _order(compared.found.order))
    if lines := _derived(compared):
        yield from _titled(
            "Red lines as they stand",
            _listed(lines, _of_record, per=count_of(len(lines), "line")),
        )
    if compared.effects is not None and compared.effects.ledger:
        yield from _titled("The ledger", _ledger(compared))
    if compared.effects is not None and (numbers := _numbers(compared.effects.settlement)):
        yield from _titled("Numbers of the settlement", numbers)


def _titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield ""
    yield title
    yield from (f"  {line}" for line in lines)


def _side(side: Side) -> str:
    parts = [f"{side.case.id}, version {side.case.version}"]
    if side.case.cut_off is not None:
        parts.append(f"as of {side.case.cut_off}")
    if side.lens is not None:
        parts.append(f"read through {side.lens}")
    return f"{', '.join(parts)}; hash {side.hash[:12]}"


# --- The answer


def _answer(compared: Comparison) -> Iterator[str]:
    """Yield the answer in a few lines: what differs, and whether a conclusion does."""
    found = compared.found
    how = Counter(change.how for change in found.data)
    if found.is_empty:
        yield "Data: no difference."
        if compared.a.hash != compared.b.hash:
            yield "  The hashes differ because an entry is written out in one that the other leaves at its default."
    elif not found.data:
        yield "Data: no difference in what is said, only in the order in which it is listed."
    else:
        parts = (
            f"{how[one]:,} {word}"
            for one, word in ((How.ADDED, "only in B"), (How.REMOVED, "only in A"), (How.CHANGED, "changed"))
        )
        yield f"Data: {', '.join(parts)}."
    yield from _common(compared)
    if compared.effects is None or compared.not_compared:
        yield f"Conclusions: not compared; {compared.not_compared}."
    elif differ := compared.effects.conclusions:
        lists = dict.fromkeys(one.consent for one in differ)
        yield f"Conclusions: {count_of(len(differ), 'conclusion')} changed, under {joined(lists)}."
    else:
        yield "Conclusions: no conclusion changed."


def _common(compared: Comparison) -> Iterator[str]:
    """Yield what the two have in common, where that is not nearly everything."""
    if compared.common("issue"):
        if compared.a.case.id != compared.b.case.id or not compared.common("consent_list"):
            for kind, words in (("party", "Parties"), ("issue", "Issues"), ("consent_list", "Consent lists")):
                yield f"  {words} in both: {some(compared.common(kind))}."
    else:
        parties = compared.common("party")
        yield f"  The two have no issue in common. Parties in both: {some(parties)}."


def _tally(compared: Comparison) -> Iterator[str]:
    """Yield how large the two are, and the kinds in which ids meet, where a list of records would say nothing."""
    numbers = counts(compared)
    others = 0
    for kind, times in numbers.items():
        both = times["a"] - times["removed"]
        if kind in SIZE or (both and kind != "case"):
            yield f"{_noun(kind)}: {times['a']:,} in A, {times['b']:,} in B, {both:,} of the same id"
        elif kind != "case":
            others += 1
    yield f"No id is the same in {count_of(others, 'other kind')} of record."


# --- Conclusions


def _conclusions(compared: Comparison) -> Iterator[str]:
    assert compared.effects is not None
    groups = [
        (key, list(group))
        for key, group in itertools.groupby(compared.effects.conclusions, key=lambda one: (one.consent, one.issue))
    ]
    for (consent, issue), group in groups[: 2 * MOST]:
        listed = compared.b.case.consent_list[consent]
        about = "" if issue is None else f", {issue_name(compared.b.case, issue)} ({issue})"
        yield f"{consent} ({text_of(listed.name)}){about}"
        yield from (f"  {line}" for line in _of_list(group))
    yield from _more(len(groups) - 2 * MOST)


def _of_list(group: Sequence[Conclusion]) -> Iterator[str]:
    """Yield the conclusions on one list; where it is computed on one side only, what it says on that side."""
    by_what = {one.what: one.change for one in group}
    for what in (*CONCLUSIONS, *CLOSED):
        if (change := by_what.get(what)) is None:
            continue
        if change.is_set:
            if what != "issues" or "computed" not in by_what:
                yield f"{WHAT[what]}: {set_change(change)}"
        else:
            yield f"{WHAT[what]}: {change_of(change, absent='not computed')}"


# --- Data


def _data(compared: Comparison) -> Iterator[str]:
    for kind in KINDS:
        changes = [change for change in compared.found.data if change.kind == kind]
        if changes:
            how = Counter(change.how for change in changes)
            parts = (f"{MARKS[one]}{how[one]}" for one in How if how[one])
            yield f"{_noun(kind)}: {' '.join(parts)}"
            yield from (f"  {line}" for line in _listed(changes, _of_record))


def _noun(kind: str) -> str:
    words = NOUNS.get(kind, kind.replace("_", " "))
    return words[0].upper() + words[1:]


def _listed(changes: Sequence[Change], lines: Callable[[Change], Iterable[str]], *, per: str = "") -> Iterator[str]:
    if per:
        yield f"{per} in another state"
    for change in changes[:MOST]:
        yield from lines(change)
    yield from _more(len(changes) - MOST)


def _of_record(change: Change) -> Iterator[str]:
    """Yield a record that differs: its label if one side lacks it, else each field that differs."""
    name = "/".join(part for part in change.id if part)
    mark = MARKS[change.how]
    if change.how is not How.CHANGED:
        label = _label(change)
        yield f"{mark} {name}" + (f": {label}" if label else "")
        return
    fields = list(_fields(change))
    if len(fields) == 1:
        yield f"{mark} {name}, {fields[0]}"
        return
    yield f"{mark} {name}"
    yield from (f"    {line}" for line in fields[: MOST + 1])
    if (more := len(fields) - MOST - 1) > 0:
        yield f"    … and {count_of(more, 'more field')}; --json lists all."


def _fields(change: Change) -> Iterator[str]:
    """Yield each field that differs; the bounds of a number together, and no content of a package."""
    assert change.a is not None
    assert change.b is not None
    told: set[str] = set()
    for field in sorted(change.fields, key=lambda field: field.field not in BOUNDS):  # a number first
        head, _, last = field.field.rpartition(".")
        if last in BOUNDS and all(f"{head}.{bound}".lstrip(".") in {**change.a, **change.b} for bound in BOUNDS):
            if head not in told:
                told.add(head)
                yield f"{head or 'number'}: {number_change(change.a, change.b, head)}"
        elif change.kind == "packages" and field.field.startswith("choice."):
            if "choice" not in told:
                told.add("choice")
                issues = [one.field.removeprefix("choice.") for one in change.fields if one.field.startswith("choice.")]
                yield f"choice: differs on {some(issues)}"
        else:
            yield f"{field.field}: {change_of(field)}"


def _label(change: Change) -> str:
    """Return what tells a record to a person: its title, or its number."""
    fields = change.a if change.a is not None else change.b
    assert fields is not None
    if change.kind == "estimates":
        return number(fields)
    if change.kind == "positions":
        said = (
            f"{name.removeprefix('stances.')} {leaf}" for name, leaf in fields.items() if name.startswith("stances.")
        )
        return f"{fields['party']} on {fields['issue']}: {', '.join(said)}"
    found = next((str(fields[name]) for name in LABELS if name in fields), None)
    if found is None:
        return str(fields.get("never", fields.get("condition", fields.get("status", ""))))
    return f"“{shortened(found, 2 * LONGEST)}”"


# --- Order, lines, ledger, numbers


def _order(lists: Sequence[Reordered]) -> Iterator[str]:
    weighty = [one for one in lists if one.kind in ORDER]
    revisions = [one for one in lists if one.kind == "estimates"]
    rest = [one for one in lists if one not in weighty and one not in revisions]
    for one in weighty[:MOST]:
        of = f" of {'/'.join(one.holder)}" if one.holder else ""
        yield f"{_noun(one.kind)}{of}: {some(one.a)} → {some(one.b)}"
    yield from _more(len(weighty) - MOST)
    if weighty:
        yield "Between equals the first is shown, so an example package may differ. No count and no utility does."
    if revisions:
        yield f"Revisions of a number, of which the last counts: {some(['/'.join(one.holder) for one in revisions])}"
    if rest:
        yield f"Listed in another order, which changes nothing: {some([_where(one) for one in rest], 2 * MOST)}"


def _where(one: Reordered) -> str:
    words = one.kind.replace("_", " ")
    return f"{words} of {'/'.join(one.holder)}" if one.holder else words


def _derived(compared: Comparison) -> list[Change]:
    """Return the standing lines that differ, but for those that the data list as lines of one side only."""
    listed = {
        change.id for change in compared.found.data if change.kind == "red_lines" and change.how is not How.CHANGED
    }
    return [change for change in compared.found.standing_lines if change.id not in listed]


def _ledger(compared: Comparison) -> Iterator[str]:
    assert compared.effects is not None
    for kind, title in FINDINGS.items():
        changes = [change for change in compared.effects.ledger if change.kind == kind]
        if changes:
            how = Counter(change.how for change in changes)
            yield f"{title}: {' '.join(f'{MARKS[one]}{how[one]}' for one in How if how[one])}"
            yield from (f"  {line}" for line in _listed(changes, _of_finding))


def _of_finding(change: Change) -> Iterator[str]:
    name = "/".join(part for part in change.id if part)
    fields = change.b if change.a is None else change.a
    assert fields is not None
    if change.how is How.CHANGED:
        yield f"~ {name}, {'; '.join(_fields(change))}"
    else:
        if change.kind == "said":
            yield f"{MARKS[change.how]} {name}: {fields['stance']} ({fields['basis']})"
            return
        said = [
            f"{key.replace('_', ' ')} {value(leaf)}"
            for key, leaf in fields.items()
            if key not in {"since", "position", "earlier"}
        ]
        yield f"{MARKS[change.how]} {name}" + (f": {'; '.join(said)}" if said else "")


def _numbers(settlement: Sequence[Change]) -> list[str]:
    """Return the numbers that lead to conclusions, list by list; utilities stand for packages."""
    found: list[str] = []
    shown = [(change, lines) for change in settlement if (lines := _of_settlement(change))]
    for change, lines in shown[:MOST]:
        found.append("/".join(part for part in change.id if part))
        found += [f"  {line}" for line in lines[: 2 * MOST]]
        found += [f"  {line}" for line in _more(len(lines) - 2 * MOST)]
    found += _more(len(shown) - MOST)
    return found


def _of_settlement(change: Change) -> list[str]:
    """Return the numbers of one list that differ: counts, reservations, solutions with unknown options at worst."""
    differ = {field.field: field for field in change.fields if field.field not in CONCLUSIONS}
    sides = [side or {} for side in (change.a, change.b)]
    lines = []
    for reading, binding in (("stated", STATED), ("with_inferred", ALL)):
        if any(name.startswith(f"{reading}.packages.") for name in differ):
            lines.append(f"packages, {binding}: {' → '.join(_counts(side, reading) for side in sides)}")
    for name, field in differ.items():
        if name.startswith("reservation."):
            party, of_basis = name.removeprefix("reservation.").removesuffix(".basis"), name.endswith(".basis")
            told = change_of(field, absent="none")
            lines.append(f"{'basis of the ' if of_basis else ''}reservation of {party}: {told}")
    for concept, title in SOLUTIONS.items():
        if (solution := differ.get(f"stated.solutions.certain.{concept}")) is not None:
            lines.append(f"{title}, {STATED}: {change_of(solution, absent='none')}")
    if "reason" in differ:
        lines += [
            f"not computed, {side}: {leaf}"
            for side, leaf in (("A", differ["reason"].a), ("B", differ["reason"].b))
            if leaf
        ]
    return lines or [
        "utilities with unknown options at their best, or inferred lines binding; --json lists them."
    ] * bool(differ)


def _counts(fields: Mapping[str, Leaf], reading: str) -> str:
    """Return the three counts of a reading, the last from those certainly to those possibly in the zone."""
    total, kept, low, high = (
        fields.get(f"{reading}.packages.{name}") for name in ("total", "no_red_line", "in_zone.low", "in_zone.high")
    )
    if total is None:
        return "none"
    zone = value(low) if low == high else f"{value(low)} to {value(high)}"
    return f"{value(total)} in all, {value(kept)} cross no red line, {zone} in the zone"


def _more(number: int) -> Iterator[str]:
    if number > 0:
        yield f"… and {number:,} more; --json lists all."
