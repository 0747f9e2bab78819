"""Embedded servers have no passwords, so they listen on loopback only."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

import pytest

from launch import Server, start_mongod, start_redis

LISTENING = "0A"  # the kernel's number of the LISTEN state
TABLES: dict[str, Callable[[bytes], IPv4Address | IPv6Address]] = {"tcp": IPv4Address, "tcp6": IPv6Address}


def listening_addresses(pid: int) -> list[IPv4Address | IPv6Address]:
    """Return the addresses on which a process listens for TCP connections, read from /proc."""
    inodes = set()
    for file in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = str(file.readlink())
        except FileNotFoundError:  # closed meanwhile
            continue
        if target.startswith("socket:["):
            inodes.add(target[8:-1])
    found: list[IPv4Address | IPv6Address] = []
    for table, kind in TABLES.items():
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            columns = line.split()
            if columns[3] == LISTENING and columns[9] in inodes:
                words = bytes.fromhex(columns[1].partition(":")[0])  # words of 32 bits in the machine's byte order
                parts = [words[place : place + 4][::-1] for place in range(0, len(words), 4)]
                found.append(kind(b"".join(parts)))
    return found


@pytest.mark.parametrize("start", [start_mongod, start_redis])
def test_an_embedded_server_listens_on_loopback_only(start: Callable[[Path], Server], tmp_path: Path) -> None:
    server = start(tmp_path)
    try:
        addresses = listening_addresses(server.pid)
    finally:
        server.kill()
    assert addresses
    assert all(address.is_loopback for address in addresses)
