"""What is shown of an account or a post outside of Tweeter: in link previews, embedded posts and feeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.avatars import Avatar
from domain.images import SIZES, address
from domain.media import address as picture_address
from domain.media import sizes_of
from domain.records import Post, User
from domain.visibility import PostHidden

FEED_POSTS = 20  # posts in the feed of an account


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPost:
    """A post with its author, the account that it answers, and the post that it quotes.

    `quoted` is None if the post quotes none, or if `gap` says why the quoted one is not shown.
    """

    post: Post
    author: User
    replies_to: User | None = None
    quoted: "QuotedPost | None" = None
    gap: PostHidden | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedPost:
    post: Post
    author: User


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedStory:
    """An account with the posts of its feed, newest first."""

    user: User
    posts: Sequence[SharedPost]

    @property
    def changed_at(self) -> datetime:
        """When the newest post was created, or else the account."""
        return self.posts[0].post.created_at if self.posts else self.user.created_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAccount:
    """An account of the sitemap. `newest` is the id of its newest post, or of its newest reply if it has no post."""

    alias: str
    newest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The picture of a link preview. Paths begin with a slash. `is_large` pictures fill the width of the preview."""

    path: str
    width: int
    height: int
    alt: str
    is_large: bool = False


LOGO_PX = 512
LOGO = f"/icons/icon-{LOGO_PX}.png"


def picture_of_post(shared: SharedPost) -> Picture:
    """Return the first picture of a post, or else its author's. This is the only place that chooses it."""
    if not shared.post.media:
        return picture_of_user(shared.author)
    first = shared.post.media[0]
    side, (width, height) = max(sizes_of(first.width, first.height).items())
    path = picture_address(first.file, side)
    return Picture(path=path, width=width, height=height, alt=first.alt, is_large=True)


def picture_of_user(user: User) -> Picture:
    """Return the account's image. Without one, return the logo: most previews cannot show a monogram, which is SVG."""
    if user.image is None:
        return Picture(path=LOGO, width=LOGO_PX, height=LOGO_PX, alt="Tweeter")
    size = SIZES[-1]
    return Picture(path=address(user.image, size), width=size, height=size, alt=f"@{user.alias}")


def avatar_path(user: User) -> str:
    """Return the path of the small picture beside a name, which may be SVG."""
    return Avatar.of_user(user).url
