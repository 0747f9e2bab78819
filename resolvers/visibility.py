"""The gate: every post that a viewer asks for by name, or finds beside another one, passes it.

Feeds alone do not, since they decide within their own snapshot. `domain.visibility` has the rules.
"""

from collections.abc import Awaitable, Callable, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

from domain.errors import Blocked, PostNotFound
from domain.records import Event, KeptPost, Page, Post
from domain.visibility import PostHidden, Viewpoint, why_barred
from resolvers.context import Context

NO_SUCH_POST = "There is no such post."
FIRST_REFILL = 200  # rows
REFILL = 1_000
MOST_READ = 5_000  # rows that one page reads; beyond it the page is short, and says where it stopped

Item = TypeVar("Item", Post, Event, KeptPost)
Why = Callable[[Viewpoint, Post | None], PostHidden | None]


@dataclass(frozen=True, slots=True)
class Seen:
    """A post, or the reason why the viewer does not see it."""

    post: Post | None
    hidden_because: PostHidden | None = None


async def see(context: Context, posts: Sequence[Post | None], why: Why = why_barred) -> list[Seen]:
    """Return for each post, in order, what the viewer sees of it. None stands for a post that does not exist.

    `why` is `why_barred` for posts that the viewer has named, and `why_hidden` for those that come with others.
    """
    view = await viewpoint(context, {post.author for post in posts if post is not None})
    seen = []
    for post in posts:
        hidden = why(view, post)
        seen.append(Seen(None, hidden) if hidden else Seen(post))
    return seen


async def require(context: Context, posts: Sequence[Post | None], *, missing: str) -> list[Post]:
    """Return the posts that the viewer has named, each of which the viewer must see. None stands for a missing one.

    Raises:
        PostNotFound: A post does not exist. `missing` is the message.
        Blocked: One of the viewer and a post's author has blocked the other.
    """
    required = []
    for seen in await see(context, posts):
        if seen.hidden_because is PostHidden.GONE:
            raise PostNotFound(missing)
        if seen.post is None:
            raise Blocked
        required.append(seen.post)
    return required


async def see_taken_back(context: Context, post: Post | None, *, was_there: bool) -> Post | None:
    """Return the post of which the viewer has taken something back, if it exists and the viewer may see it.

    Raises:
        PostNotFound: The post does not exist, and there was nothing to take back.
    """
    (seen,) = await see(context, [post])
    if seen.hidden_because is PostHidden.GONE and not was_there:
        raise PostNotFound(NO_SUCH_POST)
    return seen.post


async def viewpoint(context: Context, accounts: set[int]) -> Viewpoint:
    """Return the viewer's relations with the accounts. An anonymous viewer has none, and costs no read."""
    return await context.services.storage.viewpoints.read_relations(context.viewer, accounts - {context.viewer})


async def hidden_among(context: Context, accounts: Sequence[int]) -> Set[int]:
    """Return those of the accounts that a list leaves out: they are hidden from the viewer."""
    view = await viewpoint(context, set(accounts))
    return {account for account in accounts if view.is_hidden(account)}


async def fill(
    context: Context,
    first: int,
    after: int | None,
    read: Callable[[int, int | None], Awaitable[Page[Item]]],
    why: Why,
) -> Page[Item]:
    """Return a page of a list without the posts that `why` hides. Reads on until the page is full or the list ends.

    After MOST_READ rows the page may be short: it has a next page, and `end` says where that one begins. All pages
    together are the whole list.

    Args:
        context: Of the request.
        first: The size of the page.
        after: The id beyond which the page begins.
        read: Reads so many items beyond an id. `end` of its pages is needed if they may be short.
        why: The rule that hides a post.
    """
    shown: list[Item] = []
    wanted, was_read = first + 1, 0
    while True:
        page = await read(wanted, after)
        seen = await see(context, [_post(item) for item in page.items], why)
        shown += [item for item, one in zip(page.items, seen, strict=True) if one.post is not None]
        if len(shown) > first:
            return Page(shown[:first], has_next=True)
        if not page.has_next:
            return Page(shown, has_next=False)
        after = page.items[-1].id if page.end is None else page.end
        was_read += wanted
        if was_read >= MOST_READ:
            return Page(shown, has_next=True, end=after)
        wanted = FIRST_REFILL if was_read < FIRST_REFILL else REFILL


def _post(item: Post | Event | KeptPost) -> Post:
    return item if isinstance(item, Post) else item.post
