"""The rules, configuration and dashboard of deploy/monitoring: tried with promtool, and only about our metrics."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.docs.pages import ROOT
from tests.lacking import lacking
from tests.monitoring.test_metrics_table import described

SHIPPED = ROOT / "deploy" / "monitoring"
ALERTS = SHIPPED / "alerts.yaml"
CASES = Path(__file__).with_name("alerts_test.yaml")
METRIC = re.compile(r"\btweeter_\w+")
SUFFIXES = {"histogram": ("_bucket", "_sum", "_count"), "counter": ("",), "gauge": ("",)}


@pytest.fixture
def promtool() -> str:
    found = shutil.which("promtool")
    if found is None:
        lacking("promtool is not installed (Debian: apt install prometheus)")
    return found


def run(*command: str) -> None:
    """Run the command.

    Raises:
        AssertionError: It fails.
    """
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def rules() -> list[dict[str, Any]]:
    return [rule for group in yaml.safe_load(ALERTS.read_text())["groups"] for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((SHIPPED / "dashboard.json").read_text())["panels"]
    return found


def expressions() -> Iterator[str]:
    """Yield each expression of the rules and the dashboard."""
    yield from (rule["expr"] for rule in rules())
    for panel in panels():
        yield from (target["expr"] for target in panel.get("targets", ()))


def test_the_rules_and_the_configuration_are_valid(promtool: str) -> None:
    run(promtool, "check", "rules", str(ALERTS))
    run(promtool, "check", "config", str(SHIPPED / "prometheus.yaml"))


def test_each_alert_fires_when_it_should_and_at_no_other_time(promtool: str) -> None:
    run(promtool, "test", "rules", str(CASES))


def test_each_alert_has_a_case_in_which_it_fires_and_one_in_which_it_does_not() -> None:
    names = [case["name"] for case in yaml.safe_load(CASES.read_text())["tests"]]
    for rule in rules():
        assert f"{rule['alert']} fires" in names
        assert f"{rule['alert']} is calm" in names


def test_each_alert_says_what_to_do() -> None:
    for rule in rules():
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["annotations"].keys() == {"summary", "do"}


def test_each_expression_of_the_dashboard_is_valid(promtool: str, tmp_path: Path) -> None:
    found = [expression.replace("$__rate_interval", "5m") for expression in expressions()]
    recorded = [{"record": f"panel:number{place}", "expr": expression} for place, expression in enumerate(found)]
    (tmp_path / "rules.yaml").write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": recorded}]}))
    run(promtool, "check", "rules", str(tmp_path / "rules.yaml"))


def test_every_metric_that_is_named_exists() -> None:
    """The table of docs/monitoring.md is compared with running processes."""
    known = {row.name + suffix for row in described() for suffix in SUFFIXES[row.kind]}
    named = {name for expression in expressions() for name in METRIC.findall(expression)}
    assert named <= known
    assert len(named) > 15


def test_every_metric_is_on_the_dashboard() -> None:
    shown = {
        name for panel in panels() for target in panel.get("targets", ()) for name in METRIC.findall(target["expr"])
    }
    missing = {row.name for row in described() if not any(row.name + suffix in shown for suffix in SUFFIXES[row.kind])}
    assert missing == set()


def test_panels_have_places_of_their_own() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in panels():
        at = panel["gridPos"]
        places = {(at["x"] + right, at["y"] + down) for right in range(at["w"]) for down in range(at["h"])}
        assert not places & taken, panel["title"]
        assert at["x"] + at["w"] <= 24
        taken |= places
    assert len({panel["id"] for panel in panels()}) == len(panels())


def test_the_jobs_of_the_rules_are_those_of_the_configuration() -> None:
    configured = yaml.safe_load((SHIPPED / "prometheus.yaml").read_text())
    jobs = {job["job_name"] for job in configured["scrape_configs"]}
    named = {job for rule in rules() for job in re.findall(r'job="([\w-]+)"', rule["expr"])}
    assert named <= jobs
