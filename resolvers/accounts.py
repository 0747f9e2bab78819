"""Registering, signing in and out, and one's own profile."""

from dataclasses import dataclass, field

from domain.accounts import Registration, check_names, check_registration, is_alias
from domain.errors import AliasTaken, InvalidCredentials
from domain.records import Session, User
from domain.text import is_storable
from resolvers.context import Context


@dataclass(frozen=True, slots=True)
class SignedIn:
    user: User
    session: Session
    token: str = field(repr=False)


async def register(context: Context, wanted: Registration) -> SignedIn:
    """Errors: InvalidInput, AliasTaken."""
    wanted = check_registration(wanted)
    users, credentials = context.storage.users, context.storage.credentials
    if await users.find_by_alias(wanted.alias):
        raise AliasTaken(wanted.alias)  # before the hash is paid for; the insert below decides
    number = users.draw_id()
    await credentials.set(number, await context.passwords.hash(wanted.password))
    user = await users.insert(number, alias=wanted.alias, first_name=wanted.first_name, last_name=wanted.last_name)
    if user is None:
        await credentials.delete(number)
        raise AliasTaken(wanted.alias)
    return await _sign_in(context, user)


async def login(context: Context, *, alias: str, password: str) -> SignedIn:
    """Errors: InvalidCredentials, which does not tell whether there is such an account."""
    user = await context.storage.users.find_by_alias(alias) if is_alias(alias) else None
    known = await context.storage.credentials.find(user.id) if user else None
    matches = await context.passwords.matches(password if is_storable(password) else "", known)
    if user is None or not matches:
        raise InvalidCredentials
    return await _sign_in(context, user)


async def logout(context: Context) -> bool:
    """Whether there was a session to end."""
    return context.token is not None and await context.storage.sessions.end(context.token)


async def rename(context: Context, *, first_name: str | None, last_name: str | None) -> User:
    """Errors: Unauthenticated, InvalidInput."""
    viewer = context.require_viewer()
    names = check_names(first_name=first_name, last_name=last_name)
    users = context.storage.users
    user = await users.rename(viewer, names) if names else await users.find(viewer)
    assert user is not None, "a session outlived its account"
    return user


async def _sign_in(context: Context, user: User) -> SignedIn:
    token, session = await context.storage.sessions.create(user.id)
    return SignedIn(user, session, token)
