"""Any value of any variable of any operation is answered with an outcome or a refusal."""

import json
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.records import User
from schema.global_ids import IdKind, encode
from tests.client import Client, post_id, sign_up
from tests.fuzz.answers import check_answer
from tests.fuzz.operations import operations
from tests.fuzz.values import variables
from tests.world import World

OPERATIONS = operations("Query", "Mutation")


@dataclass(frozen=True, slots=True)
class Scene:
    """A user, and existing ids, cursors and names."""

    world: World
    ann: User
    real: list[str]

    async def token(self) -> str:
        """Return the token of a new session, since an example may end the last one."""
        return (await self.world.storage.sessions.create(self.ann.id))[0]


@pytest.fixture
async def scene(world: World) -> Scene:
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    await world.follow(ann.user, bob.user)
    posts = [await world.post(ann.user, "hello @bob"), await world.post(bob.user)]
    _, session = await world.storage.sessions.create(ann.user.id)
    cursors = [encode(IdKind.POST_CURSOR, post.id) for post in posts]
    ids = [ann.id, bob.id, *map(post_id, posts), encode(IdKind.SESSION, session.id)]
    return Scene(world, ann.user, ["ann", "bob", *ids, *cursors])


@pytest.mark.parametrize("is_signed_in", [False, True], ids=["anonymous", "signed in"])
@pytest.mark.parametrize("name", OPERATIONS)
@settings(max_examples=settings().max_examples // 4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_no_variable_causes_an_internal_error(
    client: Client, scene: Scene, name: str, is_signed_in: bool, data: st.DataObject
) -> None:
    operation = OPERATIONS[name]
    sent = {"query": operation.query, "variables": data.draw(variables(operation.variables, scene.real))}
    headers = {"content-type": "application/json"}
    if is_signed_in:
        headers["authorization"] = f"Bearer {await scene.token()}"
    check_answer(await client.http.post("/graphql", content=json.dumps(sent), headers=headers))
