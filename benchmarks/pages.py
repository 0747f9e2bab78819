"""Requests and times one page of a feed, as the web client reads it."""

from time import perf_counter

from benchmarks.client import Connection, data_of

PAGE = """{ feed(first: 20) {
  edges { cursor node { id text createdAt author { id alias firstName lastName imageUrl } } }
  pageInfo { hasNextPage endCursor }
} }"""
# All that the web client selects. The fragments are those of web/src.
CLIENT_PAGE = """
  fragment AvatarOf on User { alias firstName lastName imageUrl imageSrcset }
  fragment QuotedPost on Post {
    id createdAt segments { text } author { id alias firstName lastName ...AvatarOf }
  }
  fragment PostCard on Post {
    id createdAt repostedByViewer repliesTo { id alias } quote { hiddenBecause post { id ...QuotedPost } }
    segments { kind text alias url }
    author { id alias firstName lastName isViewer isCelebrity ...AvatarOf }
    delivery { state targets delivered }
  }
  fragment RepostLineOf on Repost { createdAt user { id alias firstName lastName isViewer } }
  { feed(first: 20) {
    edges {
      cursor
      node { id createdAt ...PostCard }
      repost { createdAt ...RepostLineOf }
    }
    pageInfo { hasNextPage endCursor }
  } }"""
PAGE_SIZE = 20


async def time_page(connection: Connection, request: bytes) -> float:
    """Return the seconds that reading a full page takes.

    Raises:
        RuntimeError: The page is not full.
    """
    began = perf_counter()
    body = await connection.send(request)
    seconds = perf_counter() - began
    if len(data_of(body)["feed"]["edges"]) != PAGE_SIZE:
        raise RuntimeError("the page is not full")
    return seconds
