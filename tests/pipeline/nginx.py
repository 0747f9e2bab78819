"""A real nginx in front of web processes, with the shipped configuration."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from launch.ports import free_port
from launch.servers import dies_with_parent
from tests.lacking import lacking
from tests.pipeline.stack import ROOT
from tests.waiting import wait_for

SHIPPED = ROOT / "deploy" / "nginx.conf"
AROUND = """
pid {directory}/nginx.pid;
worker_processes 2;
events {{}}
http {{
    access_log off;
    client_body_temp_path {directory}/body;
    proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    include {directory}/tweeter.conf;
}}
"""


@contextmanager
def nginx(directory: Path, ports: Sequence[int]) -> Iterator[str]:
    """Start an nginx for web processes at two ports, and yield its address. Skip the test if nginx is missing."""
    port = free_port()
    (directory / "tweeter.conf").write_text(filled(SHIPPED.read_text(), port, ports))
    (directory / "nginx.conf").write_text(AROUND.format(directory=directory))
    log = directory / "error.log"
    command = [
        nginx_binary(),
        "-p",
        str(directory),
        "-c",
        str(directory / "nginx.conf"),
        "-e",
        str(log),
        "-g",
        "daemon off;",
    ]
    child = subprocess.Popen(dies_with_parent(command), stdin=subprocess.DEVNULL, start_new_session=True)
    url = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        assert child.poll() is None, log.read_text()
        with suppress(httpx.TransportError):
            return httpx.get(f"{url}/healthz").status_code == 200
        return False

    try:
        wait_for(answers)
        yield url
    finally:
        child.terminate()
        child.wait(30)


def nginx_binary() -> str:
    """Return the program. Skip the test if it is missing."""
    binary = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if binary is None:
        lacking("no nginx in /usr/sbin: apt install nginx-light")
    return binary


def filled(shipped: str, port: int, ports: Sequence[int]) -> str:
    """Return the shipped configuration, with only addresses replaced."""
    servers = iter(ports)
    text, replaced = re.subn(r"server 127\.0\.0\.1:\d+", lambda _: f"server 127.0.0.1:{next(servers)}", shipped)
    assert replaced == len(ports)
    text, listens = re.subn(r"^    listen 80;", f"    listen 127.0.0.1:{port};", text, flags=re.MULTILINE)
    assert listens == 1
    return text
