"""`python -m tests.web.lighthouse`: runs Lighthouse on pages of a demo, as a phone and as a desktop."""

import asyncio
import json
import os
import platform
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import click
import httpx

from composition.tasks import task_services_of
from seeding.accounts import PASSWORD
from seeding.demo import VIEWER, seed_demo
from tests.pipeline.stack import ROOT, Stack
from tests.web.arriving import SESSION
from tests.web.conftest import FLAGS
from tests.web.screenshots import demo

HERE = ROOT / "web" / "lighthouse"
RESULTS = ROOT / "benchmarks" / "results" / "lighthouse.json"
PROFILE = "grace"
TAG = "garden"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
WITHIN_S = 60 * 60

LOGIN = """mutation ($alias: String!) { login(input: {alias: $alias, password: "%s"}) { ... on Session { token } } }"""
POST = """query ($alias: String!) { user(alias: $alias) { story(first: 1) { edges { node { id } } } } }"""

Run = Mapping[str, Any]


@click.command()
@click.option("--runs", default=5, show_default=True, help="Of each page and form factor; the table shows the median.")
def main(runs: int) -> None:
    """Start a demo, run Lighthouse on it, and print the medians. Five runs take most of an hour."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise click.ClickException("no chromium on the PATH (on Debian: apt install chromium)")
    with TemporaryDirectory(prefix="tweeter-lighthouse-") as directory, demo(Path(directory)) as running:
        asyncio.run(seed(running))
        order = {"site": running.url, "chromium": chromium, "flags": FLAGS, "runs": runs, **visits(running.url)}
        results = list(measured(order))
    RESULTS.write_text(json.dumps({"machine": machine(), "runs": results}, indent=1) + "\n")
    click.echo(table(results))


async def seed(running: Stack) -> None:
    async with task_services_of(running.settings) as services:
        await seed_demo(services)


def visits(site: str) -> dict[str, Any]:
    """Return the addresses to visit, and the session of the demo's viewer."""
    token = ask(site, LOGIN % PASSWORD, VIEWER)["login"]["token"]
    post = ask(site, POST, PROFILE)["user"]["story"]["edges"][0]["node"]["id"]
    pages = [
        {"name": "landing", "path": "/", "isSignedIn": False},
        {"name": "profile, anonymous", "path": f"/@{PROFILE}", "isSignedIn": False},
        {"name": "home feed", "path": "/", "isSignedIn": True},
        {"name": "profile, signed in", "path": f"/@{PROFILE}", "isSignedIn": True},
        {"name": "post, signed in", "path": f"/@{PROFILE}/posts/{post}", "isSignedIn": True},
        {"name": "notifications", "path": "/notifications", "isSignedIn": True},
        {"name": "explore", "path": "/explore", "isSignedIn": True},
        {"name": "tag", "path": f"/tags/{TAG}", "isSignedIn": True},
        {"name": "bookmarks", "path": "/bookmarks", "isSignedIn": True},
    ]
    return {"pages": pages, "session": [SESSION, json.dumps({"token": token, "alias": VIEWER})]}


def ask(site: str, query: str, alias: str) -> Any:
    response = httpx.post(f"{site}/graphql", json={"query": query, "variables": {"alias": alias}})
    return response.raise_for_status().json()["data"]


def measured(order: Mapping[str, Any]) -> Iterator[Run]:
    """Yield each run as it ends."""
    with subprocess.Popen(
        ["node", HERE / "measure.js"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(order))
        process.stdin.close()
        for line in process.stdout:
            run = json.loads(line)
            click.echo(f"{run['form']}, {run['page']}: {[run[category] for category in CATEGORIES]}", err=True)
            yield run
    if process.wait(WITHIN_S) != 0:
        raise click.ClickException("Lighthouse failed; what it printed is above")


def table(runs: list[Run]) -> str:
    """Return the medians as a table in Markdown."""
    by_page: dict[str, dict[str, list[Run]]] = defaultdict(lambda: defaultdict(list))
    for run in runs:
        by_page[run["page"]][run["form"]].append(run)
    lines = [
        "| page | phone | desktop | phone: largest paint | slow 3G: first paint | largest | layout shift |",
        "|---|---|---|---|---|---|---|",
    ]
    for page, forms in by_page.items():
        phone, desktop, slow = forms["phone"], forms["desktop"], forms["slow3G"]
        paints = f"{seconds('lcp', phone)} | {seconds('fcp', slow)} | {seconds('lcp', slow)}"
        shift = max(run["cls"] for run in [*phone, *desktop, *slow])
        lines.append(f"| {page} | {scores(phone)} | {scores(desktop)} | {paints} | {shift:.3f} |")
    return "\n".join(lines)


def seconds(metric: str, runs: list[Run]) -> str:
    return f"{median(run[metric] for run in runs) / 1_000:.1f} s"


def scores(runs: list[Run]) -> str:
    return " / ".join(f"{median(run[category] for run in runs):.0f}" for category in CATEGORIES)


def machine() -> dict[str, Any]:
    return {"cores": os.cpu_count(), "load": os.getloadavg(), "system": platform.platform()}


if __name__ == "__main__":
    main()
