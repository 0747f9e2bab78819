"""Seeds a follow graph. The account number 17 becomes the alias u17."""

from collections.abc import Sequence

import click

from seeding.accounts import ensure_accounts
from seeding.activity import Activity, seed_activity
from seeding.follows import ensure_follows
from seeding.graph_file import Pair
from seeding.star import Seeded
from storage.maintenance.bulk import NewUser
from tasks.services import TaskServices


async def seed_graph(services: TaskServices, pairs: Sequence[Pair], activity: Activity | None = None) -> Seeded:
    """Create the missing accounts and follows, and the activity, if there is one.

    Raises:
        NotMigrated: The stored data has an older version than the activity needs.
    """
    numbers = sorted({number for pair in pairs for number in pair})
    wanted = [NewUser(f"u{number}", "User", str(number)) for number in numbers]
    users = await ensure_accounts(services.maintenance.bulk, wanted)
    ids = {number: user.id for number, user in zip(numbers, users, strict=True)}
    follows = [(ids[follower], ids[followee]) for follower, followee in pairs]
    added = await ensure_follows(services, users, follows)
    if activity is not None:
        written = await seed_activity(services, users, follows, activity)
        click.echo(f"{written:,} new posts, replies, reposts and quotes")
    return Seeded(len(users), added)
