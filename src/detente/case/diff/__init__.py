"""What differs between two cases, or between two readings of one: record by record and field by field."""

from detente.case.diff.compare import Change, FieldChange, How
from detente.case.diff.diff import CaseDiff, diff
from detente.case.diff.findings import ledger_changes
from detente.case.diff.order import Reordered
from detente.case.diff.record import KINDS

__all__ = ["CaseDiff", "Change", "FieldChange", "How", "KINDS", "Reordered", "diff", "ledger_changes"]
