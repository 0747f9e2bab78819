"""Measures the processor time of pages and fan-outs with reposts, replies and mutes.

    .venv/bin/python -m benchmarks.conversations

It has servers of its own. In each table the contestants take turns, round by round, and the ratios are of one round.
"""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks.conversations.client_pages import BEFORE, measure_client_pages
from benchmarks.conversations.costs import table
from benchmarks.conversations.fan_outs import FOLLOWERS, POST, measure_fan_outs
from benchmarks.conversations.pages import measure_pages
from benchmarks.conversations.worlds import PAGE_SIZE, PLAIN
from benchmarks.report import machine
from benchmarks.stack import Stack, start_stack
from launch.embedded import Say


async def measure(stack: Stack, rounds: int, say: Say) -> None:
    pages = await measure_pages(stack, rounds, say)
    show(f"Pages of {PAGE_SIZE}, through the storage", table(pages, against=PLAIN, process="driver"))
    client_pages = await measure_client_pages(stack, rounds, say)
    show(f"Pages of {PAGE_SIZE} as the web client asks for them", table(client_pages, against=BEFORE, process="web"))
    fan_outs = await measure_fan_outs(stack, rounds, say)
    show(f"Fan-outs to {FOLLOWERS:,} followers", table(fan_outs, against=POST, process="worker"))


def show(title: str, lines: Iterable[str]) -> None:
    click.echo("\n".join(["", title, "", *lines]))


@click.command()
@click.option("--rounds", default=9, show_default=True, help="Rounds of each contestant, alternating.")
def main(rounds: int) -> None:
    """Print the medians and their ratios to today's page."""

    def say(text: str) -> None:
        click.echo(text, err=True)

    with TemporaryDirectory(prefix="tweeter-bench-") as directory, start_stack(Path(directory), say=say) as stack:
        asyncio.run(measure(stack, rounds, say))
    click.echo(f"\n{', '.join(f'{name} {value}' for name, value in machine().items())}")


if __name__ == "__main__":
    main()
