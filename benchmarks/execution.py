"""Compares the processor time of executing a page of 20 posts by plain Strawberry and by compiled selections.

    .venv/bin/python -m benchmarks.execution

Everything runs in one process, without a database or a connection. So only Strawberry, graphql-core and the schema's
extensions are measured. The documents are cached, so nothing is parsed or validated.
"""

import asyncio
import gc
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import process_time_ns
from typing import Any

import click
import strawberry
from strawberry.schema.config import StrawberryConfig

from benchmarks.alternating import alternate
from benchmarks.pages import PAGE, PAGE_SIZE
from domain import records
from domain.callers import Caller
from schema.build import EXTENSIONS, CodedSchema
from schema.context import Info
from schema.execution.compiled import CompiledExecutor
from schema.graph import Post, PostConnection, PostEdge, User
from schema.page_info import DEFAULT_PAGE, After, First, PageInfo
from schema.scalars import SCALARS
from schema.selection import selects

EXECUTIONS = 200  # of a round
FIRST_ID = 1 << 60


@dataclass(frozen=True, slots=True)
class Serving:
    """The services that execution reads."""

    request_timeout_s: float = 10.0
    may_introspect: bool = True


@dataclass(frozen=True, slots=True)
class Asking:
    """The parts of a request's context that execution reads."""

    services: Serving = Serving()
    viewer: int | None = None
    caller: Caller = Caller()


def page_of(number: int) -> PostConnection:
    """Return `number` posts, each by another author."""
    asking: Any = Asking()
    edges = []
    for place in range(number):
        author = records.User(id=FIRST_ID + place, alias=f"author{place}", first_name="Ann", last_name="Lee")
        post = records.Post(id=FIRST_ID + place, author=author.id, text=f"The post number {place}.", in_flight=False)
        edges.append(PostEdge(cursor=f"cursor{place}", node=Post.of(post, asking, author=User.of(author, asking))))
    page_info = PageInfo.of([edge.cursor for edge in edges], has_next=True, has_previous=False)
    return PostConnection(edges=edges, page_info=page_info)


FEED = page_of(PAGE_SIZE)


@strawberry.type
class Query:
    @strawberry.field
    async def feed(self, info: Info, first: First = DEFAULT_PAGE, after: After = None) -> PostConnection:
        assert selects(info, "edges", "node", "author")
        return FEED


def make_schema(executor: type[Any] | None) -> strawberry.Schema:
    return CodedSchema(
        query=Query,
        extensions=EXTENSIONS,
        execution_context_class=executor,
        config=StrawberryConfig(scalar_map=SCALARS),
    )


async def time_executions(schema: strawberry.Schema, number: int = EXECUTIONS) -> float:
    """Return the processor time of one execution, in µs."""
    gc.collect()
    began = process_time_ns()
    for _ in range(number):
        result = await schema.execute(PAGE, context_value=Asking())
    taken = process_time_ns() - began
    assert result.errors is None, result.errors
    assert result.data is not None
    assert len(result.data["feed"]["edges"]) == PAGE_SIZE
    return taken / number / 1_000


@click.command()
@click.option("--rounds", default=30, show_default=True, help="Rounds of each, alternating.")
def main(rounds: int) -> None:
    """Print the medians."""
    schemas = {"stock": make_schema(None), "compiled": make_schema(CompiledExecutor)}
    contestants: dict[str, Callable[[], Any]] = {name: partial(time_executions, each) for name, each in schemas.items()}
    taken = asyncio.run(alternate(contestants, rounds=rounds, say=lambda _: None))
    for name, each in taken.items():
        click.echo(f"{name:10}{median(each):8.0f} µs (best {min(each):.0f})")


if __name__ == "__main__":
    main()
