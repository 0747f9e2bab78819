"""Binds the addresses of the web process, in the same way for one process and for several.

uvicorn binds differently: one process gets every address of a host name but no IPv4 on `::`; several processes get one
address, with IPv4 on `::`.
"""

import errno
import socket
import sys
from contextlib import ExitStack
from dataclasses import dataclass

from domain.errors import OperatorError

_NOT_OURS = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


class AddressError(OperatorError):
    """The address cannot be listened on. The message names the variable to change."""


@dataclass(frozen=True, slots=True)
class Bound:
    """Sockets that are bound but do not listen yet, so connections are refused until the server is ready."""

    sockets: list[socket.socket]
    claims: list[socket.socket]

    def __enter__(self) -> list[socket.socket]:
        return self.sockets

    def __exit__(self, *_: object) -> None:
        for each in (*self.sockets, *self.claims):
            each.close()


def bind(host: str, port: int, *, port_variable: str = "PORT") -> Bound:
    """Bind every address of the host until the end of the context. `::` means all addresses, IPv4 included.

    Raises:
        AddressError: The host is not an address of this machine, or the port is in use.
    """
    strange = AddressError(f"HOST {host} is not an address of this machine")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):  # a label of the host name is empty or too long
        raise strange from None
    bound = Bound([], [])
    with ExitStack() as undo:
        undo.push(bound)
        for family, _, _, _, address in dict.fromkeys(found):
            try:
                bound.sockets.append(_bind(family, address))
                bound.claims.extend(_claim(address))
            except OSError as error:
                if error.errno in _NOT_OURS:
                    continue  # `localhost` names ::1 even on a machine without IPv6
                raise AddressError(
                    f"{port_variable} {port} on {host} is in use or not allowed: set {port_variable} to another port"
                ) from None
        if not bound.sockets:
            raise strange
        undo.pop_all()
    return bound


def check(host: str, port: int, *, port_variable: str = "PORT") -> None:
    """Bind and release the addresses.

    Raises:
        AddressError: They cannot be bound.
    """
    with bind(host, port, port_variable=port_variable):
        pass


def _bind(family: int, address: tuple[object, ...]) -> socket.socket:
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # allows ports in TIME_WAIT
        if family == socket.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, int(address[0] != "::"))
        bound.bind(address)
    except BaseException:
        bound.close()
        raise
    return bound


def _claim(address: tuple[object, ...]) -> list[socket.socket]:
    """Claim the port with an abstract socket name, which the kernel gives to one process until it ends.

    Two sockets with SO_REUSEADDR may both be bound to a port while neither listens. Without the claim, a second server
    would fail only when it is ready. Only Linux has such names.
    """
    if sys.platform != "linux":
        return []
    claim = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        claim.bind(f"\0tweeter-web {address[0]} {address[1]}")
    except BaseException:
        claim.close()
        raise
    return [claim]
