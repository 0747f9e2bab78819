"""Reads what is shown outside of Tweeter. The context is anonymous: pages and feeds are the same for every reader."""

from domain.pages import PageRequest
from domain.records import Post, User
from domain.sharing import FEED_POSTS, ListedAccount, QuotedPost, SharedPost, SharedStory
from domain.surroundings import Wanted
from domain.threads import StoryKind
from domain.visibility import PostHidden, why_hidden
from resolvers import posts, users
from resolvers.context import Context
from resolvers.surroundings import around
from resolvers.visibility import Seen, see


async def find_post(context: Context, number: int) -> SharedPost | None:
    """Return the post if it exists and the viewer may see it, from one read.

    Raises:
        RateLimited: A limit is reached.
    """
    context.allow_here(context.services.rates.lookup)
    found = await context.services.storage.shared_posts.read(number)
    if found is None:
        return None
    post, quoted, accounts = found
    (seen,) = await see(context, [post])
    if seen.post is None or post.author not in accounts:
        return None
    named = (await see(context, [quoted], why_hidden))[0] if post.quote is not None else None
    return _shared(post, named, accounts)


async def find_story(context: Context, alias: str) -> SharedStory | None:
    """Return the account with its newest posts, without replies and reposts. None if there is no such account.

    Raises:
        RateLimited: A limit is reached.
    """
    user = await users.find_by_alias(context, alias)
    if user is None:
        return None
    page = await posts.story(context, user.id, PageRequest(FEED_POSTS), frozenset({StoryKind.POST}))
    own = [event.post for event in page.items]
    wanted = Wanted(named=frozenset(post.quote for post in own if post.quote is not None))
    named = (await around(context, [wanted]))[0].named if wanted else {}
    quoted = {seen.post.author for seen in named.values() if seen.post is not None}
    accounts = {**await users.find_recent(context, quoted), user.id: user}
    return SharedStory(
        user=user,
        posts=[_shared(post, None if post.quote is None else named[post.quote], accounts) for post in own],
    )


async def list_parts(context: Context) -> list[tuple[int, int]]:
    """Return the parts of the sitemap, each as the ids (after, until] of its accounts.

    Raises:
        RateLimited: A limit is reached.
    """
    context.allow_here(context.services.rates.crawl)
    return await context.services.storage.sitemap.parts()


async def list_accounts(context: Context, after: int, until: int) -> list[ListedAccount]:
    """Return the accounts of a part of the sitemap, those that have posts or replies of their own.

    Raises:
        RateLimited: A limit is reached.
    """
    context.allow_here(context.services.rates.crawl)
    return await context.services.storage.sitemap.part(after, until)


def _shared(post: Post, quoted: Seen | None, accounts: dict[int, User]) -> SharedPost:
    author = accounts.get(quoted.post.author) if quoted and quoted.post else None
    shown = QuotedPost(post=quoted.post, author=author) if quoted and quoted.post and author else None
    gap = None if quoted is None or shown else quoted.hidden_because or PostHidden.GONE
    return SharedPost(
        post=post,
        author=accounts[post.author],
        replies_to=None if post.reply_to_author is None else accounts.get(post.reply_to_author),
        quoted=shown,
        gap=gap,
    )
