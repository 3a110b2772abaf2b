"""How sure an answer is, and what would change it: draws of the estimates, and breakpoints of single judgements."""
