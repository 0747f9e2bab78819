"""Messages in the queues, in tests without workers."""

from base64 import b64decode
from collections.abc import Awaitable
from typing import cast

import orjson
from redis.asyncio import from_url

from tests.waiting import wait_until


async def until_sent(redis_url: str, queue: str, argument: object) -> None:
    """Wait for a message with the argument.

    Raises:
        AssertionError: None comes.
    """
    broker = from_url(redis_url)

    async def is_sent() -> bool:
        waiting = await cast(Awaitable[list[bytes]], broker.lrange(queue, 0, -1))
        return any(str(argument) in b64decode(orjson.loads(message)["body"]).decode() for message in waiting)

    await wait_until(is_sent)
    await broker.aclose()
