"""The keys and documents that MongoDB examines for a page of a feed."""

from domain.ids import MAX_ID
from domain.pages import FeedRequest, PageRequest, ReadOrder
from domain.watermarks import NEVER
from storage import Storage
from storage.feed.facts import EARLIER
from storage.feed.feed_query import SLACK
from storage.feed.in_flight import FEW
from storage.indexes import FOLLOWS_OF_READER, POSTS_REPOSTS, RELATIONS_OF_READER
from storage.maintenance import Maintenance
from storage.maintenance.bulk import NewRepost
from tests.commands import Commands, Join, explain_joins
from tests.storage.crowds import complete, make_crowd, make_followees, make_posts
from tests.world import World


async def joins_of_a_page(
    storage: Storage, commands: Commands, reader: int, *, first: int = 20, above: int | None = None
) -> list[Join]:
    """Return the execution statistics of the command that reads a page: the newest one, or the one above an id."""
    request = FeedRequest(size=first)
    if above is not None:
        request = FeedRequest(size=first, above=above, order=ReadOrder.OLDEST_FIRST)
    await storage.feed.page_between(reader, request)  # confirms the primary and notes the backlog
    with commands.during() as sent:
        page = await storage.feed.page_between(reader, request)
    assert len(page.items) == first
    (command,) = sent
    joins = await explain_joins(storage, command)
    assert [join.scans > 0 for join in joins] == [join.source == "feeds" for join in joins], (
        "a clustered range is a scan"
    )
    return joins


async def test_a_page_reads_little_more_than_it_shows(storage: Storage, world: World, commands: Commands) -> None:
    """A reader follows 5,000 accounts, 200 of them pulled, while 10,000 posts are in flight."""
    reader = await world.make_user()
    pulled, pushed = await make_crowd(storage, 199, name="pulled"), await make_crowd(storage, 4_800, name="pushed")
    strangers = await make_crowd(storage, 10, name="stranger")
    await make_followees(storage, reader, pulled, push_from=NEVER)
    await make_followees(storage, reader, pushed, push_from=0)
    delivered = await make_posts(storage, pushed)
    await make_posts(storage, [*pulled, *strangers] * 3)
    await complete(storage)
    await storage.feed.entries.insert_entries((reader.id, post.id, post.author) for post in delivered[-1_000:])
    await make_posts(storage, [pushed[0], *strangers * 1_000])

    joins = await joins_of_a_page(storage, commands, reader.id)

    assert {join.name: join.indexes for join in joins if join.source != "feeds"} == {
        "accounts": ["in_flight"],
        "edges_in_flight": ["follower_1_followee_1"],
        "edges_pulled": [FOLLOWS_OF_READER],
        "pulled": ["author_1__id_-1"],
        "delivered": ["_id_"],
        "edges_delivered": ["follower_1_followee_1"],
    }
    keys, documents = ({join.name: getattr(join, of) for join in joins} for of in ("keys", "documents"))
    assert documents.pop("entries") <= 26, "a page and its slack"
    assert keys.pop("entries") == 0
    assert keys.pop("accounts") <= 12, "one for each account, not for each post"
    assert keys.pop("edges_pulled") <= 200
    assert documents.pop("edges_pulled") <= 199
    assert keys.pop("pulled") <= 200 + 21 + SLACK, "merged in order: one for each range and one for each post"
    assert documents.pop("pulled") <= 21 + SLACK
    assert documents.pop("delivered") <= 26
    assert max(keys.values()) <= 2 * 26
    assert max(documents.values()) == 0


async def test_a_reader_of_few_accounts_joins_its_edges_from_keys_alone(
    storage: Storage, world: World, commands: Commands
) -> None:
    """A reader follows 200 accounts. Nothing is pulled, or one of them, while strangers have posts in flight."""
    reader, strangers = await world.make_user(), await make_crowd(storage, 10, name="stranger")
    pushed = await make_crowd(storage, 199, name="pushed")
    await make_followees(storage, reader, pushed, push_from=0)
    posts = await make_posts(storage, pushed)
    await complete(storage)
    await storage.feed.entries.insert_entries((reader.id, post.id, post.author) for post in posts)
    await make_posts(storage, strangers * 10)

    few = await joins_of_a_page(storage, commands, reader.id)
    await make_followees(storage, reader, await make_crowd(storage, 1, name="pulled"), push_from=NEVER)
    pulling = await joins_of_a_page(storage, commands, reader.id)

    assert [join.name for join in few] == ["entries", "edges", "accounts", "delivered"]
    assert [join.name for join in pulling] == ["entries", "edges", "accounts", "delivered", "pulled"]
    for join in (few[1], pulling[1]):
        assert join.indexes == [FOLLOWS_OF_READER]
        assert join.keys <= 201
        assert join.documents == 0


