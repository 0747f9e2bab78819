"""Writes figures as tables and JSON, with a description of the machine."""

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import Figure, Unit, percentile

RESULTS = Path(__file__).parent / "results"
LATEST = "latest.json"
COLUMNS = ("", "median", "spread", "p99", "lowest", "highest", "n", "target", "")


@dataclass(slots=True, kw_only=True)
class Report:
    """The report of one part. If it failed, it has the figures measured before the failure."""

    part: str
    figures: list[Figure] = field(default_factory=list)
    took_s: float = 0.0
    failure: str = ""

    def summary(self) -> dict[str, object]:
        return {
            "part": self.part,
            "took_s": round(self.took_s, 1),
            "failure": self.failure,
            "figures": [figure.summary() for figure in self.figures],
        }


def table(figures: Iterable[Figure]) -> str:
    rows = [COLUMNS, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    lines = ["  ".join(_cell(row, column, width) for column, width in enumerate(widths)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def write_results(reports: Sequence[Report], before: dict[str, object], directory: Path = RESULTS) -> None:
    """Write the JSON of the reports. `before` describes the machine before the first measurement."""
    directory.mkdir(parents=True, exist_ok=True)
    results = {
        "machine": before | {"load_after": load()},
        "parts": [report.summary() for report in reports],
    }
    (directory / LATEST).write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")


def machine() -> dict[str, object]:
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "load": load(),
        "system": platform.system(),
        "python": platform.python_version(),
        "commit": _commit(),
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def load() -> float:
    """Return the average number of runnable processes in the last minute."""
    return round(os.getloadavg()[0], 2)


def shown(value: float, unit: Unit) -> str:
    if unit == "seconds":
        return f"{value * 1000:.3g} ms" if value < 1 else f"{value:.3g} s"
    if unit == "bytes":
        return f"{value / 2**20:.3g} MiB" if value >= 2**20 else f"{value / 2**10:.3g} KiB"
    number = f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"
    return number + {"times": " ×", "per second": "/s", "count": ""}[unit]


def _row(figure: Figure) -> tuple[str, ...]:
    samples, (lower, upper) = figure.samples, figure.quartiles
    values = [upper - lower, percentile(samples, 99), min(samples), max(samples)] if len(samples) > 1 else []
    told = [shown(value, figure.unit) for value in (figure.median, *values)]
    met = {None: "", True: "met", False: "missed"}[figure.is_met]
    return figure.name, *told, *[""] * (5 - len(told)), str(len(samples)), _target(figure), met


def _target(figure: Figure) -> str:
    bounds = [("≤", figure.promise), ("≥", figure.at_least)]
    return " ".join(f"{sign} {shown(bound, figure.unit)}" for sign, bound in bounds if bound is not None)


def _cell(row: Sequence[str], column: int, width: int) -> str:
    return row[column].rjust(width) if column else row[column].ljust(width)


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _commit() -> str:
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=Path(__file__).parent, capture_output=True, text=True
    )
    return described.stdout.strip() or "unknown"
