"""The place up to which a feed was read is the same on every device, and goes forward only."""

from schema.global_ids import IdKind, encode
from tests.client import Client, sign_up
from tests.world import World

POSITION = "{ feedPosition }"
MARK = "mutation ($cursor: String!) { markFeedRead(input: {cursor: $cursor}) { cursor } }"


async def test_a_place_is_told_to_every_device_and_goes_forward_only(client: Client, world: World) -> None:
    ann, bob = await sign_up(world), await sign_up(world)
    await world.follow(ann.user, bob.user)
    old, new = await world.post(bob.user), await world.post(bob.user)
    older, newer = (encode(IdKind.POST_CURSOR, post.id) for post in (old, new))
    assert await client(POSITION, token=ann.token) == {"feedPosition": None}
    for told, stands in ((older, older), (newer, newer), (older, newer)):
        marked = await client(MARK, variables={"cursor": told}, token=ann.token)
        assert marked == {"markFeedRead": {"cursor": stands}}
        assert await client(POSITION, token=ann.token) == {"feedPosition": stands}
    assert await client(POSITION, token=bob.token) == {"feedPosition": None}
    page = await client(
        "query ($before: String) { feed(last: 5, before: $before) { edges { cursor } } }",
        variables={"before": older},
        token=ann.token,
    )
    assert [edge["cursor"] for edge in page["feed"]["edges"]] == [newer], "what came after the place"


async def test_a_cursor_of_another_list_is_refused(client: Client, world: World) -> None:
    ann = await sign_up(world)
    for cursor in ("", "x", encode(IdKind.FOLLOW_CURSOR, 5), encode(IdKind.POST, 5)):
        answer = await client.ask(MARK, variables={"cursor": cursor}, token=ann.token)
        assert answer.codes == ["BAD_USER_INPUT"]
    assert await client(POSITION, token=ann.token) == {"feedPosition": None}
