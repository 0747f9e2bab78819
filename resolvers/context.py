"""What a use case knows of the request that asks for it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from domain.callers import Caller
from domain.errors import SESSION_ENDED, RateLimited, Unauthenticated
from domain.policy import Policy
from domain.rates import Allowance, Rate, Rates
from live.hub import LiveHub
from storage import Storage
from storage.memory.rate_limits import LocalRateLimiter
from tasks.messages import Message
from threads.images import ImageConverter
from threads.passwords import PasswordHashing


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    storage: Storage
    policy: Policy
    passwords: PasswordHashing
    images: ImageConverter
    send: Callable[[Message], None]  # returns at once; a message that is lost is found again by a sweep
    live: LiveHub
    since: int  # the moment at which the request came
    viewer: int | None = None
    token: str | None = field(default=None, repr=False)
    caller: Caller = Caller()
    rates: Rates = Rates()
    buckets: LocalRateLimiter = field(default_factory=LocalRateLimiter)

    def require_viewer(self) -> int:
        """Errors: Unauthenticated."""
        if self.viewer is not None:
            return self.viewer
        if self.token is None:
            raise Unauthenticated("Sign in first: send the header `Authorization: Bearer TOKEN`.")
        raise Unauthenticated(SESSION_ENDED)

    async def allow(self, wanted: Allowance, *, account: str | None = None, address: str | None = None) -> None:
        """Counts this one, by default towards the viewer's limit and the caller's address's. Errors: RateLimited."""
        for key, rate in self._counted(wanted, account, address):
            if wait_s := await self.storage.windows.enter(key, rate):
                raise RateLimited(wait_s)

    async def forget(self, wanted: Allowance, *, address: str) -> None:
        """Count anew."""
        for key, rate in self._counted(wanted, None, address):
            await self.storage.windows.forget(key, rate)

    def allow_here(self, wanted: Allowance) -> None:
        """As `allow`, in this process alone: no read waits for Redis. Errors: RateLimited."""
        for key, rate in self._counted(wanted):
            if wait_s := self.buckets.take(key, rate, now=time.monotonic()):
                raise RateLimited(wait_s)

    def expect_reads(self) -> None:
        """Counts nothing. Errors: RateLimited if `allow_here` would refuse a read now."""
        for key, rate in self._counted(self.rates.read):
            if wait_s := self.buckets.wait(key, rate, now=time.monotonic()):
                raise RateLimited(wait_s)

    def _counted(
        self, wanted: Allowance, account: str | None = None, address: str | None = None
    ) -> Iterator[tuple[str, Rate]]:
        if account is None and self.viewer is not None:
            account = str(self.viewer)
        return wanted.counted(account=account, address=self.caller.address if address is None else address)


async def viewer_of(storage: Storage, token: str | None) -> int | None:
    """The account whose session the token opens."""
    if token is None:
        return None
    session = await storage.sessions.find(token)
    return session.user if session else None
