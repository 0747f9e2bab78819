"""A whole part, very small, on a stack of its own. What it measures never fails a test."""

from dataclasses import replace
from pathlib import Path

from benchmarks.parts import live
from benchmarks.sizes import QUICK, Live
from benchmarks.stack import start_stack

SMALL = replace(QUICK, live=Live(subscriptions=20, audiences=(5, 20), posts=2))


async def test_posts_arrive_at_all_who_wait_for_them(tmp_path: Path) -> None:
    said: list[str] = []
    with start_stack(tmp_path, say=said.append) as stack:
        figures = {figure.name: figure async for figure in live.measure(stack, SMALL, say=said.append)}
    assert len(figures["arrived at each of 5"].samples) == 2 * 5
    assert len(figures["arrived at each of 20"].samples) == 2 * 20
    assert len(figures["arrived at all of 20"].samples) == 2
    assert figures["memory of a subscription"].unit == "bytes"
