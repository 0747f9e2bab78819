"""Checks of this machine: open files, the data directory, and settings that are unsafe in production."""

import os
import shutil
from collections.abc import Iterator
from ipaddress import ip_address
from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit

from launch.doctor.findings import Finding, failed, ok, warning
from settings import Settings

FILES_PER_CONNECTION = 2  # a connection, and one to a server that it may wait for
FREE_SHARE = 0.1  # of a disk


def check_files(settings: Settings) -> Iterator[Finding]:
    _, hard = getrlimit(RLIMIT_NOFILE)
    needed = FILES_PER_CONNECTION * settings.max_connections
    if hard != RLIM_INFINITY and hard < needed:
        advice = f"raise the limit of open files to {needed:,} (ulimit -n, or LimitNOFILE), or lower MAX_CONNECTIONS"
        yield warning("open files", f"at most {hard:,} may be open", advice)
    else:
        yield ok("open files", f"enough for {settings.max_connections:,} connections")


def check_directory(settings: Settings) -> Iterator[Finding]:
    directory = settings.data_dir.absolute()
    existing = next(each for each in (directory, *directory.parents) if each.exists())
    if not os.access(existing, os.W_OK | os.X_OK):
        yield failed("DATA_DIR", f"{directory} cannot be written", "let the user of the processes write there")
        return
    usage = shutil.disk_usage(existing)
    if usage.free < FREE_SHARE * usage.total:
        text = f"{usage.free / 2**30:.1f} GiB of the disk of {directory} are free"
        yield warning("DATA_DIR", text, "free space: an embedded mongod ends when its disk is full")
    else:
        yield ok("DATA_DIR", f"{directory} can be written")


def check_settings(settings: Settings) -> Iterator[Finding]:
    if settings.rate_limits == "off":
        yield warning("RATE_LIMITS", "no request is limited", "leave RATE_LIMITS out, unless this is a test")
    if not _is_loopback(settings.host) and not settings.trusted_proxies:
        advice = (
            "name the proxy in TRUSTED_PROXIES, or listen on 127.0.0.1: HTTP without TLS shows tokens to the network"
        )
        yield warning("HOST", f"{settings.host} is reached without a proxy", advice)
    if not settings.metrics_token:
        text = "metrics and details of readiness are shown to programs of this machine alone"
        yield ok("METRICS_TOKEN", text)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
