"""Asks a web process over its public port whether it is ready, for the admin port."""

import http.client

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound
ANSWER_WITHIN_S = 5.0
MAX_ANSWER_BYTES = 1_000


def web_is_ready(host: str, port: int, *, token: str) -> tuple[bool, str]:
    """Return whether a web process that listens there is ready, and the details that it gives for the token."""
    connection = http.client.HTTPConnection(EVERYWHERE.get(host, host), port, timeout=ANSWER_WITHIN_S)
    try:
        connection.request("GET", "/readyz", headers={"authorization": f"Bearer {token}"} if token else {})
        answer = connection.getresponse()
        text = answer.read(MAX_ANSWER_BYTES).decode(errors="replace")
        return answer.status == http.HTTPStatus.OK, text
    except (OSError, http.client.HTTPException) as error:
        return False, f"no web process answers: {type(error).__name__}"
    finally:
        connection.close()
