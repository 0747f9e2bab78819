"""The address by which a client is counted, and its label."""

import pytest

from domain.callers import UNKNOWN, Caller, client_address, client_label

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Safari/604.1"
CHROME = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("", ""),
        ("x" * 1_000, "x" * 45),
        ("192.0.2.7:80", "192.0.2.7:80"),
    ],
)
def test_a_client_is_an_ipv4_address_or_an_ipv6_network(host: str, address: str) -> None:
    assert client_address(host) == address


@pytest.mark.parametrize(
    ("user_agent", "label"),
    [
        (FIREFOX, "Firefox on Linux"),
        (EDGE, "Edge on Windows"),
        (SAFARI, "Safari on iOS"),
        (CHROME, "Chrome on Android"),
        ("curl/8.5.0", "curl"),
        ("Something (Macintosh; Mac OS X)", "macOS"),
        ("", UNKNOWN),
        ("<script>alert(1)</script>" * 1_000, UNKNOWN),
    ],
)
def test_a_client_is_labelled_by_browser_and_system(user_agent: str, label: str) -> None:
    assert client_label(user_agent) == label


def test_a_login_origin_belongs_to_one_account_and_one_address() -> None:
    here, there = Caller(address="192.0.2.7"), Caller(address="192.0.2.8")
    assert here.login_origin("ann") == Caller(address="192.0.2.7").login_origin("ann")
    assert len({here.login_origin("ann"), here.login_origin("bob"), there.login_origin("ann")}) == 3
