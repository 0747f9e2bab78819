"""Draws plots from the JSON of figures: `python -m benchmarks.plots DIRECTORY`.

The same JSON gives the same files, byte for byte.
"""

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FixedLocator, NullLocator

from benchmarks.report import LATEST, shown

Point = Mapping[str, Any]  # a figure's summary

LOOK = Path(__file__).with_name("look.mplstyle")
WIDTH, LINES, LEGEND, BAR, AROUND_BARS = 7.5, 3.4, 0.1, 0.42, 1.1  # inches; LEGEND and BAR are for each series
WIDE = 50  # ratio of highest to lowest value from which an axis is logarithmic


def draw_plots(directory: Path) -> list[Path]:
    """Write one file per plot named by the figures of the directory's JSON."""
    results = json.loads((directory / LATEST).read_text())
    points = [figure for part in results["parts"] for figure in part["figures"] if figure["plot"]]
    files = []
    for name, group in groupby(sorted(points, key=itemgetter("plot")), key=itemgetter("plot")):
        files.append(directory / f"{slug(name)}.svg")
        draw(name, list(group), _origin(results["machine"]), files[-1])
    return files


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def draw(name: str, points: Sequence[Point], origin: str, file: Path) -> None:
    is_line = points[0]["x"] is not None
    with style.context(LOOK):
        canvas = Canvas((WIDTH, _height(points)), layout="constrained")
        canvas.suptitle(name[:1].upper() + name[1:], x=0.01, ha="left")
        axes = canvas.add_subplot()
        (_draw_lines if is_line else _draw_bars)(axes, points)
        if is_line:
            axes.set_xlabel(name.partition(" by ")[2])
            axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
        canvas.supxlabel(origin, x=0.01, ha="left", fontsize="small")
        canvas.savefig(file, format="svg", metadata={"Date": None, "Creator": None})


def _height(points: Sequence[Point]) -> float:
    if points[0]["x"] is None:
        return AROUND_BARS + BAR * len(points)
    return LINES + LEGEND * len({point["series"] for point in points})


def _draw_lines(axes: Axes, points: Sequence[Point]) -> None:
    """Draw a line of medians for each series, with quartiles."""
    for series, line in _by_series(points):
        line = sorted(line, key=itemgetter("x"))
        medians = [point["median"] for point in line]
        axes.errorbar([point["x"] for point in line], medians, yerr=_distances(line), label=series)
    places = sorted({point["x"] for point in points})
    axes.set_xscale(**_scale(places))
    axes.xaxis.set_major_locator(FixedLocator(places))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(lambda x, _: f"{x:,.0f}")
    axes.set_yscale(**_scale([point["median"] for point in points]))
    if axes.get_yscale() == "linear":
        axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(lambda value, _: shown(value, points[0]["unit"]))
    _, top = axes.get_ylim()
    for target in {point["promise"] or point["at_least"] for point in points} - {None}:
        if target < top:
            axes.axhline(target, color="#6e7781", linestyle=":", marker="", label="target")


def _draw_bars(axes: Axes, points: Sequence[Point]) -> None:
    """Draw a bar for each series, in order from the top."""
    names, medians = [point["series"] for point in points], [point["median"] for point in points]
    bars = axes.barh(names, medians, xerr=_distances(points), height=0.6)
    axes.bar_label(bars, [shown(point["median"], point["unit"]) for point in points], padding=6)
    axes.invert_yaxis()
    axes.tick_params("y", length=0)
    axes.grid(visible=False, axis="y")
    axes.margins(x=0.15)
    axes.xaxis.set_major_formatter(lambda value, _: shown(value, points[0]["unit"]))


def _scale(values: Sequence[float]) -> dict[str, Any]:
    lowest = min((value for value in values if value > 0), default=1)
    if max(values) < WIDE * lowest:
        return {"value": "linear"}
    return {"value": "log"} if min(values) > 0 else {"value": "symlog", "linthresh": lowest}


def _distances(points: Sequence[Point]) -> list[list[float]]:
    """Return the distances of the quartiles from the median, for error bars."""
    return [
        [point["median"] - point["quartiles"][0] for point in points],
        [point["quartiles"][1] - point["median"] for point in points],
    ]


def _by_series(points: Iterable[Point]) -> Iterable[tuple[str, list[Point]]]:
    """Return the groups in order of first appearance."""
    series: dict[str, list[Point]] = {}
    for point in points:
        series.setdefault(point["series"], []).append(point)
    return series.items()


def _origin(machine: Mapping[str, Any]) -> str:
    return f"Medians and quartiles; {machine['cpu']}, {machine['cores']} cores, commit {machine['commit']}"


if __name__ == "__main__":
    for drawn in draw_plots(Path(sys.argv[1])):
        print(drawn)
