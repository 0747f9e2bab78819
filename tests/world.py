"""A small world on a real database: accounts, follows and posts, made through the storage, and the oracle."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import count

from domain.ids import MAX_ID
from domain.pages import FeedRequest, PageRequest, ReadOrder
from domain.policy import Policy
from domain.records import Post, User
from domain.watermarks import fresh_token
from storage import Storage
from tasks.cores import CORES, run_all
from tasks.messages import Message
from tasks.services import TaskServices
from tests.base_data import feed_by_definition
from tests.stepping import SteppedTask
from tests.waiting import bounded


def make_policy(
    *, celebrity_threshold: int = 1_000, feed_window: int = 100, dormant_after: timedelta = timedelta(days=30)
) -> Policy:
    return Policy(celebrity_threshold=celebrity_threshold, feed_window=feed_window, dormant_after=dormant_after)


class World:
    def __init__(self, storage: Storage, *, celebrity_threshold: int = 1_000, feed_window: int = 100) -> None:
        self.storage = storage
        self.services = TaskServices.of(
            storage, make_policy(celebrity_threshold=celebrity_threshold, feed_window=feed_window)
        )
        self._numbers = count(1)

    async def make_user(self, alias: str | None = None) -> User:
        alias = alias or f"user{next(self._numbers)}"
        user = await self.storage.users.insert_user(
            self.storage.users.draw_id(), alias=alias, first_name=alias.title(), last_name="Test"
        )
        assert user is not None
        return user

    async def make_users(self, number: int) -> list[User]:
        return [await self.make_user() for _ in range(number)]

    async def follow(self, follower: User, followee: User, *, push_from: int | None = None) -> None:
        watermark = fresh_token() if push_from is None else push_from
        if await self.storage.follows.insert_edge(follower=follower.id, followee=followee.id, push_from=watermark):
            await self.storage.users.count_follow(follower=follower.id, followee=followee.id, by=1)

    async def unfollow(self, follower: User, followee: User) -> None:
        if await self.storage.follows.delete_edge(follower=follower.id, followee=followee.id):
            await self.storage.users.count_follow(follower=follower.id, followee=followee.id, by=-1)

    async def post(
        self,
        author: User,
        text: str = "hello",
        *,
        reply_to: Post | None = None,
        quote: Post | None = None,
        mentioned: Sequence[User] = (),
    ) -> Post:
        return await self.storage.posts.insert_post(
            author.id, text, reply_to=reply_to, quote=quote, mentioned=[user.id for user in mentioned]
        )

    async def run(self, message: Message) -> list[Message]:
        """Run one task like a worker. Return the tasks that follow it."""
        return await CORES[message.task](self.services, *message.args)

    async def begin(self, message: Message) -> SteppedTask:
        """Return a task before its first step."""
        return await SteppedTask.begin(CORES[message.task], self.services, message)

    async def run_all(self, messages: Iterable[Message]) -> None:
        """Run the tasks and all that follow from them."""
        await run_all(self.services, messages)

    async def feed(self, reader: User, *, page_size: int = 7) -> list[int]:
        """Return the whole feed, read page by page like a client."""
        return await self.feed_of(reader.id, page_size=page_size)

    async def feed_of(self, reader: int, *, page_size: int = 7) -> list[int]:
        posts: list[int] = []
        before = MAX_ID + 1
        for _ in bounded():
            page = await self.storage.feed.page(reader, PageRequest(page_size, before))
            assert len(page.items) <= page_size
            posts += [post.id for post in page.items]
            if not page.has_next:
                break
            assert len(page.items) == page_size, "a page that is not the last one is full"
            before = posts[-1]
        return posts

    async def feed_backwards(self, reader: User, *, page_size: int = 7) -> list[int]:
        """Return the whole feed, newest first, read page by page from its oldest end."""
        posts: list[int] = []
        for _ in bounded():
            above = posts[0] if posts else -1
            request = FeedRequest(size=page_size, above=above, order=ReadOrder.OLDEST_FIRST)
            page = await self.storage.feed.page_between(reader.id, request)
            posts = [*(post.id for post in page.items), *posts]
            if not page.has_previous:
                break
            assert len(page.items) == page_size, "a page that is not the last one is full"
        return posts

    async def oracle(self, reader: User) -> list[int]:
        """Return the reader's feed by its definition, newest first."""
        return await self.oracle_of(reader.id)

    async def oracle_of(self, reader: int) -> list[int]:
        feed = await feed_by_definition(self.storage, reader, repeat_after=self.storage.repeat_after)
        return [event.id for event in feed]

    async def entries(self, reader: User) -> list[int]:
        return await self.storage.feed.entries.newest(reader.id, floor=0, below=MAX_ID + 1, limit=1_000_000)
