"""`python -m tests.soak`: sends varied requests to a real web process and checks that its memory does not grow."""

import asyncio
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from launch import start_mongod, start_redis
from tests.conftest import settings_of
from tests.pipeline.stack import stack
from tests.soak.run import soak


@click.command()
@click.option("--warm-up", default=4_000, show_default=True, help="Requests before memory is measured.")
@click.option("--requests", default=20_000, show_default=True, help="Requests after that.")
def main(warm_up: int, requests: int) -> None:
    """Exit with 1 if resident memory grows by more than 2 MiB plus 100 bytes for each request."""
    with TemporaryDirectory() as directory:
        place = Path(directory)
        for name in ("mongodb", "redis"):
            (place / name).mkdir()
        mongod, redis = start_mongod(place / "mongodb"), start_redis(place / "redis")
        try:
            settings = settings_of(mongod.url, redis.url, "soak").replace(trusted_proxies="127.0.0.1")
            with stack(settings, place, "web") as running:
                soaked = asyncio.run(
                    soak(running, warm_up=warm_up, requests=requests, say=partial(click.echo, err=True))
                )
        finally:
            redis.stop()
            mongod.stop()
    click.echo(str(soaked))
    sys.exit(not soaked.is_steady)


main()
