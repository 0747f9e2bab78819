"""The interface of objects that can be fetched again by id."""

import strawberry


@strawberry.interface(description="A global object, refetchable by its opaque id.")
class Node:
    id: strawberry.ID = strawberry.field(description="Opaque, permanent, and unique among objects of all types.")
