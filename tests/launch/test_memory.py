"""The memory of the machine or of its container, and MongoDB's share of it."""

import os
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from launch import open_servers
from launch.memory import usable_memory
from launch.mongod import cache_gb_for
from settings import Settings

MACHINE = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
GIB, MIB = 2**30, 2**20


@pytest.mark.parametrize(
    ("line", "files", "expected"),
    [
        ("0::/a/b", {"a/b/memory.max": 300 * MIB}, 300 * MIB),
        ("0::/a/b", {"a/b/memory.max": "max", "a/memory.max": 200 * MIB, "memory.max": 400 * MIB}, 200 * MIB),
        ("0::/outside", {"memory.max": 100 * MIB}, 100 * MIB),
        ("4:cpu,memory:/a", {"memory/a/memory.limit_in_bytes": 300 * MIB}, 300 * MIB),
        ("4:memory:/outside", {"memory/memory.limit_in_bytes": 100 * MIB}, 100 * MIB),
        ("4:memory:/", {"memory/memory.limit_in_bytes": 2**63 - 4096}, MACHINE),
        ("3:cpu:/a", {"memory/a/memory.limit_in_bytes": 100 * MIB}, MACHINE),
        ("0::/", {}, MACHINE),
        ("0::/../a", {"memory.max": "max"}, MACHINE),
    ],
)
def test_the_lowest_limit_of_a_container_counts(
    tmp_path: Path, line: str, files: dict[str, object], expected: int
) -> None:
    mounted, groups = tmp_path / "cgroup", tmp_path / "groups"
    groups.write_text(f"{line}\n2:freezer:/\n")
    for name, limit in files.items():
        (mounted / name).parent.mkdir(parents=True, exist_ok=True)
        (mounted / name).write_text(f"{limit}\n")
    assert usable_memory(groups=groups, mounted=mounted) == expected


def test_another_system_has_no_groups(tmp_path: Path) -> None:
    assert usable_memory(groups=tmp_path / "none") == MACHINE


@pytest.mark.parametrize(
    ("memory", "cache"), [(GIB // 4, 0.25), (GIB, 0.25), (2 * GIB, 0.5), (6 * GIB, 1.5), (64 * GIB, 4.0)]
)
def test_the_cache_is_a_quarter_of_the_memory_within_bounds(memory: int, cache: float) -> None:
    assert cache_gb_for(memory) == cache


def test_the_embedded_mongod_gets_its_share(settings: Settings) -> None:
    with (
        open_servers(settings, say=lambda _: None) as filled,
        MongoClient[dict[str, Any]](filled.mongodb_url) as client,
    ):
        limit = client.admin.command("serverStatus")["wiredTiger"]["cache"]["maximum bytes configured"]
    assert limit == pytest.approx(cache_gb_for(usable_memory()) * GIB, rel=0.01)
