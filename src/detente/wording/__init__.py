"""From findings to plain, attributed sentences, and the rules on what is never printed."""
