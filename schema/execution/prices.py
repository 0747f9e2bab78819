"""The prices of fields in points. One point is the cost of reading a plain attribute of one object, some 2.5 µs.

Prices are measured as processor time of the web process, for each kind of field. A field that is not listed has the
price of its kind, so every new field has a price.
"""

from dataclasses import dataclass

from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
)

from compat.strawberry.schema import has_resolver
from domain.bios import MAX_BIO_BYTES
from domain.media import MAX_ALT_BYTES, MAX_IN_POST, MAX_PLACEHOLDER_BYTES
from domain.names import MAX_NAME_BYTES
from domain.notifications import MAX_ACTORS
from domain.text import MAX_POST_BYTES

ATTRIBUTE = 1
BYTES_PER_POINT = 1_000  # of an answer: an operation of all 25,000 points can ask for 25 MB, which is encoded in 25 ms
KEY_CHARACTERS_PER_POINT = 100  # a response key is repeated for every object; up to 99 characters are free
OBJECT = 4
RESOLVER = 10  # called for each object; the read it may need is shared by the objects of a request
READ = 100  # one command to MongoDB
PAGE = 2 * READ  # the items, and their accounts
FEED = 300  # one command that does the work of several
WRITE = 300
PASSWORD = 13_000  # 50 ms of a core and 64 MiB: more than half of what a request may cost, so that it tries one
PICTURE = 13_000  # the same, to decode and encode one

SEGMENTS = 10  # of a post or a bio
MENTIONS = 2  # of a post that mentions accounts; a text holds up to twenty
PICTURES = 2  # of a post that has some
ANCESTORS = 10  # of a reply; a path holds up to forty

PRICES = {
    "Query.feed": FEED,
    "Query.nodes": PAGE,
    "Query.notifications": 2 * FEED + PAGE,  # the page, its unread count and its marker, which a page has once
    "Query.unreadNotificationCount": FEED,
    "Mutation.markNotificationsRead": WRITE + FEED,
    "Subscription.notificationsChanged": FEED,
    "Query.suggestedUsers": FEED,
    "User.knownFollowers": FEED,  # a thousand keys of an index
    "Query.searchPosts": 2 * FEED,  # a count for each word, and several reads if few posts have all of them
    "Subscription.feedUpdates": FEED,
    "Subscription.feedChanges": FEED,
    # The posts that it answers and quotes, who has blocked whom, and the pictures that it takes.
    "Mutation.createPost": WRITE + PAGE + READ,
    "FollowConnection.totalCount": READ,
    "RepostConnection.totalCount": READ,
    "LikeConnection.totalCount": READ,
    "Mutation.register": PASSWORD,
    "Mutation.login": PASSWORD,
    "Mutation.changePassword": PASSWORD,
    "Mutation.updateProfile": PICTURE,
    "Mutation.uploadMedia": PICTURE,
}

# The bytes that a text can have beyond those of a usual attribute.
POSSIBLE_BYTES = {
    "User.firstName": MAX_NAME_BYTES,
    "User.lastName": MAX_NAME_BYTES,
    "User.bio": MAX_BIO_BYTES,
    "Post.text": MAX_POST_BYTES,
    "Segment.text": MAX_POST_BYTES / SEGMENTS,
    "Segment.url": MAX_POST_BYTES / SEGMENTS,
    "Segment.tag": MAX_POST_BYTES / SEGMENTS,
    "Media.alt": MAX_ALT_BYTES * MAX_IN_POST / PICTURES,
    "Media.placeholder": MAX_PLACEHOLDER_BYTES * 4 / 3 * MAX_IN_POST / PICTURES,
}

# The arguments that set the number of items.
PAGE_SIZE = "first"
BACKWARD_SIZE = "last"
IDS = "ids"

# The usual number of items of a list without such an argument.
SIZES = {
    "Post.segments": SEGMENTS,
    "User.bioSegments": SEGMENTS,
    "Post.ancestors": ANCESTORS,
    "Post.mentions": MENTIONS,
    **dict.fromkeys((f"{kind}Notification.users" for kind in ("Like", "Repost", "Follow")), MAX_ACTORS),
    "Post.media": PICTURES,
    "InvalidInput.fields": 4,
    "Query.sessions": 20,
    "__Schema.directives": 6,
    "__Type.fields": 3,
    "__Type.ofType": 0.5,  # not a list, although half of all types wrap no other type
}
SIZE = 20
INTROSPECTION_SIZE = 0.3  # most types have no arguments, values or interfaces


@dataclass(frozen=True, slots=True)
class Price:
    own: float
    each: float = 0  # of the items
    items: float = 1  # the factor for `each` and for the selections below the field
    sized_by: tuple[str, ...] = ()  # the arguments that set the factor instead: the largest of them


FREE = Price(0, items=0)


def price_of(schema: GraphQLSchema, parent: GraphQLNamedType, name: str, field: GraphQLField) -> Price:
    if get_named_type(field.type).name == "PageInfo":
        return FREE  # read once for a page of any length
    path = f"{parent.name}.{name}"
    own = PRICES.get(path) or _price_of_kind(schema, parent, field)
    own += POSSIBLE_BYTES.get(path, 0) / BYTES_PER_POINT
    each = OBJECT if is_list_type(get_nullable_type(field.type)) else 0
    sized_by = tuple(argument for argument in (PAGE_SIZE, BACKWARD_SIZE, IDS) if argument in field.args)
    return Price(own, each=each, items=_size(schema, path, field), sized_by=sized_by)


def _price_of_kind(schema: GraphQLSchema, parent: GraphQLNamedType, field: GraphQLField) -> float:
    if PAGE_SIZE in field.args:
        return PAGE
    if parent is schema.mutation_type:
        return WRITE
    if has_resolver(field):
        return READ if parent in (schema.query_type, schema.subscription_type) else RESOLVER
    is_object = not (is_leaf_type(get_named_type(field.type)) or is_list_type(get_nullable_type(field.type)))
    return OBJECT if is_object else ATTRIBUTE


def _size(schema: GraphQLSchema, path: str, field: GraphQLField) -> float:
    if path in SIZES:
        return SIZES[path]
    if not is_list_type(get_nullable_type(field.type)) or path.endswith(".edges"):  # the connection multiplies
        return 1
    if path == "__Schema.types":
        return len(schema.type_map)
    return INTROSPECTION_SIZE if path.startswith("__") else SIZE
