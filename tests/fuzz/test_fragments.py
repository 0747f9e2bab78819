"""The work for any document is linear in its length, however fragments spread each other. It is counted in steps."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import strawberry
from graphql import get_named_type, is_composite_type, parse, specified_rules, validate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig

from domain.callers import Caller
from schema.build import CodedSchema, schema
from schema.errors import exception_handlers
from schema.execution.budget import Budget
from schema.execution.compiled import CompiledExecutor
from schema.execution.documents import Documents
from schema.execution.limits import BOUNDS, BUDGETS, MAX_SELECTIONS
from schema.execution.shape import Measured, excess
from schema.graph import Post
from schema.graph import User as UserType
from schema.mutation import Mutation
from schema.notifications import TYPES
from schema.query import Query
from schema.scalars import SCALARS
from schema.subscription import Subscription
from serving.graphql.auth import MakeContext
from tests.client import Someone, post_id, sign_up
from tests.contexts import contexts
from tests.fuzz.answers import CODES
from tests.fuzz.bombs import BELOW, BESIDE, places
from tests.fuzz.steps import counted
from tests.world import World

ONCE = 20_000  # steps of any request, including the errors of a refused document and the work of a mutation
PER_TOKEN = 200  # steps of all phases, for each token of the document
PER_SELECTION = 100  # and for each selection that is executed
LEVELS = 25  # levels of fragments that double each other: 33 million spreads
EXPECTED = CODES | {"INTERRUPTED"}  # of a subscription, since there is no listener
SCHEMA_ROOTS = (schema._schema.query_type, schema._schema.mutation_type, schema._schema.subscription_type)
NEEDS_FILE = ("Mutation.uploadMedia", "MediaUploaded.")  # a document cannot hold one
ALL_PLACES = places({"first": "1", "alias": '"ann"', "id": '"POST"', "ids": '["POST", "ANN"]', "userId": '"BOB"'})
PLACES = {path: place for path, place in ALL_PLACES.items() if not path.startswith(NEEDS_FILE)}


class Unchecked(SchemaExtension):
    """Removes the rules that run before traversals of the document."""

    def on_operation(self) -> Iterator[None]:
        self.execution_context.validation_rules = ()
        yield


class UncheckedSchema(CodedSchema):
    budgets = BUDGETS
    documents = Documents()


UNCHECKED = UncheckedSchema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[UserType, Post, *TYPES],
    extensions=[Budget, Unchecked],
    execution_context_class=CompiledExecutor,
    config=StrawberryConfig(scalar_map=SCALARS),
    exception_handlers=exception_handlers(),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """Ann and Bob, who follow each other."""

    make_context: MakeContext
    world: World
    ann: Someone
    bob: Someone

    async def codes(self, asked: strawberry.Schema, text: str, *, most: int) -> set[str]:
        """Execute a document as Ann. Return the codes of the errors.

        A document may delete the post that it names.

        Raises:
            TooMany: The execution took more than `most` steps.
        """
        post = await self.world.post(self.ann.user, "hello @bob")
        for name, id in (("ANN", self.ann.id), ("BOB", self.bob.id), ("POST", post_id(post))):
            text = text.replace(f'"{name}"', f'"{id}"')
        context = await self.make_context(self.ann.token, Caller())
        with counted(most=most):
            results: list[Any] = [result async for result in await asked.stream(text, context_value=context)]
        errors = [error for result in results for error in result.errors or []]
        return {(error.extensions or {})["code"] for error in errors}


@pytest.fixture
async def scene(world: World) -> AsyncIterator[Scene]:
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    await world.follow(ann.user, bob.user)
    await world.follow(bob.user, ann.user)
    await world.post(bob.user)
    with contexts(world.storage) as make_context:
        yield Scene(make_context, world, ann, bob)


async def test_each_traversal_enters_a_fragment_once(scene: Scene) -> None:
    """No bound and no rule protects the traversals. A new one that revisits fragments fails here."""
    for path, place in PLACES.items():
        for kind in BESIDE:
            text = place.document([kind] * LEVELS)
            assert await scene.codes(UNCHECKED, text, most=bound_of(text)) <= EXPECTED, (path, kind)


@pytest.mark.parametrize("kind", [*BESIDE, *BELOW])
def test_the_rules_of_graphql_core_are_linear_in_the_document(kind: str) -> None:
    for place in [*PLACES.values()][::5]:  # some of each kind of type
        if kind in place.kinds:
            text = place.document([kind] * LEVELS)
            with counted(most=bound_of(text)):
                validate(schema._schema, parse(text), specified_rules)


@pytest.mark.parametrize("levels", [12, 25, 45])
async def test_fragments_that_double_each_other_are_refused(scene: Scene, levels: int) -> None:
    for path, place in PLACES.items():
        text = place.document(["twice"] * levels)
        with counted(most=bound_of(text)):
            problem = excess(parse(text), BOUNDS)
        assert problem is not None, path
        assert "selections after its fragments are spread; at most 2,000" in problem or "root fields" in problem
        assert await scene.codes(schema, text, most=bound_of(text)) == {"GRAPHQL_VALIDATION_FAILED"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(sorted(PLACES)), data=st.data())
async def test_the_work_of_a_request_is_linear_in_its_selections(scene: Scene, path: str, data: st.DataObject) -> None:
    """The request is refused or executed. Execution has its own bound."""
    place = PLACES[path]
    text = place.document(data.draw(st.lists(st.sampled_from(place.kinds), min_size=1, max_size=9)))
    (shape,) = Measured(parse(text)).operations
    executed = PER_SELECTION * min(shape.selections, MAX_SELECTIONS)
    assert await scene.codes(schema, text, most=bound_of(text) + executed) <= EXPECTED


def test_every_field_of_the_roots_is_tried() -> None:
    roots = [kind for kind in SCHEMA_ROOTS if kind is not None]
    fields = {
        f"{root.name}.{name}"
        for root in roots
        for name, field in root.fields.items()
        if is_composite_type(get_named_type(field.type))
    }
    assert fields <= ALL_PLACES.keys()
    for path in PLACES:
        document = parse(PLACES[path].document(["crossed", *BESIDE]))
        assert validate(schema._schema, document, specified_rules) == [], path


def bound_of(text: str) -> int:
    return ONCE + PER_TOKEN * parse(text).token_count
