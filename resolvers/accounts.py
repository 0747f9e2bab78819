"""Registration, login, and changes of the viewer's password."""

from dataclasses import dataclass, field

from domain.accounts import Registration, alias_key, check_registration, is_alias
from domain.announcements import SessionEnded
from domain.errors import AliasTaken, InvalidCredentials
from domain.passwords import check_password, typed_forms
from domain.records import Session, User
from resolvers import attempts, profiles
from resolvers.context import Context

NO_USER = -1


@dataclass(frozen=True, slots=True)
class SignedIn:
    user: User
    session: Session
    token: str = field(repr=False)


async def register(context: Context, wanted: Registration) -> SignedIn:
    """Create an account and sign in to it.

    Raises:
        RateLimited: A limit is reached.
        InvalidInput: A field is refused.
        AliasTaken: Another account has the alias.
    """
    await context.allow(context.services.rates.register)
    wanted = check_registration(wanted)
    users = context.services.storage.users
    if await users.find_by_alias(wanted.alias):
        raise AliasTaken(wanted.alias)  # saves the cost of the hash; the insert below decides
    number, password_hash = users.draw_id(), await context.services.passwords.hash(wanted.password)
    image = await profiles.store_image(context, wanted.image) if wanted.image else None
    user = await context.services.storage.accounts.create_account(
        number,
        alias=wanted.alias,
        first_name=wanted.first_name,
        last_name=wanted.last_name,
        image=image,
        password_hash=password_hash,
    )
    if user is None:
        profiles.discard_image(context, image)
        raise AliasTaken(wanted.alias)
    return await _sign_in(context, user, verified=password_hash)


async def login(context: Context, *, alias: str, password: str) -> SignedIn:
    """Open a session.

    Raises:
        RateLimited: A limit is reached.
        InvalidCredentials: The alias or the password is wrong. The answer and its time do not reveal which.
    """
    forms = typed_forms(password)
    for _ in forms:
        await context.allow(context.services.rates.login)
    key = alias_key(alias) if is_alias(alias) else ""
    origin = context.caller.login_origin(key)
    user = await context.services.storage.users.find_by_alias(alias) if key else None
    # Look up and verify even if there is no account, so that it takes the same time.
    known = await context.services.storage.credentials.find_by_user(user.id if user else NO_USER)
    is_known_origin = known is not None and origin in known.login_origins
    for _ in forms:  # each form costs a hash and counts as a guess
        await attempts.count_attempt(context, key, origin=origin, is_known_origin=is_known_origin)
    matched = await context.services.passwords.match(forms, known.password_hash if known else None)
    if user is None or known is None or matched is None:
        raise InvalidCredentials
    verified = known.password_hash
    if matched != forms[0]:  # stored by a version that did not normalise passwords
        verified = await _renew(context, user.id, verified=verified, password=forms[0])
    signed_in = await _sign_in(context, user, verified=verified)
    await attempts.reset_attempts(context, origin=origin)
    return signed_in


async def change_password(context: Context, *, current: str, new: str) -> int:
    """Change the viewer's password and end all other sessions. Return how many ended.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
        InvalidInput: The new password is refused.
        InvalidCredentials: The current password is wrong, or another request has just changed it.
    """
    viewer = context.require_viewer()
    forms = typed_forms(current)
    for _ in forms:
        await context.allow(context.services.rates.change_password)
    new = check_password(new, field="newPassword")
    user = await context.services.storage.users.find_by_id(viewer)
    known = await context.services.storage.credentials.find_by_user(viewer)
    assert user is not None, "a session outlived its account"
    assert known is not None, "an account has no password"
    if await context.services.passwords.match(forms, known.password_hash) is None:
        raise InvalidCredentials("The current password is wrong.")
    changing = context.services.storage.credentials.change_password(
        viewer,
        verified=known.password_hash,
        password_hash=await context.services.passwords.hash(new),
        origin=context.caller.login_origin(alias_key(user.alias)),
        keep=context.token or "",
    )
    ended = await context.services.live.write_and_publish(
        changing, lambda number: SessionEnded(viewer) if number else None
    )
    if ended is None:
        raise InvalidCredentials("The password has just been changed elsewhere.")
    return ended


async def _renew(context: Context, user: int, *, verified: str, password: str) -> str:
    """Replace the verified hash by a new hash of the password. Return the hash that is expected to be stored.

    If another request has changed the hash meanwhile, returns the verified one, and the login fails.
    """
    renewed = await context.services.passwords.hash(password)
    return (
        renewed
        if await context.services.storage.credentials.replace_hash(user, verified=verified, by=renewed)
        else verified
    )


async def _sign_in(context: Context, user: User, *, verified: str) -> SignedIn:
    """Open a session.

    Raises:
        InvalidCredentials: The password has changed since it was verified.
    """
    caller = context.caller
    opened = await context.services.storage.credentials.sign_in(
        user.id, verified=verified, origin=caller.login_origin(alias_key(user.alias)), client=caller.client
    )
    if opened is None:
        raise InvalidCredentials
    if opened.ended:
        context.services.live.publish(SessionEnded(user.id))
    return SignedIn(user, opened.session, opened.token)
