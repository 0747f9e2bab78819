"""Tasks that advance one step of the storage at a time: a test decides how they interleave and where they die."""

import asyncio
from dataclasses import fields, replace
from typing import Any

from storage import Storage
from tasks.cores import Core
from tasks.messages import Message
from tasks.resources import Resources


class Turnstile:
    """Lets one step through for each permit."""

    def __init__(self) -> None:
        self._permits = asyncio.Semaphore(0)
        self._arrived = asyncio.Event()

    async def enter(self) -> None:
        self._arrived.set()
        await self._permits.acquire()

    def permit_one(self) -> None:
        self._arrived.clear()
        self._permits.release()

    async def arrival(self) -> None:
        await self._arrived.wait()


class Stepped:
    """A part of the storage, each of whose methods first passes the turnstile."""

    def __init__(self, part: object, turnstile: Turnstile) -> None:
        self._part = part
        self._turnstile = turnstile

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._part, name)

        async def step(*args: Any, **kwargs: Any) -> Any:
            await self._turnstile.enter()
            return await method(*args, **kwargs)

        return step


class SteppedTask:
    """A task that stands before its next step. `await advance()` takes the step; `await kill()` is the end of it."""

    def __init__(self, core: Core, resources: Resources, message: Message) -> None:
        self.message = message
        self._turnstile = Turnstile()
        stepped = replace(resources, storage=_stepped(resources.storage, self._turnstile))
        self._running = asyncio.ensure_future(core(stepped, *message.args))

    @classmethod
    async def begin(cls, core: Core, resources: Resources, message: Message) -> "SteppedTask":
        task = cls(core, resources, message)
        await task._settle()
        return task

    @property
    def is_done(self) -> bool:
        return self._running.done()

    @property
    def sent(self) -> list[Message]:
        """What should follow the task, once it is done. Errors: whatever it died of."""
        return self._running.result()

    async def advance(self) -> None:
        self._turnstile.permit_one()
        await self._settle()

    async def finish(self) -> list[Message]:
        while not self.is_done:
            await self.advance()
        return self.sent

    async def kill(self) -> None:
        """As SIGKILL between two steps."""
        self._running.cancel()
        await asyncio.wait([self._running])

    async def _settle(self) -> None:
        arrival = asyncio.ensure_future(self._turnstile.arrival())
        await asyncio.wait([self._running, arrival], return_when=asyncio.FIRST_COMPLETED)
        arrival.cancel()


def _stepped(storage: Storage, turnstile: Turnstile) -> Storage:
    parts: dict[str, Any] = {part.name: Stepped(getattr(storage, part.name), turnstile) for part in fields(storage)}
    return replace(storage, **(parts | {"mongo": storage.mongo}))
