"""One row per engine, and the answers that combine compile and solve."""
