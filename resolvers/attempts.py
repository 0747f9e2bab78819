"""Attempts to sign in: guesses slow down, and the owner gets in all the same.

Who guesses from one address soon waits. Who guesses from many waits for all of them together, except at an address from
which somebody has signed in to the account before: so a stranger can neither try many passwords nor, by trying, keep
the owner out of the usual places. An attempt is counted before its password is looked at, or many at once would pass;
a success wipes the slate of its place. All of this is the same for an alias that nobody has.
"""

from resolvers.context import Context


async def count_attempt(context: Context, alias_key: str, *, origin: str, is_known_origin: bool) -> None:
    """Count an attempt, after `rates.login` has admitted the address. Errors: RateLimited."""
    await context.allow(context.services.rates.guess, address=origin)
    if not is_known_origin:
        await context.allow(context.services.rates.unknown_address_attempt, account=alias_key)


async def reset_attempts(context: Context, *, origin: str) -> None:
    await context.reset_limit(context.services.rates.guess, address=origin)
