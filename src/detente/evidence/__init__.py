"""Documents, what was said in them, and how a citation is proved."""
