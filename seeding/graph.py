"""Seeds a follow graph. The account number 17 becomes the alias u17."""

from collections.abc import Sequence

from seeding.accounts import ensure_accounts
from seeding.follows import ensure_follows
from seeding.graph_file import Pair
from seeding.star import Seeded
from storage.maintenance.bulk import NewUser
from tasks.services import TaskServices


async def seed_graph(services: TaskServices, pairs: Sequence[Pair]) -> Seeded:
    numbers = sorted({number for pair in pairs for number in pair})
    wanted = [NewUser(f"u{number}", "User", str(number)) for number in numbers]
    users = await ensure_accounts(services.maintenance.bulk, wanted)
    ids = {number: user.id for number, user in zip(numbers, users, strict=True)}
    added = await ensure_follows(services, users, [(ids[follower], ids[followee]) for follower, followee in pairs])
    return Seeded(len(users), added)
