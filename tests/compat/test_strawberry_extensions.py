"""The quick runner calls hooks as Strawberry's own does."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import strawberry
from graphql import GraphQLError
from strawberry.extensions import SchemaExtension

from compat.strawberry.extensions import QuickRunner

log: list[str] = []
raising: set[str] = set()


def note(stage: str) -> None:
    log.append(stage)
    if stage in raising:
        raise GraphQLError(stage)


class Generators(SchemaExtension):
    async def on_operation(self) -> AsyncIterator[None]:
        note("operation begins")
        try:
            yield
        finally:
            note("operation ends")

    def on_validate(self) -> Iterator[None]:
        note("validation begins")
        yield
        note("validation ends")

    async def on_execute(self) -> AsyncIterator[None]:
        note("execution begins")
        yield
        note("execution ends")


class Functions(SchemaExtension):
    def on_parse(self) -> None:  # type: ignore[override]
        note("parsing")

    async def on_execute(self) -> None:  # type: ignore[override]
        note(f"execution of {self.execution_context.query}")


class Inherited(Generators): ...


@strawberry.type
class Query:
    name: str = "Ida"


class QuickSchema(strawberry.Schema):
    def create_extensions_runner(self, execution_context: Any, extensions: list[SchemaExtension]) -> QuickRunner:
        return QuickRunner(execution_context, extensions)


async def calls_of(schema: type[strawberry.Schema], text: str) -> tuple[list[str], Any, list[str]]:
    log.clear()
    extensions = [Generators, Functions, SchemaExtension, Inherited]
    answers = [await schema(Query, extensions=extensions).execute(text, root_value=Query()) for _ in range(2)]
    return list(log), answers[0].data, [error.message for answer in answers for error in answer.errors or []]


STAGES = ["operation begins", "operation ends", "validation begins", "validation ends", "execution begins", "parsing"]


@pytest.mark.parametrize("text", ["{ name }", "{ nothing }", "{"])
@pytest.mark.parametrize("stage", [None, *STAGES, "execution ends"])
async def test_hooks_are_called_as_by_strawberry(text: str, stage: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.raising", {stage})
    usual = await calls_of(strawberry.Schema, text)
    assert usual[0]
    assert await calls_of(QuickSchema, text) == usual
