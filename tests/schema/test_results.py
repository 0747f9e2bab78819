"""A class of a domain failure becomes a member of a mutation's result."""

import inspect

import pytest
import strawberry
from graphql import GraphQLObjectType
from strawberry.types.base import get_object_definition

from domain import errors
from domain.errors import Refused
from schema import schema
from schema.errors import exception_handlers, result

ALL = [error for _, error in inspect.getmembers(errors, inspect.isclass) if error.__mro__[1] is Refused]


@pytest.mark.parametrize("error", ALL)
def test_each_domain_failure_is_a_type_with_its_name_and_docstring(error: type[Refused]) -> None:
    member = schema._schema.type_map[error.__name__]
    assert isinstance(member, GraphQLObjectType)
    assert member.description == error.__doc__
    assert [interface.name for interface in member.interfaces] == ["Error"]


async def test_a_new_failure_needs_only_a_class() -> None:
    class Asleep(Refused):
        """The sheep sleeps."""

    @strawberry.type
    class Counted:
        sheep: int

    @strawberry.type
    class Mutation:
        @strawberry.mutation(  # type: ignore[untyped-decorator]  # graphql_type makes it Any
            graphql_type=result("CountResult", Counted, Asleep, description="How many.")
        )
        def count(self, awake: bool) -> Counted:
            if not awake:
                raise Asleep("Wake it first.")
            return Counted(sheep=1)

    @strawberry.type
    class Query:
        here: bool = True

    small = strawberry.Schema(Query, Mutation, exception_handlers=exception_handlers())
    asked = "mutation ($awake: Boolean!) { count(awake: $awake) { __typename ... on Error { message } } }"
    refused = await small.execute(asked, {"awake": False})
    assert (refused.data, refused.errors) == ({"count": {"__typename": "Asleep", "message": "Wake it first."}}, None)
    counted = await small.execute(asked, {"awake": True})
    assert counted.data == {"count": {"__typename": "Counted"}}


def test_a_failure_without_a_description_is_refused() -> None:
    class Nameless(Refused):
        pass

    class Success:
        pass

    assert get_object_definition(Success) is None
    with pytest.raises(AssertionError, match="Nameless needs a docstring"):
        result("NamelessResult", Success, Nameless, description="Nothing.")
