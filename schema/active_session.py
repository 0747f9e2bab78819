"""The viewer's sessions, as a list from which they can be ended."""

from datetime import datetime

import strawberry

from domain import records
from resolvers import sessions
from schema.context import Info
from schema.global_ids import IdKind, encode


@strawberry.type(description="A session that has not ended. Its id gives no access.")
class ActiveSession:
    id: strawberry.ID = strawberry.field(description="For endSession.")
    client: str = strawberry.field(description="The browser and system that opened it, such as `Firefox on Linux`.")
    created_at: datetime = strawberry.field(description="When it was opened.")
    last_used_at: datetime = strawberry.field(description="To the hour.")
    expires_at: datetime = strawberry.field(description="When it ends if it is not used before.")
    is_current: bool = strawberry.field(description="True for the session of this request.")

    @classmethod
    def of(cls, session: records.Session, *, is_current: bool) -> "ActiveSession":
        return cls(
            id=strawberry.ID(encode(IdKind.SESSION, session.id)),
            client=session.client,
            created_at=session.created_at,
            last_used_at=session.last_used_at,
            expires_at=session.expires_at,
            is_current=is_current,
        )


async def load_sessions(info: Info) -> list[ActiveSession]:
    found = await sessions.find_own(info.context)
    return [ActiveSession.of(each, is_current=each == found.current) for each in found.items]
