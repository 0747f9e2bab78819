"""The rate limits.

Each web process counts requests, reads, lookups and small changes by itself, because they cost the time of that
process. Redis counts everything else for all processes together.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields

MINUTE_S = 60
HOUR_S = 60 * MINUTE_S


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `amount` calls in any `per_s` seconds. All of them may come at once."""

    amount: int
    per_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """The limits of one kind of call. None means no limit.

    The account is that of the session, or the account that the caller tries to sign in to.
    """

    name: str
    per_account: Rate | None = None
    per_address: Rate | None = None

    def keys_and_rates(self, *, account: str | None, address: str) -> Iterator[tuple[str, Rate]]:
        """Yield the keys that the call counts towards, each with its rate."""
        if self.per_account and account is not None:
            yield f"{self.name}:account:{account}", self.per_account
        if self.per_address:
            yield f"{self.name}:address:{address}", self.per_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    request: Allowance = Allowance(name="request", per_address=Rate(3_000, per_s=30))  # of any kind, 100 a second
    # A page of a feed, a story or another list, or several nodes. An anonymous request counts by address only.
    read: Allowance = Allowance(name="read", per_account=Rate(600, per_s=30), per_address=Rate(1_500, per_s=30))
    # One account, post or node by alias or id, or the list of the viewer's sessions.
    lookup: Allowance = Allowance(name="lookup", per_account=Rate(1_500, per_s=30), per_address=Rate(3_000, per_s=30))
    # A part of the sitemap, or the list of its parts.
    crawl: Allowance = Allowance(name="crawl", per_address=Rate(60, per_s=MINUTE_S))
    # Deleting a post, taking a repost, like or bookmark back, changing names, ending a session.
    change: Allowance = Allowance(
        name="change", per_account=Rate(1_000, per_s=15 * MINUTE_S), per_address=Rate(10_000, per_s=15 * MINUTE_S)
    )
    register: Allowance = Allowance(name="register", per_address=Rate(300, per_s=HOUR_S))
    login: Allowance = Allowance(name="login", per_address=Rate(300, per_s=5 * MINUTE_S))
    # Attempts to sign in to one account from one address. A success resets the count.
    guess: Allowance = Allowance(name="guess", per_address=Rate(20, per_s=15 * MINUTE_S))
    # Attempts to sign in to one account from all addresses together that have never signed in to it.
    unknown_address_attempt: Allowance = Allowance(name="unknown_address_attempt", per_account=Rate(50, per_s=HOUR_S))
    change_password: Allowance = Allowance(name="change_password", per_account=Rate(10, per_s=15 * MINUTE_S))
    # Images for an existing account. Each may cost a second of CPU.
    image: Allowance = Allowance(name="image", per_account=Rate(30, per_s=HOUR_S), per_address=Rate(300, per_s=HOUR_S))
    # Pictures for posts. Each may cost a second of CPU, too.
    media: Allowance = Allowance(name="media", per_account=Rate(120, per_s=HOUR_S), per_address=Rate(600, per_s=HOUR_S))
    # Posts and reposts together.
    post: Allowance = Allowance(
        name="post", per_account=Rate(1_000, per_s=15 * MINUTE_S), per_address=Rate(10_000, per_s=15 * MINUTE_S)
    )
    # Likes and bookmarks together. Taking one back counts as a change.
    act: Allowance = Allowance(
        name="act", per_account=Rate(1_000, per_s=15 * MINUTE_S), per_address=Rate(10_000, per_s=15 * MINUTE_S)
    )
    # Follows, mutes, blocks, the ends of these, and changes of follow options, together.
    follow: Allowance = Allowance(
        name="follow", per_account=Rate(1_000, per_s=15 * MINUTE_S), per_address=Rate(10_000, per_s=15 * MINUTE_S)
    )


LIMITS = tuple(each.name for each in fields(Rates))
NO_RATES = Rates(**{each.name: Allowance(name=each.name) for each in fields(Rates)})
