"""Plots as SVG files."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.figures import Figure
from benchmarks.plots import draw_plots
from benchmarks.report import Report, write_results

SVG = "{http://www.w3.org/2000/svg}"
MACHINE: dict[str, object] = {"cpu": "Abacus", "cores": 2, "commit": "c0ffee"}


def plotted(directory: Path, figures: Sequence[Figure]) -> list[Path]:
    write_results([Report(part="page", figures=list(figures))], MACHINE, directory)
    return draw_plots(directory)


def texts(file: Path) -> list[str]:
    root = ElementTree.parse(file).getroot()
    assert root.tag == f"{SVG}svg"
    return ["".join(text.itertext()).strip() for text in root.iter(f"{SVG}text")]


def curve(series: str, **medians: float) -> list[Figure]:
    return [
        Figure(name=f"{series} at {x}", samples=[y], plot="feed page by entries", series=series, x=float(x[1:]))
        for x, y in medians.items()
    ]


def test_a_plot_names_its_axes_and_the_machine(tmp_path: Path) -> None:
    ours, theirs = curve("ours & <all>", _100=0.002, _10000=0.003), curve("theirs", _100=0.5, _10000=0.7)
    (file,) = plotted(tmp_path, [*ours, *theirs, Figure(name="in no plot", samples=[1.0])])
    assert file == tmp_path / "feed-page-by-entries.svg"
    shown = texts(file)
    assert {"Feed page by entries", "entries", "ours & <all>", "theirs", "100", "10,000", "10 ms"} <= set(shown)
    assert "Medians and quartiles; Abacus, 2 cores, commit c0ffee" in shown


@pytest.mark.parametrize(("promise", "is_shown"), [(0.0025, True), (60.0, False)])
def test_a_target_is_drawn_if_values_are_near_it(tmp_path: Path, promise: float, is_shown: bool) -> None:
    (file,) = plotted(tmp_path, [replace(figure, promise=promise) for figure in curve("ours", _1=0.002, _8=0.003)])
    assert ("target" in texts(file)) is is_shown


def test_a_plot_without_x_has_a_bar_for_each_series(tmp_path: Path) -> None:
    bars = [Figure(name=each, samples=[0.01, 0.03], plot="posts", series=each) for each in ("few", "many")]
    (file,) = plotted(tmp_path, bars)
    assert {"Posts", "few", "many", "20 ms"} <= set(texts(file))


def test_zero_has_a_place_on_a_logarithmic_axis(tmp_path: Path) -> None:
    (file,) = plotted(tmp_path, curve("ours", _0=0.002, _10=0.002, _10000=0.003))
    assert {"0", "10", "10,000"} <= set(texts(file))


def test_the_same_figures_give_the_same_file(tmp_path: Path) -> None:
    figures = curve("ours", _1=0.002, _8=0.003)
    first, second = (plotted(tmp_path / each, figures)[0].read_bytes() for each in ("first", "second"))
    assert first == second


def test_a_plot_is_legible_in_the_dark(tmp_path: Path) -> None:
    (file,) = plotted(tmp_path, curve("ours", _1=0.002, _8=0.003))
    ground = next(ElementTree.parse(file).getroot().iter(f"{SVG}path"))
    assert ground.attrib["style"] == "fill: #ffffff"


@pytest.mark.parametrize("name", ["10,000 feeds written", "Page / Apollo Server 5 by connections"])
def test_a_file_is_named_for_its_plot(tmp_path: Path, name: str) -> None:
    (file,) = plotted(tmp_path, [Figure(name="one", samples=[1.0], plot=name, series="one")])
    assert file.name in {"10-000-feeds-written.svg", "page-apollo-server-5-by-connections.svg"}
