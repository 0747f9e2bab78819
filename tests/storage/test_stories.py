"""Stories by kind: posts, replies, reposts."""

import random
from itertools import combinations

import pytest

from domain.ids import MAX_ID
from domain.pages import PageRequest
from domain.records import Event, Post
from domain.threads import StoryKind
from storage import Storage
from storage.post_documents import new_repost
from tests.commands import Commands, explain
from tests.conversations import insert_repost
from tests.storage.crowds import make_posts
from tests.uploads import store_media
from tests.waiting import bounded
from tests.world import World

KINDS = [StoryKind.POST, StoryKind.REPLY, StoryKind.REPOST, StoryKind.MEDIA]
SUBSETS = [frozenset(some) for size in range(5) for some in combinations(KINDS, size)]
MANY = 2_000


async def story(storage: Storage, author: int, page_size: int, shows: frozenset[StoryKind]) -> list[Event]:
    read: list[Event] = []
    before = MAX_ID + 1
    for _ in bounded():
        page = await storage.stories.page(author, PageRequest(page_size, before), shows)
        read += page.items
        if not page.has_next:
            break
        assert page.end is not None or len(page.items) == page_size
        before = page.items[-1].id if page.end is None else page.end
    return read


@pytest.mark.parametrize("page_size", [1, 2, 3, 7, 100])
async def test_each_set_of_kinds_is_paged_newest_first_to_its_end(
    storage: Storage, world: World, page_size: int
) -> None:
    dice = random.Random(page_size)
    ann, bob = await world.make_users(2)
    asked = await world.post(bob, "what?")
    made: list[tuple[int, set[StoryKind]]] = []
    for _ in range(24):
        kind = dice.choice(KINDS[:3])
        if kind is StoryKind.REPOST:
            made.append((await insert_repost(storage, ann, await world.post(bob)), {kind}))
        else:
            answered = asked if kind is StoryKind.REPLY else None
            quoted = dice.choice([None, asked])
            media = [(await store_media(storage, ann.id)).id for _ in range(dice.choice([0, 0, 1, 2]))]
            post = await storage.posts.insert_post(ann.id, "hello", reply_to=answered, quote=quoted, media=media)
            made.append((post.id, {kind, StoryKind.MEDIA} if media else {kind}))
        await insert_repost(storage, bob, Post(id=made[-1][0], author=ann.id, text=""))
    for shows in SUBSETS:
        expected = sorted((number for number, kinds in made if kinds & shows), reverse=True)
        assert [event.id for event in await story(storage, ann.id, page_size, shows)] == expected


async def test_a_repost_in_a_story_is_an_event_of_its_original(storage: Storage, world: World) -> None:
    ann, bob = await world.make_users(2)
    post = await world.post(bob)
    repost = await insert_repost(storage, ann, post)
    (event,) = await story(storage, ann.id, 5, frozenset(KINDS))
    assert event == Event(id=repost, actor=ann.id, post=post)
    assert event.is_repost


@pytest.mark.parametrize("page_size", [1, 2, 3, 100])
async def test_reposts_of_what_is_gone_are_left_out_without_a_hole(
    storage: Storage, world: World, page_size: int
) -> None:
    ann, bob = await world.make_users(2)
    reposts: list[int] = []
    for place in range(6):
        post = await world.post(bob)
        number = await insert_repost(storage, ann, post)
        if place in (0, 2, 3, 5):
            assert await storage.posts.delete_post(post.id, author=bob.id)
        else:
            reposts.append(number)
    shows = frozenset({StoryKind.REPOST})
    assert [event.id for event in await story(storage, ann.id, page_size, shows)] == reposts[::-1]


async def test_posts_of_the_previous_version_stand_in_a_story(storage: Storage, world: World) -> None:
    ann = await world.make_user()
    (post,) = await make_posts(storage, [ann])
    await storage.mongo.collection("posts").update_one({"_id": post.id}, {"$unset": {"kind": ""}})
    assert [event.id for event in await story(storage, ann.id, 5, frozenset({StoryKind.POST}))] == [post.id]


@pytest.mark.parametrize("shows", [{StoryKind.POST}, {StoryKind.REPLY}, {StoryKind.POST, StoryKind.REPLY}])
async def test_a_page_is_read_without_what_it_does_not_show(
    storage: Storage, world: World, commands: Commands, shows: set[StoryKind]
) -> None:
    ann, bob = await world.make_users(2)
    post = await world.post(bob)
    await world.post(ann, "the only one")
    await world.post(ann, "the only answer", reply_to=post)
    originals = [Post(id=number, author=bob.id, text="") for number in range(1, MANY)]
    await storage.mongo.collection("posts").insert_many(
        new_repost(storage.ids.draw(), author=ann.id, of=original) for original in originals
    )
    with commands.during() as sent:
        page = await storage.stories.page(ann.id, PageRequest(20), frozenset(shows))
    assert (len(page.items), page.has_next) == (len(shows), False)
    (plan,) = [await explain(storage, command) for command in sent]
    assert plan.documents == len(shows)
    assert plan.keys <= len(shows) + 4
    assert "SORT" not in plan.stages


async def test_a_page_of_a_long_story_examines_no_more_than_the_page(
    storage: Storage, world: World, commands: Commands
) -> None:
    ann = await world.make_user()
    post = await world.post(ann)
    await make_posts(storage, [ann] * 100)
    for _ in range(30):
        await world.post(ann, reply_to=post)
        await insert_repost(storage, ann, await world.post(ann))
    with commands.during() as sent:
        await storage.stories.page(ann.id, PageRequest(10), frozenset(KINDS))
    for plan in [await explain(storage, command) for command in sent]:
        assert plan.documents <= 14, "a merge of three ranges looks one ahead in each"
        assert "SORT" not in plan.stages


@pytest.mark.parametrize(
    "shows", [{StoryKind.MEDIA}, {StoryKind.MEDIA, StoryKind.REPLY}], ids=["pictures", "pictures and replies"]
)
async def test_pictures_of_an_account_that_posts_much_else_are_read_by_an_index(
    storage: Storage, world: World, commands: Commands, shows: set[StoryKind]
) -> None:
    ann = await world.make_user()
    pictured = []
    for _ in range(3):
        await make_posts(storage, [ann] * (MANY // 4))
        media = await store_media(storage, ann.id)
        pictured.append((await storage.posts.insert_post(ann.id, "", media=[media.id])).id)
    with commands.during() as sent:
        page = await storage.stories.page(ann.id, PageRequest(2), frozenset(shows))
    assert [event.id for event in page.items] == pictured[:0:-1]
    plans = [await explain(storage, command) for command in sent]
    assert sum(plan.documents for plan in plans) <= 3
    assert sum(plan.keys for plan in plans) <= 8
