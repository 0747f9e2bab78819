"""Scrapes a process and reads the samples with Prometheus' own parser."""

from collections.abc import Mapping

import httpx
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

TYPES = {"counter": "counter", "gauge": "gauge", "histogram": "histogram"}


def families(url: str, *, headers: Mapping[str, str] | None = None) -> list[Metric]:
    """Return the metrics that the address shows."""
    answer = httpx.get(f"{url}/metrics", headers=headers, timeout=60)
    assert answer.status_code == 200, answer.text
    return list(text_string_to_metric_families(answer.text))


def value(url: str, name: str, **labels: str) -> float | None:
    """Return the value of one series, or None if it is not shown."""
    for family in families(url):
        for sample in family.samples:
            if sample.name == name and sample.labels == labels:
                return float(sample.value)
    return None
