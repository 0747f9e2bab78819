"""The page of a feed that is read again and again, as a client asks for it."""

PAGE = """{ feed(first: 20) {
  edges { cursor node { id text createdAt author { id alias firstName lastName imageUrl } } }
  pageInfo { hasNextPage endCursor }
} }"""
PAGE_SIZE = 20
