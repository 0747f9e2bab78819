"""Pictures go with their posts, unused ones within a day, and none that a post shows, whatever died in between."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import InvalidInput, PicturesUnavailable
from domain.ids import first_id_at
from domain.media import SIDES
from domain.records import Media, Post
from storage import Storage
from storage.media import MediaStore
from storage.memory.ids import IdGenerator
from tasks import media as tasks
from tasks import messages
from tasks.messages import Message
from tests.conftest import empty
from tests.stepping import commands_are_steps
from tests.tasks.chains import MOST_STEPS, Chain
from tests.uploads import RENDITIONS, SIZE, store_media, stored_files, stored_media
from tests.world import World

ANN = 7
LONG_AGO = datetime.now(UTC) - 2 * max(tasks.FREE_FOR, tasks.SETTLED_AFTER)
SWEEPS = [Message("media.sweep", (), "maintenance"), Message("media.sweep_files", (), "maintenance")]


class Past(IdGenerator):
    """Draws ids of two days ago."""

    def __init__(self) -> None:
        super().__init__()
        self._next = first_id_at(LONG_AGO)

    def draw(self) -> int:
        self._next += random.Random(self._next).randrange(1, 1_000)
        return self._next


class Gallery:
    """What an account does with pictures, and what must be stored then, recomputed from that alone."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.storage: Storage = world.storage
        self.past = MediaStore(self.storage.mongo, Past(), self.storage.media._files)
        self.young: list[Media] = []  # uploaded just now
        self.old: list[Media] = []
        self.dead: list[str] = []  # files of uploads that died just now, before their document was stored
        self.dead_long_ago: list[str] = []
        self.posts: dict[int, Post] = {}

    async def upload(self, *, is_old: bool) -> Media:
        if not is_old:
            self.young.append(await store_media(self.storage, ANN))
            return self.young[-1]
        self.old.append(await self.past.insert_media(ANN, RENDITIONS, size=SIZE, alt="", placeholder=b"tiny"))
        return self.old[-1]

    async def die_in_upload(self, *, is_old: bool) -> None:
        media = await self.upload(is_old=is_old)
        (self.old if is_old else self.young).remove(media)
        (self.dead_long_ago if is_old else self.dead).append(media.file)
        await self.storage.mongo.collection("media").delete_one({"_id": media.id})

    async def post(self, media: Sequence[Media], *, key: str | None = None) -> bool:
        """Return whether the pictures were there and free."""
        ids = [one.id for one in media]
        try:
            if key is None:
                post = await self.storage.posts.insert_post(ANN, "hello", media=ids)
            else:
                made = await self.storage.keyed_posts.insert_once(ANN, "hello", key=key, media=ids)
                assert made is not None
                post = made.post
        except InvalidInput:
            return False
        self.posts[post.id] = post
        return True

    async def delete(self, post: int) -> Message:
        """Delete a post. Return the message that its request sends."""
        del self.posts[post]
        await self.storage.posts.delete_post(post, author=ANN)
        return messages.remove_post_entries(post, ANN)

    @property
    def shown(self) -> dict[int, int]:
        """The post of each picture that a post shows."""
        return {media.id: post.id for post in self.posts.values() for media in post.media}

    async def is_sound(self) -> None:
        """Check what holds at every moment: what posts show, and what can still be posted, is there with its files."""
        documents, files = await stored_media(self.storage), await stored_files(self.storage)
        for media, post in self.shown.items():
            assert documents.get(media) == post
        for one in (*self.young, *self.old):
            if one.id in self.shown or (one in self.young and documents.get(one.id, 0) is None):
                assert one.file in files
                for side, content in RENDITIONS.items():
                    found = await self.storage.media.open_rendition(one.file, side)
                    assert found is not None
                    assert await found.content() == content
        free = {media for media, post in documents.items() if post is None}
        assert not free & set(self.shown)

    async def is_settled(self) -> None:
        """Run the sweeps. Then exactly what must be stored is stored."""
        await self.world.run_all(SWEEPS)
        await self.is_sound()
        documents = await stored_media(self.storage)
        deleted = {one.id for one in self.young if one.id not in documents}
        kept = [one for one in (*self.young, *self.old) if one.id in self.shown]
        free = [one for one in self.young if one.id not in self.shown and one.id not in deleted]
        assert documents == {one.id: self.shown.get(one.id) for one in (*kept, *free)}
        assert deleted <= self.of_deleted_posts
        assert not self.of_deleted_posts & set(documents)
        pending = {one.file for one in self.young if one.id in deleted}  # their files may wait until they are a day old
        files = await stored_files(self.storage)
        assert files - pending == {one.file for one in (*kept, *free)} | set(self.dead)

    of_deleted_posts: set[int]


@pytest.fixture
def gallery(world: World) -> Gallery:
    made = Gallery(world)
    made.of_deleted_posts = set()
    return made


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "SWEEP_BATCH", 2)
    commands_are_steps(monkeypatch)


async def delete_some(gallery: Gallery, dice: random.Random) -> Message:
    post = dice.choice(list(gallery.posts))
    gallery.of_deleted_posts.update(media.id for media in gallery.posts[post].media)
    return await gallery.delete(post)


