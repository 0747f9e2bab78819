"""Requests and times one page of a feed, as the web client reads it."""

from time import perf_counter

from benchmarks.client import Connection, data_of

PAGE = """{ feed(first: 20) {
  edges { cursor node { id text createdAt author { id alias firstName lastName imageUrl } } }
  pageInfo { hasNextPage endCursor }
} }"""
# All that the web client selects, and all that it selected before there were conversations. The fragments are those of
# web/src.
_AVATAR = "fragment AvatarOf on User { alias firstName lastName imageUrl imageSrcset }"
_AUTHOR = "author { id alias firstName lastName isViewer isCelebrity ...AvatarOf }"
_CARD = f"segments {{ kind text alias url }} {_AUTHOR} delivery {{ state targets delivered }}"
CLIENT_PAGE = f"""
  {_AVATAR}
  fragment QuotedPost on Post {{
    id createdAt segments {{ text }} author {{ id alias firstName lastName ...AvatarOf }}
  }}
  fragment PostCard on Post {{
    id createdAt repostedByViewer repliesTo {{ id alias }} quote {{ hiddenBecause post {{ id ...QuotedPost }} }}
    {_CARD}
  }}
  fragment RepostLineOf on Repost {{ createdAt user {{ id alias firstName lastName isViewer }} }}
  {{ feed(first: 20) {{
    edges {{
      cursor
      node {{ id createdAt ...PostCard }}
      repost {{ createdAt ...RepostLineOf }}
    }}
    pageInfo {{ hasNextPage endCursor }}
  }} }}"""
CLIENT_PAGE_WITH_COUNTS = CLIENT_PAGE.replace(
    "repostedByViewer", "repostedByViewer likedByViewer bookmarkedByViewer likeCount replyCount repostCount quoteCount"
)
CLIENT_PAGE_BEFORE = f"""
  {_AVATAR}
  fragment PostCard on Post {{ id createdAt {_CARD} }}
  {{ feed(first: 20) {{
    edges {{ cursor node {{ id createdAt ...PostCard }} }}
    pageInfo {{ hasNextPage endCursor }}
  }} }}"""
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
