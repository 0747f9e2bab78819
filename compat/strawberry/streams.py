"""Strawberry's streams of results over plain HTTP.

Why: these are its encodings of graphql-sse and of Apollo's multipart protocol, and the heartbeat of a silent stream.
The documented way (`subscription_protocols`) gives the request to Strawberry's own view, which has neither our statuses
nor our bounds.
Upstream: https://github.com/strawberry-graphql/strawberry/blob/0.341.2/strawberry/http/streaming.py, and
https://github.com/strawberry-graphql/strawberry/releases/tag/0.319.0, where transports may be made for `Schema.stream`.
Tried with: strawberry-graphql 0.341.2.
"""

from strawberry.http import GraphQLHTTPResponse
from strawberry.http.streaming import (
    HTTPStreamTransport,
    MultipartSubscriptionTransport,
    SSETransport,
    merge_stream_with_heartbeat,
)

__all__ = [
    "GraphQLHTTPResponse",
    "HTTPStreamTransport",
    "MultipartSubscriptionTransport",
    "SSETransport",
    "merge_stream_with_heartbeat",
]
