"""Makes the services of a web process from the settings."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from composition.storage import storage_of
from composition.tasks import policy_of
from domain.rates import NO_RATES, Rates
from live.hub import LiveHub
from resolvers.services import Services
from settings import Settings
from storage.memory.rate_limits import LocalRateLimiter
from tasks.broker import Broker, make_celery
from tasks.publisher import Publisher
from threads.images import ImageConverter
from threads.passwords import PasswordHashing


def rates_of(settings: Settings) -> Rates:
    return Rates() if settings.rate_limits == "on" else NO_RATES


@asynccontextmanager
async def services_of(
    settings: Settings,
    rates: Rates,
    local_limiter: LocalRateLimiter,
    *,
    note_slow: Callable[[], None],
    note_refusal: Callable[[str], None],
    note_dropped: Callable[[int], None],
) -> AsyncIterator[Services]:
    """Open the services of a web process. `note_slow` is called for each subscriber dropped because it is slow, and
    `note_refusal` with the name of the rate limit for each refused call, and `note_dropped` with the number of messages
    to workers that are not sent.
    """
    async with AsyncExitStack() as stack:
        passwords, images = PasswordHashing(), ImageConverter()
        stack.callback(passwords.close)
        stack.callback(images.close)
        storage = await stack.enter_async_context(storage_of(settings))
        live = LiveHub(storage, note_slow=note_slow)
        await stack.enter_async_context(live.running())
        broker = Broker(make_celery(settings.broker))
        publisher = Publisher(broker, note_dropped=note_dropped)
        publisher.start()
        stack.callback(publisher.close)
        yield Services(
            storage=storage,
            policy=policy_of(settings),
            passwords=passwords,
            images=images,
            live=live,
            send=publisher.put,
            rates=rates,
            local_limiter=local_limiter,
            request_timeout_s=settings.request_timeout_s,
            note_refusal=note_refusal,
            count_queues=broker.lengths,
            may_introspect=settings.playground == "on",
        )
