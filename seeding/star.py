"""Seeds one account with many followers."""

from typing import NamedTuple

from seeding.accounts import ensure_accounts
from seeding.follows import ensure_follows
from storage.maintenance.bulk import NewUser
from tasks.services import TaskServices


class Seeded(NamedTuple):
    accounts: int
    follows: int  # new ones


async def seed_star(services: TaskServices, *, alias: str, followers: int) -> Seeded:
    """Create the account and its followers fan1, fan2, …"""
    fans = [NewUser(f"fan{number}", "Fan", str(number)) for number in range(1, followers + 1)]
    star, *readers = users = await ensure_accounts(
        services.maintenance.bulk, [NewUser(alias, alias.title(), ""), *fans]
    )
    added = await ensure_follows(services, users, [(reader.id, star.id) for reader in readers])
    return Seeded(len(users), added)
