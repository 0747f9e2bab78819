"""What can be asked."""

import strawberry

from domain.errors import BadUserInput
from domain.opaque import Kind, decode, decode_as
from domain.pages import MAX_PAGE
from resolvers import posts, users
from schema.context import Info
from schema.graph import Post, PostConnection, User
from schema.node import Node
from schema.page_info import DEFAULT_PAGE, requested


@strawberry.type
class Query:
    @strawberry.field(description="The signed-in user; null for an anonymous request.")
    async def viewer(self, info: Info) -> User | None:
        found = await users.viewer(info.context)
        return User.of(found, info.context) if found else None

    @strawberry.field
    async def user(self, info: Info, alias: str) -> User | None:
        found = await users.find_by_alias(info.context, alias)
        return User.of(found, info.context) if found else None

    @strawberry.field
    async def post(self, info: Info, id: strawberry.ID) -> Post | None:
        found = await posts.find(info.context, decode_as(Kind.POST, id))
        return await Post.load(found, info) if found else None

    @strawberry.field
    async def node(self, info: Info, id: strawberry.ID) -> Node | None:
        return await load_node(info, id)

    @strawberry.field
    async def nodes(self, info: Info, ids: list[strawberry.ID]) -> list[Node | None]:
        if len(ids) > MAX_PAGE:
            raise BadUserInput(f"At most {MAX_PAGE} nodes can be asked for at once, not {len(ids)}.")
        return [await load_node(info, id) for id in ids]

    @strawberry.field(
        description="The posts of every account that the viewer follows, newest first. Needs a signed-in viewer."
    )
    async def feed(self, info: Info, first: int | None = DEFAULT_PAGE, after: str | None = None) -> PostConnection:
        page = await posts.feed(info.context, requested(Kind.POST_CURSOR, first, after))
        return await PostConnection.of(page, info, after=after)


async def load_node(info: Info, id: str) -> Node | None:
    """Errors: BadUserInput for what is not the id of a node."""
    kind, number = decode(id)
    if kind is Kind.USER:
        user = await users.find(info.context, number)
        return User.of(user, info.context) if user else None
    post = await posts.find(info.context, decode_as(Kind.POST, id))
    return await Post.load(post, info) if post else None
