"""Reads what posts are shown with, as the viewer sees it."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from domain.records import Post
from domain.surroundings import Wanted
from domain.visibility import Viewpoint, why_hidden
from resolvers.context import Context
from resolvers.visibility import Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """`named` has each wanted post, or the reason why it is not shown. `reposted` are those by the viewer."""

    named: Mapping[int, Seen] = field(default_factory=dict)
    reposted: Set[int] = frozenset()


NOTHING_AROUND = Surroundings()


async def around(context: Context, several: list[Wanted]) -> list[Surroundings]:
    """Return what is wanted, each time all of it, with one read."""
    wanted = Wanted.all_of(several)
    found = await context.services.storage.surroundings.read(context.viewer, wanted)
    named = {number: _seen(found.view, found.named.get(number)) for number in wanted.named}
    return [Surroundings(named=named, reposted=found.reposted)] * len(several)


def _seen(view: Viewpoint, post: Post | None) -> Seen:
    hidden = why_hidden(view, post)
    return Seen(None, hidden) if hidden else Seen(post)
