"""`make vulnerabilities` says that all is well only where everything was looked up."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from supply_chain.__main__ import judge
from supply_chain.accepted import Accepted, read_accepted
from supply_chain.report import Finding, Report, read_npm, read_pip

TODAY = date(2026, 11, 25)
BAD = Finding("PYSEC-2026-1", "bad")
ACCEPTED = Accepted(id="PYSEC-2026-1", package="bad", reason="We do not call it.", until=TODAY)
CLEAN = Report(name="Python", looked_up=5)

Write = Callable[[object], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(content: object) -> Path:
        file = tmp_path / "report.json"
        file.write_text(content if isinstance(content, str) else json.dumps(content))
        return file

    return write


def test_what_pip_audit_found_and_what_it_skipped_is_read(write: Write) -> None:
    dependencies = [
        {"name": "good", "version": "1", "vulns": []},
        {"name": "bad", "version": "1", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["2"], "aliases": []}]},
        {"name": "odd", "skip_reason": "Dependency not found on PyPI and could not be audited: odd (1)"},
    ]
    report = read_pip(write({"dependencies": dependencies, "fixes": []}))
    assert report.findings == (BAD,)
    assert report.looked_up == 2
    assert len(report.unknown) == 1


def test_what_npm_audit_found_is_read_once(write: Write) -> None:
    advisory = {"url": "https://github.com/advisories/GHSA-1", "name": "bad", "severity": "high", "title": "Bad"}
    vulnerabilities = {"bad": {"via": [advisory]}, "user": {"via": ["bad"]}, "again": {"via": [advisory]}}
    content = {"vulnerabilities": vulnerabilities, "metadata": {"dependencies": {"total": 7}}}
    report = read_npm(write(content))
    assert (report.looked_up, report.findings) == (7, (Finding("GHSA-1", "bad"),))


@pytest.mark.parametrize("content", ["", "nonsense", {}, {"message": "405 Method Not Allowed", "error": {}}])
def test_an_answer_that_is_no_report_is_not_taken_for_a_clean_one(write: Write, content: object) -> None:
    for read in (read_pip, read_npm):
        report = read(write(content))
        assert report.unknown
        assert judge([CLEAN, report], [], today=TODAY)[0] == 2


def test_a_list_of_no_package_is_not_taken_for_a_clean_one(write: Write) -> None:
    assert judge([read_pip(write({"dependencies": [], "fixes": []}))], [], today=TODAY)[0] == 2


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    assert judge([read_pip(tmp_path / "none"), read_npm(tmp_path / "none")], [], today=TODAY)[0] == 2


@pytest.mark.parametrize(
    ("reports", "accepted", "status"),
    [
        ([CLEAN], [], 0),
        ([Report(name="npm", looked_up=5, findings=(BAD,))], [], 1),
        ([Report(name="npm", looked_up=5, findings=(BAD,))], [ACCEPTED], 0),
        ([Report(name="npm", looked_up=5, findings=(BAD, Finding("GHSA-2", "bad")))], [ACCEPTED], 1),
        ([Report(name="npm", looked_up=5, findings=(BAD,), unknown=("odd",))], [ACCEPTED], 2),
        ([Report(name="npm", looked_up=5, findings=(BAD,), unknown=("odd",))], [], 1),
    ],
)
def test_it_is_well_where_nothing_was_found_but_what_is_accepted(
    reports: list[Report], accepted: list[Accepted], status: int
) -> None:
    assert judge(reports, accepted, today=TODAY)[0] == status


def test_what_was_accepted_until_yesterday_is_not_any_more() -> None:
    accepted = Accepted(id=BAD.id, package=BAD.package, reason="A reason.", until=date(2026, 11, 24))
    assert judge([Report(name="npm", looked_up=5, findings=(BAD,))], [accepted], today=TODAY)[0] == 1


def test_what_is_accepted_and_not_found_any_more_is_named() -> None:
    assert any("remove it" in line for line in judge([CLEAN], [ACCEPTED], today=TODAY)[1])


def test_what_we_accept_has_a_reason_and_a_day() -> None:
    assert all(each.reason and each.until for each in read_accepted())
