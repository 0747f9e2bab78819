"""Tasks that advance one step at a time: a test decides how they interleave and where they die.

A step is a call of a part of the storage, on either driver, or on PyMongo a single command to MongoDB. A transaction is
one step: another writer could not get in between.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextvars import Context, ContextVar, copy_context
from dataclasses import replace
from typing import Any, Generic, TypeVar

import pytest
from pymongo.asynchronous.mongo_client import _ClientCheckout

from storage.mongo import ClientSession, Mongo
from tasks.cores import Core
from tasks.messages import Message
from tasks.services import TaskServices
from tests.storage.parts import Stores, with_parts
from tests.waiting import bounded

Result = TypeVar("Result")

_turnstile: ContextVar["Turnstile | None"] = ContextVar("turnstile", default=None)


class Turnstile:
    """Lets one step pass for each permit."""

    def __init__(self) -> None:
        self._permits = asyncio.Semaphore(0)
        self._changed = asyncio.Event()
        self._waiting = 0
        self._under_way = 0

    async def enter(self) -> None:
        self._waiting += 1
        self._changed.set()
        try:
            await self._permits.acquire()
        finally:
            self._waiting -= 1

    def leave(self) -> None:
        self._under_way -= 1
        self._changed.set()

    def permit_one(self) -> None:
        self._under_way += 1
        self._permits.release()

    async def arrival(self) -> None:
        """Wait until no step is running and one waits for its permit."""
        while self._under_way or not self._waiting:  # ends: `SteppedTask` waits for the end of its task, too
            self._changed.clear()
            await self._changed.wait()


class Stepped:
    """A part of the storage whose methods first pass the turnstile."""

    def __init__(self, part: object, turnstile: Turnstile) -> None:
        self._part: Any = part
        self._turnstile = turnstile

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._part, name)
        if not callable(method):  # a part of the part
            return Stepped(method, self._turnstile)

        async def step(*args: Any, **kwargs: Any) -> Any:
            await self._turnstile.enter()
            try:
                return await method(*args, **kwargs)
            finally:
                self._turnstile.leave()

        return step


class SteppedCollection(Stepped):
    """A MongoDB collection whose commands first pass the turnstile, except those that return a cursor."""

    def with_options(self, **options: Any) -> "SteppedCollection":
        return SteppedCollection(self._part.with_options(**options), self._turnstile)


class SteppedMongo:
    """The database, whose commands and commits first pass the turnstile, also within a transaction."""

    def __init__(self, mongo: Mongo, turnstile: Turnstile) -> None:
        self._mongo = mongo
        self._turnstile = turnstile

    def collection(self, name: str) -> SteppedCollection:
        return SteppedCollection(self._mongo.collection(name), self._turnstile)

    async def transaction(self, work: Callable[[ClientSession], Awaitable[Result]]) -> Result:
        is_committing = False

        async def stepped(session: ClientSession) -> Result:
            nonlocal is_committing
            if is_committing:  # and has failed
                is_committing = False
                self._turnstile.leave()
            result = await work(session)
            await self._turnstile.enter()
            is_committing = True
            return result

        try:
            return await self._mongo.transaction(stepped)
        finally:
            if is_committing:
                self._turnstile.leave()

    async def wait_for_majority(self) -> None:
        await self._turnstile.enter()
        try:
            await self._mongo.wait_for_majority()
        finally:
            self._turnstile.leave()


class SteppedCall(Generic[Result]):
    """Work that stands before its next step. `await advance()` takes the step; `await kill()` is the end of it."""

    def __init__(self, work: Coroutine[Any, Any, Result], turnstile: Turnstile, context: Context | None = None) -> None:
        self._turnstile = turnstile
        self._running = asyncio.get_running_loop().create_task(work, context=context)

    @property
    def is_done(self) -> bool:
        return self._running.done()

    @property
    def result(self) -> Result:
        """Return the result of the finished work.

        Raises:
            BaseException: The work has raised it.
        """
        return self._running.result()

    async def advance(self) -> None:
        self._turnstile.permit_one()
        await self.settle()

    async def finish(self) -> Result:
        for _ in bounded():
            if self.is_done:
                break
            await self.advance()
        return self.result

    async def kill(self) -> None:
        """End the task like SIGKILL between two steps, except that a transaction is aborted at once."""
        self._running.cancel()
        await asyncio.wait([self._running])

    async def settle(self) -> None:
        arrival = asyncio.ensure_future(self._turnstile.arrival())
        await asyncio.wait([self._running, arrival], return_when=asyncio.FIRST_COMPLETED)
        arrival.cancel()


async def begin_by_command(work: Coroutine[Any, Any, Result]) -> SteppedCall[Result]:
    """Return the work before its first step. A step for each command; needs `commands_are_steps`."""
    turnstile = Turnstile()
    context = copy_context()
    context.run(_turnstile.set, turnstile)
    call = SteppedCall(work, turnstile, context)
    await call.settle()
    return call


class SteppedTask(SteppedCall[list[Message]]):
    """A task of a worker."""

    @classmethod
    async def begin(cls, core: Core, services: TaskServices, message: Message) -> "SteppedTask":
        """A step for each call of a part of the storage."""
        turnstile = Turnstile()
        stepped = replace(
            services,
            storage=_stepped(services.storage, turnstile),
            maintenance=_stepped(services.maintenance, turnstile),
        )
        return await cls._settled(cls(_call(core, stepped, message), turnstile))

    @classmethod
    async def begin_by_command(cls, core: Core, services: TaskServices, message: Message) -> "SteppedTask":
        """A step for each command; needs `commands_are_steps`."""
        turnstile = Turnstile()
        context = copy_context()
        context.run(_turnstile.set, turnstile)
        return await cls._settled(cls(_call(core, services, message), turnstile, context))

    @classmethod
    async def _settled(cls, task: "SteppedTask") -> "SteppedTask":
        await task.settle()
        return task

    @property
    def sent(self) -> list[Message]:
        """Return the messages that the finished task has returned.

        Raises:
            BaseException: The task has raised it.
        """
        return self.result


async def _call(core: Core, services: TaskServices, message: Message) -> list[Message]:
    return await core(services, *message.args)


def _stepped(stores: Stores, turnstile: Turnstile) -> Stores:
    parts = {name: Stepped(store, turnstile) for name, store in vars(stores).items() if name != "mongo"}
    return with_parts(stores, **parts)


def commands_are_steps(patch: pytest.MonkeyPatch) -> None:
    """Let each command of a task that was begun by `begin_by_command` pass the task's turnstile.

    PyMongo 4.20 checks a connection out for each command (pymongo/asynchronous/mongo_client.py, `_ClientCheckout`).
    """
    enter, leave = _ClientCheckout.__aenter__, _ClientCheckout.__aexit__
    passed: dict[int, Turnstile] = {}  # by checkout; its class has slots

    async def enter_stepped(checkout: _ClientCheckout) -> Any:
        turnstile = None if _is_within_transaction(checkout) else _turnstile.get()
        if turnstile is None:
            return await enter(checkout)
        await turnstile.enter()
        try:
            connection = await enter(checkout)
        except BaseException:
            turnstile.leave()
            raise
        passed[id(checkout)] = turnstile
        return connection

    async def leave_stepped(checkout: _ClientCheckout, *raised: Any) -> None:
        try:
            await leave(checkout, *raised)
        finally:
            if turnstile := passed.pop(id(checkout), None):
                turnstile.leave()

    patch.setattr(_ClientCheckout, "__aenter__", enter_stepped)
    patch.setattr(_ClientCheckout, "__aexit__", leave_stepped)


def _is_within_transaction(checkout: _ClientCheckout) -> bool:
    """Return whether the checkout is in a transaction. Its first command counts as outside, before any lock."""
    session = checkout.session
    return session is not None and session.in_transaction and not session._starting_transaction
