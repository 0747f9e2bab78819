"""Runs all checks, each for a bounded time. One that fails unexpectedly is a finding, and the others go on."""

import asyncio
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, TimeoutError

from composition.storage import LOOK_WITHIN_S
from launch.doctor.findings import Check, Finding, failed, ok
from launch.doctor.machine import check_directory, check_files, check_settings
from launch.doctor.messages import check_each_redis, check_workers
from launch.doctor.mongodb import check_data, check_server
from settings import Settings
from storage import Misconfigured
from storage.pictures.s3 import refuse_unusable_bucket

WITHIN_S = 30


def check_store(settings: Settings) -> Iterator[Finding]:
    if not settings.media_store:
        return
    try:
        asyncio.run(refuse_unusable_bucket(settings.media_store))
        yield ok("MEDIA_STORE", "it can be used")
    except Misconfigured as error:
        yield failed("MEDIA_STORE", str(error))


CHECKS: Mapping[str, Check] = {
    "settings": check_settings,
    "open files": check_files,
    "DATA_DIR": check_directory,
    "MongoDB": check_server,
    "data": check_data,
    "Redis": check_each_redis,
    "workers": check_workers,
    "MEDIA_STORE": check_store,
}
assert WITHIN_S > LOOK_WITHIN_S


def _run(check: Check, settings: Settings) -> list[Finding]:
    return list(check(settings))


def visit(settings: Settings, checks: Collection[str] = CHECKS.keys()) -> Iterator[Finding]:
    """Yield what the checks of these names find, in their order."""
    executor = ThreadPoolExecutor(len(CHECKS))
    begun = {name: executor.submit(_run, CHECKS[name], settings) for name in checks}
    for name, result in begun.items():
        try:
            yield from result.result(WITHIN_S)
        except TimeoutError:
            yield failed(name, f"it took longer than {WITHIN_S} s", "see that the servers answer")
        except Exception as error:  # the others go on; the text of an unknown error may hold a secret
            yield failed(name, f"it ended with {type(error).__name__}", "report it, with the version of Tweeter")
    executor.shutdown(wait=False, cancel_futures=True)
