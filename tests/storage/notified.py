"""A world in which accounts notify each other at random, on a clock of its own."""

from dataclasses import dataclass, field
from random import Random

import pytest

from domain.acts import ActKind
from domain.ids import IDS_OF_HOUR, RANDOM_BITS, first_id_of_hour
from domain.notifications import (
    ALL_KINDS,
    BEFORE_ALL,
    NotificationKind,
    NotificationPage,
    NotificationRequest,
    Position,
)
from domain.records import Post, User
from domain.relations import RelationKind
from storage import Storage
from storage.memory.ids import IdGenerator
from tests.acts import fold_all
from tests.conversations import block, relate, unrelate
from tests.notified import Base, Expected
from tests.waiting import bounded
from tests.world import World

USERS = 7
PAGE_SIZES = (1, 2, 3, 7, 100)


class Clock:
    """Draws ids, and stands still otherwise. It begins in the middle of the last hour that is over."""

    def __init__(self) -> None:
        self.now = first_id_of_hour(IdGenerator().draw()) - IDS_OF_HOUR // 2

    def draw(self) -> int:
        self.now += 1 << RANDOM_BITS
        return self.now

    def pass_time(self, hours: float) -> None:
        self.now += int(hours * IDS_OF_HOUR)


@dataclass(slots=True)
class Reader:
    """A viewer who pages through a list."""

    kinds: frozenset[NotificationKind]
    size: int
    below: Position = BEFORE_ALL


