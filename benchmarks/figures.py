"""A measured figure: its samples in one unit, and their statistics."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Literal

Unit = Literal["seconds", "times", "per second", "bytes", "count"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure. Targets apply to the median. A plot is named for its axes, "y by x". Without `x`, it has bars."""

    name: str
    samples: Sequence[float]
    unit: Unit = "seconds"
    promise: float | None = None  # upper bound
    at_least: float | None = None  # lower bound
    plot: str = ""  # the plot that shows this figure
    series: str = ""
    x: float | None = None

    @property
    def median(self) -> float:
        return median(self.samples)

    @property
    def quartiles(self) -> tuple[float, float]:
        """The lower and upper quartile."""
        if len(self.samples) == 1:
            return self.samples[0], self.samples[0]
        lower, _, upper = quantiles(self.samples, n=4, method="inclusive")
        return lower, upper

    @property
    def is_met(self) -> bool | None:
        """Whether the median meets its target, or None without a target."""
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
    """Return the lowest sample that is at least as high as `percent` of all samples."""
    ordered = sorted(samples)
    return ordered[max(0, -(-len(ordered) * percent // 100).__int__() - 1)]


def _short(value: float) -> float:
    """Return the value with six significant digits."""
    return float(f"{value:.6g}")
