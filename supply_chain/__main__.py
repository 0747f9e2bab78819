"""`make vulnerabilities`: is anything we depend on known to be vulnerable?

The exit status is 0 if nothing was found but what is accepted, 1 if something was, 2 if it could not be looked up.
"""

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click

from supply_chain.accepted import Accepted, read_accepted
from supply_chain.report import Report, read_npm, read_pip

SHOWN = 3


def judge(reports: Sequence[Report], accepted: Sequence[Accepted], *, today: date) -> tuple[int, list[str]]:
    """The exit status, and what is to be said."""
    lines, is_vulnerable = [], False
    for report in reports:
        lines.append(f"{report.name}: {report.looked_up} packages looked up, {len(report.findings)} findings")
        for finding in report.findings:
            reason = next((each.reason for each in accepted if each.covers(finding, today=today)), None)
            is_vulnerable |= reason is None
            lines.append(f"  {finding.package} {finding.id} ({finding.title}): {reason or 'NOT ACCEPTED'}")
        lines += [f"  not looked up: {each}" for each in report.unknown[:SHOWN]]
        if len(report.unknown) > SHOWN:
            lines.append(f"  … and {len(report.unknown) - SHOWN} more")
    found = {(finding.id, finding.package) for report in reports for finding in report.findings}
    is_known = all(report.is_whole for report in reports)
    if is_known:
        lines += [
            f"{each.id} is accepted and not found: remove it"
            for each in accepted
            if (each.id, each.package) not in found
        ]
    if is_vulnerable:
        return 1, [*lines, "Vulnerable: upgrade, or accept it in supply_chain/accepted.toml with a reason and a day."]
    if not is_known:
        return 2, [*lines, "Whether anything is vulnerable is NOT known: not everything could be looked up."]
    return 0, [*lines, "Nothing is known to be vulnerable but what is accepted."]


if __name__ == "__main__":
    directory = Path(sys.argv[1])
    reports = [read_pip(directory / "python.json"), read_npm(directory / "npm.json")]
    status, lines = judge(reports, read_accepted(), today=datetime.now(UTC).date())
    click.echo("\n".join(lines))
    sys.exit(status)
