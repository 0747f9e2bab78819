"""The short form of `make soak`."""

from pathlib import Path

from settings import Settings
from tests.pipeline.stack import stack
from tests.soak.kinds import KINDS
from tests.soak.run import soak

ROUNDS = 12  # of each kind


async def test_the_memory_of_a_process_does_not_grow_with_varied_requests(settings: Settings, tmp_path: Path) -> None:
    with stack(settings.replace(trusted_proxies="127.0.0.1"), tmp_path, "web") as running:
        soaked = await soak(running, warm_up=ROUNDS * len(KINDS), requests=ROUNDS * len(KINDS), say=print)
    assert soaked.is_steady, str(soaked)
