"""Each `while` in the tests has a visible bound, since an endless loop makes a test hang instead of failing."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
STEPS = "await chain.advance()"  # of tests/tasks/chains.py, which fails in the end
ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
ENDS = "  # ends: "  # the comment after a `while` without a visible bound


def unbounded(source: str) -> Iterator[int]:
    """Yield the line of each `while` without an ordering comparison, a timeout or a comment on how it ends."""
    lines = source.splitlines()

    def visit(node: ast.AST, *, in_timeout: bool) -> Iterator[int]:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                in_timeout = False  # it may be called from elsewhere
            case ast.AsyncWith(items=items):
                in_timeout = in_timeout or any(ast.unparse(item).startswith("asyncio.timeout(") for item in items)
            case ast.While() if not (in_timeout or ENDS in lines[node.lineno - 1] or is_bounded(node.test)):
                yield node.lineno
        for child in ast.iter_child_nodes(node):
            yield from visit(child, in_timeout=in_timeout)

    yield from visit(ast.parse(source), in_timeout=False)


def is_bounded(condition: ast.expr) -> bool:
    """Return whether the condition compares a count or a time with a bound, or takes a step of a chain of tasks."""
    if ast.unparse(condition) == STEPS:
        return True
    compared = (node for node in ast.walk(condition) if isinstance(node, ast.Compare))
    return any(isinstance(operator, ORDER) for compare in compared for operator in compare.ops)


def test_each_loop_in_the_tests_has_a_bound() -> None:
    """`tests.waiting` has helpers for most loops: `bounded`, `wait_for` and `wait_until`."""
    files = set(TESTS.rglob("*.py"))
    assert [f"{path}:{line}" for path in sorted(files) for line in unbounded(path.read_text())] == []


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("while True:\n    pass", [1]),
        ("while page.has_next:\n    page = read(page)\n    assert len(page) <= 7", [1]),
        ("def one():\n    while (x := f()) is None: pass", [2]),
        ("async def one():\n    async with asyncio.timeout(1):\n        def two():\n            while f(): pass", [4]),
        ("async def one():\n    async with asyncio.timeout(1):\n        while await f(): pass", []),
        ("async def one():\n    async with asyncio.timeout(1) as t, f():\n        while await f(): pass", []),
        ("while f() and turn < 10: turn += 1", []),
        ("while True:  # ends: the peer closes\n    read()", []),
        ("while True:  # until the peer closes\n    read()", [1]),
    ],
)
def test_a_loop_without_a_bound_is_found(source: str, lines: list[int]) -> None:
    assert list(unbounded(source)) == lines
