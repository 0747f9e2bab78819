"""Which fields are selected is found once for an operation, and is what would be found anew."""

from functools import partial

import strawberry

from schema.context import Info
from schema.execution.documents import Documents, KnownDocuments, memory_of
from schema.selection import MAX_KEPT, selected

seen: list[set[str]] = []


@strawberry.type
class Pair:
    a: int = 1
    b: int = 2


@strawberry.type
class Query:
    @strawberry.field
    def pair(self, info: Info) -> Pair:
        seen.append(set(selected(info)))
        assert len(memory_of(info.operation)["selected"]) <= MAX_KEPT
        return Pair()


SCHEMA = strawberry.Schema(Query, extensions=[partial(KnownDocuments, Documents())])


async def names(text: str, **variables: bool) -> list[set[str]]:
    seen.clear()
    answer = await SCHEMA.execute(text, variable_values=variables)
    assert answer.errors is None
    return list(seen)


async def test_fields_of_one_operation_are_told_apart() -> None:
    text = "{ one: pair { a } two: pair { b } three: pair { ...Both } } fragment Both on Pair { a b }"
    for _ in range(2):
        assert await names(text) == [{"a"}, {"b"}, {"a", "b"}]


async def test_variables_choose_the_nodes_that_count() -> None:
    text = "query ($no: Boolean!) { pair { a } pair @skip(if: $no) { b } }"
    for no in (True, False, True):
        assert await names(text, no=no) == [{"a"} if no else {"a", "b"}]


async def test_no_more_than_a_number_of_answers_is_kept_for_an_operation() -> None:
    several = " ".join(f"p{place}: pair {{ a }}" for place in range(MAX_KEPT + 5))
    assert await names(f"{{ {several} }}") == [{"a"}] * (MAX_KEPT + 5)
