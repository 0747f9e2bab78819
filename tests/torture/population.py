"""Seeds accounts on both sides of the celebrity threshold, and some at it."""

from collections.abc import Mapping
from contextlib import redirect_stderr
from dataclasses import dataclass
from io import StringIO
from random import Random

from domain.records import User
from seeding.accounts import ensure_accounts
from seeding.follows import ensure_follows
from storage import Storage
from storage.maintenance import Maintenance
from storage.maintenance.bulk import NewUser
from tests.torture.cluster import CELEBRITY_THRESHOLD, FEED_WINDOW
from tests.world import World

ACCOUNTS = 400
CELEBRITIES, HOVERING, ORDINARY = 4, 4, 20  # authors
STEADY, MOVING = 8, 18  # readers over HTTP; the moving ones take an account over the threshold and back
HOVERING_FOLLOWERS = 45  # the moving readers are in addition


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    users: list[User]
    celebrities: list[User]
    hovering: list[User]
    ordinary: list[User]
    steady: list[User]
    moving: list[User]
    followees: Mapping[int, frozenset[int]]  # by follower, at the beginning
    tokens: Mapping[int, str]  # of the clients

    @property
    def authors(self) -> list[User]:
        return self.celebrities + self.hovering + self.ordinary


async def populate(storage: Storage, dice: Random) -> Population:
    services = World(storage, celebrity_threshold=CELEBRITY_THRESHOLD, feed_window=FEED_WINDOW).services
    with redirect_stderr(StringIO()):
        users = await ensure_accounts(
            Maintenance(storage).bulk, [NewUser(f"u{n}", "User", str(n)) for n in range(ACCOUNTS)]
        )
        parts = iter(users)

        def take(number: int) -> list[User]:
            return [next(parts) for _ in range(number)]

        celebrities, hovering, ordinary = take(CELEBRITIES), take(HOVERING), take(ORDINARY)
        steady, moving = take(STEADY), take(MOVING)
        followees: dict[int, set[int]] = {user.id: set() for user in users}
        crowd = [user for user in users if user not in moving]
        for author in celebrities + hovering + ordinary:
            followers = (
                dice.randint(2 * CELEBRITY_THRESHOLD, ACCOUNTS // 2)
                if author in celebrities
                else HOVERING_FOLLOWERS
                if author in hovering
                else dice.randint(3, CELEBRITY_THRESHOLD - MOVING - STEADY)
            )
            for follower in dice.sample(crowd, followers):
                followees[follower.id].add(author.id)
        for reader in steady + moving:
            some = dice.sample(celebrities, 2) + dice.sample(ordinary, 5)
            followees[reader.id] |= {author.id for author in some}
        for reader in steady:
            followees[reader.id] |= {author.id for author in dice.sample(hovering, 2)}
        pairs = [(me, you) for me, some in followees.items() for you in some if me != you]
        await ensure_follows(services, users, pairs)
    authors = celebrities + hovering + ordinary
    tokens = {user.id: (await storage.sessions.create(user.id))[0] for user in authors + steady + moving}
    return Population(
        users=users,
        celebrities=celebrities,
        hovering=hovering,
        ordinary=ordinary,
        steady=steady,
        moving=moving,
        followees={user.id: frozenset(followees[user.id] - {user.id}) for user in users},
        tokens=tokens,
    )
