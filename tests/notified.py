"""The oracle: notifications by their definition, over all base data, by the plainest means and without the product."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.ids import EPOCH, RANDOM_BITS
from domain.notifications import Notification
from storage import Storage
from storage.mongo import Document

ORDER = ("MENTION", "REPLY", "QUOTE", "LIKE", "REPOST", "FOLLOW")
SHOWN_ACTORS, SHOWN_COUNT, SHOWN_UNREAD = 8, 1_000, 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a notification must be. `place` orders them: the newest is the highest."""

    place: tuple[int, int, int]
    kind: str
    post: int | None
    newest: int
    actors: tuple[int, ...] = ()
    count: int = 0

    @classmethod
    def of(cls, shown: Notification) -> "Expected":
        return cls(
            place=shown.position,
            kind=shown.kind.value,
            post=shown.post.id if shown.post else None,
            newest=shown.newest,
            actors=tuple(shown.actors),
            count=shown.count,
        )


@dataclass(frozen=True, slots=True)
class Done:
    """What one account has done about another one. `begin` and `hours` are those of its group, 0 hours for a post."""

    kind: str
    id: int
    actor: int
    owner: int
    post: int = 0
    hours: int = 0

    @property
    def begin(self) -> datetime:
        at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(milliseconds=self.id >> RANDOM_BITS)
        return at.replace(hour=0 if self.hours == 24 else at.hour, minute=0, second=0, microsecond=0)

    @property
    def place(self) -> tuple[int, int, int]:
        rank = 1 + ORDER.index(self.kind)
        if not self.hours:
            return self.id, rank, self.post
        end = self.begin + timedelta(hours=self.hours)
        return (int((end - EPOCH) / timedelta(milliseconds=1)) << RANDOM_BITS) - 1, rank, self.post


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """All base data. Texts mention an account as `@alias` between blanks."""

    users: list[Document]
    posts: list[Document]
    acts: list[Document]
    follows: list[Document]
    relations: list[Document]

    @classmethod
    async def read(cls, storage: Storage) -> "Base":
        return cls(
            **{
                name: [document async for document in storage.mongo.collection(name).find({})]
                for name in ("users", "posts", "acts", "follows", "relations")
            }
        )

    def notifications(self, viewer: int) -> list[Expected]:
        """Return all notifications of the account, the newest first."""
        hidden = {one["other"] for one in self.relations if one["reader"] == viewer}
        texts = {post["_id"] for post in self.posts if "text" in post}
        shown = [one for one in self.done_to(viewer) if one.actor not in hidden and one.post in {0, *texts}]
        places: dict[tuple[int, int, int], list[Done]] = defaultdict(list)
        for one in sorted(shown, key=lambda one: one.id, reverse=True):
            places[one.place].append(one)
        return [
            Expected(
                place=place,
                kind=done[0].kind,
                post=done[0].post or None,
                newest=done[0].id,
                actors=tuple(one.actor for one in done[:SHOWN_ACTORS]) if done[0].hours else (),
                count=min(len(done), SHOWN_COUNT) if done[0].hours else 0,
            )
            for place, done in sorted(places.items(), reverse=True)
        ]

    def newest_act(self, viewer: int) -> int:
        """Return the highest id of all that others have done about the account, also if they are hidden."""
        return max((one.id for one in self.done_to(viewer)), default=0)

    def unread(self, viewer: int, marker: int) -> int:
        return min(SHOWN_UNREAD, sum(one.newest > marker for one in self.notifications(viewer)))

    def done_to(self, viewer: int) -> list[Done]:
        """Return what others have done about the account and its posts, in no order."""
        (alias,) = [user["alias"] for user in self.users if user["_id"] == viewer]
        done = []
        for post in self.posts:
            if "repost_of" in post:
                owner: int = post["original_author"]
                done.append(Done("REPOST", post["_id"], post["author"], owner, post["repost_of"], hours=1))
            elif kind := _kind(post, viewer, alias):
                done.append(Done(kind, post["_id"], post["author"], viewer, post["_id"]))
        likes = [act for act in self.acts if act["kind"] == "like" and "user" in act and act.get("d") != -1]
        done += [
            Done("LIKE", like["at"], like["user"], like["author"], like["post"], hours=1)
            for like in likes
            if "author" in like  # not the author's own one
        ]
        done += [Done("FOLLOW", edge["_id"], edge["follower"], edge["followee"], hours=24) for edge in self.follows]
        return [one for one in done if one.owner == viewer != one.actor]


def _kind(post: Document, viewer: int, alias: str) -> str | None:
    if post.get("reply_to_author") == viewer:
        return "REPLY"
    if post.get("quote_author") == viewer:
        return "QUOTE"
    return "MENTION" if f"@{alias}" in post["text"].split() else None
