"""What can be asked."""

import strawberry

from domain.errors import BadUserInput
from domain.opaque import Kind, decode_as, decode_node
from domain.pages import MAX_PAGE
from resolvers import posts, users
from resolvers.nodes import find as find_nodes
from schema.active_session import ActiveSession, load_sessions
from schema.context import Info
from schema.graph import Post, PostConnection, User
from schema.node import Node
from schema.page_info import DEFAULT_PAGE, requested
from schema.search import UserConnection, ranked
from schema.selection import selects

NodeId = tuple[Kind, int]


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
        return (await load_nodes(info, [decode_node(id)]))[0]

    @strawberry.field
    async def nodes(self, info: Info, ids: list[strawberry.ID]) -> list[Node | None]:
        if len(ids) > MAX_PAGE:
            raise BadUserInput(f"At most {MAX_PAGE} nodes can be asked for at once, not {len(ids)}.")
        return await load_nodes(info, [node_or_none(id) for id in ids])

    @strawberry.field(
        description="The posts of every account that the viewer follows, newest first. Needs a signed-in viewer."
    )
    async def feed(self, info: Info, first: int | None = DEFAULT_PAGE, after: str | None = None) -> PostConnection:
        page = await posts.feed(info.context, requested(Kind.POST_CURSOR, first, after))
        return await PostConnection.of(page, info, after=after)

    @strawberry.field(
        description="The viewer's sessions, the last used first, up to a hundred. Needs a signed-in viewer."
    )
    async def sessions(self, info: Info) -> list[ActiveSession]:
        return await load_sessions(info)

    @strawberry.field(
        description="Accounts whose alias or name begins with the words of the query, the most followed first."
    )
    async def search_users(
        self, info: Info, query: str, first: int | None = DEFAULT_PAGE, after: str | None = None
    ) -> UserConnection:
        page = await users.search(info.context, query, ranked(first, after))
        return UserConnection.of(page, info.context, after=after)


def node_or_none(id: strawberry.ID) -> NodeId | None:
    """Return what the id stands for; None for an id of no node, so that it costs its place in a list and no other."""
    try:
        return decode_node(id)
    except BadUserInput:
        return None


async def load_nodes(info: Info, ids: list[NodeId] | list[NodeId | None]) -> list[Node | None]:
    """Return the nodes in the order of the ids, with a read for each kind."""
    wanted = [id for id in ids if id is not None]
    found = await find_nodes(
        info.context,
        posts={number for kind, number in wanted if kind is Kind.POST},
        users={number for kind, number in wanted if kind is Kind.USER},
        with_authors=selects(info, "author"),
    )
    found_users = {number: User.of(user, info.context) for number, user in found.users.items()}
    nodes: dict[NodeId | None, Node] = {(Kind.USER, number): user for number, user in found_users.items()}
    for post in found.posts.values():
        nodes[Kind.POST, post.id] = Post.of(post, found_users.get(post.author), info.context)
    return [nodes.get(id) for id in ids]
