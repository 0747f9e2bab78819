"""Writing older posts for new edges, and trimming old entries."""

import asyncio

from domain.records import User
from domain.watermarks import is_filling
from tasks import feeds, messages
from tasks.feeds import WITH_REPLIES, trim_threshold
from tests.world import World


async def filling(world: World, reader: User) -> int:
    edges = world.storage.mongo.collection("follows").find({"follower": reader.id})
    return len([edge async for edge in edges if is_filling(edge["push_from"])])


async def test_a_reader_of_five_hundred_accounts_reads_from_entries_after_the_fill(world: World) -> None:
    reader, *authors = await asyncio.gather(*(world.make_user() for _ in range(501)))
    await asyncio.gather(*(world.follow(reader, author) for author in authors))
    posts = await asyncio.gather(*(world.post(author) for author in authors))
    newest_first = sorted((post.id for post in posts), reverse=True)
    assert await filling(world, reader) == 500
    assert await world.feed(reader, page_size=100) == newest_first

    await world.run_all([messages.fill_feed(reader.id)])

    assert await filling(world, reader) == 0
    assert set(await world.entries(reader)) >= set(newest_first[:100]), "at least the window's posts are entries"
    assert await world.feed(reader, page_size=100) == newest_first


async def test_the_sweep_finds_edges_that_were_never_filled(world: World) -> None:
    reader, author = await world.make_users(2)
    await world.follow(reader, author)
    post = await world.post(author)

    await world.run_all(await feeds.sweep_feeds(world.services))

    assert await filling(world, reader) == 0
    assert await world.entries(reader) == [post.id]
    assert await feeds.sweep_feeds(world.services) == []


async def test_a_trimmed_feed_keeps_its_window_and_is_read_to_its_oldest_post(world: World) -> None:
    window = world.services.policy.feed_window
    reader, author = await world.make_users(2)
    await world.follow(reader, author, push_from=0)
    posts = [
        (await world.post(author)).id for _ in range(window + window // 2)
    ]  # one after the other, since their order matters
    await world.run_all(messages.start_fan_out(post) for post in posts)

    await world.run_all([messages.trim_feeds([reader.id]), messages.trim_feeds([reader.id])])

    assert await world.entries(reader) == posts[: -window - 1 : -1]
    assert await world.storage.readers.floor(reader.id) == posts[-window]
    assert await world.feed(reader, page_size=33) == posts[::-1]


async def test_a_feed_is_left_alone_until_it_is_a_tenth_too_long(world: World) -> None:
    """Otherwise each delivery would rewrite the end of each feed."""
    window = world.services.policy.feed_window
    reader, author = await world.make_users(2)
    most = trim_threshold(window) - 1
    assert most > window

    for entries, kept in ((most, most), (most + 1, window)):
        await world.storage.feed.entries.insert_entries(
            (reader.id, number, author.id) for number in range(1, entries + 1)
        )
        await world.run_all([messages.trim_feeds([reader.id])])
        assert len(await world.entries(reader)) == kept


async def test_replies_to_others_do_not_count_up_to_four_windows(world: World) -> None:
    window = world.services.policy.feed_window
    reader, author = await world.make_users(2)
    entries, trim = world.storage.feed.entries, [messages.trim_feeds([reader.id])]
    posts = range(1, window + 1)
    replies = range(window + 1, WITH_REPLIES * window + 1)
    await entries.insert_entries((reader.id, number, author.id) for number in posts)
    await entries.insert_entries(((reader.id, number, author.id) for number in replies), are_replies=True)
    await world.run_all(trim)
    assert len(await world.entries(reader)) == WITH_REPLIES * window

    latest = WITH_REPLIES * trim_threshold(window)
    more = range(replies.stop, latest + 1)
    await entries.insert_entries(((reader.id, number, author.id) for number in more), are_replies=True)
    await world.run_all(trim)
    assert await world.entries(reader) == list(range(latest, latest - WITH_REPLIES * window, -1))

    later = range(latest + 1, latest + trim_threshold(window) + 1)
    await entries.insert_entries((reader.id, number, author.id) for number in later)
    await world.run_all(trim)
    assert await world.entries(reader) == list(later)[: -window - 1 : -1]


async def test_fan_out_marks_replies_to_others_alone(world: World) -> None:
    reader, author, other = await world.make_users(3)
    await world.follow(reader, author, push_from=0)
    post, by_other = await world.post(author), await world.post(other)
    to_oneself = await world.storage.posts.insert_post(author.id, "and", reply_to=post)
    to_other = await world.storage.posts.insert_post(author.id, "no", reply_to=by_other)
    await world.run_all(messages.start_fan_out(one.id) for one in (post, to_oneself, to_other))
    marked = world.storage.mongo.collection("feeds").find({"reply": True})
    assert [entry["post"] async for entry in marked] == [to_other.id]
    assert set(await world.entries(reader)) == {post.id, to_oneself.id, to_other.id}
