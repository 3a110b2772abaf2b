"""détente: negotiation analysis for security disputes."""

__version__ = "0.1.0"
