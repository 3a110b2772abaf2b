"""What a check of a case finds: remarks by kind, and the report that they make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a remark is about; the value is the key in JSON."""

    FAULT = "fault"  # the case does not load, or names something that does not exist
    CONTRADICTION = "contradiction"  # a party rules out what it demands on that day, or what it came to demand since
    LINE_WITHOUT_REFUSAL = "line_without_refusal"  # a red line whose grounds rule nothing out
    REFUSAL_WITHOUT_LINE = "refusal_without_line"  # an option ruled out, and no red line says so
    UNREAD_FILE = "unread_file"  # a file beside those of the case that nobody reads
    NO_CONSENT_LIST = "no_consent_list"
    UNCODED = "uncoded"  # a member of a consent list has no position on an issue
    UNKNOWN_OPTION = "unknown_option"  # options of a coded issue of which a member says nothing
    UNCODED_OWNER = "uncoded_owner"  # someone whose yes an option needs has no position on its issue
    UNGROUNDED = "ungrounded"  # a number that rests on nothing
    UNGROUNDED_LINE = "ungrounded_line"  # a red line that rests on no position
    WITHOUT_POSITION = "without_position"  # weights and values on an issue of which the party says nothing
    NO_WEIGHT = "no_weight"  # a party to whom nothing matters: all its weights are zero
    NOT_USED = "not_used"  # preferences of a party for which another stands
    HINDSIGHT = "hindsight"  # a number or red line that rests on something public only after the cut-off
    JUDGED_LATER = "judged_later"  # a number judged after the cut-off
    LENS = "lens"  # an override of a lens that finds no number to change, or a lens without any
    DATES = "dates"  # public before it happened, or before its source was published
    MEMORY = "memory"  # a statement cited from memory
    AGENDA = "agenda"  # whose texts the list of issues stems from


BREAKS = frozenset({Kind.FAULT, Kind.CONTRADICTION, Kind.LINE_WITHOUT_REFUSAL, Kind.REFUSAL_WITHOUT_LINE})
"""The kinds that must be mended."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: a plain sentence, and the ids that it is about."""

    kind: Kind
    sentence: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, in the order of `Kind`."""

    case: str
    remarks: tuple[Remark, ...]

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many remarks there are of each kind, zero included."""
        found = Counter(remark.kind for remark in self.remarks)
        return {kind: found[kind] for kind in Kind}

    @property
    def breaks(self) -> tuple[Remark, ...]:
        """The faults and contradictions."""
        return tuple(remark for remark in self.remarks if remark.kind in BREAKS)

    @property
    def exit_code(self) -> int:
        """2 if the case does not load, 1 if it contradicts itself, else 0: gaps alone are no break."""
        if self.of(Kind.FAULT):
            return 2
        return 1 if self.breaks else 0

    def of(self, kind: Kind) -> tuple[Remark, ...]:
        """Return the remarks of one kind."""
        return tuple(remark for remark in self.remarks if remark.kind is kind)

    def as_json(self) -> dict[str, object]:
        """Return the report as plain values."""
        return {
            "case": self.case,
            "breaks": len(self.breaks),
            "counts": {kind.value: count for kind, count in self.counts.items()},
            "remarks": [
                {"kind": one.kind.value, "sentence": one.sentence, "ids": list(one.ids)} for one in self.remarks
            ],
        }
