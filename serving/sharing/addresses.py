"""Absolute addresses of this site."""

from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import HTTPConnection

from domain.records import Post, User
from schema.global_ids import IdKind, encode


@dataclass(frozen=True, slots=True)
class Site:
    """This site as its readers reach it. The origin has no slash at its end."""

    origin: str

    @classmethod
    def of(cls, request: HTTPConnection, public_origin: str) -> "Site":
        """Return the site. Without PUBLIC_ORIGIN, it is where the request says that it has been sent."""
        return cls(public_origin or f"{request.url.scheme}://{request.url.netloc}")

    def profile(self, user: User) -> str:
        return f"{self.origin}/@{user.alias}"

    def post(self, post: Post, author: User) -> str:
        return f"{self.profile(author)}/posts/{encode(IdKind.POST, post.id)}"

    def feed(self, user: User) -> str:
        return f"{self.profile(user)}/feed.xml"

    def tag(self, tag: str) -> str:
        return f"{self.origin}/tags/{quote(tag, safe='')}"

    def embedded(self, post: Post) -> str:
        return f"{self.origin}/embed/{encode(IdKind.POST, post.id)}"
