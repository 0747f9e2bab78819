"""The mutations that clients over HTTP send. Each answers its `__typename`, and its ids are variables."""

CREATE_POST = """mutation ($text: String!, $replyTo: ID, $quote: ID, $key: String) {
  createPost(input: {text: $text, replyTo: $replyTo, quote: $quote, idempotencyKey: $key}) {
    __typename ... on PostCreated { post { id } } } }"""
DELETE_POST = "mutation ($post: ID!) { deletePost(input: {id: $post}) { __typename } }"
REPOST = "mutation ($post: ID!) { repost(input: {postId: $post}) { __typename } }"
UNDO_REPOST = "mutation ($post: ID!) { undoRepost(input: {postId: $post}) { __typename } }"
LIKE = "mutation ($post: ID!) { like(input: {postId: $post}) { __typename } }"
UNLIKE = "mutation ($post: ID!) { unlike(input: {postId: $post}) { __typename } }"
FOLLOW = "mutation ($user: ID!) { follow(input: {userId: $user}) { __typename } }"
UNFOLLOW = "mutation ($user: ID!) { unfollow(input: {userId: $user}) { __typename } }"
UPDATE_FOLLOW = """mutation ($user: ID!, $reposts: Boolean, $inFeed: Boolean) {
  updateFollow(input: {userId: $user, showsReposts: $reposts, isInFeed: $inFeed}) { __typename } }"""
MUTE = "mutation ($user: ID!, $until: DateTime) { mute(input: {userId: $user, until: $until}) { __typename } }"
UNMUTE = "mutation ($user: ID!) { unmute(input: {userId: $user}) { __typename } }"
BLOCK = "mutation ($user: ID!) { block(input: {userId: $user}) { __typename } }"
UNBLOCK = "mutation ($user: ID!) { unblock(input: {userId: $user}) { __typename } }"
