"""Reading the draws of a settlement report: readings of the case side by side, and shares of draws with their error.

Readings are shown one by one and never pooled. The first one is the report's own; each other has a glyph, the same on
every chart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.case.case import Case
from detente.charts.bargaining_space import BENCHMARKS
from detente.charts.reports import Report, text_title
from detente.charts.sheet import Draw, Mark, glyph, rule
from detente.charts.theme import DARK, INK, PAPER, WIDTH, wrapped
from detente.core.fields import text_of

SHAPES = ("square", "triangle-up", "diamond", "triangle-down", "cross", "triangle-right", "circle", "triangle-left")
"""Of the readings other than the first; with more than eight they begin again."""

GLYPH = 6.5
Place = tuple[float, float]
LONGEST_NAME = WIDTH - 110


@dataclass(frozen=True, slots=True)
class Share:
    """A share of draws: its mean, the range of the middle nine tenths of outer draws, and the error of the mean."""

    mean: float
    low: float
    high: float
    error: float | None

    @classmethod
    def of(cls, spread: Mapping[str, Any]) -> Share:
        """Return a share as a report gives it."""
        return cls(spread["probability"], spread["low"], spread["high"], spread["error"])

    @classmethod
    def of_outer(cls, mean: float, draws: int) -> Share:
        """Return the share of outer draws in which something is so; it has an error, and no range over draws."""
        error = None if draws < 2 else (mean * (1 - mean) / (draws - 1)) ** 0.5
        return cls(mean, mean, mean, error)

    @property
    def words(self) -> str:
        """The share, its range if it has one, and its error."""
        error = "error unknown" if self.error is None else f"± {_error(self.error)}"
        spread = "" if self.low == self.high == self.mean else f" [{share_words(self.low)} to {share_words(self.high)}]"
        return f"{share_words(self.mean)}{spread} {error}"


@dataclass(frozen=True, slots=True)
class Span:
    """What holds for certain, and what may hold, as unknown and open options turn out."""

    certain: Share
    possible: Share

    @property
    def is_open(self) -> bool:
        """Whether the two can be told apart: they differ by more than the error of either."""
        return self.possible.mean - self.certain.mean > max(self.certain.error or 0.0, self.possible.error or 0.0)

    @property
    def words(self) -> str:
        """Both shares; only one where they cannot be told apart."""
        if self.is_open:
            return f"at worst {self.certain.words}; at best {self.possible.words}"
        same = self.certain == self.possible
        return self.certain.words + ("" if same else "; at worst and at best differ by less than the error")

    @property
    def short(self) -> str:
        """Both shares without range and error."""
        low, high = share_words(self.certain.mean), share_words(self.possible.mean)
        return f"{low} to {high}" if self.is_open and low != high else low

    @classmethod
    def of(cls, spreads: Mapping[str, Mapping[str, Any]]) -> Span:
        """Return a pair of shares as a report gives it."""
        return cls(Share.of(spreads["certain"]), Share.of(spreads["possible"]))


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the case: its name, the shape of its glyph, and its part of the draws, if it was computed."""

    key: tuple[str | None, str]
    name: str
    shape: str
    part: Mapping[str, Any] | None

    def glyphs(self, certain: Place, possible: Place | None) -> Iterator[Mark]:
        """Yield the reading's glyphs: open where something is possible, and over it filled where it is certain."""
        if possible is not None:
            yield glyph(*possible, self.shape, size=GLYPH, fill=PAPER, stroke=INK, width=1)
        yield glyph(*certain, self.shape, size=GLYPH, fill=DARK, stroke=INK, width=1)

    def sample(self, x: float, y: float) -> Iterator[Mark]:
        """Yield a sample of both glyphs."""
        yield rule(x - 7, y, x + 7, y, width=0.9)
        yield from self.glyphs((x - 7, y), (x + 7, y))


def readings_of(case: Case, draws: Report) -> tuple[Reading, ...]:
    """Return the readings of a list's draws, the report's own first."""
    found = []
    for number, part in enumerate(draws["readings"]):
        shape = "circle" if number == 0 else SHAPES[(number - 1) % len(SHAPES)]
        computed = None if part.get("not_computed") else part
        found.append(Reading((part["lens"], part["weights"]), _name(case, part, draws["readings"][0]), shape, computed))
    return tuple(found)


def reading_samples(readings: Sequence[Reading]) -> Iterator[tuple[Draw, float, str]]:
    """Yield the key to the readings other than the first."""
    for reading in readings[1:]:
        yield reading.sample, 22, wrapped(reading.name, LONGEST_NAME, most=1)[0]


def _name(case: Case, part: Mapping[str, Any], first: Mapping[str, Any]) -> str:
    """Return what a reading is called: by its lens, and by its weights where they are not the first reading's."""
    lens = next((one for one in case.lenses if one.id == part["lens"]), None)
    view = str(part["lens"] or "") if lens is None else text_of(lens.viewpoint).split(";")[0]
    weights = "the same weight on every issue" if part["weights"] == "equal" else "the case's weights"
    if part is first:
        own = "the case's own numbers" if not view else f"as read by ‹{view}›"
        return own if part["weights"] == "analyst" else f"{own}, {weights}"
    if not view:
        return weights
    return f"as read by ‹{view}›" + ("" if part["weights"] == first["weights"] else f", {weights}")


def package_names(case: Case, packages: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return what drawn packages are called: texts by their title, benchmarks by their concepts and never by content.

    Benchmarks of the same concepts are numbered.
    """
    plain = [package_name(case, entry["kind"], entry["package"]) for entry in packages]
    found: list[str] = []
    for at, name in enumerate(plain):
        ties = plain.count(name)
        found.append(name if ties == 1 else f"{name} ({plain[:at].count(name) + 1} of {ties})")
    return tuple(found)


def package_name(case: Case, kind: str, package: str) -> str:
    """Return what a package is called."""
    if kind != "solution":
        return text_title(case, package)
    concepts = [BENCHMARKS[one][2] if one in BENCHMARKS else one.replace("_", " ") for one in package.split(" = ")]
    words = _joined(concepts)
    return f"{words[:1].upper()}{words[1:]} benchmark"


def _joined(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def share_words(share: float) -> str:
    """Return a share between 0 and 1; none and all only where it is exactly that.

    Examples
    --------
    >>> share_words(0), share_words(0.0004), share_words(0.4989), share_words(0.9999), share_words(1.0)
    ('0', 'under 0.01', '0.50', 'over 0.99', '1')
    """
    if share in (0, 1):
        return f"{share:.0f}"
    if share < 0.005:
        return "under 0.01"
    return "over 0.99" if share >= 0.995 else f"{share:.2f}"


def _error(error: float) -> str:
    return "0" if error == 0 else f"{float(f'{error:.1g}'):.10g}" if error >= 1e-4 else "under 0.0001"
