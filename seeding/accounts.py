"""Creates accounts with the same password, which is hashed only once."""

from collections.abc import Sequence

from argon2 import PasswordHasher

from domain.accounts import alias_key
from domain.records import User
from seeding.batches import in_batches
from storage.maintenance.bulk import Bulk, NewUser

PASSWORD = "tweeter-demo"  # noqa: S105  # a public demo password


async def ensure_accounts(bulk: Bulk, wanted: Sequence[NewUser]) -> list[User]:
    """Create the missing accounts. Return all, in the given order. Existing accounts keep names and passwords."""
    found: dict[str, User] = {}

    async def ensure(batch: Sequence[NewUser]) -> int:
        aliases = [user.alias for user in batch]
        known = {user.alias: user for user in await bulk.find_users(aliases)}
        keys = {alias_key(alias) for alias in known}
        missing = [user for user in batch if alias_key(user.alias) not in keys]
        if missing:
            await bulk.insert_users(missing)
            known = {user.alias: user for user in await bulk.find_users(aliases)}
        found.update({alias_key(alias): user for alias, user in known.items()})
        users = [user.id for user in known.values()]
        await bulk.insert_credentials(users, password_hash)
        return len(missing)

    password_hash = PasswordHasher().hash(PASSWORD)
    await in_batches("accounts", wanted, ensure)
    return [found[alias_key(user.alias)] for user in wanted]
