"""The interface of everything that can be fetched again by its id."""

import strawberry


@strawberry.interface(description="A global object, refetchable by its opaque id.")
class Node:
    id: strawberry.ID = strawberry.field(
        description="Opaque, the same for ever, and that of no other object of any type."
    )
