"""The services of a web process, which all its requests share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from domain.policy import Policy
from domain.rates import Rates
from live.hub import LiveHub
from storage import Storage
from storage.memory.every_nth import EveryNth
from storage.memory.rate_limits import LocalRateLimiter
from tasks.messages import Message
from threads.images import ImageConverter
from threads.passwords import PasswordHashing

FOLD_EVERY = 500  # writes of a process, after which it has the workers fold them


async def no_queues() -> dict[str, int]:
    """Return the queues of an application without a broker."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    storage: Storage
    policy: Policy
    passwords: PasswordHashing
    images: ImageConverter
    live: LiveHub
    send: Callable[[Message], None]  # returns at once; a sweep repeats the work of a lost message
    rates: Rates = Rates()
    local_limiter: LocalRateLimiter = field(default_factory=LocalRateLimiter)
    unfolded: EveryNth = field(default_factory=lambda: EveryNth(FOLD_EVERY))
    request_timeout_s: float = 10.0
    may_introspect: bool = True
    note_refusal: Callable[[str], None] = lambda _: None  # takes the name of the rate limit
    count_queues: Callable[[], Awaitable[dict[str, int]]] = no_queues  # raises an error if the broker does not answer
