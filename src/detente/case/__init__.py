"""The case: parties, issues, positions and the record, as data; load, save, check, cut at a date, ledger."""
