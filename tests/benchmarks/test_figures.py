"""Statistics of samples."""

import pytest

from benchmarks.figures import Figure, percentile


def test_a_percentile_is_a_sample() -> None:
    samples = [float(number) for number in range(100, 0, -1)]
    assert [percentile(samples, percent) for percent in (0, 50, 99, 100)] == [1, 50, 99, 100]
    assert percentile([7.0], 99) == 7


def test_half_of_the_samples_are_between_the_quartiles() -> None:
    assert Figure(name="five", samples=[5, 1, 4, 2, 3]).quartiles == (2, 4)
    assert Figure(name="one", samples=[7]).quartiles == (7, 7)


@pytest.mark.parametrize(
    ("promise", "at_least", "met"),
    [(None, None, None), (2, None, True), (1.9, None, False), (None, 2, True), (None, 2.1, False), (3, 1, True)],
)
def test_a_target_applies_to_the_median(promise: float | None, at_least: float | None, met: bool | None) -> None:
    assert Figure(name="page", samples=[1, 2, 90], promise=promise, at_least=at_least).is_met is met


def test_a_summary_has_six_significant_digits() -> None:
    summary = Figure(name="page", samples=[0.123456789, 123456.789], unit="count").summary()
    assert (summary["lowest"], summary["highest"]) == (0.123457, 123457)
