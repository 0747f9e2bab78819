"""Looks up several accounts and posts by their ids."""

from collections.abc import Collection as Ids
from dataclasses import dataclass

from domain.pages import MAX_PAGE
from domain.records import Post, User
from resolvers.context import Context
from resolvers.visibility import see


@dataclass(frozen=True, slots=True)
class Nodes:
    """The accounts that exist and the posts that the viewer may see, by id."""

    posts: dict[int, Post]
    users: dict[int, User]


async def find_nodes(context: Context, *, posts: Ids[int], users: Ids[int], with_authors: bool) -> Nodes:
    """Return the nodes with these ids, at most MAX_PAGE. With `with_authors`, `users` includes the posts' authors.

    Raises:
        RateLimited: A limit is reached.
    """
    assert len(posts) + len(users) <= MAX_PAGE, "the schema bounds the number of ids"
    context.allow_here(context.services.rates.read)
    seen = await see(context, await context.services.storage.posts.find_by_ids(posts)) if posts else []
    found_posts = {one.post.id: one.post for one in seen if one.post}
    authors = {post.author for post in found_posts.values()} if with_authors else set()
    found_users = await context.services.storage.users.find_by_ids(authors.union(users))
    return Nodes(found_posts, {user.id: user for user in found_users})
