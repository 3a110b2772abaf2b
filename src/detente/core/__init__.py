"""Foundations shared by every layer: errors, ids, estimates, conditions, findings, canonical JSON."""
