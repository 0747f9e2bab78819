"""Starts the embedded Redis.

Kept by hand: testcontainers needs Docker, and this must run without it and without root.
"""

from pathlib import Path

import redis

from launch.binaries import redis_binary
from launch.servers import START_SECONDS, Server, start_server


def start_redis(directory: Path, *, port: int | None = None, seconds: float = START_SECONDS) -> Server:
    """Start a Redis-compatible server whose queues survive restarts, with its files in the directory.

    Raises:
        LaunchError: It cannot be started, or does not answer in time.
    """
    return start_server(
        "redis",
        directory=directory,
        url="redis://127.0.0.1:{port}/0",
        port=port,
        program=_program,
        answers=_answers,
        seconds=seconds,
    )


def _program(directory: Path, port: int) -> list[str]:
    settings = {
        "port": str(port),
        "bind": "127.0.0.1",
        "dir": str(directory),
        "daemonize": "no",
        "appendonly": "yes",  # queues change all the time, and a crash would lose the changes since the last snapshot
        "save": "",
    }
    return [str(redis_binary(directory)), *(word for key, value in settings.items() for word in (f"--{key}", value))]


def _answers(server: Server) -> bool:
    client = redis.Redis.from_url(server.url, socket_timeout=2)
    try:
        # Another server may have taken the port.
        return int(client.info("server")["process_id"]) == server.pid
    except redis.RedisError:
        return False
    finally:
        client.close()
