"""Repeated requests with one idempotency key create one post."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.announcements import Announcement, PostMade
from domain.idempotency import KEY_LIFE
from domain.ids import first_id_at
from domain.rates import Allowance, Rate
from live.publisher import EventPublisher
from resolvers import posts
from schema.inputs import CreatePostInput
from storage import Storage
from tasks import messages
from tasks.messages import Message
from tests.client import Client, Someone, post_id, sign_up
from tests.conftest import empty
from tests.contexts import with_services
from tests.live.process import process
from tests.resolvers.limited import limited
from tests.world import World

CREATE = """mutation ($text: String!, $key: String) {
    createPost(input: {text: $text, idempotencyKey: $key}) {
        __typename
        ... on PostCreated { post { id text } }
        ... on InvalidInput { message fields { field message } }
        ... on PostNotFound { message }
    }
}"""
DELETE = "mutation ($id: ID!) { deletePost(input: {id: $id}) { __typename } }"
KEY = "8b1f0d4e-a-key"


async def create(client: Client, author: Someone, text: str = "hello", *, key: str | None = KEY) -> Any:
    return (await client(CREATE, variables={"text": text, "key": key}, token=author.token))["createPost"]


async def stored(world: World) -> list[Any]:
    return [post async for post in world.storage.mongo.collection("posts").find({})]


async def test_a_retry_creates_no_second_post_and_returns_the_first(client: Client, world: World) -> None:
    ann = await sign_up(world)
    answers = [await create(client, ann) for _ in range(3)]
    assert answers == [answers[0]] * 3
    assert answers[0]["__typename"] == "PostCreated"
    assert len(await stored(world)) == 1


async def test_concurrent_requests_with_one_key_create_one_post(client: Client, world: World) -> None:
    ann = await sign_up(world)
    answers = await asyncio.gather(*(create(client, ann) for _ in range(20)))
    assert answers == [answers[0]] * 20
    assert len(await stored(world)) == 1


async def test_keys_belong_to_accounts_and_null_is_no_key(client: Client, world: World) -> None:
    ann, bob = await sign_up(world), await sign_up(world)
    answers = [
        await create(client, ann),
        await create(client, bob),
        await create(client, ann, key=KEY.upper()),
        await create(client, ann, key=None),
        await create(client, ann, key=None),
    ]
    assert len({answer["post"]["id"] for answer in answers}) == 5


async def test_a_key_with_another_text_is_refused(client: Client, world: World) -> None:
    ann = await sign_up(world)
    await create(client, ann)
    refused = await create(client, ann, "hello ")
    assert refused["__typename"] == "InvalidInput"
    assert [problem["field"] for problem in refused["fields"]] == ["idempotencyKey"]
    assert KEY not in str(refused)
    assert [post["text"] for post in await stored(world)] == ["hello"]


async def test_a_retry_after_the_deletion_creates_no_post(client: Client, world: World) -> None:
    ann = await sign_up(world)
    post = (await create(client, ann))["post"]["id"]
    await client(DELETE, variables={"id": post}, token=ann.token)
    for _ in range(2):
        assert await create(client, ann) == {
            "__typename": "PostNotFound",
            "message": "The post of this idempotency key has been deleted.",
        }
    assert await stored(world) == []


async def test_a_key_may_create_another_post_after_a_day(client: Client, world: World) -> None:
    ann = await sign_up(world)
    old = {
        "_id": first_id_at(datetime.now(UTC) - KEY_LIFE - timedelta(seconds=1)),
        "author": ann.user.id,
        "text": "hello",
        "key": KEY,
    }
    await world.storage.mongo.collection("posts").insert_one(old)
    first, again = await create(client, ann), await create(client, ann)
    assert first == again
    assert len(await stored(world)) == 2
    assert "key" not in (await stored(world))[0]


@pytest.mark.parametrize("key", ["", " ", "a b", "a\n", "x" * 65, "x" * 100_000, "é", "\0"])
async def test_an_invalid_key_is_refused(client: Client, world: World, key: str) -> None:
    refused = await create(client, await sign_up(world), key=key)
    assert refused["__typename"] == "InvalidInput"
    assert refused["fields"] == [
        {
            "field": "idempotencyKey",
            "message": "An idempotency key has 1 to 64 ASCII letters, digits and signs, without blanks.",
        }
    ]
    assert await stored(world) == []


@pytest.mark.parametrize("key", ["x" * 64, "~", "!", '"', "'", "\\", "$where", "5"])
async def test_any_other_text_is_a_valid_key(client: Client, world: World, key: str) -> None:
    ann = await sign_up(world)
    assert await create(client, ann, key=key) == await create(client, ann, key=key)
    assert len(await stored(world)) == 1


def test_the_repr_of_the_input_has_no_key() -> None:
    assert KEY not in repr(CreatePostInput(text="hello", idempotency_key=KEY))


async def test_a_retry_beyond_the_rate_limit_returns_the_post(
    client: Client, world: World, storage: Storage, mongodb_url: str, redis_url: str
) -> None:
    """A key without a post is refused. Retries count towards the limit of lookups."""
    one, three = Rate(1, per_s=60), Rate(3, per_s=60)
    rates = Allowance(name="post", per_account=one), Allowance(name="lookup", per_account=three)
    async with limited(storage, mongodb_url, redis_url, *rates) as small:
        ann = await sign_up(world)
        first = await create(small, ann)
        assert await create(small, ann) == first
        assert (await create(small, ann, "hello "))["fields"][0]["field"] == "idempotencyKey"
        for key in ("another", "no key", None, KEY, KEY):
            variables = {"text": "hello", "key": key}
            answer = await small.ask(CREATE, variables=variables, token=ann.token)
            assert answer.codes == ["RATE_LIMITED"] or (key, answer.data["createPost"]) == (KEY, first)
        assert answer.codes == ["RATE_LIMITED"]
    assert len(await stored(world)) == 1


async def test_a_post_requested_in_two_processes_arrives_once(mongodb_url: str, redis_url: str) -> None:
    async with process(mongodb_url, redis_url) as here, process(mongodb_url, redis_url) as there:
        await empty(here.storage)
        world = World(here.storage)
        ann, bob = await sign_up(world), await sign_up(world)
        await world.follow(bob.user, ann.user)
        updates = [await here.begin(bob), await there.begin(bob)]
        asked = [posts.create(one.context(ann), "hello", key=KEY) for one in (here, there)]
        first, again = await asyncio.gather(*asked)
        assert first.id == again.id
        later = await there.post(ann)
        for subscription in updates:
            assert await subscription.reach(2) == [first.id, later.id]


async def test_a_retry_sends_the_fan_out_of_a_post_in_flight_again(mongodb_url: str, redis_url: str) -> None:
    """The process that made the post may have died before it sent the message."""
    sent: list[Message] = []
    async with process(mongodb_url, redis_url) as here:
        await empty(here.storage)
        world = World(here.storage)
        ann = await sign_up(world)
        context = with_services(here.context(ann), send=sent.append)
        post = await posts.create(context, "hello", key=KEY)
        await posts.create(context, "hello", key=KEY)
        assert sent == [messages.start_fan_out(post.id)] * 2
        await world.run_all(sent)
        await posts.create(context, "hello", key=KEY)
        assert len(sent) == 2


async def test_a_retry_announces_nothing(mongodb_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other processes that no longer know the post would deliver it as a new one."""
    told: list[Announcement] = []
    put = EventPublisher.put

    def note(announcer: EventPublisher, announcement: Announcement) -> None:
        told.append(announcement)
        put(announcer, announcement)

    monkeypatch.setattr(EventPublisher, "put", note)
    async with process(mongodb_url, redis_url) as here:
        await empty(here.storage)
        ann = await sign_up(World(here.storage))
        post = await posts.create(here.context(ann), "hello", key=KEY)
        await posts.create(here.context(ann), "hello", key=KEY)
    assert told == [PostMade(post.id, ann.user.id)]


async def test_a_retry_returns_the_current_state_of_the_post(client: Client, world: World) -> None:
    ann = await sign_up(world)
    made = await world.storage.keyed_posts.insert_once(ann.user.id, "hello", key=KEY)
    assert made is not None
    await world.run_all([messages.start_fan_out(made.post.id)])
    asked = CREATE.replace("id text }", "id text delivery { state } }")
    answer = await client(asked, variables={"text": "hello", "key": KEY}, token=ann.token)
    assert answer["createPost"]["post"] == {
        "id": post_id(made.post),
        "text": "hello",
        "delivery": {"state": "COMPLETE"},
    }
