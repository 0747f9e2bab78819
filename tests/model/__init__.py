"""A model of the exact feed. Each step of production on the storage is one atomic action of an actor.

    python -m tests.model        print the scenario and the number of steps that break without each rule; -v for traces
    pytest tests/model           run the same as tests; MODEL_WORLDS=10000 explores more random worlds

After every step, the feed and its pages must equal the oracle: the feed by its definition, from posts, follows and
relations alone. Pages are read in both ways of `storage/feed`, as they are there: rows, then facts, then the decision.
If every process died at that step, the sweeps alone must leave nothing in flight and nothing FILLING, and every feed
must be exact meanwhile.

Tasks may run twice (two actors), late (actors are scheduled in any order), partly (an actor is never scheduled again)
or never. There is no clock. A post brings its id along, which may come from any time and any clock.

    store, reads, writes             the database and the atomic actions on it
    rows, facts, feed                the read of a feed: its sources in both ways, what decides, and pages
    oracle                           the feed by its definition, in `domain.visibility` and in tests/formulas.py
    fan_out, watermarks, clean_up    the programs of the actors, as production has them
    conversations                    replies, reposts, mutes, blocks, options of follows
    replica_set                      failures of the database
    rules, switches                  the seven rules as switches, and the replacement of each rule
    reading                          how feeds are read, as switches
    universe, explore                every interleaving of a few actors, breadth first: shortest traces
    *_scenarios, random_*            the explored worlds
    still_worlds                     larger worlds in which nothing happens but reads
"""
