"""Which async core runs under which task's name, and how often beat sends it."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from tasks.messages import Message

Core = Callable[..., Awaitable[list[Message]]]
AnyCore = TypeVar("AnyCore", bound=Core)

CORES: dict[str, Core] = {}
SWEEP_EVERY_S: dict[str, float] = {}


def task(name: str, *, every_s: float | None = None) -> Callable[[AnyCore], AnyCore]:
    """Let the workers run the function under the name. If `every_s` is given, beat sends it without arguments."""

    def register(core: AnyCore) -> AnyCore:
        assert name not in CORES, f"two tasks are called {name}"
        CORES[name] = core
        if every_s is not None:
            SWEEP_EVERY_S[name] = every_s
        return core

    return register
