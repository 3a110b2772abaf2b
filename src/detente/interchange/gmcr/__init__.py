"""Files of the graph-model program GMCR+ (`.gmcr`), read into a case and written from one.

The file is JSON: decision makers with binary options, patterns of states that cannot be, ranked conditions or a ranking
by hand, states that a decision maker does not see, and a partition into coalitions. `read` reads and checks it,
`to_case` makes it the `stability` section of a case, `write` goes back. Whatever such a file can say
survives the round trip.

A case needs issues, and such a file has none: each option becomes an issue with the options Y (taken) and N, on which
nobody has a position.
"""

from detente.interchange.gmcr.read import GmcrFile, read_gmcr
from detente.interchange.gmcr.to_case import GmcrImport, import_gmcr
from detente.interchange.gmcr.write import to_gmcr

__all__ = ["GmcrFile", "GmcrImport", "import_gmcr", "read_gmcr", "to_gmcr"]
