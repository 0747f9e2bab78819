"""The sizes of measurements. A quick run of all parts takes less than three minutes."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    posts: int
    burst: int
    celebrity_posts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FanOut:
    depths: tuple[int, ...]  # entries in each feed before the measurement
    rounds: int  # at each depth


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    connections: tuple[int, ...]
    rounds: int  # of each contestant, at each number of connections
    round_s: float
    warm_up_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """The points of each axis, and the number of reads."""

    entries: tuple[int, ...]
    followees: tuple[int, ...]
    celebrities: tuple[int, ...]
    in_flight: tuple[int, ...]
    depth: tuple[int, ...]  # pages; those below page 50 are pulled
    pushed: tuple[int, ...]  # accounts that a kind of reader follows
    pulled: tuple[int, ...]  # those of a reader whose feed has no entries
    rounds: int
    pages: int  # of each point, in each round


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveHub:
    processes: int  # web processes, among which the subscriptions are spread
    subscriptions: int
    audiences: tuple[int, ...]  # followers of each author among the subscribers
    posts: int  # of each author


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixed:
    authors: int  # upper bound of accounts with posts
    readers: int  # upper bound of accounts that send requests
    first: float  # initial rate, in requests per second
    step: float  # factor between rates
    seconds: float  # at each rate
    refinements: int  # bisections between the last rate that was held and the first that was not


@dataclass(frozen=True, slots=True, kw_only=True)
class Hybrid:
    followers: tuple[int, ...]
    posts: int  # pushed and pulled each, for each number of followers
    rounds: int
    pages: int  # in each round


@dataclass(frozen=True, slots=True, kw_only=True)
class Flood:
    posts: int
    watch_s: float  # seconds of measurement after the first post


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    flood_s: float  # seconds of each query


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """The size of each part, and its expected seconds on two idle cores, including set-up."""

    expected_s: Mapping[str, int]
    posting: Posting
    fan_out: FanOut
    page: Page
    mixed: Mixed
    growth: Growth
    hybrid: Hybrid
    live: LiveHub
    flood: Flood
    hostile: Hostile


FULL = Size(
    expected_s={
        "posting": 40,
        "fan-out": 90,
        "page": 300,
        "mixed": 180,
        "growth": 300,
        "hybrid": 120,
        "live": 150,
        "flood": 75,
        "hostile": 100,
    },
    posting=Posting(posts=200, burst=50, celebrity_posts=50),
    fan_out=FanOut(depths=(0, 100, 300), rounds=21),
    page=Page(connections=(1, 8, 64), rounds=8, round_s=1.2, warm_up_s=4.0),
    mixed=Mixed(authors=10_000, readers=2_000, first=40, step=1.5, seconds=10, refinements=3),
    growth=Growth(
        entries=(100_000, 1_000_000, 10_000_000),
        followees=(10, 100, 1_000, 5_000),
        celebrities=(0, 10, 50, 200),
        in_flight=(0, 100, 1_000, 10_000),
        depth=(0, 10, 40, 100, 500),
        pushed=(20, 50, 100, 200, 2_000),
        pulled=(20, 50, 100, 200),
        rounds=20,
        pages=50,
    ),
    hybrid=Hybrid(followers=(100, 1_000, 10_000, 100_000), posts=9, rounds=11, pages=40),
    live=LiveHub(processes=2, subscriptions=10_000, audiences=(20, 200, 2_000, 10_000), posts=30),
    flood=Flood(posts=10_000, watch_s=45.0),
    hostile=Hostile(flood_s=15.0),
)
QUICK = Size(
    expected_s={
        "posting": 14,
        "fan-out": 12,
        "page": 50,
        "mixed": 30,
        "growth": 35,
        "hybrid": 20,
        "live": 14,
        "flood": 30,
        "hostile": 25,
    },
    posting=Posting(posts=20, burst=20, celebrity_posts=5),
    fan_out=FanOut(depths=(0,), rounds=9),
    page=Page(connections=(1, 8, 64), rounds=2, round_s=0.4, warm_up_s=1.0),
    mixed=Mixed(authors=1_000, readers=500, first=50, step=2, seconds=3, refinements=0),
    growth=Growth(
        entries=(20_000, 200_000),
        followees=(10, 1_000),
        celebrities=(0, 50),
        in_flight=(0, 1_000),
        depth=(0, 100),
        pushed=(20, 200),
        pulled=(20,),
        rounds=4,
        pages=20,
    ),
    hybrid=Hybrid(followers=(100, 1_000, 10_000), posts=3, rounds=3, pages=20),
    live=LiveHub(processes=1, subscriptions=300, audiences=(20, 300), posts=10),
    flood=Flood(posts=1_000, watch_s=8.0),
    hostile=Hostile(flood_s=2.0),
)
