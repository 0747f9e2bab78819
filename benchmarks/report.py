"""What was measured, as a table and as JSON, with the machine it was measured on."""

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure, percentile

LATEST = Path(__file__).parent / "results" / "latest.json"
COLUMNS = ("", "median", "p99", "lowest", "highest", "per second", "promised")


def table(figures: Iterable[Figure]) -> str:
    rows = [COLUMNS, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    lines = ["  ".join(_cell(row, column, width) for column, width in enumerate(widths)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def write_results(figures: Sequence[Figure], file: Path = LATEST) -> None:
    file.parent.mkdir(exist_ok=True)
    results = {"machine": machine(), "figures": [figure.summary() for figure in figures]}
    file.write_text(json.dumps(results, indent=2) + "\n")


def machine() -> dict[str, object]:
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "system": platform.system(),
        "python": platform.python_version(),
        "commit": _commit(),
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _row(figure: Figure) -> tuple[str, ...]:
    samples = figure.samples
    shown = [median(samples), percentile(samples, 99), min(samples), max(samples)]
    values = [f"{value:.2f}" if figure.is_ratio else _time(value) for value in shown]
    rate = f"{figure.per_second:,.0f}" if figure.per_second else ""
    return figure.name, *values, rate, f"< {_time(figure.promise_s)}" if figure.promise_s else ""


def _cell(row: Sequence[str], column: int, width: int) -> str:
    return row[column].rjust(width) if column else row[column].ljust(width)


def _time(seconds: float) -> str:
    if seconds < 1:
        return f"{seconds * 1000:.3g} ms"
    return f"{seconds:.3g} s"


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
