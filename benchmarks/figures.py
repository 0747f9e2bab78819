"""What was measured: samples in one unit, and what is told of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Literal

Unit = Literal["seconds", "times", "per second", "bytes", "count"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Targets are of the median. A plot is named for its axes, "what by what"; one without `x` has a bar per series."""

    name: str
    samples: Sequence[float]
    unit: Unit = "seconds"
    promise: float | None = None  # not to be exceeded
    at_least: float | None = None  # to be reached
    plot: str = ""  # of which this is a point
    series: str = ""
    x: float | None = None

    @property
    def median(self) -> float:
        return median(self.samples)

    @property
    def quartiles(self) -> tuple[float, float]:
        """The lower and the upper; the distance between them is the spread."""
        if len(self.samples) == 1:
            return self.samples[0], self.samples[0]
        lower, _, upper = quantiles(self.samples, n=4, method="inclusive")
        return lower, upper

    @property
    def is_met(self) -> bool | None:
        """Whether the median is where it should be; None where nothing was said of it."""
        if self.promise is None and self.at_least is None:
            return None
        too_high = self.promise is not None and self.median > self.promise
        too_low = self.at_least is not None and self.median < self.at_least
        return not (too_high or too_low)

    def summary(self) -> dict[str, object]:
        lower, upper = self.quartiles
        return {
            "name": self.name,
            "unit": self.unit,
            "samples": len(self.samples),
            "median": _short(self.median),
            "quartiles": [_short(lower), _short(upper)],
            "p99": _short(percentile(self.samples, 99)),
            "lowest": _short(min(self.samples)),
            "highest": _short(max(self.samples)),
            "promise": self.promise,
            "at_least": self.at_least,
            "met": self.is_met,
            "plot": self.plot,
            "series": self.series,
            "x": self.x,
        }


def percentile(samples: Sequence[float], percent: float) -> float:
    """The lowest sample that is no lower than so many percent of them."""
    ordered = sorted(samples)
    return ordered[max(0, -(-len(ordered) * percent // 100).__int__() - 1)]


def _short(value: float) -> float:
    """Without the digits that no measurement has."""
    return float(f"{value:.6g}")
