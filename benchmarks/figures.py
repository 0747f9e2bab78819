"""What was measured: samples in seconds, and what is told of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    name: str
    samples: Sequence[float]  # seconds; plain numbers for a ratio
    promise_s: float | None = None  # what the original system promised
    per_second: float | None = None
    is_ratio: bool = False

    def summary(self) -> dict[str, object]:
        unit = "times" if self.is_ratio else "seconds"
        return {
            "name": self.name,
            "unit": unit,
            "samples": len(self.samples),
            "median": round(median(self.samples), 6),
            "p99": round(percentile(self.samples, 99), 6),
            "lowest": round(min(self.samples), 6),
            "highest": round(max(self.samples), 6),
            "per_second": round(self.per_second, 1) if self.per_second else None,
            "promise": self.promise_s,
        }


def percentile(samples: Sequence[float], percent: float) -> float:
    """The lowest sample that is no lower than so many percent of them."""
    ordered = sorted(samples)
    return ordered[max(0, -(-len(ordered) * percent // 100).__int__() - 1)]
