"""The context of one request."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.callers import Caller
from domain.errors import SESSION_ENDED, RateLimited, Unauthenticated
from domain.rates import Allowance, Rate
from resolvers.services import Services
from storage import SessionClaim, Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One request. `since` is the moment of live updates at which it arrived.

    If it has a `claim`, its viewer is presumed. Its result may be sent only if the claim is confirmed by then.
    """

    services: Services
    since: int
    viewer: int | None = None
    token: str | None = field(default=None, repr=False)
    caller: Caller = Caller()
    claim: SessionClaim | None = None

    @property
    def is_viewer_certain(self) -> bool:
        return self.claim is None or self.claim.is_confirmed

    def require_viewer(self) -> int:
        """Return the signed-in account.

        Raises:
            Unauthenticated: The request has no token, or its session has ended.
        """
        if self.viewer is not None:
            return self.viewer
        if self.token is None:
            raise Unauthenticated("Sign in first: send the header `Authorization: Bearer TOKEN`.")
        raise Unauthenticated(SESSION_ENDED)

    def require_session(self) -> tuple[int, str]:
        """Return the signed-in account and the token of its session, for what lasts as long as that.

        Raises:
            Unauthenticated: The request has no token, or its session has ended.
        """
        viewer = self.require_viewer()
        assert self.token is not None, "a viewer comes with a token"
        return viewer, self.token

    async def allow(self, wanted: Allowance, *, account: str | None = None, address: str | None = None) -> None:
        """Count one call in Redis, by default towards the limits of the viewer and of the caller's address.

        Raises:
            RateLimited: A limit is reached. This call is not counted.
        """
        for key, rate in self._counted(wanted, account, address):
            if wait_s := await self.services.storage.rate_limits.count_hit(key, rate):
                self.services.note_refusal(wanted.name)
                raise RateLimited(wait_s)

    async def reset_limit(self, wanted: Allowance, *, address: str) -> None:
        """Reset the count of an address to zero."""
        for key, rate in self._counted(wanted, None, address):
            await self.services.storage.rate_limits.reset(key, rate)

    def allow_here(self, wanted: Allowance) -> None:
        """Count one call in this process only, so that reads do not wait for Redis.

        Raises:
            RateLimited: A limit is reached.
        """
        for key, rate in self._counted(wanted):
            if wait_s := self.services.local_limiter.take(key, rate, now=time.monotonic()):
                self.services.note_refusal(wanted.name)
                raise RateLimited(wait_s)

    def expect_reads(self) -> None:
        """Check whether a read is admitted now, without counting it.

        Raises:
            RateLimited: `allow_here` would refuse a read.
        """
        for key, rate in self._counted(self.services.rates.read):
            if wait_s := self.services.local_limiter.wait(key, rate, now=time.monotonic()):
                self.services.note_refusal(self.services.rates.read.name)
                raise RateLimited(wait_s)

    def _counted(
        self, wanted: Allowance, account: str | None = None, address: str | None = None
    ) -> Iterator[tuple[str, Rate]]:
        if account is None and self.viewer is not None:
            account = str(self.viewer)
        return wanted.keys_and_rates(account=account, address=self.caller.address if address is None else address)


def claim_of(storage: Storage, token: str | None) -> SessionClaim | None:
    """Return a claim to the token's session. None if `viewer_of` must tell whose it is."""
    return None if token is None else storage.sessions.claim(token)


async def viewer_of(storage: Storage, token: str | None) -> int | None:
    """Return the account of the token's session. None if there is no live session."""
    if token is None:
        return None
    session = await storage.sessions.find_by_token(token)
    return session.user if session else None
