"""Mathematics shared by the engines: dominance, merging, counting, covers. It knows no engine, case or file."""
