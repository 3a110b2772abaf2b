"""Genius domains and preference profiles, read into a case.

What Genius does with a file decides what it means here; read in Genius's own sources (packages
`genius.core`, `genius.core.issue` and `genius.core.utility`) and stated by the module that does the same:
`domain` for issues and their options, `profile` for weights and utilities, `evaluation` for what an option is worth.
`files` tells domain and profiles apart, `to_case` builds the case.

Left out: discounting (noted, not applied), real-valued issues and non-additive profiles (refused).
"""

from detente.interchange.genius.read import GeniusImport, import_genius, read_genius

__all__ = ["GeniusImport", "import_genius", "read_genius"]
