"""Metric values in files that are named after a slot."""

import struct
from pathlib import Path

import pytest
from prometheus_client import Counter, values
from prometheus_client.multiprocess import MultiProcessCollector

from compat.prometheus_client import keep_values_in
from monitoring.metric_files import VARIABLE
from tests.compat.canaries import check_attributes, check_signature


def test_a_slot_keeps_the_values_of_the_process_before(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    check_attributes(values, "ValueClass")
    check_signature(values.MultiProcessValue, "process_identifier")
    monkeypatch.setattr(values, "ValueClass", values.ValueClass)
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    for _ in range(2):  # two processes, one after the other
        keep_values_in(7)
        counter = Counter("requests", "Requests", registry=None)
        counter.inc()
    assert [file.name for file in tmp_path.iterdir()] == ["counter_7.db"]
    samples = {sample.name: sample.value for metric in counter.collect() for sample in metric.samples}
    assert samples["requests_total"] == 2


def test_an_empty_file_still_breaks_the_merge(tmp_path: Path) -> None:
    """The reason for `MetricFiles._written`. Once this fails, remove the method.

    Upstream: https://github.com/prometheus/client_python/issues/1199.
    """
    (tmp_path / "counter_7.db").touch()
    with pytest.raises(struct.error, match="requires a buffer"):
        MultiProcessCollector.merge([str(tmp_path / "counter_7.db")])  # type: ignore[no-untyped-call]  # it has no types
