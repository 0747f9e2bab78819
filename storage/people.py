"""Pages of accounts that have done something with a post: who likes it, who has reposted it."""

from collections.abc import Awaitable, Callable, Sequence, Set

from domain.pages import PageRequest
from domain.records import Actor, Page

REFILLS = 10  # commands for one page, if many accounts are hidden
REFILL = 100  # rows that the second command reads, and each further one


FindHidden = Callable[[Sequence[int]], Awaitable[Set[int]]]


async def fill_accounts(
    request: PageRequest, read: Callable[[int, int], Awaitable[Sequence[Actor]]], find_hidden: FindHidden
) -> Page[Actor]:
    """Return a page of the list, the latest first, without the accounts that `find_hidden` names.

    A page may be short if many accounts are hidden. Then `has_next` is true, and `end` says where it stopped.

    Args:
        request: The size of the page, and the id below which it begins.
        read: Reads so many of the list below an id. Fewer mean that the list ends.
        find_hidden: Returns those of the accounts that the list leaves out.
    """
    found: list[Actor] = []
    below, limit = request.before, request.first + 1
    for _ in range(REFILLS):
        some = await read(limit, below)
        hidden = await find_hidden([one.account for one in some])
        found += [one for one in some if one.account not in hidden]
        if len(found) > request.first:
            return Page(found[: request.first], has_next=True)
        if len(some) < limit:
            return Page(found, has_next=False)
        below, limit = some[-1].id, max(REFILL, request.first + 1)
    return Page(found, has_next=True, end=below)
