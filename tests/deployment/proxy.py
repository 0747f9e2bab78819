"""nginx with TLS in front of the web processes, with the shipped configuration."""

import ssl
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from launch.ports import free_port
from launch.servers import dies_with_parent
from tests.pipeline.nginx import AROUND, SHIPPED, filled, nginx_binary
from tests.servers import Certificates
from tests.waiting import wait_for


@dataclass(frozen=True, slots=True)
class Proxy:
    port: int
    authority: Path

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.authority))


@contextmanager
def proxy(directory: Path, ports: Sequence[int], certificates: Certificates) -> Iterator[Proxy]:
    directory.mkdir()
    port = free_port()
    encrypted = (
        f"    listen 127.0.0.1:{port} ssl;\n    ssl_certificate {certificates.certificate};\n"
        f"    ssl_certificate_key {certificates.key};\n"
    )
    plain = f"    listen 127.0.0.1:{port};\n"
    shipped = filled(SHIPPED.read_text(), port, ports)
    assert shipped.count(plain) == 1
    (directory / "tweeter.conf").write_text(shipped.replace(plain, encrypted))
    (directory / "nginx.conf").write_text(AROUND.format(directory=directory))
    command = [nginx_binary(), "-p", str(directory), "-c", str(directory / "nginx.conf")]
    command += ["-e", str(directory / "error.log")]
    started = Proxy(port, certificates.authority)
    running = dies_with_parent([*command, "-g", "daemon off;"])
    child = subprocess.Popen(running, stdin=subprocess.DEVNULL, start_new_session=True)

    def listens() -> bool:
        assert child.poll() is None, (directory / "error.log").read_text()
        with suppress(httpx.TransportError):
            return httpx.get(started.url, verify=started.trust()).status_code > 0
        return False

    try:
        wait_for(listens)
        yield started
    finally:
        child.terminate()
        child.wait(30)
