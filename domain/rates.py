"""How often anybody may do what: the amounts, in one place.

Reads, lookups, small changes and the ceiling of all requests are counted in each web process, for it is the process's
time that they cost. Everything else is counted in Redis, for all processes together.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields

MINUTE_S = 60
HOUR_S = 60 * MINUTE_S


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and so many in any span of so many seconds."""

    amount: int
    per_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """None: no limit. An account is that of the session, or the one somebody tries to sign in to."""

    name: str
    per_account: Rate | None = None
    per_address: Rate | None = None

    def keys_and_rates(self, *, account: str | None, address: str) -> Iterator[tuple[str, Rate]]:
        """The keys that one more counts towards, each with its rate."""
        if self.per_account and account is not None:
            yield f"{self.name}:account:{account}", self.per_account
        if self.per_address:
            yield f"{self.name}:address:{address}", self.per_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    request: Allowance = Allowance(name="request", per_address=Rate(3_000, per_s=30))  # of any kind; 100 a second
    # A page of a feed, a story or another list, or many nodes. An anonymous request counts by address alone.
    read: Allowance = Allowance(name="read", per_account=Rate(600, per_s=30), per_address=Rate(1_500, per_s=30))
    # One account, post or node by its alias or id, or the viewer's sessions.
    lookup: Allowance = Allowance(name="lookup", per_account=Rate(1_500, per_s=30), per_address=Rate(3_000, per_s=30))
    # A deletion, names, the end of a session.
    change: Allowance = Allowance(
        name="change", per_account=Rate(1_000, per_s=15 * MINUTE_S), per_address=Rate(10_000, per_s=15 * MINUTE_S)
    )
    register: Allowance = Allowance(name="register", per_address=Rate(300, per_s=HOUR_S))
    login: Allowance = Allowance(name="login", per_address=Rate(300, per_s=5 * MINUTE_S))
    # Tries to sign in to one account from one address, until one succeeds.
    guess: Allowance = Allowance(name="guess", per_address=Rate(20, per_s=15 * MINUTE_S))
    # Tries to sign in to one account from all addresses together from which nobody has ever succeeded.
    unknown_address_attempt: Allowance = Allowance(name="unknown_address_attempt", per_account=Rate(50, per_s=HOUR_S))
    change_password: Allowance = Allowance(name="change_password", per_account=Rate(10, per_s=15 * MINUTE_S))
    # Images for an account that there is: each may cost a core for a second.
    image: Allowance = Allowance(name="image", per_account=Rate(30, per_s=HOUR_S), per_address=Rate(300, per_s=HOUR_S))
    post: Allowance = Allowance(
        name="post", per_account=Rate(1_000, per_s=15 * MINUTE_S), per_address=Rate(10_000, per_s=15 * MINUTE_S)
    )
    # Following and unfollowing together.
    follow: Allowance = Allowance(
        name="follow", per_account=Rate(1_000, per_s=15 * MINUTE_S), per_address=Rate(10_000, per_s=15 * MINUTE_S)
    )


NO_RATES = Rates(**{each.name: Allowance(name=each.name) for each in fields(Rates)})