@pytest.mark.parametrize("seed", range(10))
async def test_pictures_are_those_recomputed_after_any_mix_of_steps_and_deaths(gallery: Gallery, seed: int) -> None:
    dice = random.Random(seed)
    world, running = gallery.world, list[Chain]()
    for turn in range(40):
        act = dice.randrange(8)
        if act <= 1:
            await gallery.upload(is_old=dice.random() < 0.5)
        elif act == 2:
            await gallery.die_in_upload(is_old=dice.random() < 0.5)
        elif act == 3 and (known := [*gallery.young, *gallery.old]):
            some = dice.sample(known, min(len(known), dice.randint(1, 2)))
            documents = await stored_media(gallery.storage)
            are_free = all(documents.get(one.id, 0) is None for one in some)
            assert await gallery.post(some, key=dice.choice([None, f"key {turn}"])) is are_free
        elif act == 4 and gallery.posts:
            message = await delete_some(gallery, dice)
            if dice.random() < 0.5:  # otherwise it is lost
                running.append(Chain(world, message))
        elif act == 5:
            running.append(Chain(world, dice.choice(SWEEPS)))
        elif running:
            chain = dice.choice(running)
            is_killed = dice.random() < 0.2
            going_on = [await chain.advance() for _ in range(dice.randint(1, 6))]
            if is_killed:
                await chain.kill()
            if is_killed or not all(going_on):
                running.remove(chain)
        await gallery.is_sound()
    for chain in running:
        await chain.kill()
    await gallery.is_settled()


@pytest.mark.parametrize("key", [None, "key"])
async def test_a_picture_is_posted_whole_or_not_at_all_at_every_step_of_the_sweep(
    gallery: Gallery, key: str | None
) -> None:
    outcomes = set()
    for steps in range(MOST_STEPS):
        await empty(gallery.storage)
        gallery.old, gallery.posts = [], {}
        media = await gallery.upload(is_old=True)
        chain = Chain(gallery.world, SWEEPS[0])
        going_on = all([await chain.advance() for _ in range(steps)])
        outcomes.add(await gallery.post([media], key=key))
        await gallery.is_sound()
        await chain.finish()
        await gallery.is_settled()
        if not going_on:
            assert outcomes == {True, False}
            return
    pytest.fail("the sweep goes on for ever")


@pytest.mark.parametrize("is_lost", [True, False], ids=["lost", "delivered"])
async def test_a_deletion_that_dies_at_any_step_leaves_nothing_after_the_sweeps(
    gallery: Gallery, is_lost: bool
) -> None:
    for steps in range(MOST_STEPS):
        await empty(gallery.storage)
        gallery.old, gallery.posts = [], {}
        kept, gone = [[await gallery.upload(is_old=True) for _ in range(2)] for _ in range(2)]
        for some in (kept, gone):
            assert await gallery.post(some)
        chain = Chain(gallery.world, await gallery.delete(max(gallery.posts)))
        going_on = not is_lost and all([await chain.advance() for _ in range(steps)])
        await chain.kill()
        await gallery.is_sound()
        await gallery.is_settled()
        if not going_on:
            return
    pytest.fail("the deletion goes on for ever")


async def test_the_message_of_a_deletion_drops_the_pictures_at_once(gallery: Gallery) -> None:
    media = [await gallery.upload(is_old=False) for _ in range(3)]
    assert await gallery.post(media[:2])
    (post,) = gallery.posts
    await gallery.world.run_all([await gallery.delete(post)])
    assert await stored_media(gallery.storage) == {media[2].id: None}
    assert await stored_files(gallery.storage) == {media[2].file}


async def test_the_removal_of_a_post_drops_its_pictures_if_the_message_is_lost(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.removals.REMOVE_AGAIN_AFTER", timedelta(seconds=-60))
    assert await gallery.post([await gallery.upload(is_old=False)])
    await gallery.delete(next(iter(gallery.posts)))
    await gallery.world.run_all([messages.sweep_removals()])
    assert await stored_media(gallery.storage) == {}


async def test_a_store_that_is_away_delays_no_entries_and_the_sweeps_finish(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise PicturesUnavailable("the connection is refused")

    monkeypatch.setattr("storage.removals.REMOVE_AGAIN_AFTER", timedelta(seconds=-60))
    assert await gallery.post([await gallery.upload(is_old=True)])
    message = await gallery.delete(next(iter(gallery.posts)))
    with monkeypatch.context() as patch:
        patch.setattr("storage.pictures.gridfs.GridFSFiles.delete", away)
        await gallery.world.run_all([message, messages.sweep_removals()])
    assert not await gallery.storage.removals.claim_due(limit=1)
    await gallery.is_settled()


async def test_sweeps_go_on_after_their_batch_and_cost_little_when_nothing_is_to_be_done(gallery: Gallery) -> None:
    assert len(SIDES) * 3 > 2
    media = [await gallery.upload(is_old=True) for _ in range(5)]
    assert await gallery.post(media[:2])
    assert await gallery.post(media[2:4])
    await gallery.is_settled()
    assert await stored_media(gallery.storage) == gallery.shown
