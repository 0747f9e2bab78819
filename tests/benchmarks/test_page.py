"""The page and its contestants at a very small size. Measured values never fail a test, but wrong answers do."""

from dataclasses import replace
from pathlib import Path

from benchmarks.parts import page
from benchmarks.peers.answers import find_differences
from benchmarks.peers.contestants import IN_PYTHON, OURS, why_no_node
from benchmarks.sizes import QUICK, Page
from benchmarks.stack import start_stack
from tests.benchmarks.test_closed_loop import REQUEST, answering

SMALL = replace(QUICK, page=Page(connections=(2,), rounds=1, round_s=0.1, warm_up_s=0.1))


async def test_all_contestants_answer_the_same(tmp_path: Path) -> None:
    said: list[str] = []
    with start_stack(tmp_path, say=said.append) as stack:
        figures = {figure.name: figure async for figure in page.measure(stack, SMALL, say=said.append)}
    assert figures[f"2 connections, {OURS.name}"].unit == "per second"
    for name in (OURS.name, f"mongod for {OURS.name}"):
        assert 0 < figures[f"2 connections, processor time of a page, {name}"].median < 1
    assert all(f"2 connections, ours / {each.name}" in figures for each in IN_PYTHON)
    assert any("without the servers on Node" in text for text in said) == (why_no_node() is not None)


async def test_a_contestant_with_other_data_is_named() -> None:
    full = b'HTTP/1.1 200 OK\r\n\r\n{"data": {"feed": [%s]}}' % b", ".join([b'{"cursor": 1}'] * 20)
    spelt, changed = full.replace(b": ", b":"), full.replace(b"1}]", b"2}]")
    async with answering([full]) as ours, answering([spelt]) as same, answering([changed]) as other:
        assert not await find_differences({"ours": ours, "same": same}, REQUEST)
        (difference,) = await find_differences({"ours": ours, "same": same, "other": other}, REQUEST)
    assert difference.startswith("other answers")
