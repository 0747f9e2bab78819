import socket
from collections.abc import Iterator

import pytest

from launch import LaunchError
from launch.checks import check_ports, check_servers, without_password
from launch.ports import free_port
from settings import Settings


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        yield listener.getsockname()[1]


def test_a_port_in_use_names_the_variable(settings: Settings, taken: int) -> None:
    with pytest.raises(LaunchError, match=f"^PORT {taken} on 127.0.0.1 is in use"):
        check_ports(settings.replace(port=taken))
    with pytest.raises(LaunchError, match=f"^FLOWER_PORT {taken} on 127.0.0.1 is in use"):
        check_ports(settings.replace(port=free_port(), flower_port=taken))
    for name in ("admin_port", "worker_admin_port"):
        with pytest.raises(LaunchError, match=f"^{name.upper()} {taken} on 127.0.0.1 is in use"):
            check_ports(settings.replace(port=free_port(), flower_port=free_port()).replace(**{name: taken}))


def test_one_port_for_two_names_both_variables(settings: Settings) -> None:
    with pytest.raises(LaunchError, match=r"^PORT and FLOWER_PORT"):
        check_ports(settings.replace(port=8000, flower_port=8000))
    one, other, both = free_port(), free_port(), free_port()
    with pytest.raises(LaunchError, match=r"^ADMIN_PORT and WORKER_ADMIN_PORT"):
        check_ports(settings.replace(port=one, flower_port=other, admin_port=both, worker_admin_port=both))


def test_a_host_of_another_machine_names_the_variable(settings: Settings) -> None:
    with pytest.raises(LaunchError, match=r"^HOST 192\.0\.2\.1 is not an address of this machine"):
        check_ports(settings.replace(host="192.0.2.1"))


def test_an_unreachable_redis_names_the_variable_and_no_password(settings: Settings) -> None:
    port = free_port()
    with pytest.raises(LaunchError, match=f"^REDIS_URL redis://127.0.0.1:{port}/0 does not answer") as raised:
        check_servers(settings.replace(redis_url=f"redis://me:secret@127.0.0.1:{port}/0"))
    assert "secret" not in str(raised.value)


def test_an_unreachable_mongodb_names_the_variable_and_no_password(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("launch.checks.ANSWER_SECONDS", 0.2)
    port = free_port()
    with pytest.raises(LaunchError, match=f"^MONGODB_URL mongodb://127.0.0.1:{port}/ does not answer") as raised:
        check_servers(settings.replace(mongodb_url=f"mongodb://me:secret@127.0.0.1:{port}/?tls=false"))
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("password", ["secret", "sec@ret", "sec/ret", "sec?ret", "sec#ret"])
def test_no_password_is_shown(password: str) -> None:
    assert without_password(f"redis://me:{password}@host:1/0?option=1") == "redis://host:1/0"
