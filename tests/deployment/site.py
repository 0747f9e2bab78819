"""The whole site: three mongods, Redis with Sentinels, and nginx; two web processes, two workers, beat and Flower.

The messages to workers go through the Redis with Sentinels. Announcements and rate limits have a Redis of their own,
since REDIS_URL takes one address.
"""

import shlex
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from launch.ports import free_port
from settings import Settings
from tests.deployment.mongodb import GuardedReplicaSet, guarded_replica_set
from tests.deployment.proxy import Proxy, proxy
from tests.deployment.redis_servers import GuardedRedis, guarded_redis
from tests.deployment.release import Release
from tests.pipeline.stack import Stack
from tests.servers import PASSWORD, Certificates, make_certificates, start_other_redis
from tests.torture.cluster import CELEBRITY_THRESHOLD, FEED_WINDOW
from tests.waiting import wait_for

WEB, WORKERS, OTHERS = ("web-1", "web-2"), ("worker-1", "worker-2"), ("beat", "flower")
STOPPED_WITHIN_S = 60

Say = Callable[[str], None]


@dataclass
class Installed(Stack):
    """One process of a release, in an empty directory."""

    release: Release = field(kw_only=True)

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {"PATH": f"{self.release.programs}:/usr/bin:/bin", "PYTHONPATH": ""}

    def command(self, name: str) -> str:
        words = [f"--hostname={self.directory.name}@%h"] if name == "worker" else []
        return shlex.join(["tweeter", "run", name, *words])


@dataclass
class Site:
    directory: Path
    certificates: Certificates
    mongodb: GuardedReplicaSet
    redis: GuardedRedis
    settings: Settings  # of all processes
    processes: Mapping[str, Installed]
    proxy: Proxy

    def start(self, name: str) -> None:
        """Start a process, and wait until it works."""
        process = self.processes[name]
        process.start(kind_of(name))
        if name in WEB:
            process.wait_until_ready()
        elif name == "flower":
            wait_for(lambda: _answers(f"http://127.0.0.1:{process.settings.flower_port}/healthcheck"))

    def restart(self, name: str, release: Release | None = None) -> None:
        """Stop a process as its supervisor would, and start it again, of another release if one is given."""
        process = self.processes[name]
        process.end(kind_of(name), STOPPED_WITHIN_S)
        process.release = release or process.release
        self.start(name)

    def logs(self) -> str:
        return "\n".join(process.log(kind_of(name)) for name, process in self.processes.items())


def kind_of(name: str) -> str:
    """Return the process's name in the Procfile."""
    return name.partition("-")[0]


@contextmanager
def start_site(directory: Path, release: Release, *, say: Say) -> Iterator[Site]:
    """Start everything, and wait until it works."""
    with ExitStack() as opened:
        certificates = make_certificates(directory / "tls")
        say("starting three mongods")
        mongodb = opened.enter_context(guarded_replica_set(directory / "mongodb", certificates))
        say("starting Redis, its replica, and three Sentinels")
        redis = opened.enter_context(guarded_redis(directory / "redis"))
        announcing = start_other_redis(
            directory / "announcing", {"requirepass": PASSWORD}, url=f"redis://:{PASSWORD}@127.0.0.1:{{port}}/0"
        )
        opened.callback(announcing.kill)
        settings = Settings(
            mongodb_url=mongodb.url,
            redis_url=announcing.url,
            broker_url=redis.url,
            celebrity_threshold=CELEBRITY_THRESHOLD,
            feed_window=FEED_WINDOW,
            worker_concurrency=2,
            trusted_proxies="127.0.0.1",
            log_level="warning",
            rate_limits="off",  # all clients use one address, at full speed
        )
        processes = {}
        for name in (*WEB, *WORKERS, *OTHERS):
            (directory / name).mkdir()
            own = settings.replace(port=free_port(), flower_port=free_port(), data_dir=directory / name / "data")
            processes[name] = Installed(own, directory / name, at=directory / name, release=release)
            opened.callback(processes[name].stop)
        ports = [processes[name].settings.port for name in WEB]
        in_front = opened.enter_context(proxy(directory / "nginx", ports, certificates))
        site = Site(directory, certificates, mongodb, redis, settings, processes, in_front)
        for name in processes:
            say(f"starting {name}")
            site.start(name)
        yield site


def _answers(url: str) -> bool:
    try:
        return httpx.get(url).status_code == 200
    except httpx.HTTPError:
        return False
