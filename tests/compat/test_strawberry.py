"""The undocumented parts of Strawberry that we rely on."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from enum import Enum
from typing import Any, cast

import pytest
import strawberry
from graphql import GraphQLEnumType, GraphQLError, GraphQLObjectType, GraphQLSchema, GraphQLString
from strawberry.asgi import ASGIWebSocketAdapter, GraphQL
from strawberry.extensions import FieldExtension, SchemaExtension

from compat.strawberry.results import CannotGetOperationTypeError, InvalidOperationTypeError, PreExecutionError
from compat.strawberry.schema import (
    CAST_ATTRIBUTE,
    describe_enum_value,
    graphql_schema,
    has_resolver,
    names_in_enum,
    names_operation,
    plain_class,
    plain_getter,
    selected_nodes,
)
from compat.strawberry.streams import MultipartSubscriptionTransport, SSETransport, merge_stream_with_heartbeat
from compat.strawberry.websockets import BaseGraphQLTransportWSHandler, Operation, use_websockets
from tests.compat.canaries import check_attributes, check_signature


class Colour(Enum):
    RED = 1


class Passing(FieldExtension):
    pass


@strawberry.type
class Pet:
    first_name: str = "Ida"
    watched: str = strawberry.field(default="x", extensions=[Passing()])

    @strawberry.field
    def shouted(self) -> str:
        return self.first_name.upper()

    @strawberry.field
    async def later(self) -> str:
        return self.first_name

    @strawberry.field
    def repeated(self, times: int) -> str:
        return self.first_name * times


@strawberry.type
class Odd:
    name: str

    @classmethod
    def is_type_of(cls, *_: object) -> bool:
        return True


strawberry.enum(Colour)
describe_enum_value(Colour, Colour.RED, "Of blood.")
seen: list[tuple[list[str], set[str]]] = []


@strawberry.type
class Query:
    colour: Colour = Colour.RED
    odd: Odd | None = None

    @strawberry.field
    def pet(self, info: strawberry.Info) -> Pet:
        nodes, fragments = selected_nodes(info)
        seen.append(([node.name.value for node in nodes], set(fragments)))
        return Pet()


class Watching(SchemaExtension):
    """Records whether the request names its operation, and the documented property."""

    def __init__(self) -> None:
        self.told: dict[str, Any] = {}

    def on_execute(self) -> Iterator[None]:
        context = self.execution_context
        self.told = {"named": names_operation(context), "name": context.operation_name}
        yield

    def get_results(self) -> dict[str, Any]:
        return self.told


schema = strawberry.Schema(Query, types=[Pet], extensions=[Watching])


def fields_of(name: str) -> dict[str, Any]:
    return dict(cast(GraphQLObjectType, graphql_schema(schema).type_map[name]).fields)


def test_a_schema_wraps_graphql_cores_schema() -> None:
    assert isinstance(graphql_schema(schema), GraphQLSchema)
    assert "colour" in fields_of("Query")


def test_an_enum_value_can_be_described_from_outside() -> None:
    assert '"""Of blood."""' in schema.as_str()


async def test_a_resolver_sees_the_nodes_that_select_its_field_and_all_fragments() -> None:
    seen.clear()
    answer = await schema.execute(
        "{ pet { shouted } ...f } fragment f on Query { pet { ...g } } fragment g on Pet { firstName }",
        root_value=Query(),
    )
    assert answer.errors is None
    assert seen == [(["pet", "pet"], {"f", "g"})]


@pytest.mark.parametrize(("named", "told"), [(None, False), ("a", True)])
async def test_a_request_without_an_operation_name_differs_from_one_that_names_the_first(
    named: str | None, told: bool
) -> None:
    answer = await schema.execute("query a { colour } query b { colour }", root_value=Query(), operation_name=named)
    assert answer.extensions == {"named": told, "name": "a"}, "once the name is None, `names_operation` is not needed"


@pytest.mark.parametrize(
    ("name", "is_answered", "value"),
    [("firstName", False, "Ida"), ("watched", False, None), ("shouted", True, "IDA"), ("later", True, None)],
)
def test_plain_fields_are_recognised(name: str, is_answered: bool, value: str | None) -> None:
    field = fields_of("Pet")[name]
    assert has_resolver(field) is is_answered
    get = plain_getter(field)
    found = getattr(Pet(), get) if isinstance(get, str) else get and get(Pet())
    assert found == value


def test_a_field_with_an_argument_is_not_plain_and_introspection_has_no_definition() -> None:
    assert plain_getter(fields_of("Pet")["repeated"]) is None
    assert plain_getter(fields_of("__Type")["name"]) is None
    assert not has_resolver(fields_of("__Type")["name"])


def test_plain_classes_are_recognised() -> None:
    kinds = graphql_schema(schema).type_map
    found = [plain_class(cast(GraphQLObjectType, kinds[name])) for name in ("Pet", "Odd", "__Type")]
    assert found == [Pet, None, None]


def test_a_cast_object_is_marked() -> None:
    assert getattr(Pet(), CAST_ATTRIBUTE, None) is None
    assert getattr(strawberry.cast(Odd, Pet()), CAST_ATTRIBUTE) is Odd


def test_the_names_of_an_enum_are_those_that_it_writes() -> None:
    colour = graphql_schema(schema).type_map["Colour"]
    assert isinstance(colour, GraphQLEnumType)
    found = names_in_enum(colour)
    assert found is not None
    assert found[1] == {member: colour.coerce_output_value(member) for member in found[0]}
    assert names_in_enum(GraphQLString) is None


# Properties of the documented hooks that schema/execution relies on.


class Raising(SchemaExtension):
    def on_validate(self) -> Iterator[None]:
        yield
        raise GraphQLError("refused", extensions={"price": 1})


class Skipping(SchemaExtension):
    """Works like Strawberry's own ValidationCache."""

    def on_validate(self) -> Iterator[None]:
        self.execution_context.pre_execution_errors = []
        yield


