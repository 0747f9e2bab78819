"""Posting, deleting and reading posts."""

from domain.errors import PostNotFound
from domain.pages import PageRequest
from domain.records import Page, Post
from domain.text import check_post
from resolvers.context import Context
from tasks import messages


async def create(context: Context, text: str) -> Post:
    """Stored, the post is in every follower's feed; the fan-out only makes reading it cheap.

    Errors: Unauthenticated, InvalidInput.
    """
    viewer = context.require_viewer()
    post = await context.storage.posts.insert(viewer, check_post(text))
    context.send(messages.start_fan_out(post.id))
    return post


async def delete(context: Context, post: int) -> None:
    """Errors: Unauthenticated; PostNotFound for anything but a post of one's own."""
    viewer = context.require_viewer()
    if not await context.storage.posts.delete(post, author=viewer):
        raise PostNotFound


async def find(context: Context, post: int) -> Post | None:
    return await context.storage.posts.find(post)


async def story(context: Context, author: int, request: PageRequest) -> Page[Post]:
    return await context.storage.posts.story(author, request)


async def feed(context: Context, request: PageRequest) -> Page[Post]:
    """Errors: Unauthenticated."""
    return await context.storage.feed.page(context.require_viewer(), request)
