"""The domains that are timed, by name and seed.

`data/NAME.json` holds generated domains with utilities in whole steps, the reservation
values and the size of the frontier, which three programs found (NegMAS 0.16, an
enumeration with numpy, a merge issue by issue). Other names are drawn:
`opp-2p-24x10-s5` has two opposed parties, 24 issues of 10 options and the seed 5; a
reservation is then a party's worst package, so that nothing is cut off.

Run as `python benchmarks/domains.py NAME FILE` to write one.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from settlement import draw

from detente.engines.settlement import GRID

DATA = Path(__file__).resolve().parent / "data"
DRAWN = re.compile(r"(add|opp)-(\d+)p-(\d+)x(\d+)-s(\d+)")


def domain(name: str) -> dict[str, Any]:
    """Return a domain: its name, steps per unit, reservations and `terms[issue][party][option]`."""
    stored = DATA / f"{name}.json"
    if stored.exists():
        loaded: dict[str, Any] = json.loads(stored.read_text(encoding="utf-8"))
        return loaded
    match = DRAWN.fullmatch(name)
    if match is None:
        sys.exit(f"benchmarks.domains: no such domain, got {name}. Names look like opp-2p-24x10-s5.")
    parties, issues, options, seed = (int(part) for part in match.groups()[1:])
    model = draw(parties, [options] * issues, seed=seed, share=0.0, opposed=match[1] == "opp")
    return {
        "name": name,
        "grid": GRID,
        "reserved": model.reservation.tolist(),
        "terms": [table.tolist() for table in model.worst],
    }


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(domain(sys.argv[1])), encoding="utf-8")