log: list[str] = []


class Outer(SchemaExtension):
    async def on_execute(self) -> AsyncIterator[None]:
        log.append("begins")
        yield
        log.append("ends")


class Inner(SchemaExtension):
    async def on_execute(self) -> AsyncIterator[None]:
        log.append("inner")
        yield


async def test_an_error_of_a_hook_after_validation_is_the_result() -> None:
    seen.clear()
    answer = await strawberry.Schema(Query, extensions=[Raising]).execute("{ pet { firstName } }", root_value=Query())
    assert [error.formatted for error in answer.errors or []] == [{"message": "refused", "extensions": {"price": 1}}]
    assert seen == []


async def test_an_error_of_a_hook_is_raised_by_a_stream() -> None:
    """The reason for BudgetedSchema.stream. If this fails, Strawberry itself makes it a result."""
    results = await strawberry.Schema(Query, extensions=[Raising]).stream("{ pet { firstName } }", root_value=Query())
    with pytest.raises(GraphQLError, match="refused"):
        await anext(results)


async def test_an_empty_list_of_errors_skips_the_rules() -> None:
    answer = await strawberry.Schema(Query, extensions=[Skipping]).execute("{ nothing }", root_value=Query())
    assert answer.errors is None, "the rules were run"


async def test_the_first_extension_surrounds_the_others() -> None:
    log.clear()
    await strawberry.Schema(Query, extensions=[Outer, Inner]).execute("{ colour }", root_value=Query())
    assert log == ["begins", "inner", "ends"]


async def test_refusals_results_and_bad_operations_differ() -> None:
    results = await schema.stream("{ nothing }", root_value=Query())
    assert isinstance(await anext(results), PreExecutionError)
    with pytest.raises(CannotGetOperationTypeError):
        await schema.execute("fragment f on Query { colour }")
    with pytest.raises(InvalidOperationTypeError):
        await schema.execute("{ colour }", allowed_operation_types=[])


def test_the_websocket_handler_has_the_overridden_methods() -> None:
    handler = BaseGraphQLTransportWSHandler
    check_signature(handler.handle_message, "self", "message")
    check_signature(handler.handle_connection_init, "self", "message")
    check_signature(handler.handle_subscribe, "self", "message")
    check_signature(handler.handle_invalid_message, "self", "error_message")
    check_signature(handler.run_operation, "self", "operation")
    check_signature(handler.send_message, "self", "message")
    check_signature(Operation.send_initial_errors, "self", "errors")
    check_signature(Operation.send_next, "self", "execution_result")
    check_signature(Operation.send_operation_message, "self", "message")
    check_signature(ASGIWebSocketAdapter.send_json, "self", "message")
    check_signature(ASGIWebSocketAdapter.close, "self", "code", "reason")
    check_attributes(GraphQL, "websocket_adapter_class", "graphql_transport_ws_handler_class")


def test_a_view_makes_its_websockets_by_the_given_factories() -> None:
    view: GraphQL[None, None] = GraphQL(schema)
    use_websockets(view, adapter=dict, handler=list)
    made: Any = view
    assert (made.websocket_adapter_class, made.graphql_transport_ws_handler_class) == (dict, list)


def test_streams_have_the_format_of_their_protocols() -> None:
    check_signature(merge_stream_with_heartbeat, "stream", "heartbeat_message", "interval", "send_initial_heartbeat")
    check_signature(SSETransport.encode_event, "self", "event", "data")
    check_signature(SSETransport.encode_comment, "self", "comment")
    multipart = MultipartSubscriptionTransport()
    assert multipart.accepts('multipart/mixed;boundary="graphql";subscriptionSpec=1.0')
    assert "{'payload': 1}" in multipart.encode_next(cast(Any, 1), str)
    assert multipart.encode_complete() == "\r\n--graphql--\r\n"
    assert SSETransport().accepts("text/event-stream")


async def test_a_silent_stream_is_kept_alive() -> None:
    async def silent() -> AsyncGenerator[str, None]:
        yield "first"

    merged = merge_stream_with_heartbeat(silent, lambda: "beat", interval=60, send_initial_heartbeat=True)
    assert [part async for part in merged()] == ["beat", "first"]
