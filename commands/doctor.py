"""`tweeter doctor`: looks at servers, data, workers and this machine."""

import json
import sys
from dataclasses import asdict

import click

from launch.doctor.findings import Finding, Level
from launch.doctor.visit import visit
from running import with_servers_of_up
from settings import Settings

COLOURS = {Level.OK: "green", Level.WARNING: "yellow", Level.FAILED: "red"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
@click.option("--strict", is_flag=True, help="Exit with 1 if there is a warning.")
def doctor(as_json: bool, strict: bool) -> None:
    """Look at MongoDB, Redis, the broker, workers, stored data and this machine, and say what to do.

    It changes nothing. It looks at the servers that the environment names, or at those of a running `tweeter up`. Exits
    with 2 if something does not work, and with 0 otherwise. With --strict, exits with 1 if there are only warnings.
    """
    settings = with_servers_of_up(Settings.from_environment())
    settings.check_addresses()
    findings = []
    for finding in visit(settings):
        findings.append(finding)
        if not as_json:
            show(finding)
    if as_json:
        click.echo(json.dumps([asdict(each) | {"level": each.level.value} for each in findings], indent=2))
    levels = {each.level for each in findings}
    sys.exit(2 if Level.FAILED in levels else int(strict and Level.WARNING in levels))


def show(finding: Finding) -> None:
    level = click.style(f"{finding.level.value:7}", fg=COLOURS[finding.level])
    click.echo(f"{level}  {finding.check}: {finding.text}")
    if finding.advice:
        click.echo(f"         {finding.advice}")
