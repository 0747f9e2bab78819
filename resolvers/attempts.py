"""Rate limits for login attempts. They slow down guesses without locking the owner out.

Attempts are limited for each origin, which is an address as seen from one account. Attempts from origins that have
never signed in to the account also share one limit. So an attacker can neither try many passwords from many addresses
nor lock the owner out of a known origin. An attempt is counted before its password is verified, or concurrent attempts
would pass. A success resets the count of its origin. An alias without an account is treated alike.
"""

from resolvers.context import Context


async def count_attempt(context: Context, alias_key: str, *, origin: str, is_known_origin: bool) -> None:
    """Count an attempt. Call it after `rates.login` has admitted the address.

    Raises:
        RateLimited: A limit is reached.
    """
    await context.allow(context.services.rates.guess, address=origin)
    if not is_known_origin:
        await context.allow(context.services.rates.unknown_address_attempt, account=alias_key)


async def reset_attempts(context: Context, *, origin: str) -> None:
    """Reset the count of the origin after a successful login."""
    await context.reset_limit(context.services.rates.guess, address=origin)
