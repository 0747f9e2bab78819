import errno
import socket
from pathlib import Path

_TAKEN = (errno.EADDRINUSE, errno.EACCES)


def is_free(port: int) -> bool:
    """Return whether a server could listen on the port of loopback now.

    Raises:
        OSError: The check failed for another reason than a port in use.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # allows ports in TIME_WAIT, as servers do
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)  # two sockets with SO_REUSEADDR may both bind, but not listen
        except OSError as error:
            if error.errno in _TAKEN:
                return False
            raise
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def remembered_port(file: Path) -> int:
    """Return the port in the file if it is still free, so that addresses survive restarts, or else any free port."""
    try:
        port = int(file.read_text())
    except (OSError, ValueError):
        return free_port()
    return port if 0 < port < 65536 and is_free(port) else free_port()
