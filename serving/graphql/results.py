"""The results of operations as JSON, bounded in bytes.

Prices bound what an answer costs in time. They cannot bound its bytes: a text has up to 8 KiB, and most have 100 bytes.
"""

from collections.abc import Mapping
from typing import Any

import orjson
from strawberry.types import ExecutionResult

from serving.graphql.negotiation import content_of

MAX_ANSWER_BYTES = 4 * 1024 * 1024  # 100 posts of the longest texts with all that they have take 2.7 MiB

MESSAGE = (
    f"The answer is larger than {MAX_ANSWER_BYTES // 1024**2} MiB and is not sent. The operation was executed, "
    "so a mutation has made its change. Ask for fewer items or fields, or in several requests."
)
TOO_LARGE: Mapping[str, Any] = {
    "errors": [{"message": MESSAGE, "extensions": {"code": "BAD_USER_INPUT"}}],
    "data": None,
}


def encode_result(result: ExecutionResult) -> bytes:
    """Return the answer to a request: the result, or if that is larger than MAX_ANSWER_BYTES, an error."""
    encoded = orjson.dumps(content_of(result))
    return encoded if len(encoded) <= MAX_ANSWER_BYTES else orjson.dumps(TOO_LARGE)


def bounded_content(result: ExecutionResult) -> Mapping[str, Any]:
    """Return what `encode_result` encodes, for an envelope that is encoded as a whole."""
    content = content_of(result)
    return content if len(orjson.dumps(content)) <= MAX_ANSWER_BYTES else TOO_LARGE


def encode_message(message: Mapping[str, object]) -> str:
    """Return a message of graphql-transport-ws, with an error for its payload if it is larger than MAX_ANSWER_BYTES."""
    encoded = orjson.dumps(message)
    return (encoded if len(encoded) <= MAX_ANSWER_BYTES else orjson.dumps({**message, "payload": TOO_LARGE})).decode()
