"""Stale entries are removed, and no others, even if a post or an edge comes back meanwhile."""

import pytest

from domain.watermarks import fresh_token
from tasks import cleaning, messages
from tests.world import World


async def delivered(world: World, author_alias: str, readers: int) -> tuple[list, int]:  # type: ignore[type-arg]
    """Return the author and its readers, and a post of which each reader has an entry."""
    author = await world.make_user(author_alias)
    users = [author, *await world.make_users(readers)]
    for reader in users[1:]:
        await world.follow(reader, author, push_from=0)
    post = await world.post(author)
    await world.run_all([messages.start_fan_out(post.id)])
    return users, post.id


async def test_an_unfollowed_authors_entries_are_removed(world: World) -> None:
    (author, reader), _ = await delivered(world, "author", 1)
    other = await world.make_user()
    await world.follow(reader, other, push_from=0)
    kept = await world.post(other)
    await world.run_all([messages.start_fan_out(kept.id)])
    await world.unfollow(reader, author)

    await world.run_all([messages.remove_author_entries(reader.id, author.id)])

    assert await world.entries(reader) == [kept.id]


def test_first_messages_are_understood_by_workers_of_older_versions() -> None:
    """During a deployment, old workers run beside new web processes."""
    assert messages.remove_author_entries(1, 2).args == (1, 2)
    assert messages.remove_author_entries(1, 2, after=0).args == (1, 2, 0)
    assert messages.sweep_counts(after=7).args == (7,)
    assert messages.sweep_counts(after=7, most=3).args == (7, 3)


async def test_any_number_of_entries_is_removed_batch_by_batch(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "CLEAN_BATCH", 2)
    (author, reader), _ = await delivered(world, "author", 1)
    for _ in range(4):
        await world.run_all([messages.start_fan_out((await world.post(author)).id)])
    await world.unfollow(reader, author)

    await world.run_all([messages.remove_author_entries(reader.id, author.id)])

    assert await world.entries(reader) == []


async def test_nothing_is_removed_if_the_reader_has_followed_again(world: World) -> None:
    (author, reader), post = await delivered(world, "author", 1)
    await world.unfollow(reader, author)
    await world.follow(reader, author, push_from=fresh_token())
    await world.run_all([messages.fill_feed(reader.id)])

    await world.run_all([messages.remove_author_entries(reader.id, author.id)])

    assert await world.entries(reader) == await world.feed(reader) == [post]


async def test_an_entry_of_a_reused_post_id_stays(world: World) -> None:
    (author, reader), post = await delivered(world, "author", 1)
    other = await world.make_user()
    await world.follow(reader, other, push_from=0)
    await world.storage.posts.delete_post(post, author=author.id)
    await world.storage.mongo.collection("posts").insert_one({"_id": post, "author": other.id, "text": "again"})
    await world.unfollow(reader, author)

    await world.run_all(
        [messages.remove_author_entries(reader.id, author.id), messages.remove_post_entries(post, author.id)]
    )

    assert await world.entries(reader) == await world.feed(reader) == [post]


@pytest.mark.parametrize("readers", [1, 2, 5])
async def test_a_deleted_posts_entries_are_removed_from_all_feeds(
    world: World, monkeypatch: pytest.MonkeyPatch, readers: int
) -> None:
    monkeypatch.setattr(cleaning, "CLEAN_BATCH", 2)
    (author, *users), post = await delivered(world, "author", readers)
    await world.storage.posts.delete_post(post, author=author.id)

    await world.run_all([messages.remove_post_entries(post, author.id)])

    for reader in users:
        assert await world.entries(reader) == []


async def test_the_entries_of_a_live_post_stay(world: World) -> None:
    (author, reader), post = await delivered(world, "author", 1)

    await world.run_all([messages.remove_post_entries(post, author.id)])

    assert await world.entries(reader) == [post]
    assert await world.storage.mongo.collection("posts").count_documents({}) == 1
