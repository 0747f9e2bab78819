"""Each rate limit, at the limit and one beyond: the refused callers, the others, and the wait."""

import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial

import pytest

from domain.rates import Allowance, Rate
from storage import Storage
from tests.client import Answer, Client, Someone, sign_up
from tests.pictures import picture
from tests.resolvers.limited import limited
from tests.waiting import bounded, wait_until
from tests.world import World

TWO = Rate(2, per_s=60)
HERE, THERE = "192.0.2.7", "192.0.2.8"
EDGES = "{ edges { cursor } }"
BOB = 'user(alias: "bob")'
DO = {
    "post": 'mutation { createPost(input: {text: "hello"}) { __typename } }',
    "follow": 'mutation { follow(input: {userId: "BOB"}) { __typename } }',
    "unfollow": 'mutation { unfollow(input: {userId: "BOB"}) { __typename } }',
    "change_password": """mutation {
        changePassword(input: {currentPassword: "wrong horse", newPassword: "battery staple"}) { __typename }
    }""",
    "feed": f"{{ feed {EDGES} }}",
    "story": f"{{ {BOB} {{ story {EDGES} }} }}",
    "followers": f"{{ {BOB} {{ followers {EDGES} }} }}",
    "followees": f"{{ {BOB} {{ followees {EDGES} }} }}",
}
COUNTED_AS = {"unfollow": "follow"} | dict.fromkeys(("feed", "story", "followers", "followees"), "read")

Limited = Callable[..., AbstractAsyncContextManager[Client]]


@pytest.fixture
def small(storage: Storage, mongodb_url: str, redis_url: str) -> Limited:
    return partial(limited, storage, mongodb_url, redis_url)


@pytest.fixture
async def people(world: World) -> list[Someone]:
    return [await sign_up(world, alias) for alias in ("ann", "bob", "eve")]


def assert_refused(answer: Answer, *, within_s: int = 60) -> int:
    """Return the reported seconds."""
    assert answer.codes == ["RATE_LIMITED"]
    told = answer.errors[0]["extensions"]["retryAfter"]
    assert isinstance(told, int)
    assert 1 <= told <= within_s + 1
    assert str(told) in answer.errors[0]["message"]
    return told


@pytest.mark.parametrize("name", DO)
async def test_an_account_is_limited_across_addresses(small: Limited, people: list[Someone], name: str) -> None:
    ann, bob, _ = people
    query = DO[name].replace("BOB", bob.id)
    async with small(Allowance(name=COUNTED_AS.get(name, name), per_account=TWO)) as client:
        for address in (HERE, THERE):
            assert (await client.ask(query, token=ann.token, address=address)).codes == []
        assert_refused(await client.ask(query, token=ann.token, address=HERE))
        assert (await client.ask(query, token=people[2].token, address=HERE)).codes == [], (
            "another account is not limited"
        )
        assert (await client.ask("{ viewer { alias } }", token=ann.token)).codes == [], (
            "another use case is not limited"
        )


@pytest.mark.parametrize("name", DO)
async def test_an_address_is_limited_across_accounts(small: Limited, people: list[Someone], name: str) -> None:
    ann, bob, eve = people
    query = DO[name].replace("BOB", bob.id)
    async with small(Allowance(name=COUNTED_AS.get(name, name), per_address=TWO)) as client:
        for someone in (ann, eve):
            assert (await client.ask(query, token=someone.token, address=HERE)).codes == []
        assert_refused(await client.ask(query, token=ann.token, address=HERE))
        assert (await client.ask(query, token=ann.token, address=THERE)).codes == []


async def test_registrations_from_one_address_are_limited(small: Limited) -> None:
    register = """mutation ($alias: String!) {
        register(input: {alias: $alias, firstName: "A", lastName: "", password: "correct horse"}) { __typename }
    }"""
    async with small(Allowance(name="register", per_address=TWO)) as client:
        # A taken alias counts, otherwise all aliases could be tried.
        outcomes = [await client(register, variables={"alias": alias}) for alias in ("ann", "Ann")]
        assert [each["register"]["__typename"] for each in outcomes] == ["Session", "AliasTaken"]
        assert_refused(await client.ask(register, variables={"alias": "bob"}))
        assert (await client.ask(register, variables={"alias": "bob"}, address=THERE)).codes == []


async def test_images_of_an_account_are_limited_and_renames_are_not(small: Limited, people: list[Someone]) -> None:
    ann, bob, _ = people
    update = "mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { __typename } }"
    async with small(Allowance(name="image", per_account=TWO)) as client:
        for image in (picture(), b"no image costs something too"):
            assert (await client.send(update, image, given={}, token=ann.token)).codes == []
        assert_refused(await client.send(update, picture(), given={}, token=ann.token))
        for change in ({"firstName": "Anna"}, {"image": None}):
            assert (await client.ask(update, variables={"input": change}, token=ann.token)).codes == []
        assert (await client.send(update, picture(), given={}, token=bob.token)).codes == []


async def test_one_ipv6_network_counts_as_one_address(small: Limited, people: list[Someone]) -> None:
    async with small(Allowance(name="read", per_address=TWO)) as client:
        for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::"):
            assert (await client.ask(DO["story"], address=address)).codes == []
        assert_refused(await client.ask(DO["story"], address="2001:db8:1:2::3"))
        assert (await client.ask(DO["story"], address="2001:db8:1:3::1")).codes == []


async def test_each_page_of_one_query_is_counted(small: Limited, people: list[Someone]) -> None:
    async with small(Allowance(name="read", per_address=TWO)) as client:
        answer = await client.ask(f"{{ a: {BOB} {{ followers {EDGES} followees {EDGES} story {EDGES} }} }}")
        assert_refused(answer)
        assert answer.data == {"a": None}


@pytest.mark.parametrize("name", ["post", "feed"])
async def test_one_more_request_is_admitted_after_retry_after(small: Limited, people: list[Someone], name: str) -> None:
    ann, _, _ = people
    async with small(Allowance(name=COUNTED_AS.get(name, name), per_account=Rate(2, per_s=1))) as client:
        for _ in bounded():
            if (answer := await client.ask(DO[name], token=ann.token)).codes:
                break
        admitted_from = time.monotonic() + assert_refused(answer, within_s=1)

        async def has_passed() -> bool:
            return time.monotonic() >= admitted_from

        await wait_until(has_passed)
        assert (await client.ask(DO[name], token=ann.token)).codes == []


async def test_a_refused_request_has_no_effect(small: Limited, people: list[Someone], storage: Storage) -> None:
    async with small(Allowance(name="post", per_account=TWO)) as client:
        answers = [await client.ask(DO["post"], token=people[0].token) for _ in range(5)]
    assert sum(not answer.codes for answer in answers) == 2
    assert await storage.mongo.collection("posts").count_documents({}) == 2


async def test_two_processes_count_together(small: Limited, people: list[Someone]) -> None:
    ann, _, _ = people
    allowance = Allowance(name="post", per_account=TWO)
    async with small(allowance) as one, small(allowance) as other:
        codes = [(await client.ask(DO["post"], token=ann.token)).codes for client in (one, other, one, other)]
    assert codes == [[], [], ["RATE_LIMITED"], ["RATE_LIMITED"]]
