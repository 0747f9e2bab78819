"""A model of the exact feed: every step that production takes on the storage is one atomic action of some actor.

    python -m tests.model        which rule is missed where, and after how many steps; -v for the traces
    pytest tests/model           the same as tests; MODEL_WORLDS=10000 for a longer walk through random worlds

After every step the feed and its pages, read as `storage/feed/pages.py` reads them, must equal the oracle: the live
posts of the accounts that the reader follows now. And if every process died at that step, the sweeps alone must leave
nothing in flight and nothing FILLING, with every feed right on the way.

Tasks may run twice (two actors), late (the actors are scheduled in any order), half (an actor is never scheduled again)
or never. There is no clock: a post's id is a number that it brings along, drawn whenever, by whatever clock.

    store, reads, writes             the database and the atomic actions on it
    feed                             the read rule, and the oracle
    fan_out, watermarks, clean_up    the programs of the actors, as production has them
    replica_set                      what befalls the database itself
    rules, switches                  the six rules as switches, and what is done without each of them
    universe, explore                every interleaving of a few actors, breadth first: shortest traces
    *_scenarios, random_worlds       what is explored
"""