@dataclass
class Notifying:
    """People who do random things. `look` compares everything that one of them may read with the oracle."""

    world: World
    random: Random
    users: list[User]
    clock: Clock
    base: Base
    posts: list[Post] = field(default_factory=list)
    markers: dict[int, int] = field(default_factory=dict)
    readers: dict[int, Reader] = field(default_factory=dict)

    @classmethod
    async def begin(cls, world: World, random: Random, monkeypatch: pytest.MonkeyPatch) -> "Notifying":
        clock = Clock()
        monkeypatch.setattr(IdGenerator, "draw", lambda _: clock.draw())
        users = await world.make_users(USERS)
        return cls(world=world, random=random, users=users, clock=clock, base=await Base.read(world.storage))

    @property
    def storage(self) -> Storage:
        return self.world.storage

    # -- what people do -----------------------------------------------------------------------------------------------

    async def do_something(self) -> None:
        often = [self.post, self.post, self.like, self.like, self.like, self.repost, self.repost, self.follow]
        seldom = [self.unlike, self.undo, self.unfollow, self.delete, self.hide, self.unhide, self.mark_read, self.wait]
        seldom += [self.fold, self.bookmark]
        await self.random.choice([*often, *seldom])()
        self.base = await Base.read(self.storage)

    def pair(self) -> tuple[User, User]:
        one, other = self.random.sample(self.users, 2)
        return one, other

    async def post(self) -> None:
        author = self.random.choice(self.users)
        mentioned = [user for user in self.users if self.random.random() < 0.2]
        named = [self.random.choice([None, *self.posts[-4:]]) for _ in range(2)]
        text = " ".join(["hello", *(f"@{user.alias}" for user in mentioned)])
        self.posts.append(
            await self.storage.posts.insert_post(
                author.id, text, reply_to=named[0], quote=named[1], mentioned=[user.id for user in mentioned]
            )
        )

    async def delete(self) -> None:
        if self.posts and self.random.random() < 0.5:
            post = self.posts.pop(self.random.randrange(len(self.posts)))
            assert await self.storage.posts.delete_post(post.id, author=post.author)

    async def like(self) -> None:
        if self.posts:
            post = self.random.choice(self.posts[-6:])
            await self.storage.acts.add(ActKind.LIKE, self.random.choice(self.users).id, post)

    async def unlike(self) -> None:
        if self.posts:
            post = self.random.choice(self.posts[-6:])
            await self.storage.acts.take_back(ActKind.LIKE, self.random.choice(self.users).id, post.id)

    async def bookmark(self) -> None:
        if self.posts:
            user = self.random.choice(self.users)
            await self.storage.acts.add(ActKind.BOOKMARK, user.id, self.random.choice(self.posts[-6:]))

    async def repost(self) -> None:
        if self.posts:
            await self.storage.reposts.repost(self.random.choice(self.users).id, self.random.choice(self.posts[-6:]))

    async def undo(self) -> None:
        if self.posts:
            await self.storage.reposts.undo(self.random.choice(self.users).id, self.random.choice(self.posts[-6:]).id)

    async def follow(self) -> None:
        await self.world.follow(*self.pair())

    async def unfollow(self) -> None:
        await self.world.unfollow(*self.pair())

    async def hide(self) -> None:
        one, other = self.pair()
        await unrelate(self.storage, one, other)
        if self.random.random() < 0.5:
            await relate(self.storage, one, other, RelationKind.MUTE)
        else:
            await unrelate(self.storage, other, one)
            await block(self.storage, one, other)
        both = {"_id": {"$in": [one.id, other.id]}}
        await self.storage.mongo.collection("users").update_many(both, {"$set": {"has_relations": True}})

    async def unhide(self) -> None:
        one, other = self.pair()
        await unrelate(self.storage, one, other)
        await unrelate(self.storage, other, one)

    async def mark_read(self) -> None:
        user = self.random.choice(self.users)
        marker = max(0, self.base.newest_act(user.id) - self.random.choice([0, 0, IDS_OF_HOUR, 30 * IDS_OF_HOUR]))
        await self.storage.notifications.mark_read(user.id, marker)
        self.markers[user.id] = max(marker, self.markers.get(user.id, 0))

    async def fold(self) -> None:
        await fold_all(self.world)

    async def wait(self) -> None:
        self.clock.pass_time(self.random.choice([0.1, 0.6, 1, 5, 30]))

    # -- what they read -----------------------------------------------------------------------------------------------

    async def look(self, user: User) -> None:
        """Read the whole list, by pages of one size, and the list of some kinds."""
        for kinds in (ALL_KINDS, frozenset(self.random.sample(list(NotificationKind), self.random.randint(1, 3)))):
            expected = self.expected(user, kinds)
            found, below, size = list[Expected](), BEFORE_ALL, self.random.choice(PAGE_SIZES)
            for _ in bounded():
                page = await self.read(user, NotificationRequest(first=size, below=below, kinds=kinds))
                found += map(Expected.of, page.items)
                if not page.has_next:
                    break
                assert len(page.items) == size, "a page that is not the last one is full"
                below = page.items[-1].position
            assert found == expected

    async def read_on(self, user: User) -> None:
        """Read the next page of a list, in which anything may have happened since the last one."""
        reader = self.readers.get(user.id)
        if reader is None:
            kinds = self.random.choice([ALL_KINDS, frozenset(self.random.sample(list(NotificationKind), 3))])
            reader = self.readers[user.id] = Reader(kinds, self.random.choice(PAGE_SIZES))
        page = await self.read(user, NotificationRequest(first=reader.size, below=reader.below, kinds=reader.kinds))
        rest = [one for one in self.expected(user, reader.kinds) if one.place < reader.below]
        assert [Expected.of(one) for one in page.items] == rest[: reader.size]
        assert page.has_next == (len(rest) > reader.size)
        if page.has_next:
            reader.below = page.items[-1].position
        else:
            del self.readers[user.id]

    async def read(self, user: User, request: NotificationRequest) -> NotificationPage:
        """Read a page, and check what stands beside its list."""
        page = await self.storage.notifications.page(user.id, request)
        marker = self.markers.get(user.id, 0)
        assert page.unread == self.base.unread(user.id, marker)
        assert page.unread == await self.storage.notifications.count_unread(user.id)
        assert page.marker == self.base.newest_act(user.id)
        assert [one.is_unread for one in page.items] == [one.newest > marker for one in page.items]
        return page

    def expected(self, user: User, kinds: frozenset[NotificationKind]) -> list[Expected]:
        return [one for one in self.base.notifications(user.id) if NotificationKind(one.kind) in kinds]
