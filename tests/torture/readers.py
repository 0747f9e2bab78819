"""The readers of a run: some with fixed follows, and others whose follows and relations change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic

from domain.visibility import FollowOptions, Viewpoint
from schema.scalars import write_instant
from tests.pipeline import mutations
from tests.torture.judging import Read, judge
from tests.torture.patient import Client, Unsure
from tests.torture.people import Life

ALL_PAGES = 10_000
TIDE_S = (
    4.0  # seconds in which all moving readers follow or unfollow one account, which crosses the celebrity threshold
)
LATER = timedelta(days=1)


@dataclass
class Wishes:
    """What a reader has decided about others. Only its client writes it."""

    follows: dict[int, FollowOptions]
    muted: set[int] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, followees: Iterable[int]) -> "Wishes":
        return cls(dict.fromkeys(followees, FollowOptions()))

    def view(self, reader: int) -> Viewpoint:
        """Return the wishes as they are now. Authors block nobody, so there is nothing else to know."""
        return Viewpoint(
            viewer=reader, follows=dict(self.follows), muted=frozenset(self.muted), blocked=frozenset(self.blocked)
        )


async def be_steady(life: Life, client: Client, wishes: Wishes) -> None:
    while not life.over.is_set():  # ends: the campaign says when
        await read_and_judge(life, client, wishes)
        await life.pause(0.5)


async def be_moving(life: Life, client: Client, wishes: Wishes, hot: Sequence[int], others: Sequence[int]) -> None:
    """Change a follow or a relation, then read: the change must have taken effect at once."""
    while not life.over.is_set():  # ends: the campaign says when
        kind = life.dice.choices(("tide", "follow", "options", "mute", "block"), weights=(45, 20, 12, 15, 8))
        match kind:
            case ["tide"]:
                tide = int(monotonic() / TIDE_S)
                await _follow_or_not(life, client, wishes, hot[tide // 2 % len(hot)], follows=tide % 2 == 0)
            case ["follow"]:
                author = life.dice.choice(others)
                await _follow_or_not(life, client, wishes, author, follows=author not in wishes.follows)
            case ["options"] if wishes.follows:
                await _choose_options(life, client, wishes, life.dice.choice(list(wishes.follows)))
            case ["mute"]:
                await _mute_or_not(life, client, wishes, life.dice.choice([*wishes.follows, *others]))
            case ["block"]:
                await _block_or_not(life, client, wishes, life.dice.choice(others))
        if life.dice.random() < 0.5:
            await read_and_judge(life, client, wishes)
        await life.pause(1.0)


async def read_and_judge(life: Life, client: Client, wishes: Wishes) -> None:
    pages, page_size = life.dice.choice((1, 1, 2, 4, ALL_PAGES)), life.dice.choice((5, 20, 50))
    began = monotonic()
    try:
        seen, is_whole = await client.feed(page_size=page_size, pages=pages)
    except Unsure:
        return
    view = wishes.view(client.user)
    read = Read(reader=client.alias, view=view, seen=seen, is_whole=is_whole, began=began, ended=monotonic())
    life.reads += 1
    life.pages += -(-len(seen) // page_size) or 1
    life.wrong += [(wrong, life.faults_during(began, read.ended)) for wrong in judge(read, life.books)]


async def _follow_or_not(life: Life, client: Client, wishes: Wishes, author: int, *, follows: bool) -> None:
    if follows:
        outcome = await client.do_to(author, mutations.FOLLOW)
        assert outcome == ("Blocked" if author in wishes.blocked else "Followed"), outcome
        if outcome == "Followed":
            wishes.follows.setdefault(author, FollowOptions())
    else:
        assert await client.do_to(author, mutations.UNFOLLOW) == "Unfollowed"
        wishes.follows.pop(author, None)
    life.done["follows and unfollows"] += 1


async def _choose_options(life: Life, client: Client, wishes: Wishes, author: int) -> None:
    chosen = FollowOptions(shows_reposts=life.dice.random() < 0.5, is_in_feed=life.dice.random() < 0.7)
    options = {"reposts": chosen.shows_reposts, "inFeed": chosen.is_in_feed}
    assert await client.do_to(author, mutations.UPDATE_FOLLOW, **options) == "FollowUpdated"
    wishes.follows[author] = chosen
    life.done["options"] += 1


async def _mute_or_not(life: Life, client: Client, wishes: Wishes, author: int) -> None:
    if author in wishes.muted:
        assert await client.do_to(author, mutations.UNMUTE) == "UserUnmuted"
        wishes.muted.discard(author)
    else:
        until = write_instant(datetime.now(UTC) + LATER) if life.dice.random() < 0.5 else None
        assert await client.do_to(author, mutations.MUTE, until=until) == "UserMuted"
        wishes.muted.add(author)
    life.done["mutes and unmutes"] += 1


async def _block_or_not(life: Life, client: Client, wishes: Wishes, author: int) -> None:
    if author in wishes.blocked:
        assert await client.do_to(author, mutations.UNBLOCK) == "UserUnblocked"
        wishes.blocked.discard(author)
    else:
        assert await client.do_to(author, mutations.BLOCK) == "UserBlocked"
        wishes.blocked.add(author)
        wishes.follows.pop(author, None)
    life.done["blocks and unblocks"] += 1
