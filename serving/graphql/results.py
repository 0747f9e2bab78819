"""Encodes results of operations as JSON of bounded size.

Prices bound the time that an answer costs. They cannot bound its size, since a text has up to 8 KiB but usually 100
bytes.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import orjson
from strawberry.types import ExecutionResult

from serving.graphql.negotiation import content_of

MAX_ANSWER_BYTES = 4 * 1024 * 1024  # 100 posts of the longest texts with all their fields take 2.7 MiB

# Takes the operation's name, the codes of the errors, and the seconds that the answer took; None for streams.
NoteAnswer = Callable[[str, Collection[str], float | None], None]

MESSAGE = (
    f"The answer is larger than {MAX_ANSWER_BYTES // 1024**2} MiB and is not sent. The operation was executed, "
    "so a mutation has made its change. Ask for fewer items or fields, or in several requests."
)
TOO_LARGE: Mapping[str, Any] = {
    "errors": [{"message": MESSAGE, "extensions": {"code": "BAD_USER_INPUT"}}],
    "data": None,
}


def codes_of(result: ExecutionResult) -> set[str]:
    """Return the codes of the errors of the result."""
    return {str((error.extensions or {}).get("code", "INTERNAL")) for error in result.errors or ()}


def encode_result(result: ExecutionResult) -> bytes:
    """Return the result as JSON, or an error if that is larger than MAX_ANSWER_BYTES."""
    encoded = orjson.dumps(content_of(result))
    return encoded if len(encoded) <= MAX_ANSWER_BYTES else orjson.dumps(TOO_LARGE)


def bounded_content(result: ExecutionResult) -> Mapping[str, Any]:
    """Return the content that `encode_result` encodes, for an envelope that is encoded as a whole."""
    content = content_of(result)
    return content if len(orjson.dumps(content)) <= MAX_ANSWER_BYTES else TOO_LARGE


def encode_message(message: Mapping[str, object]) -> str:
    """Return a message of graphql-transport-ws. If it is larger than MAX_ANSWER_BYTES, its payload is an error."""
    encoded = orjson.dumps(message)
    return (encoded if len(encoded) <= MAX_ANSWER_BYTES else orjson.dumps({**message, "payload": TOO_LARGE})).decode()
