"""The caller as seen from its connection. Used for rate limits and session labels, never for authentication."""

import hashlib
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address

MAX_NAME = 45  # characters kept of a proxy's client address that is no IP address
ORIGIN_CHARACTERS = 32

# The order matters: most browsers also send the names that stand further down.
_BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "Chrome/": "Chrome",
    "CriOS/": "Chrome",
    "Safari/": "Safari",
    "curl/": "curl",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iOS",
    "iPad": "iOS",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}
UNKNOWN = "Unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    address: str = UNKNOWN  # the result of `client_address`
    client: str = UNKNOWN  # the result of `client_label`

    def login_origin(self, alias_key: str) -> str:
        """Return a hash of account and address. The same address has another hash for each account."""
        return hashlib.sha256(f"{alias_key} {self.address}".encode()).hexdigest()[:ORIGIN_CHARACTERS]


def client_address(host: str) -> str:
    """Return the address to count by: an IPv4 address, or the /64 network of an IPv6 address.

    A household has at least one /64 network of its own.
    """
    try:
        address = ip_address(host)
    except ValueError:
        return host[:MAX_NAME]
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), 64), strict=False))


def client_label(user_agent: str) -> str:
    """Return a label such as `Firefox on Linux`. Any header yields one of a few dozen labels."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), None)
    system = next((name for mark, name in _SYSTEMS.items() if mark in user_agent), None)
    return f"{browser} on {system}" if browser and system else browser or system or UNKNOWN
