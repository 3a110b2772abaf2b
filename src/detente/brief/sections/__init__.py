"""The sections of the main part, each built from a reading of the case."""
