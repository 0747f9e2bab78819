import http.client
from threading import Event

from settings import Settings

POLL_SECONDS = 0.2
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound


def address(settings: Settings) -> str:
    """Return the address of the web client for a browser on this machine."""
    return f"http://{_bracketed(_reached_at(settings.host))}:{settings.port}"


def banner(settings: Settings) -> str:
    web = address(settings)
    return f"""
Tweeter is ready. Stop it with Ctrl-C.
  web client   {web}/
  GraphQL      {web}/graphql
  Flower       http://127.0.0.1:{settings.flower_port}/
"""


def wait_for_health(settings: Settings, given_up: Event) -> bool:
    """Wait for /healthz. Return whether it answered before `given_up` was set."""
    while not given_up.wait(POLL_SECONDS):
        # Not urllib, which would use a proxy of the environment.
        connection = http.client.HTTPConnection(_reached_at(settings.host), settings.port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return True
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
    return False


def _reached_at(host: str) -> str:
    return _EVERYWHERE.get(host, host)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
