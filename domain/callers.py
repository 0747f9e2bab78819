"""Who asks, as far as the connection tells: enough to count and to label by, never to decide who it is."""

import hashlib
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address

MAX_NAME = 45  # of an address that is none, from a proxy that says so
ORIGIN_CHARACTERS = 32

# In this order: most browsers also call themselves by the names further down.
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
    address: str = UNKNOWN  # as `client_address` gives it
    client: str = UNKNOWN  # as `client_label` gives it

    def login_origin(self, alias_key: str) -> str:
        """The address as seen from one account: the same address is another place to each of them."""
        return hashlib.sha256(f"{alias_key} {self.address}".encode()).hexdigest()[:ORIGIN_CHARACTERS]


def client_address(host: str) -> str:
    """What counts as one client: an IPv4 address, or a /64 of IPv6, of which a household has one at least."""
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
    """`Firefox on Linux`: one of a few dozen labels, whatever the header says."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), None)
    system = next((name for mark, name in _SYSTEMS.items() if mark in user_agent), None)
    return f"{browser} on {system}" if browser and system else browser or system or UNKNOWN
