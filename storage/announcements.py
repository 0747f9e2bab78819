"""The channel on which the web processes of one database tell each other what has happened.

Redis hands on what is said to whoever listens at that moment and keeps nothing: who did not listen has missed it.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import astuple, dataclass
from typing import Any

import orjson
from redis.asyncio import from_url
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from domain.announcements import Alive, Announcement, Farewell, FollowChanged, Gap, PostMade, SessionEnded

TIMEOUT_S = 1.0
KINDS = {kind.__name__: kind for kind in (PostMade, FollowChanged, SessionEnded, Gap, Alive, Farewell)}


class ChannelLost(Exception):
    """Redis is away, or was for a moment."""


@dataclass(frozen=True, slots=True)
class Heard:
    sender: str
    announcements: Sequence[Announcement]


class Announcements:
    """Connects when first used. It never tries again by itself: to whoever speaks or listens here, that is a loss."""

    def __init__(self, url: str, *, database: str) -> None:
        once = Retry(NoBackoff(), 0)
        timeouts = {"socket_timeout": TIMEOUT_S, "socket_connect_timeout": TIMEOUT_S}
        self._client = from_url(url, retry=once, **timeouts) if url else None
        self._name = f"tweeter.{database}.announcements"  # channels know no databases of Redis

    async def send(self, sender: str, announcements: Sequence[Announcement]) -> None:
        """All at once, to everybody who listens. Errors: ChannelLost, and then nobody knows whether it was heard."""
        if self._client is None:
            raise ChannelLost("there is no Redis")
        try:
            await self._client.publish(self._name, _encode(sender, announcements))
        except (RedisError, OSError) as error:
            raise ChannelLost(repr(error)) from error

    @asynccontextmanager
    async def listening(self, *, silence_s: float) -> AsyncIterator[AsyncIterator[Heard]]:
        """From the first line of the block on, everything said is heard, in the order in which Redis got it.

        Errors: ChannelLost where that ends, and where nothing is heard for so long.
        """
        if self._client is None:
            raise ChannelLost("there is no Redis")
        try:
            async with self._client.pubsub() as channel:
                await channel.subscribe(self._name)
                await _read(channel, "subscribe", silence_s=TIMEOUT_S)
                yield _listen(channel, silence_s=silence_s)
        except (RedisError, OSError) as error:
            raise ChannelLost(repr(error)) from error

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()


async def _listen(channel: PubSub, *, silence_s: float) -> AsyncGenerator[Heard, None]:
    while True:
        yield _decode(await _read(channel, "message", silence_s=silence_s))


async def _read(channel: PubSub, kind: str, *, silence_s: float) -> Any:
    """What the next message says. One of another kind, a second confirmation, means that the driver connected again."""
    message = await channel.get_message(timeout=silence_s)
    if message is None or message["type"] != kind:
        raise ChannelLost(f"heard {message and message['type']} instead of a {kind}")
    return message["data"]


def _encode(sender: str, announcements: Sequence[Announcement]) -> bytes:
    return orjson.dumps([sender, *([type(one).__name__, *astuple(one)] for one in announcements)])


def _decode(text: bytes) -> Heard:
    sender, *told = orjson.loads(text)
    return Heard(sender, [KINDS[kind](*numbers) if kind in KINDS else Gap() for kind, *numbers in told])
