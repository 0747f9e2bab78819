"""Creates accounts. One transaction stores the account and its password hash, so neither exists without the other."""

from domain.records import User
from storage.credentials import Credentials
from storage.mongo import ClientSession, Mongo
from storage.users import Users


class _Taken(Exception):
    """The alias is taken. Raising it aborts the transaction."""


class Accounts:
    def __init__(self, mongo: Mongo, users: Users, credentials: Credentials) -> None:
        self._mongo = mongo
        self._users = users
        self._credentials = credentials

    async def create_account(
        self, number: int, *, alias: str, first_name: str, last_name: str, image: str | None, password_hash: str
    ) -> User | None:
        """Store an account and its password hash. Return the account, or None if the alias is taken."""

        async def insert(session: ClientSession) -> User:
            user = await self._users.insert_user(
                number, alias=alias, first_name=first_name, last_name=last_name, image=image, within=session
            )
            if user is None:
                raise _Taken
            await self._credentials.set_hash(number, password_hash, within=session)
            return user

        try:
            return await self._mongo.transaction(insert)
        except _Taken:
            return None
