"""A small town that likes, answers, quotes and reposts, and a book of it, by which each count is known."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random

from domain.acts import ActKind
from domain.pages import PageRequest
from domain.records import Post, PostCounts
from domain.surroundings import Wanted
from storage.mongo import Document
from tasks import messages
from tasks.messages import Message
from tests.acts import deliver_all, nobody
from tests.world import World

PEOPLE = 4
WHOLE = PageRequest(100)


@dataclass
class Town:
    """The book holds what the requests have been told. Nothing in it comes from the database."""

    world: World
    people: list[int] = field(default_factory=list)
    posts: dict[int, Post] = field(default_factory=dict)
    acts: dict[ActKind, list[tuple[int, int]]] = field(default_factory=lambda: {kind: [] for kind in ActKind})
    reposts: set[tuple[int, int]] = field(default_factory=set)
    sent: list[Message] = field(default_factory=list)

    @classmethod
    async def found(cls, world: World) -> "Town":
        """Return a town with a history: what is folded, what is not, and what was taken back after it was folded."""
        town = cls(world, [user.id for user in await world.make_users(PEOPLE)])
        ann, bob, cat, dan = town.people
        first = await town.post(ann)
        await town.post(bob, reply_to=first, quote=first)
        for person in (bob, cat):
            await town.add(ActKind.LIKE, person, first)
        await town.repost(cat, first)
        await deliver_all(world)
        await world.run_all([messages.fold_acts()])
        await town.take_back(ActKind.LIKE, bob, first.id)
        await town.add(ActKind.LIKE, dan, first)
        await town.add(ActKind.BOOKMARK, dan, first)
        await town.post(cat, reply_to=first)
        await deliver_all(world)
        return town

    # -- people -------------------------------------------------------------------------------------------------------

    async def post(self, author: int, *, reply_to: Post | None = None, quote: Post | None = None) -> Post:
        post = await self.world.storage.posts.insert_post(author, "hello", reply_to=reply_to, quote=quote)
        self.posts[post.id] = post
        return post

    async def delete(self, post: Post) -> None:
        assert await self.world.storage.posts.delete_post(post.id, author=post.author)
        del self.posts[post.id]
        self.sent += [messages.remove_acts(post.id), messages.remove_reposts(post.id)]

    async def add(self, kind: ActKind, user: int, post: Post) -> None:
        is_new = await self.world.storage.acts.add(kind, user, post)
        assert is_new is ((user, post.id) not in self.acts[kind])
        if is_new:
            self.acts[kind].append((user, post.id))

    async def take_back(self, kind: ActKind, user: int, post: int) -> None:
        was_there = await self.world.storage.acts.take_back(kind, user, post)
        is_known = (user, post) in self.acts[kind]
        assert was_there is is_known or post not in self.posts, "of a deleted post, a task may have removed it"
        if is_known:
            self.acts[kind].remove((user, post))

    async def repost(self, user: int, post: Post) -> None:
        assert await self.world.storage.reposts.repost(user, post)
        self.reposts.add((user, post.id))

    async def undo(self, user: int, post: int) -> None:
        undone = await self.world.storage.reposts.undo(user, post)
        assert (undone is not None) is ((user, post) in self.reposts) or post not in self.posts
        self.reposts.discard((user, post))

    # -- what reads show ----------------------------------------------------------------------------------------------

    def counts(self, post: int) -> PostCounts:
        posts = self.posts.values()
        return PostCounts(
            likes=sum(liked == post for _, liked in self.acts[ActKind.LIKE]),
            replies=sum(each.reply_to == post for each in posts),
            reposts=sum(reposted == post for _, reposted in self.reposts),
            quotes=sum(each.quote == post for each in posts),
        )

    async def check(self) -> None:
        """Check each count, flag and list."""
        storage, shown = self.world.storage, frozenset(self.posts)
        wanted = Wanted(counted=shown, acted_on=shown, reposted=shown)
        for person in self.people:
            found = await storage.surroundings.read(person, wanted)
            assert found.counts == {post: self.counts(post) for post in shown}
            assert found.reposted == {post for user, post in self.reposts if user == person} & shown
            for kind, acts in self.acts.items():
                mine = [post for user, post in acts if user == person and post in shown]
                assert found.acts[kind] == set(mine)
                listed = await storage.acts.kept_posts(kind, person, WHOLE)
                assert [kept.post.id for kept in listed.items] == mine[::-1]
        for post in shown:
            likers = await storage.acts.likers(post, WHOLE, find_hidden=nobody)
            expected = [user for user, liked in self.acts[ActKind.LIKE] if liked == post]
            assert [liker.account for liker in likers.items] == expected[::-1]
        counted = await storage.counting.post_counts(self.people)
        authors = [post.author for post in self.posts.values()]
        assert counted == {person: authors.count(person) for person in self.people}

    async def check_sums(self) -> None:
        """Fold everything. The sums alone are then the counts, and nothing is left of what is gone."""
        await deliver_all(self.world)
        await self.world.run_all([*self.sent, messages.fold_acts()])
        await self.check()
        assert await self.documents("acts", {"d": {"$exists": True}}) == []
        assert await self.documents("posts", {"uncounted": {"$exists": True}}) == []
        assert await self.documents("acts", {"post": {"$nin": list(self.posts)}}) == []
        for document in await self.documents("posts", {"repost_of": None}):
            assert PostCounts(**document.get("counts", {})) == self.counts(document["_id"])
        sums = self.world.services.maintenance.sums
        assert await sums.find_drift(posts=list(self.posts), users=self.people) == {}

    async def documents(self, collection: str, wanted: Document) -> list[Document]:
        return [found async for found in self.world.storage.mongo.collection(collection).find(wanted)]


Change = Callable[[Town, Random], Awaitable[None]]


async def like(town: Town, dice: Random) -> None:
    await town.add(ActKind.LIKE, dice.choice(town.people), dice.choice([*town.posts.values()]))


async def unlike(town: Town, dice: Random) -> None:
    user, post = dice.choice([*town.acts[ActKind.LIKE], (town.people[0], next(iter(town.posts)))])
    await town.take_back(ActKind.LIKE, user, post)


async def like_again(town: Town, dice: Random) -> None:
    """Take a like back and like again: whether it was folded in between or not, it is a new one."""
    for user, post in dice.sample(town.acts[ActKind.LIKE], min(1, len(town.acts[ActKind.LIKE]))):
        if post in town.posts:
            await town.take_back(ActKind.LIKE, user, post)
            await town.add(ActKind.LIKE, user, town.posts[post])


async def bookmark(town: Town, dice: Random) -> None:
    await town.add(ActKind.BOOKMARK, dice.choice(town.people), dice.choice([*town.posts.values()]))


async def remove_bookmark(town: Town, dice: Random) -> None:
    for user, post in town.acts[ActKind.BOOKMARK][:1]:
        await town.take_back(ActKind.BOOKMARK, user, post)


async def answer(town: Town, dice: Random) -> None:
    posts = [*town.posts.values()]
    await town.post(dice.choice(town.people), reply_to=dice.choice(posts), quote=dice.choice([None, *posts]))
    if dice.random() < 0.7:
        await deliver_all(town.world)


async def repost(town: Town, dice: Random) -> None:
    await town.repost(dice.choice(town.people), dice.choice([*town.posts.values()]))
    if dice.random() < 0.7:
        await deliver_all(town.world)


async def undo(town: Town, dice: Random) -> None:
    for user, post in sorted(town.reposts)[:1]:
        await town.undo(user, post)


async def delete_a_reply(town: Town, dice: Random) -> None:
    replies = [post for post in town.posts.values() if post.reply_to is not None]
    if replies:
        await town.delete(dice.choice(replies))


async def delete_the_first(town: Town, dice: Random) -> None:
    """Delete the post that most of the town likes, unless it is the only one."""
    if len(town.posts) > 1:
        await town.delete(next(iter(town.posts.values())))


async def fold(town: Town, dice: Random) -> None:
    """Fold everything that is delivered, as another worker."""
    await town.world.run_all([messages.fold_acts()])


async def correct(town: Town, dice: Random) -> None:
    """Compare the sums with base data, as an audit that repairs."""
    sums = town.world.services.maintenance.sums
    assert await sums.correct(posts=list(town.posts), users=town.people) == 0


async def clean_up(town: Town, dice: Random) -> None:
    await town.world.run_all(town.sent)
    town.sent = []


CHANGES: dict[str, Change] = {
    change.__name__: change
    for change in (
        *(like, unlike, like_again, bookmark, remove_bookmark, answer, repost, undo, delete_a_reply),
        *(delete_the_first, fold, correct, clean_up),
    )
}
