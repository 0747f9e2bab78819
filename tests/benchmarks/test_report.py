"""Tables and the JSON file of a report."""

import json
from pathlib import Path

import pytest

from benchmarks.figures import Figure, Unit
from benchmarks.report import LATEST, Report, machine, shown, table, write_results


def test_a_table_shows_targets_and_whether_they_are_met() -> None:
    page = Figure(name="page", samples=[0.004, 0.002, 0.003, 1.2], promise=0.2)
    ratio = Figure(name="of bare", samples=[0.5], unit="times", at_least=0.6)
    head, _, first, second = table([page, ratio]).splitlines()
    assert head.split() == ["median", "spread", "p99", "lowest", "highest", "n", "target"]
    assert first.split("  ")[0] == "page"
    assert " ".join(first.split()) == "page 3.5 ms 300 ms 1.2 s 2 ms 1.2 s 4 ≤ 200 ms met"
    assert " ".join(second.split()) == "of bare 0.5 × 1 ≥ 0.6 × missed"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.0123, "seconds", "12.3 ms"),
        (61.04, "seconds", "61 s"),
        (1.987, "times", "1.99 ×"),
        (53_912.4, "per second", "53,912/s"),
        (61_440, "bytes", "60 KiB"),
        (3 * 2**20, "bytes", "3 MiB"),
        (1, "count", "1"),
        (10_000, "count", "10,000"),
        (2.5, "count", "2.5"),
    ],
)
def test_values_are_shown_in_their_unit(value: float, unit: Unit, text: str) -> None:
    assert shown(value, unit) == text


def test_the_file_has_every_figure_and_the_machine(tmp_path: Path) -> None:
    page = Figure(name="page", samples=[0.004, 0.002, 0.003], promise=0.2, plot="page by depth", series="feed", x=20)
    reports = [
        Report(part="page", figures=[page], took_s=12.34),
        Report(part="growth", figures=[], failure="RuntimeError: no"),
    ]
    write_results(reports, machine(), tmp_path / "results")

    written = json.loads((tmp_path / "results" / LATEST).read_text())
    assert {"cpu", "cores", "python", "commit", "load", "load_after"} <= written["machine"].keys()
    first, second = written["parts"]
    assert (first["part"], first["took_s"], first["failure"]) == ("page", 12.3, "")
    assert first["figures"] == [
        {
            "name": "page",
            "unit": "seconds",
            "samples": 3,
            "median": 0.003,
            "quartiles": [0.0025, 0.0035],
            "p99": 0.004,
            "lowest": 0.002,
            "highest": 0.004,
            "promise": 0.2,
            "at_least": None,
            "met": True,
            "plot": "page by depth",
            "series": "feed",
            "x": 20,
        }
    ]
    assert (second["figures"], second["failure"]) == ([], "RuntimeError: no")
