"""What people do in conversations, on top of posting and following: more rules for the machine of the exact feed."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from storage import Storage
from tasks import messages
from tests.tasks.machine import Feeds, numbers, users

FAR = timedelta(days=1)
REPEAT_AFTER = timedelta(seconds=1)  # a world is made in seconds: some reposts are within it, and some beyond
FEW = 4  # events that are looked at after each step


class Talks(Feeds):
    """Replies, reposts, quotes, mutes, blocks and options; a block in its two steps, a follow in its three."""

    @rule(author=users, pick=numbers)
    def reply(self, author: int, pick: int) -> None:
        if self.posts:
            parent = self.posts[pick % len(self.posts)]
            post = self.run(self.storage.posts.insert_post(self.users[author].id, "a reply", reply_to=parent))
            self.add(post)

    @rule(author=users, pick=numbers)
    def quote(self, author: int, pick: int) -> None:
        if self.posts:
            quoted = self.posts[pick % len(self.posts)]
            self.add(self.run(self.storage.posts.insert_post(self.users[author].id, "a quote", quote=quoted)))

    @rule(author=users, pick=numbers)
    def repost(self, author: int, pick: int) -> None:
        if self.posts:
            post = self.posts[pick % len(self.posts)]
            made = self.run(self.storage.reposts.repost(self.users[author].id, post))
            if made and made.is_new:
                self.sent.append(messages.start_fan_out(made.id))

    @rule(author=users, pick=numbers)
    def undo_repost(self, author: int, pick: int) -> None:
        if self.posts:
            post = self.posts[pick % len(self.posts)]
            if undone := self.run(self.storage.reposts.undo(self.users[author].id, post.id)):
                self.sent.append(messages.remove_post_entries(undone, self.users[author].id))

    @rule(reader=users, other=users, for_a_time=st.booleans())
    def mute(self, reader: int, other: int, for_a_time: bool) -> None:
        if reader != other:
            until = datetime.now(UTC) + FAR if for_a_time else None
            self.run(self.storage.relations.mute(self.users[reader].id, self.users[other].id, until=until))

    @rule(reader=users, other=users)
    def unmute(self, reader: int, other: int) -> None:
        self.run(self.storage.relations.unmute(self.users[reader].id, self.users[other].id))

    @rule(reader=users, other=users)
    def block(self, reader: int, other: int) -> None:
        """Commit the block. The edges are cut by later steps, in any order, or never."""
        if reader != other:
            self.run(self.storage.relations.block(self.users[reader].id, self.users[other].id))

    @rule(reader=users, other=users, outwards=st.booleans())
    def cut_an_edge_of_a_block(self, reader: int, other: int, outwards: bool) -> None:
        one, two = self.users[reader].id, self.users[other].id
        follower, followee = (one, two) if outwards else (two, one)
        if self.run(self.storage.relations.delete_edge(one, two, follower=follower, followee=followee)):
            self.sent.append(messages.remove_author_entries(follower, followee))

    @rule(reader=users, other=users)
    def unblock(self, reader: int, other: int) -> None:
        self.run(self.storage.relations.unblock(self.users[reader].id, self.users[other].id))

    @rule(reader=users, other=users, shows_reposts=st.booleans(), is_in_feed=st.booleans())
    def choose_options(self, reader: int, other: int, shows_reposts: bool, is_in_feed: bool) -> None:
        change = self.storage.follows.set_options(
            follower=self.users[reader].id,
            followee=self.users[other].id,
            shows_reposts=shows_reposts,
            is_in_feed=is_in_feed,
        )
        self.run(change)

    @invariant()
    def live_updates_decide_as_pages_do(self) -> None:
        """What a page shows, and nothing else, would be delivered to a reader who follows the actor."""
        events = sorted(self.run(all_events(self.storage)))[-FEW:] if hasattr(self, "users") else []
        readers = [user.id for user in getattr(self, "users", [])]
        feeds = {user.id: set(self.run(self.world.oracle(user))) for user in getattr(self, "users", [])}
        for number in events:
            event = self.run(self.storage.feed.decisions.find_event(number))
            shown = self.run(self.storage.feed.decisions.shown_among(event, readers)) if event else set()
            assert shown == {reader for reader in readers if number in feeds[reader]}


async def all_events(storage: Storage) -> list[int]:
    return [post["_id"] async for post in storage.mongo.collection("posts").find({}, {"_id": 1})]
