"""Other programs' files, read into a case."""
