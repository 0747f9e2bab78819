"""The pub/sub channel of the web processes of one database.

Redis delivers a message to the current subscribers and stores nothing. A process that does not listen misses it.

Every message goes to two channels in one transaction. The second channel has the first format of announcements, for
processes of older versions. A process takes from it only messages of such processes.

What older versions do not know would be a gap to them, which they close by reading. It goes to a third channel, which
they do not hear.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import astuple, dataclass, fields
from typing import Any, get_args

import orjson
from redis.asyncio import from_url
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from domain.announcements import AccountsNotified, Alive, Announcement, FollowChanged, Gap

TIMEOUT_S = 1.0
KINDS: dict[str, Any] = {kind.__name__: kind for kind in get_args(Announcement)}
FIRST_FORM = {FollowChanged: 2, Gap: 0}  # the number of values in the first format
NEW_KINDS = (AccountsNotified,)
REPEATED = "again:"  # prefix of the sender's name if the message was sent on the other channel, too


class ChannelLost(Exception):
    """The connection to Redis is or was lost. Messages may be missing."""


@dataclass(frozen=True, slots=True)
class Heard:
    sender: str
    announcements: Sequence[Announcement]


class Announcements:
    """Sends and receives announcements.

    It connects at the first use and never retries: the caller must know of a loss.
    """

    def __init__(self, url: str, *, database: str) -> None:
        once = Retry(NoBackoff(), 0)
        timeouts = {"socket_timeout": TIMEOUT_S, "socket_connect_timeout": TIMEOUT_S}
        self._client = from_url(url, retry=once, **timeouts) if url else None
        # Channels are shared by all numbered databases of a Redis server.
        self._name, self._first_name = f"tweeter.{database}.live", f"tweeter.{database}.announcements"
        self._new_name = f"tweeter.{database}.notified"

    async def send(self, sender: str, announcements: Sequence[Announcement]) -> None:
        """Send the announcements in one message for each channel.

        Raises:
            ChannelLost: Redis is away. The message may have been delivered or not.
        """
        if self._client is None:
            raise ChannelLost("there is no Redis")
        known = [one for one in announcements if not isinstance(one, NEW_KINDS)] or [Alive()]
        new = [one for one in announcements if isinstance(one, NEW_KINDS)]
        try:
            async with self._client.pipeline(transaction=True) as all_of_them:
                all_of_them.publish(self._name, _encode(sender, known))
                all_of_them.publish(self._first_name, _encode_first_form(REPEATED + sender, known))
                if new:
                    all_of_them.publish(self._new_name, _encode(sender, new))
                await all_of_them.execute()
        except (RedisError, OSError) as error:
            raise ChannelLost(repr(error)) from error

    @asynccontextmanager
    async def listening(self, *, silence_s: float) -> AsyncIterator[AsyncIterator[Heard]]:
        """Subscribe. Inside the block, iterate over all messages in the order in which Redis received them.

        Raises:
            ChannelLost: The connection breaks, or no message arrives for `silence_s` seconds.
        """
        if self._client is None:
            raise ChannelLost("there is no Redis")
        try:
            async with self._client.pubsub() as channel:
                names = (self._name, self._first_name, self._new_name)
                await channel.subscribe(*names)
                for _ in names:
                    await _read(channel, "subscribe", silence_s=TIMEOUT_S)
                yield _listen(channel, silence_s=silence_s)
        except (RedisError, OSError) as error:
            raise ChannelLost(repr(error)) from error

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()


async def _listen(channel: PubSub, *, silence_s: float) -> AsyncGenerator[Heard, None]:
    while True:
        heard = _decode(await _read(channel, "message", silence_s=silence_s))
        if not heard.sender.startswith(REPEATED):
            yield heard


async def _read(channel: PubSub, kind: str, *, silence_s: float) -> Any:
    """Return the data of the next message.

    Raises:
        ChannelLost: No message arrives for `silence_s` seconds. Or it is of another kind: a second confirmation means
            that
            the driver has reconnected.
    """
    message = await channel.get_message(timeout=silence_s)
    if message is None or message["type"] != kind:
        raise ChannelLost(f"heard {message and message['type']} instead of a {kind}")
    return message["data"]


def _encode(sender: str, announcements: Sequence[Announcement]) -> bytes:
    return orjson.dumps([sender, *([type(one).__name__, *astuple(one)] for one in announcements)])


def _encode_first_form(sender: str, announcements: Sequence[Announcement]) -> bytes:
    told = ([type(one).__name__, *astuple(one)[: FIRST_FORM.get(type(one))]] for one in announcements)
    return orjson.dumps([sender, *told])


def _decode(text: bytes) -> Heard:
    """Decode a message, also of a newer version.

    Drops additional values, and reads an unknown announcement as a gap.
    """
    sender, *told = orjson.loads(text)
    return Heard(sender, [_announcement(*each) for each in told])


def _announcement(kind: str, *values: Any) -> Announcement:
    if kind not in KINDS:
        return Gap()
    known = values[: len(fields(KINDS[kind]))]
    made: Announcement = KINDS[kind](*(tuple(value) if isinstance(value, list) else value for value in known))
    return made
