"""Checks of Redis, the broker and the workers."""

from collections.abc import Iterator

import redis

from launch.checks import check_broker, check_redis
from launch.doctor.findings import Finding, failed, ok, warning
from launch.errors import LaunchError
from settings import Settings
from tasks.broker import Broker, make_celery

ANSWER_S = 4
EVICTS_NOTHING = "noeviction"
FULL_SHARE = 0.8  # of maxmemory
PINGED_S = 3


def check_each_redis(settings: Settings) -> Iterator[Finding]:
    for variable, url in settings.redis_addresses.items():
        try:
            check_redis(variable, url)
        except LaunchError as error:
            yield failed("Redis", str(error))
        else:
            yield from _look_into(variable, url)


def _look_into(variable: str, url: str) -> Iterator[Finding]:
    with redis.Redis.from_url(url, socket_timeout=ANSWER_S, socket_connect_timeout=ANSWER_S) as client:
        try:
            about = (
                client.info("server") | client.info("memory") | client.info("replication") | client.info("persistence")
            )
        except redis.RedisError:
            yield warning(
                variable, "it answers, and does not let its user see INFO", "grant its user INFO, to check more"
            )
            return
    if about.get("role") != "master":
        yield failed(variable, "it is a replica, which takes no writes", f"name its primary in {variable}")
    else:
        yield ok(variable, f"version {about.get('redis_version')} answers")
    if (policy := about.get("maxmemory_policy", EVICTS_NOTHING)) != EVICTS_NOTHING:
        advice = f"set maxmemory-policy to {EVICTS_NOTHING}: otherwise it drops messages to workers"
        yield failed(f"{variable}: memory", f"its policy is {policy}", advice)
    limit, used = about.get("maxmemory", 0), about.get("used_memory", 0)
    if limit and used > FULL_SHARE * limit:
        yield warning(f"{variable}: memory", f"{used / limit:.0%} of maxmemory are used", "raise it, or start workers")
    if not about.get("aof_enabled"):
        yield warning(
            f"{variable}: persistence",
            "its messages do not survive a restart",
            "set appendonly to yes; without it, the sweeps send the work again, minutes later",
        )


def check_workers(settings: Settings) -> Iterator[Finding]:
    """Ask the broker for its queues, and the workers for a sign."""
    if settings.broker_url and "BROKER_URL" not in settings.redis_addresses:
        try:
            check_broker(settings.broker_url)
        except LaunchError as error:
            yield failed("broker", str(error))
            return
    celery = make_celery(settings.broker)
    broker = Broker(celery)
    try:
        waiting = sum(broker.counts().values())
        answered = celery.control.ping(timeout=PINGED_S)
    except Exception as error:  # each transport has errors of its own
        yield failed("workers", f"they cannot be asked: {type(error).__name__}", "see that the broker answers")
        return
    finally:
        broker.close()
    if answered:
        yield ok("workers", f"{len(answered)} answer; {waiting:,} messages wait")
    else:
        yield failed("workers", f"none answers; {waiting:,} messages wait", "start a worker: `tweeter run worker`")
