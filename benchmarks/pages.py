"""Requests and times one page of a feed, as the web client reads it."""

from time import perf_counter

from benchmarks.client import Connection, data_of

PAGE = """{ feed(first: 20) {
  edges { cursor node { id text createdAt author { id alias firstName lastName imageUrl } } }
  pageInfo { hasNextPage endCursor }
} }"""
# All that the web client selects, the same without what came after conversations, and what it selected before these.
# The fragments are those of web/src.
_AVATAR = "fragment AvatarOf on User { alias firstName lastName imageUrl imageSrcset }"
_AUTHOR = "author { id alias firstName lastName isViewer isCelebrity ...AvatarOf }"
_CARD = f"segments {{ kind text alias url }} {_AUTHOR} delivery {{ state targets delivered }}"
_ACTS = "likedByViewer bookmarkedByViewer replyCount repostCount likeCount"
_PICTURES = "media { ...PictureOf }"
_PICTURE = "fragment PictureOf on Media { id url srcset width height alt placeholder }"
CLIENT_PAGE = f"""
  {_AVATAR}
  {_PICTURE}
  fragment QuotedPost on Post {{
    id createdAt segments {{ text }} {_PICTURES} author {{ id alias firstName lastName ...AvatarOf }}
  }}
  fragment PostCard on Post {{
    id createdAt repostedByViewer {_ACTS} repliesTo {{ id alias }} quote {{ hiddenBecause post {{ id ...QuotedPost }} }}
    segments {{ kind text alias url tag }} {_AUTHOR} {_PICTURES} delivery {{ state targets delivered }}
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
CLIENT_PAGE_OF_CONVERSATIONS = CLIENT_PAGE
for _later in (_ACTS, _PICTURES, _PICTURE):
    CLIENT_PAGE_OF_CONVERSATIONS = CLIENT_PAGE_OF_CONVERSATIONS.replace(_later, "")
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
