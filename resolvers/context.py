"""What a use case knows of the request that asks for it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from domain.errors import Unauthenticated
from domain.policy import Policy
from resolvers.passwords import Passwords
from storage import Storage
from tasks.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    storage: Storage
    policy: Policy
    passwords: Passwords
    send: Callable[[Message], None]  # returns at once; a message that is lost is found again by a sweep
    viewer: int | None = None
    token: str | None = field(default=None, repr=False)

    def require_viewer(self) -> int:
        """Errors: Unauthenticated."""
        if self.viewer is not None:
            return self.viewer
        if self.token is None:
            raise Unauthenticated("Sign in first: send the header `Authorization: Bearer TOKEN`.")
        raise Unauthenticated("The session has expired or was ended. Sign in again.")


async def viewer_of(storage: Storage, token: str | None) -> int | None:
    """The account whose session the token opens."""
    if token is None:
        return None
    session = await storage.sessions.find(token)
    return session.user if session else None
