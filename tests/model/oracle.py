"""The feed by its definition, over the base data of the model: posts, follows, options and relations."""

from collections.abc import Iterable, Mapping
from functools import cache

from domain.records import Event
from domain.records import Post as DomainPost
from domain.visibility import FollowOptions, Viewpoint, first_sights
from tests import formulas
from tests.model.reading import Bounds
from tests.model.rules import Rules
from tests.model.store import BLOCK, BLOCKED_BY, MUTE, Post, Row, Store


class TwoOpinions(Exception):
    """`domain.visibility` and the formulas disagree about a feed."""


def oracle(store: Store, reader: int, *, repeat_after: int) -> list[int]:
    """Return the reader's whole feed, newest first.

    Raises:
        TwoOpinions: `domain.visibility` shows something else than the formulas say.
    """
    view, events = viewpoint(store, reader), [*events_of(store.posts, store.posts)]
    shown = [event.id for event in first_sights(view, events, repeat_after=repeat_after)]
    said = [event.id for event in formulas.feed(view, events, repeat_after=repeat_after)]
    if shown != said:
        raise TwoOpinions(f"feed of {reader}: {shown} in domain.visibility, {said} by the formulas")
    return shown


def only_shown(store: Store, rules: Rules, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return the rows that the feeds show now. Only a broken protocol asks."""
    return tuple(row for row in rows if row[1] in oracle(store, row[0], repeat_after=Bounds().repeat_after))


def viewpoint(store: Store, reader: int, among: Iterable[str] | None = None) -> Viewpoint:
    """Return what decides for the reader: about all accounts, or about some of them."""
    accounts = None if among is None else frozenset(among)
    follows = {
        account_of(author): _to_options(store, reader, author)
        for owner, author in store.edges
        if owner == reader and (accounts is None or author in accounts)
    }
    others: dict[str, set[int]] = {MUTE: set(), BLOCK: set(), BLOCKED_BY: set()}
    for owner, other, kind in store.relations:
        if owner == reader and (accounts is None or other in accounts):
            others[kind].add(account_of(other))
    return Viewpoint(
        viewer=account_of(reader),
        follows=follows,
        muted=others[MUTE],
        blocked=others[BLOCK],
        blocked_by=others[BLOCKED_BY],
    )


def events_of(rows: Iterable[int], posts: Mapping[int, Post]) -> Iterable[Event]:
    """Return the posts and reposts as events, without reposts of what is gone."""
    for row in rows:
        original = row if posts[row].of is None else posts[row].of
        post = posts.get(original) if original is not None else None
        if original is not None and post is not None and post.of is None:
            yield _to_event(row, posts[row].author, to_post(original, post.author, post.answers))


@cache
def to_post(number: int, author: str, answers: str | None) -> DomainPost:
    answered = None if answers is None else account_of(answers)
    return DomainPost(id=number, author=account_of(author), text="", reply_to_author=answered)


@cache
def _to_event(number: int, actor: str, post: DomainPost) -> Event:
    return Event(id=number, actor=account_of(actor), post=post)


@cache
def account_of(name: str | int) -> int:
    """Return the account as a number: reader 1 and author "1" are the same."""
    return ord(str(name))


def _to_options(store: Store, reader: int, author: str) -> FollowOptions:
    options = store.options.get((reader, author))
    return FollowOptions(
        shows_reposts=options is None or not options.hides_reposts,
        is_in_feed=options is None or not options.out_of_feed,
    )
