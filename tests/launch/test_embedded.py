import json

import pytest
from pymongo import MongoClient
from redis import Redis

from launch import LaunchError, open_servers
from launch.running import holding, record
from running import Running, find_running
from settings import Settings


def _ignore(_line: str) -> None:
    pass


def test_given_addresses_are_used_unchanged(settings: Settings, mongodb_url: str, redis_url: str) -> None:
    given = settings.replace(mongodb_url=mongodb_url, redis_url=redis_url)
    with open_servers(given, say=_ignore) as filled:
        assert filled == given
    assert not settings.data_dir.exists()


def test_embedded_servers_are_started_and_stopped(settings: Settings) -> None:
    with open_servers(settings, say=_ignore, command="seed") as filled:
        with MongoClient[dict[str, int]](filled.mongodb_url) as mongo, Redis.from_url(filled.redis_url) as redis:
            mongo.tests.numbers.insert_one({"_id": 1})
            assert redis.ping()
        running = find_running(settings.data_dir)
        assert running is not None
        assert running.command == "seed"
        with pytest.raises(LaunchError, match="`tweeter seed` is running"), holding(settings.data_dir, "up"):
            pass
    assert find_running(settings.data_dir) is None


def test_a_command_uses_the_servers_of_a_running_up(settings: Settings, mongodb_url: str) -> None:
    lines: list[str] = []
    with holding(settings.data_dir, "up"):
        running = Running(command="up", pid=1, web="http://web", mongodb_url=mongodb_url, redis_url="redis://found")
        record(settings.data_dir, running)
        with open_servers(settings, say=lines.append) as filled:
            assert (filled.mongodb_url, filled.redis_url) == (mongodb_url, "redis://found")
        with open_servers(settings.replace(mongodb_url=mongodb_url + "&appname=given"), say=lines.append) as filled:
            assert (filled.mongodb_url, filled.redis_url) == (mongodb_url + "&appname=given", "redis://found")
    assert "http://web" in lines[0]


def test_the_record_of_a_crashed_command_is_ignored(settings: Settings) -> None:
    with holding(settings.data_dir, "up"):
        left_behind = (settings.data_dir / "running.json").read_text()
    (settings.data_dir / "running.json").write_text(left_behind)
    assert json.loads(left_behind)["command"] == "up"
    assert find_running(settings.data_dir) is None
    with holding(settings.data_dir, "up"):
        assert find_running(settings.data_dir) is not None


def test_only_the_owner_can_read_the_record(settings: Settings) -> None:
    with holding(settings.data_dir, "up"):
        assert (settings.data_dir / "running.json").stat().st_mode & 0o777 == 0o600