async def test_joined_facts_are_found_by_the_indexes_made_for_them(
    storage: Storage, world: World, commands: Commands
) -> None:
    """Followees repost posts that 90 strangers have reposted before."""
    reader, popular, *followees = await world.make_users(22)
    strangers = await make_crowd(storage, 90, name="stranger")
    await make_followees(storage, reader, followees, push_from=NEVER)
    posts = await make_posts(storage, [popular] * 20)
    by_strangers = [(stranger, post) for post in posts for stranger in strangers]
    by_followees = list(zip(followees, posts, strict=False))
    reposts = [NewRepost(storage.users.draw_id(), by.id, post) for by, post in (*by_strangers, *by_followees)]
    await Maintenance(storage).bulk.insert_reposts(reposts)
    await complete(storage)
    await make_followees(storage, reader, await make_crowd(storage, 150, name="silent"), push_from=0)
    await storage.relations.mute(reader.id, strangers[0].id, until=None)

    joins = {join.name: join for join in await joins_of_a_page(storage, commands, reader.id, first=19)}

    assert joins["edges"].indexes == [FOLLOWS_OF_READER]
    assert joins["edges"].documents == 0
    assert joins["originals"].indexes == ["_id_"]
    assert joins["earlier"].indexes == [POSTS_REPOSTS]
    assert joins["earlier"].keys <= EARLIER + 20
    assert joins["relations"].indexes == [RELATIONS_OF_READER]


async def test_a_page_read_backwards_reads_little_more_than_it_shows(
    storage: Storage, world: World, commands: Commands
) -> None:
    """Far down the feed, the page above a cursor is read by the same indexes, in their opposite direction."""
    reader = await world.make_user()
    pulled, pushed = await make_crowd(storage, 199, name="pulled"), await make_crowd(storage, 300, name="pushed")
    await make_followees(storage, reader, pulled, push_from=NEVER)
    await make_followees(storage, reader, pushed, push_from=0)
    strangers = await make_crowd(storage, 10, name="stranger")
    posts = await make_posts(storage, [*pulled, *pushed, *strangers * 400] * 4)
    await complete(storage)
    authors = {author.id for author in pushed}
    await storage.feed.entries.insert_entries(
        (reader.id, post.id, post.author) for post in posts if post.author in authors
    )

    joins = await joins_of_a_page(storage, commands, reader.id, above=posts[5_000].id)

    by_name = {join.name: join for join in joins}
    assert by_name["entries"].documents <= 27, "a range scan examines one key beyond its ends"
    assert by_name["pulled"].indexes == ["author_1__id_-1"]
    assert by_name["pulled"].keys <= 200 + 21 + SLACK, "merged in order: one for each range and one for each post"
    assert by_name["pulled"].documents <= 21 + SLACK
    assert by_name["edges_pulled"].indexes == [FOLLOWS_OF_READER]
    assert by_name["delivered"].documents <= 26


async def test_only_wanted_ends_beside_a_bound_take_a_read_more(
    storage: Storage, world: World, commands: Commands
) -> None:
    reader, author = await world.make_users(2)
    await world.follow(reader, author, push_from=0)
    posts = await make_posts(storage, [author] * 9)
    await complete(storage)
    await storage.feed.entries.insert_entries((reader.id, post.id, post.author) for post in posts)
    low, high = posts[2].id, posts[7].id
    await storage.feed.page(reader.id, PageRequest(2))

    for order in ReadOrder:
        for above, below in ((-1, MAX_ID + 1), (-1, high), (low, MAX_ID + 1), (low, high)):
            for wants_next, wants_previous in ((False, False), (True, False), (False, True), (True, True)):
                request = FeedRequest(
                    size=2,
                    above=above,
                    below=below,
                    order=order,
                    wants_next=wants_next,
                    wants_previous=wants_previous,
                )
                with commands.during() as sent:
                    await storage.feed.page_between(reader.id, request)
                # The page is full, so it knows by itself if the feed goes on in the direction of the read.
                is_forward = order is ReadOrder.NEWEST_FIRST
                beyond = (wants_previous and below == high) if is_forward else (wants_next and above == low)
                assert len(sent) == 1 + beyond


async def test_a_page_of_any_size_is_one_command(storage: Storage, world: World, commands: Commands) -> None:
    reader, author = await world.make_users(2)
    await world.follow(reader, author, push_from=0)
    posts = await make_posts(storage, [author] * 150)
    await complete(storage)
    await storage.feed.entries.insert_entries((reader.id, post.id, post.author) for post in posts)
    for first in (1, 100):
        assert await joins_of_a_page(storage, commands, reader.id, first=first)


async def test_in_a_backlog_a_page_examines_only_the_reader_s_followees(
    storage: Storage, world: World, commands: Commands
) -> None:
    """A thousand accounts are in flight, and the reader follows fifty."""
    reader = await world.make_user()
    followees, strangers = await make_crowd(storage, 50, name="followee"), await make_crowd(storage, 1_000)
    await make_followees(storage, reader, followees, push_from=NEVER)
    await make_posts(storage, followees)
    await complete(storage)
    await make_posts(storage, [*followees[:10], *strangers])

    joins = await joins_of_a_page(storage, commands, reader.id)

    by_name = {join.name: join for join in joins}
    assert by_name["edges"].indexes == [FOLLOWS_OF_READER]
    assert by_name["accounts"].indexes == ["in_flight"]
    assert by_name["some"].keys <= FEW + 1
    assert max(by_name[name].keys for name in ("edges", "accounts")) <= 2 * 50
    assert all(by_name[name].documents == 0 for name in ("some", "edges", "accounts"))
