"""Mixed actions of accounts over HTTP. Each draws what it does from dice of its own, so their order changes no draw."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from domain.records import User
from schema.global_ids import IdKind, decode_as, encode
from schema.scalars import write_instant
from tests.pipeline import mutations
from tests.pipeline.clients import Clients

# What a concurrent action of another account may lead to: a deleted post, a block, an unfollow.
OVERTAKEN = {"PostNotFound", "Blocked", "NotFollowed"}
RECENT = 40  # posts that are answered, quoted and reposted
LATER = timedelta(days=1)


@dataclass
class People:
    """The accounts that act, and what they have done. `followed` has authors whom each reader followed at first."""

    clients: Clients
    tokens: Mapping[int, str]
    authors: Sequence[User]
    readers: Sequence[User]
    followed: Mapping[int, Sequence[int]]
    posts: list[tuple[int, int]] = field(default_factory=list)  # with their authors
    reposts: list[tuple[int, int, int]] = field(default_factory=list)  # accounts, with the posts and their authors
    muted: list[tuple[int, int]] = field(default_factory=list)
    blocked: list[tuple[int, int]] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    overtaken: Counter[str] = field(default_factory=Counter)

    async def act(self, kind: str, dice: Random) -> None:
        """Do one action.

        Raises:
            AssertionError: The answer is none that the action may have.
        """
        is_done = await KINDS[kind](self, dice)
        (self.done if is_done else self.overtaken)[kind] += 1

    # -- posts --------------------------------------------------------------------------------------------------------

    async def post(self, dice: Random) -> bool:
        return await self._create(dice, "a post")

    async def reply(self, dice: Random) -> bool:
        return await self._create(dice, "a reply", replyTo=self._recent(dice)[0])

    async def quote(self, dice: Random) -> bool:
        return await self._create(dice, "a quote", quote=self._recent(dice)[0])

    async def delete(self, dice: Random) -> bool:
        if not self.posts:
            return False
        post, author = self.posts.pop(dice.randrange(len(self.posts)))
        return await self._send(author, mutations.DELETE_POST, "PostDeleted", post=encode(IdKind.POST, post))

    async def repost(self, dice: Random) -> bool:
        account, (post, author) = self._anybody(dice), self._recent(dice)
        if post is None or not await self._send(account, mutations.REPOST, "Reposted", post=encode(IdKind.POST, post)):
            return False
        self.reposts.append((account, post, author))
        return True

    async def undo(self, dice: Random) -> bool:
        if not self.reposts:
            return False
        account, post, _ = self.reposts.pop(dice.randrange(len(self.reposts)))
        return await self._send(account, mutations.UNDO_REPOST, "RepostUndone", post=encode(IdKind.POST, post))

    # -- accounts -----------------------------------------------------------------------------------------------------

    async def follow(self, dice: Random) -> bool:
        return await self._towards(
            dice.choice(self.readers).id, dice.choice(self.authors).id, mutations.FOLLOW, "Followed"
        )

    async def unfollow(self, dice: Random) -> bool:
        return await self._towards(*self._edge(dice), mutations.UNFOLLOW, "Unfollowed")

    async def choose_options(self, dice: Random) -> bool:
        wishes = {"reposts": dice.random() < 0.3, "inFeed": dice.random() < 0.6}
        return await self._towards(*self._edge(dice), mutations.UPDATE_FOLLOW, "FollowUpdated", **wishes)

    async def mute(self, dice: Random) -> bool:
        reader, other = self._reader_and_author(dice)
        self.muted.append((reader, other))
        until = write_instant(datetime.now(UTC) + LATER) if dice.random() < 0.5 else None
        return await self._towards(reader, other, mutations.MUTE, "UserMuted", until=until)

    async def unmute(self, dice: Random) -> bool:
        return await self._take_back(self.muted, dice, mutations.UNMUTE, "UserUnmuted")

    async def block(self, dice: Random) -> bool:
        one, other = self._reader_and_author(dice)
        if dice.random() < 0.5:  # the author blocks the reader
            one, other = other, one
        self.blocked.append((one, other))
        return await self._towards(one, other, mutations.BLOCK, "UserBlocked")

    async def unblock(self, dice: Random) -> bool:
        return await self._take_back(self.blocked, dice, mutations.UNBLOCK, "UserUnblocked")

    # -- draws and requests -------------------------------------------------------------------------------------------

    def _anybody(self, dice: Random) -> int:
        return dice.choice(self.authors if dice.random() < 0.75 else self.readers).id

    def _recent(self, dice: Random) -> tuple[int | None, int]:
        """Return a recent post and its author. No post if there is none yet."""
        return dice.choice(self.posts[-RECENT:]) if self.posts else (None, 0)

    def _edge(self, dice: Random) -> tuple[int, int]:
        """Return a reader, and an author whom it followed at first."""
        reader = dice.choice(self.readers).id
        return reader, dice.choice(self.followed[reader])

    def _reader_and_author(self, dice: Random) -> tuple[int, int]:
        """Return a reader, and an author whom it follows, or whose post a followee has reposted."""
        reader, author = self._edge(dice)
        reposted = [of for account, _, of in self.reposts if account in self.followed[reader] and of != reader]
        return reader, dice.choice(reposted) if reposted and dice.random() < 0.6 else author

    async def _create(self, dice: Random, text: str, **named: int | None) -> bool:
        author = self._anybody(dice)
        ids = {name: None if post is None else encode(IdKind.POST, post) for name, post in named.items()}
        answer = await self._ask(
            author, mutations.CREATE_POST, text=f"{text}, {dice.random()}", key=str(dice.random()), **ids
        )
        if answer["__typename"] == "PostCreated":
            self.posts.append((decode_as(IdKind.POST, answer["post"]["id"]), author))
            return True
        assert answer["__typename"] in OVERTAKEN, answer
        return False

    async def _take_back(self, pairs: list[tuple[int, int]], dice: Random, mutation: str, success: str) -> bool:
        return bool(pairs) and await self._towards(*pairs.pop(dice.randrange(len(pairs))), mutation, success)

    async def _towards(self, account: int, other: int, mutation: str, success: str, **wishes: object) -> bool:
        if account == other:
            return False
        return await self._send(account, mutation, success, user=encode(IdKind.USER, other), **wishes)

    async def _send(self, account: int, mutation: str, success: str, **variables: object) -> bool:
        answer = await self._ask(account, mutation, **variables)
        assert answer["__typename"] in {success, *OVERTAKEN}, answer
        return bool(answer["__typename"] == success)

    async def _ask(self, account: int, mutation: str, **variables: object) -> Any:
        (answer,) = (await self.clients.ask(mutation, self.tokens[account], **variables)).values()
        return answer


KINDS: Mapping[str, Callable[[People, Random], Awaitable[bool]]] = {
    "post": People.post,
    "reply": People.reply,
    "quote": People.quote,
    "delete": People.delete,
    "repost": People.repost,
    "undo": People.undo,
    "follow": People.follow,
    "unfollow": People.unfollow,
    "choose options": People.choose_options,
    "mute": People.mute,
    "unmute": People.unmute,
    "block": People.block,
    "unblock": People.unblock,
}
SHARES = {  # of a hundred actions
    "post": 18,
    "reply": 15,
    "quote": 5,
    "delete": 5,
    "repost": 20,
    "undo": 5,
    "follow": 7,
    "unfollow": 4,
    "choose options": 5,
    "mute": 5,
    "unmute": 2,
    "block": 7,
    "unblock": 2,
}


def deck(number: int, dice: Random) -> list[str]:
    """Return the kinds of so many actions, shuffled: every hundred has SHARES of them."""
    hundred = [kind for kind, share in SHARES.items() for _ in range(share)]
    kinds: list[str] = []
    while len(kinds) < number:
        kinds += dice.sample(hundred, len(hundred))
    return kinds[:number]
