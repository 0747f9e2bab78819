"""The steps from one data version to the next: one file for each version, in their order."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from storage.data_version import DataVersion
from storage.migrations import to_2, to_3, to_4
from storage.mongo import Mongo

Say = Callable[[str], None]
Apply = Callable[[Mongo, Say], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What makes the data of the version before into data of this version. It may run twice, and die at any point.

    A long step says how far it has come.
    """

    version: int
    title: str  # what the version allows
    apply: Apply


STEPS = (
    Step(version=to_2.VERSION, title=to_2.TITLE, apply=to_2.apply),
    Step(version=to_3.VERSION, title=to_3.TITLE, apply=to_3.apply),
    Step(version=to_4.VERSION, title=to_4.TITLE, apply=to_4.apply),
)


def steps_from(version: int) -> list[Step]:
    """Return the steps that data of the version still needs."""
    return [step for step in STEPS if step.version > version]


async def migrate(
    mongo: Mongo, *, begin: Callable[[Step], None] = lambda _: None, say: Say = lambda _: None
) -> list[Step]:
    """Take every step that the stored data needs, and return them. `begin` is called before each step, and
    `say` with the progress of a long one.

    The caller makes sure that no process of a version before is running.
    """
    stored = DataVersion(mongo)
    taken = steps_from(await stored.read())
    for step in taken:
        begin(step)
        await step.apply(mongo, say)
        await stored.raise_to(step.version)
    return taken
