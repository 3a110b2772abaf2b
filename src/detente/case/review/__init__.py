"""Codings that a machine proposed and people decide: the queue, the decisions, and what of it enters the record."""
