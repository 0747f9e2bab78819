"""Every root field counts towards a rate limit before it does any work, also if its input is invalid."""

from dataclasses import fields

import pytest

from domain.rates import Allowance, Rate, Rates
from storage import Storage
from tests.resolvers.limited import limited
from tests.schema.test_authorisation import MATRIX, Scene, scene

__all__ = ["scene"]  # a fixture

NOT_COUNTED = {"Query.viewer": "one read of one account by its id, which the rate of all requests bounds"}
ONCE = Rate(1, per_s=60)
EACH_ONCE = [Allowance(name=one.name, per_address=ONCE) for one in fields(Rates) if one.name != "request"]

INVALID = {
    "a blank post": 'mutation { createPost(input: {text: " "}) { __typename } }',
    "a post that is too long": f"""mutation {{ createPost(input: {{text: "{"x" * 9_000}"}}) {{ __typename }} }}""",
    "a post of flags": f"""mutation {{ createPost(input: {{text: "{"🇩" * 2_000}"}}) {{ __typename }} }}""",
    "an alias that is none": """mutation { register(input: {
        alias: "!", firstName: "A", lastName: "B", password: "tweeter-demo"}) { __typename } }""",
    "a name of flags": f"""mutation {{ register(input: {{
        alias: "a", firstName: "{"🇩" * 300}", lastName: "B", password: "tweeter-demo"}}) {{ __typename }} }}""",
    "a blank name": 'mutation { updateProfile(input: {firstName: " "}) { __typename } }',
    "a password that is too short": """mutation {
        changePassword(input: {currentPassword: "x", newPassword: "y"}) { __typename } }""",
    "an impossible alias": 'mutation { login(input: {alias: "!", password: "x"}) { __typename } }',
}
DOCUMENTS = {
    name: row.document
    for name, row in MATRIX.items()
    if name.startswith(("Query.", "Mutation.")) and name not in NOT_COUNTED
} | INVALID


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_the_second_call_is_refused_if_the_limit_is_one(
    scene: Scene, storage: Storage, mongodb_url: str, redis_url: str, name: str
) -> None:
    document = scene.document(DOCUMENTS[name])
    async with limited(storage, mongodb_url, redis_url, *EACH_ONCE) as client:
        first = await client.ask(document, token=scene.bob.token)
        assert "RATE_LIMITED" not in first.codes
        again = (
            scene.ann if name in ("Mutation.logout", "Mutation.signOut") else scene.bob
        )  # without a session there is nothing to end
        second = await client.ask(document, token=again.token)
        assert second.codes == ["RATE_LIMITED"]
