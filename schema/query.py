"""The queries."""

from typing import Annotated

import strawberry

from domain.acts import ActKind
from domain.errors import BadUserInput
from domain.pages import MAX_PAGE
from domain.search import MAX_QUERY, MAX_WORDS
from resolvers import acts, posts, relations, users
from resolvers.nodes import find_nodes
from schema.active_session import ActiveSession, load_sessions
from schema.context import Info
from schema.discovery import DiscoveryQueries
from schema.global_ids import IdKind, decode_as, decode_node
from schema.graph import Post, PostConnection, User, load_posts
from schema.node import Node
from schema.notifications import NotificationQueries
from schema.page_info import DEFAULT_PAGE, After, Before, First, Last, requested, requested_of_feed
from schema.people import UserConnection
from schema.search import found_people, ranked, related_people
from schema.selection import selects

NodeId = tuple[IdKind, int]


@strawberry.type(
    description="The queries. Every error has `extensions.code`. Any request may fail with BAD_USER_INPUT (a value "
    "that no client should send, or too high a cost), GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED, RATE_LIMITED "
    "(wait for the seconds in `extensions.retryAfter` or the Retry-After header) and INTERNAL "
    "(`extensions.requestId` finds the error in the server's log). A request that names a document by its hash may "
    "fail with PERSISTED_QUERY_NOT_FOUND (send the document, too) and PERSISTED_QUERY_NOT_SUPPORTED (always send the "
    "document). Fields that need a signed-in viewer are described so. Without a viewer, their error is "
    "UNAUTHENTICATED. A mutation is NEEDS_MIGRATION if the operator has to migrate the stored data first."
)
class Query(NotificationQueries, DiscoveryQueries):
    @strawberry.field(description="The signed-in user. Null for an anonymous request.")
    async def viewer(self, info: Info) -> User | None:
        found = await users.viewer(info.context)
        return User.of(found, info.context) if found else None

    @strawberry.field(description="The account with the alias, in upper or lower case. Null if there is none.")
    async def user(
        self, info: Info, alias: Annotated[str, strawberry.argument(description="The handle, without the @.")]
    ) -> User | None:
        found = await users.find_by_alias(info.context, alias)
        return User.of(found, info.context) if found else None

    @strawberry.field(description="The post with the id. Null if it is deleted.")
    async def post(
        self,
        info: Info,
        id: Annotated[
            strawberry.ID, strawberry.argument(description="The id of a post. Other ids are BAD_USER_INPUT.")
        ],
    ) -> Post | None:
        found = await posts.find_by_id(info.context, decode_as(IdKind.POST, id))
        return await Post.load(found, info) if found else None

    @strawberry.field(description="The object with the id. Null if it is deleted.")
    async def node(
        self,
        info: Info,
        id: Annotated[
            strawberry.ID, strawberry.argument(description="The id of a node. Other ids are BAD_USER_INPUT.")
        ],
    ) -> Node | None:
        return (await load_nodes(info, [decode_node(id)]))[0]

    @strawberry.field(description="The objects with the ids, in the same order. Null for each that does not exist.")
    async def nodes(
        self,
        info: Info,
        ids: Annotated[
            list[strawberry.ID],
            strawberry.argument(
                description=f"Up to {MAX_PAGE} ids. More are BAD_USER_INPUT. A bad id gives null in its place."
            ),
        ],
    ) -> list[Node | None]:
        if len(ids) > MAX_PAGE:
            raise BadUserInput(f"At most {MAX_PAGE} nodes can be asked for at once, not {len(ids)}.")
        return await load_nodes(info, [node_or_none(id) for id in ids])

    @strawberry.field(
        description="The posts of every account that the viewer follows, newest first. Needs a signed-in viewer. The "
        "reposts of these accounts are in it, too. Muted and blocked accounts are not, nor are replies to accounts "
        "that the viewer does not follow. A post comes once within a week, unless the operator has set another time. "
        "The feed is read forwards with `first` and `after`, and backwards with `last` and `before`. If `after` and "
        "`before` are both given, the page lies between them. `hasPreviousPage` beside `after`, and `hasNextPage` "
        "beside `before`, take a read of their own if they are selected."
    )
    async def feed(
        self,
        info: Info,
        first: First = DEFAULT_PAGE,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> PostConnection:
        request = requested_of_feed(info, first=first, after=after, last=last, before=before)
        return await PostConnection.of_feed(await posts.feed(info.context, request), info)

    @strawberry.field(
        description="The viewer's sessions, the last used first, up to a hundred. Needs a signed-in viewer."
    )
    async def sessions(self, info: Info) -> list[ActiveSession]:
        return await load_sessions(info)

    @strawberry.field(
        description="Accounts whose alias or name begins with the words of the query, the most followed first."
    )
    async def search_users(
        self,
        info: Info,
        query: Annotated[
            str,
            strawberry.argument(
                description=f"Up to {MAX_QUERY} characters and {MAX_WORDS} words. More are BAD_USER_INPUT. "
                "A blank query finds no accounts."
            ),
        ],
        first: First = DEFAULT_PAGE,
        after: After = None,
    ) -> UserConnection:
        page = await users.search(info.context, query, ranked(first, after))
        return found_people(page, info.context, after=after)

    @strawberry.field(description="Accounts that the viewer has muted, the latest first. Needs a signed-in viewer.")
    async def muted_users(self, info: Info, first: First = DEFAULT_PAGE, after: After = None) -> UserConnection:
        page = await relations.muted(info.context, requested(IdKind.RELATION_CURSOR, first, after))
        return related_people(page, info.context, after=after)

    @strawberry.field(description="Accounts that the viewer has blocked, the latest first. Needs a signed-in viewer.")
    async def blocked_users(self, info: Info, first: First = DEFAULT_PAGE, after: After = None) -> UserConnection:
        page = await relations.blocked(info.context, requested(IdKind.RELATION_CURSOR, first, after))
        return related_people(page, info.context, after=after)

    @strawberry.field(
        description="The posts that the viewer has bookmarked, the latest bookmark first, without deleted ones and "
        "those of accounts that have blocked the viewer or are blocked. No other account sees the list. Needs a "
        "signed-in viewer."
    )
    async def bookmarks(self, info: Info, first: First = DEFAULT_PAGE, after: After = None) -> PostConnection:
        return await _kept(info, ActKind.BOOKMARK, first, after)

    @strawberry.field(
        description="The posts that the viewer likes, the latest like first, without deleted ones and those of "
        "accounts that have blocked the viewer or are blocked. Needs a signed-in viewer."
    )
    async def liked_posts(self, info: Info, first: First = DEFAULT_PAGE, after: After = None) -> PostConnection:
        return await _kept(info, ActKind.LIKE, first, after)


async def _kept(info: Info, kind: ActKind, first: int | None, after: str | None) -> PostConnection:
    page = await acts.kept_posts(info.context, kind, requested(IdKind.KEPT_CURSOR, first, after))
    return await PostConnection.of_kept(page, info, after=after)


def node_or_none(id: strawberry.ID) -> NodeId | None:
    """Return the kind and number in the id. Return None for a bad id, so that it makes only its own place null."""
    try:
        return decode_node(id)
    except BadUserInput:
        return None


async def load_nodes(info: Info, ids: list[NodeId] | list[NodeId | None]) -> list[Node | None]:
    """Return the nodes in the order of the ids, with one read for each kind."""
    wanted = [id for id in ids if id is not None]
    found = await find_nodes(
        info.context,
        posts={number for kind, number in wanted if kind is IdKind.POST},
        users={number for kind, number in wanted if kind is IdKind.USER},
        with_authors=selects(info, "author"),
    )
    found_users = {number: User.of(user, info.context) for number, user in found.users.items()}
    nodes: dict[NodeId | None, Node] = {(IdKind.USER, number): user for number, user in found_users.items()}
    for number, post in (await load_posts(list(found.posts.values()), info, known=found_users)).items():
        nodes[IdKind.POST, number] = post
    return [nodes.get(id) for id in ids]
