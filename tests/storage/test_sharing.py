"""A shared post is one read by ids. A part of the sitemap reads about two keys for each account."""

import pytest

from domain.ids import MAX_ID
from storage import Storage
from tests.commands import Commands, explain, explain_joins
from tests.storage.crowds import make_crowd, make_posts
from tests.world import World


@pytest.mark.parametrize("is_quote", [False, True])
async def test_a_shared_post_is_read_by_ids_in_one_command(
    storage: Storage, world: World, commands: Commands, is_quote: bool
) -> None:
    ada, bob, eve, *others = await world.make_users(30)
    await make_posts(storage, others)
    parent, quoted = await world.post(bob), await world.post(eve)
    post = await world.post(ada, reply_to=parent, quote=quoted if is_quote else None)
    with commands.during() as sent:
        found = await storage.shared_posts.read(post.id)
    assert found is not None
    assert found[0] == post
    assert found[1] == (quoted if is_quote else None)
    assert found[2].keys() == {ada.id, bob.id, *([eve.id] if is_quote else [])}
    (command,) = sent
    joins = await explain_joins(storage, command)
    assert [(join.source, join.scans) for join in joins] == [("posts", 0), ("users", 0)]
    assert sum(join.documents for join in joins) <= 4


async def test_a_post_that_is_missing_or_a_repost_is_not_shared(storage: Storage, world: World) -> None:
    ada, bob = await world.make_users(2)
    reposting = await storage.reposts.repost(bob.id, await world.post(ada))
    assert reposting is not None
    for number in (5, reposting.id):
        assert await storage.shared_posts.read(number) is None


async def test_a_part_of_the_sitemap_reads_two_keys_for_each_author(
    storage: Storage, world: World, commands: Commands
) -> None:
    crowd = await make_crowd(storage, 30)
    await make_posts(storage, crowd[:10] * 50)
    post = await world.post(crowd[29])
    await world.post(crowd[28], reply_to=post)
    for account in crowd[15:29]:
        await storage.reposts.repost(account.id, post)
    with commands.during() as sent:
        listed = await storage.sitemap.part(0, MAX_ID)
    assert [account.alias for account in listed] == [user.alias for user in [*crowd[:10], *crowd[28:]]]
    users, posts = [await explain(storage, command) for command in sent]
    assert (users.keys, users.documents) == (30, 30)
    assert posts.keys <= 2 * (12 + 13) + 1  # an account with reposts alone is skipped by one
    assert "DISTINCT_SCAN" in posts.stages
    assert posts.documents == 0
