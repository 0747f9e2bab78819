"""The protocol as switches. With all of them on, it is that of ARCHITECTURE.md, "The exact feed".

`switches.py` lists the behaviour without each switch, and a scenario that loses a post then.
"""

from dataclasses import dataclass

from tests.model.reading import Reading


@dataclass(frozen=True, slots=True)
class Rules:
    # 1. An edge is filled while it is both pushed and pulled.
    follow_fills: bool = True
    mark_first: bool = True
    fill_first: bool = True
    always_mark: bool = True
    compare_token: bool = True
    fresh_tokens: bool = True
    as_deep_as_read: bool = True

    # 2. Fan-out selects every edge below NEVER, in follower order.
    push_to_filling: bool = True
    follower_order: bool = True
    ask_the_edges: bool = True

    # 3. The ledger is written once, whole; a strike is one conditional update.
    ledger_once: bool = True
    ledger_whole: bool = True
    only_in_flight: bool = True
    absent_is_not_empty: bool = True
    complete_in_strike: bool = True
    strike_if_there: bool = True

    # 4. Commit before relying on it.
    entries_before_strike: bool = True
    majority: bool = True
    heed_errors: bool = True
    post_then_edges: bool = True

    # 5. The floor only rises, and entries are deleted only if no read can miss them.
    floor_rises: bool = True
    floor_before_delete: bool = True
    forget_at_once: bool = True

    # 6. A read checks the follow by the post's author.
    join_on_post: bool = True

    # 7. What hides an event is read from posts, follows and relations, never from entries.
    push_hidden: bool = True
    fill_hidden: bool = True
    hint_with_relation: bool = True

    # Consequences of these rules if ids are reused and if clean-ups run in transactions.
    same_post: bool = True
    clean_at_once: bool = True
    guard_edge: bool = True
    guard_posts: bool = True

    # Choices. The feed is exact with either.
    take_over: bool = True  # a fill marks edges of another run again, or continues with that run's token
    one_instant: bool = True  # a clean-up is atomic, or a transaction: a snapshot, and a later commit

    # How a feed is read
    reading: Reading = Reading()
