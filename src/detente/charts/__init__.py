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
from detente.charts.feasibility_curve import feasibility_curve
from detente.charts.inference_bands import inference_bands
from detente.charts.paper_matrix import matrix_parties, paper_matrix
from detente.charts.record import record
from detente.charts.risk_return import risk_return
from detente.charts.stability_graph import stability_graph
from detente.charts.timeline import timeline
from detente.charts.zone_curve import zone_curve

__all__ = [
    "Chart",
    "Table",
    "timeline",
    "inference_bands",
    "paper_matrix",
    "matrix_parties",
    "feasibility_curve",
    "zone_curve",
    "acceptability_bars",
    "concession_map",
    "breakpoints",
    "bargaining_range",
    "bargaining_space",
    "record",
    "risk_return",
    "stability_graph",
]
