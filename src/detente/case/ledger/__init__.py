"""What was said, answered, not answered and moved: the part of the product that needs no judged number."""

from detente.case.ledger.ledger import Ledger, ListLedger, ledger

__all__ = ["Ledger", "ListLedger", "ledger"]
