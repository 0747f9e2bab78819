"""Reads what posts are shown with, as the viewer sees it."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from domain.acts import ActKind
from domain.records import Post, PostCounts
from domain.surroundings import Wanted
from domain.visibility import Viewpoint, why_hidden
from resolvers.context import Context
from resolvers.visibility import Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """`named` has each wanted post, or the reason why it is not shown. `counts` has those of each wanted post.

    The sets are the posts that the viewer has reposted, likes, and has bookmarked.
    """

    named: Mapping[int, Seen] = field(default_factory=dict)
    reposted: Set[int] = frozenset()
    liked: Set[int] = frozenset()
    bookmarked: Set[int] = frozenset()
    counts: Mapping[int, PostCounts] = field(default_factory=dict)


NOTHING_AROUND = Surroundings()


async def around(context: Context, several: list[Wanted]) -> list[Surroundings]:
    """Return what is wanted, each time all of it, with one read."""
    wanted = Wanted.all_of(several)
    found = await context.services.storage.surroundings.read(context.viewer, wanted)
    named = {number: _seen(found.view, found.named.get(number)) for number in wanted.named}
    surroundings = Surroundings(
        named=named,
        reposted=found.reposted,
        liked=found.acts[ActKind.LIKE],
        bookmarked=found.acts[ActKind.BOOKMARK],
        counts=found.counts,
    )
    return [surroundings] * len(several)


def _seen(view: Viewpoint, post: Post | None) -> Seen:
    hidden = why_hidden(view, post)
    return Seen(None, hidden) if hidden else Seen(post)
