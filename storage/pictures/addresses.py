"""Addresses of stores of pictures: `s3://[KEY:SECRET@]BUCKET[/PREFIX]?endpoint=…&region=…`."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

FORM = "s3://bucket?endpoint=https://host&region=name"
OPTIONS = ("endpoint", "region")

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")  # as Amazon S3 restricts new ones
_REGION = re.compile(r"[a-z0-9-]{1,40}")


@dataclass(frozen=True, slots=True)
class S3Address:
    """Without a key, the credentials are those of the usual variables or of the machine. Without an endpoint, it is
    Amazon S3.
    """

    bucket: str
    prefix: str = ""
    endpoint: str | None = None
    region: str | None = None
    key: str | None = field(default=None, repr=False)
    secret: str | None = field(default=None, repr=False)


def check_media_store(url: str) -> str:
    """Return the address unchanged.

    Raises:
        ValueError: It cannot be used. The message completes "MEDIA_STORE must be", and quotes names of options only.
    """
    parse_media_store(url)
    return url


def parse_media_store(url: str) -> S3Address:
    """Return what the address says.

    Raises:
        ValueError: It is malformed.
    """
    try:
        parts = urlsplit(url)
        is_plain = parts.port is None and not parts.fragment and parts.hostname is not None
    except ValueError:
        is_plain = False
    if not is_plain or not url.startswith("s3://"):
        raise ValueError(f"empty, or an address such as {FORM}")
    given = parse_qs(parts.query, keep_blank_values=True)
    if unknown := next((name for name in given if name not in OPTIONS), None):
        raise ValueError(f"an address without the option {unknown[:40]!r}, which is none of {', '.join(OPTIONS)}")
    options = {name: values[0] for name, values in given.items()}
    bucket = parts.netloc.rpartition("@")[2]
    if not _BUCKET.fullmatch(bucket):
        raise ValueError("an address whose bucket has 3 to 63 lower-case letters, digits, dots and hyphens")
    if (parts.username is None) is not (parts.password is None):
        raise ValueError("an address with both a key and a secret, percent-encoded, or with neither")
    if not _is_origin(options.get("endpoint", "https://host")):
        raise ValueError("an address whose endpoint begins with https:// or http:// and has a host")
    if not _REGION.fullmatch(options.get("region", "none")):
        raise ValueError("an address whose region is a name such as eu-central-1")
    return S3Address(
        bucket=bucket,
        prefix=parts.path.strip("/"),
        endpoint=options.get("endpoint"),
        region=options.get("region"),
        key=None if parts.username is None else unquote(parts.username),
        secret=None if parts.password is None else unquote(parts.password),
    )


def _is_origin(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc and not parts.query
        )
    except ValueError:
        return False
