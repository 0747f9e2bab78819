"""The failure without each rule: its number and switch, the replacement, and a scenario that fails."""

from dataclasses import replace
from typing import Any, NamedTuple

from tests.model.rules import Rules

HOLE = 0  # not a part of a single rule

RULES = {
    1: "an edge is filled while it is both pushed and pulled",
    2: "fan-out selects every edge below NEVER, in follower order",
    3: "the ledger is written once, whole; a strike is one conditional update",
    4: "commit before relying on it",
    5: "the floor only rises; entries are deleted only if no read can miss them",
    6: "a read checks the follow by the post's author",
    7: "what hides an event is read from posts, follows and relations, never from entries",
}


class Switch(NamedTuple):
    rule: int
    name: str
    instead: str
    scenario: str
    given: Rules = Rules()

    @property
    def off(self) -> Rules:
        off: dict[str, Any] = {self.name: False}
        return replace(self.given, **off)

    def __str__(self) -> str:
        return self.name


SWITCHES = (
    Switch(1, "follow_fills", "a follow is pushed from an id drawn just now", "follow"),
    Switch(1, "mark_first", "the story is read before the edge is marked", "demote"),
    Switch(1, "fill_first", "the edge is lowered before the entries are inserted", "shallow"),
    Switch(1, "always_mark", "a pushed edge is lowered further without FILLING", "deeper"),
    Switch(1, "compare_token", "the last step lowers the edge, whichever token it holds", "raised"),
    Switch(1, "fresh_tokens", "all runs share one FILLING value", "follow again"),
    Switch(1, "as_deep_as_read", "lowered to the requested depth, though only the newest posts were read", "shallow"),
    Switch(2, "push_to_filling", "fan-out leaves FILLING edges out", "demote"),
    Switch(2, "follower_order", "chunks are ranges of (push_from, follower)", "chunks"),
    Switch(2, "ask_the_edges", "fan-out is skipped because of the celebrity flag", "promotion"),
    Switch(3, "ledger_once", "a second plan replaces the first", "two plans"),
    Switch(3, "ledger_whole", "the ledger is written chunk by chunk", "chunks"),
    Switch(3, "only_in_flight", "a late plan is written on a complete post", "late plan"),
    Switch(3, "absent_is_not_empty", "a post without a ledger counts as delivered", "twice"),
    Switch(3, "complete_in_strike", "the last strike and the completion are two writes", "chunks"),
    Switch(3, "strike_if_there", "a chunk is counted even if it is not in the ledger", "twice"),
    Switch(4, "entries_before_strike", "the chunk is struck before its entries are inserted", "chunks"),
    Switch(4, "majority", "the strike does not wait until the entries are replicated", "fail-over"),
    Switch(4, "heed_errors", "every error counts as a duplicate key", "outage"),
    Switch(4, "post_then_edges", "the edges are read from a snapshot older than the post", "no edge pushed"),
    Switch(5, "floor_rises", "the floor is set, not raised", "trims"),
    Switch(5, "floor_before_delete", "the entries are deleted before the floor is raised", "trims"),
    Switch(5, "forget_at_once", "entries of an unfollowed author: check for the edge, then delete", "forget"),
    Switch(6, "join_on_post", "the follow is checked against the author stored in the entry", "stale entry"),
    Switch(7, "push_hidden", "fan-out skips a follower that mutes the author now", "mute"),
    Switch(7, "push_hidden", "fan-out skips a reply to an account not followed now", "reply"),
    Switch(7, "push_hidden", "fan-out skips a repost of a post that has come by", "repost"),
    Switch(7, "push_hidden", "fan-out skips what the follower's options hide now", "options"),
    Switch(7, "push_hidden", "fan-out skips a follower blocked by the original's author", "block"),
    Switch(7, "fill_hidden", "a fill leaves hidden posts out", "mute and fill"),
    Switch(7, "hint_with_relation", "the hint that a reader has relations follows the first of them", "mute"),
)

IN_TRANSACTIONS = Rules(one_instant=False)

HOLES = (
    Switch(HOLE, "same_post", "tasks identify a post by its id alone, and the id is reused", "id reused"),
    Switch(HOLE, "clean_at_once", "entries of a deleted post: check for the post, then delete", "clean"),
    Switch(HOLE, "guard_edge", "forget as a transaction that only reads the edge", "forget", IN_TRANSACTIONS),
    Switch(HOLE, "guard_posts", "clean as a transaction that only reads the post", "clean", IN_TRANSACTIONS),
    Switch(
        HOLE, "guard_posts", "forget as a transaction that only reads the posts", "forget, id reused", IN_TRANSACTIONS
    ),
)
