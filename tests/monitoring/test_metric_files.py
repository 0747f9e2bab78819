"""Metric files that other web processes create, fill and remove while one process reads them."""

from pathlib import Path

import pytest
from prometheus_client import Counter, Gauge, values

from compat.prometheus_client import keep_values_in
from monitoring.metric_files import VARIABLE, MetricFiles


@pytest.fixture(autouse=True)
def own_values(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(values, "ValueClass", values.ValueClass)
    monkeypatch.setenv(VARIABLE, str(tmp_path))


def shown(files: MetricFiles) -> dict[str, float]:
    return {sample.name: sample.value for metric in files.collect() for sample in metric.samples}


def test_a_file_that_a_process_is_creating_is_left_out(tmp_path: Path) -> None:
    files = MetricFiles(tmp_path)
    Counter("requests", "Requests", registry=None).inc()
    (tmp_path / "counter_9.db").touch()
    assert shown(files) == {"requests_total": 1}


def test_each_running_process_has_its_own_slot(tmp_path: Path) -> None:
    first, second = MetricFiles(tmp_path), MetricFiles(tmp_path)
    Gauge("open", "Connections", registry=None, multiprocess_mode="livesum").set(5)
    assert shown(first) == shown(second) == {"open": 5}
    assert {file.name for file in tmp_path.iterdir()} == {"0.lock", "1.lock", "gauge_livesum_1.db"}


def test_the_gauges_of_a_free_slot_are_removed(tmp_path: Path) -> None:
    files = MetricFiles(tmp_path)
    (tmp_path / "1.lock").touch()
    keep_values_in(1)
    Gauge("open", "Connections", registry=None, multiprocess_mode="livesum").set(5)
    Counter("requests", "Requests", registry=None).inc()
    assert shown(files) == {"requests_total": 1}
