"""A server of the S3 protocol from npm, and addresses of its buckets."""

import socket
from pathlib import Path

from launch import Server
from launch.servers import start_server
from storage.pictures.addresses import parse_media_store
from storage.pictures.s3 import open_bucket
from tests.lacking import lacking
from tests.node import node

BUCKET = "pictures"
KEY = "S3RVER"  # the server knows this one account
START_SECONDS = 60.0

S3RVER = Path(__file__).parent / "clients" / "node_modules" / "s3rver" / "bin" / "s3rver.js"


def start_s3(directory: Path) -> Server:
    """Start the server with an empty bucket. Its url is that of the endpoint."""
    if not S3RVER.is_file():
        lacking("tests/clients/node_modules is not installed: make clients")

    def program(directory: Path, port: int) -> list[str]:
        files = directory / "files"
        files.mkdir(exist_ok=True)
        options = ("--address", "127.0.0.1", "--port", str(port), "--silent", "--configure-bucket", BUCKET)
        return [node(), str(S3RVER), "--directory", str(files), *options]

    return start_server(
        "s3rver",
        directory=directory,
        url="http://127.0.0.1:{port}",
        port=None,
        program=program,
        answers=lambda server: _is_open(server.port),
        seconds=START_SECONDS,
    )


def media_store(endpoint: str, *, bucket: str = BUCKET, prefix: str = "", key: str = KEY, secret: str = KEY) -> str:
    """Return the value of MEDIA_STORE for a bucket at the endpoint."""
    return f"s3://{key}:{secret}@{bucket}{prefix}?endpoint={endpoint}&region=us-east-1"


async def empty_bucket(address: str) -> None:
    bucket = open_bucket(parse_media_store(address))
    paths = [one["path"] for one in await bucket.list().collect_async()]
    if paths:
        await bucket.delete_async(paths)


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
