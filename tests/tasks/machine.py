"""A machine that does whatever people and workers can do, and looks at every feed after each step."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.ids import MAX_ID
from domain.pages import FeedRequest, PageRequest, ReadOrder
from domain.records import Post, User
from domain.watermarks import NEVER, fresh_token
from storage import Storage
from tasks import fan_out, feeds, messages
from tasks.messages import Message
from tasks.services import TaskServices
from tests.conftest import empty
from tests.sources import feed_by_source
from tests.stepping import SteppedTask
from tests.world import World, make_policy

USERS = 5
WINDOW = 4
THRESHOLD = 3

T = TypeVar("T")
numbers = st.integers(0, 10_000)  # picks one of the existing ones
users = st.integers(0, USERS - 1)


class Feeds(RuleBasedStateMachine):
    runner: asyncio.Runner
    storage: Storage

    @initialize(
        follows=st.sets(st.tuples(users, users), max_size=12), authors=st.lists(users, max_size=12), trim=st.booleans()
    )
    def begin(self, follows: set[tuple[int, int]], authors: list[int], trim: bool) -> None:
        """Create a world with a history: pushed edges, delivered posts, perhaps trimmed feeds."""
        self.run(empty(self.storage))
        self.world = World(self.storage)
        self.world.services = TaskServices.of(
            self.storage,
            make_policy(celebrity_threshold=THRESHOLD, feed_window=WINDOW, dormant_after=timedelta(days=-1)),
        )
        self.users: list[User] = self.run(self.world.make_users(USERS))
        self.posts: list[Post] = []
        self.sent: list[Message] = []
        self.running: list[SteppedTask] = []
        for follower, followee in sorted(follows):
            if follower != followee:
                self.run(self.world.follow(self.users[follower], self.users[followee], push_from=0))
        for author in authors:
            self.post(author)
        self.run(self.world.run_all(self.sent))
        self.sent = []
        if trim:
            self.run(self.world.run(messages.trim_feeds([user.id for user in self.users])))

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(coroutine)

    # -- people -------------------------------------------------------------------------------------------------------

    def add(self, post: Post) -> None:
        """The post is stored, and its message is under way."""
        self.posts.append(post)
        self.sent.append(messages.start_fan_out(post.id))

    @rule(author=users)
    def post(self, author: int) -> None:
        self.add(self.run(self.world.post(self.users[author])))

    @rule(pick=numbers)
    def delete(self, pick: int) -> None:
        if self.posts:
            post = self.posts.pop(pick % len(self.posts))
            self.run(self.storage.posts.delete_post(post.id, author=post.author))
            self.sent.append(messages.remove_post_entries(post.id, post.author))
            self.sent.append(messages.remove_reposts(post.id))

    @rule(follower=users, followee=users, as_celebrity=st.booleans())
    def follow(self, follower: int, followee: int, as_celebrity: bool) -> None:
        if follower != followee:
            push_from = NEVER if as_celebrity else fresh_token()
            self.run(self.world.follow(self.users[follower], self.users[followee], push_from=push_from))
            self.sent.append(messages.fill_feed(self.users[follower].id))
            self.sent.append(messages.review_celebrity(self.users[followee].id))

    @rule(follower=users, followee=users)
    def unfollow(self, follower: int, followee: int) -> None:
        self.run(self.world.unfollow(self.users[follower], self.users[followee]))
        self.sent.append(messages.remove_author_entries(self.users[follower].id, self.users[followee].id))
        self.sent.append(messages.review_celebrity(self.users[followee].id))

    # -- workers ------------------------------------------------------------------------------------------------------

    @rule(pick=numbers, again=st.booleans())
    def begin_task(self, pick: int, again: bool) -> None:
        """Run any sent message, in any order. With `again`, it may run once more."""
        if self.sent:
            place = pick % len(self.sent)
            message = self.sent[place] if again else self.sent.pop(place)
            self.running.append(self.run(self.world.begin(message)))

    @rule(pick=numbers, steps=st.integers(1, 3))
    def advance_task(self, pick: int, steps: int) -> None:
        if self.running:
            task = self.running[pick % len(self.running)]
            for _ in range(steps):
                if not task.is_done:
                    self.run(task.advance())
            if task.is_done:
                self.sent += task.sent
                self.running.remove(task)

    @rule(pick=numbers)
    def finish_task(self, pick: int) -> None:
        if self.running:
            self.sent += self.run(self.running.pop(pick % len(self.running)).finish())

    @rule(pick=numbers)
    def kill_task(self, pick: int) -> None:
        if self.running:
            self.run(self.running.pop(pick % len(self.running)).kill())

    @rule(pick=numbers)
    def lose_message(self, pick: int) -> None:
        if self.sent:
            self.sent.pop(pick % len(self.sent))

    @rule(reader=users)
    def trim(self, reader: int) -> None:
        self.sent.append(messages.trim_feeds([self.users[reader].id]))

    @rule(author=users)
    def move_to_the_other_side(self, author: int) -> None:
        """Let policy decide anything at any time."""
        number = self.users[author].id
        user = self.run(self.storage.users.find_by_id(number))
        assert user is not None
        self.run(self.storage.users.set_celebrity(number, not user.is_celebrity))
        if user.is_celebrity:
            self.sent.append(messages.demote_celebrity(number, after=0))
        else:
            self.run(self.storage.feed.edges.stop_pushing_author(number, limit=1_000))

    @rule(reader=users)
    def fall_silent_or_wake(self, reader: int) -> None:
        number = self.users[reader].id
        woken = self.run(self.storage.readers.wake(number))
        self.sent.append(messages.wake_reader(number) if woken else messages.make_dormant(number))

    @rule()
    def sweep(self) -> None:
        self.sent += self.run(fan_out.sweep_fan_outs(self.world.services))
        self.sent += self.run(feeds.sweep_feeds(self.world.services))

    # -- readers ------------------------------------------------------------------------------------------------------

    @rule(reader=users, first=st.integers(1, 12), pick=numbers)
    def read_from_any_cursor(self, reader: int, first: int, pick: int) -> None:
        truth = self.run(self.world.oracle(self.users[reader]))
        before = ([MAX_ID + 1, *(post.id for post in self.posts)])[pick % (len(self.posts) + 1)]
        page = self.run(self.storage.feed.page(self.users[reader].id, PageRequest(first, before)))
        expected = [post for post in truth if post < before]
        assert [post.id for post in page.items] == expected[:first]
        assert page.has_next == (len(expected) > first)

    @rule(reader=users, last=st.integers(1, 12), pick=numbers)
    def read_backwards_from_any_cursor(self, reader: int, last: int, pick: int) -> None:
        truth = self.run(self.world.oracle(self.users[reader]))
        above = ([-1, *(post.id for post in self.posts)])[pick % (len(self.posts) + 1)]
        request = FeedRequest(size=last, above=above, order=ReadOrder.OLDEST_FIRST)
        expected = [post for post in truth if post > above]
        for feed in (self.storage.feed, feed_by_source(self.storage, repeat_after=self.storage.repeat_after)):
            page = self.run(feed.page_between(self.users[reader].id, request))
            assert [post.id for post in page.items] == expected[-last:]
            assert page.has_previous == (len(expected) > last)

    @invariant()
    def feeds_equal_the_oracle(self) -> None:
        by_source = feed_by_source(self.storage, repeat_after=self.storage.repeat_after)
        for reader in getattr(self, "users", []):
            truth = self.run(self.world.oracle(reader))
            assert self.run(self.world.feed(reader, page_size=5)) == truth
            page = self.run(by_source.page(reader.id, PageRequest(5)))
            assert [event.id for event in page.items] == truth[:5]
            assert self.run(self.world.feed_backwards(reader, page_size=5)) == truth

    def teardown(self) -> None:
        for task in getattr(self, "running", []):
            self.run(task.kill())
        if not hasattr(self, "users"):
            return
        self.run(self.world.run_all(self.run(fan_out.sweep_fan_outs(self.world.services))))
        assert self.run(self.storage.feed.ledgers.count_in_flight(limit=1)) == 0, (
            "a sweep alone leaves nothing in flight"
        )
        self.feeds_equal_the_oracle()
