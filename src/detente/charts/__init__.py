"""Charts: pure functions from a case, its ledger or an engine's report to a picture that is a value.

The pictures are written as Vega-Lite by hand, so importing this package loads no drawing library; only
`Chart.svg` and `Chart.png` need one (`pip install "detente[report]"`).
"""

from detente.charts.acceptability_bars import acceptability_bars
from detente.charts.bargaining_range import bargaining_range
from detente.charts.bargaining_space import bargaining_space
from detente.charts.breakpoints import breakpoints
from detente.charts.chart import Chart, Table
from detente.charts.concession_map import concession_map
from detente.charts.deterrence_map import deterrence_map
from detente.charts.feasibility_curve import feasibility_curve
from detente.charts.inference_bands import inference_bands
from detente.charts.ladder import ladder
from detente.charts.ladder_hazard import ladder_hazard
from detente.charts.paper_matrix import matrix_parties, paper_matrix
from detente.charts.patron_commitment import patron_commitment
from detente.charts.record import record
from detente.charts.risk_map import risk_map
from detente.charts.risk_return import risk_return
from detente.charts.signal_costs import signal_costs
from detente.charts.stability_graph import stability_graph
from detente.charts.survival_curves import survival_curves
from detente.charts.timeline import timeline
from detente.charts.war_region import war_region
from detente.charts.zone_curve import zone_curve

__all__ = [
    "Chart",
    "Table",
    "timeline",
    "inference_bands",
    "ladder",
    "ladder_hazard",
    "paper_matrix",
    "matrix_parties",
    "feasibility_curve",
    "zone_curve",
    "acceptability_bars",
    "concession_map",
    "breakpoints",
    "bargaining_range",
    "bargaining_space",
    "patron_commitment",
    "deterrence_map",
    "record",
    "risk_map",
    "war_region",
    "risk_return",
    "stability_graph",
    "signal_costs",
    "survival_curves",
]
