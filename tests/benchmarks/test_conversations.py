"""The feeds of the benchmark of conversations are what their names say. Measured values never fail a test."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.conversations import fan_outs, pages
from benchmarks.conversations.__main__ import main
from benchmarks.conversations.costs import Cost, cost_of, table
from benchmarks.conversations.worlds import PAGE_SIZE, READER, mixed_world, store, worlds
from benchmarks.pages import CLIENT_PAGE
from domain.pages import PageRequest
from domain.records import Event
from storage import Storage

WORLDS = {world.name: world for world in (*worlds(), mixed_world())}
FRAGMENTS = {
    "AvatarOf": "web/src/ui/Avatar.tsx",
    "PictureOf": "web/src/pictures/picture.ts",
    "PostCard": "web/src/posts/card/PostCard.ts",
    "QuotedPost": "web/src/posts/card/QuoteCard.tsx",
    "RepostLineOf": "web/src/posts/card/RepostLine.tsx",
}


def reposts(page: Sequence[Event]) -> int:
    return sum(event.is_repost for event in page)


# Of the first page: its length, and how many of it are reposts.
EXPECTED = {
    "plain posts": (20, 0),
    "half of them reposts": (20, 10),
    "follows 2,000": (20, 0),
    "follows 2,000, mutes 100": (20, 0),
    "follows 2,000, mutes all of them": (0, 0),
    "10,000 replies to strangers on top": (20, 0),
    "300 followees repost one post": (20, 1),
    "20 reposts, each with 0 earlier": (20, 20),
    "20 reposts, each with 10 earlier": (20, 20),
    "20 reposts, each with 40 earlier": (20, 20),
    "20 reposts, one of them with 20,000 earlier": (20, 20),
    "half reposts, a quarter quotes, a quarter replies": (20, 10),
}


@pytest.mark.parametrize("name", WORLDS)
async def test_a_page_of_each_feed_is_what_its_name_says(storage: Storage, name: str) -> None:
    await store(storage, WORLDS[name])
    page = await storage.feed.page(READER, PageRequest(PAGE_SIZE))
    assert (len(page.items), reposts(page.items)) == EXPECTED[name]


def test_ratios_are_of_each_round_and_costs_of_one_action() -> None:
    costs = {"page": [Cost(1.0, 2.0), Cost(2.0, 2.0), Cost(4.0, 2.0)], "other": [Cost(3.0, 1.0)] * 3}
    *_, page, other = table(costs, against="page", process="web")
    assert page == "| page | 2.00 ms | 1.00 | 2.00 ms | 1.00 |"
    assert other == "| other | 3.00 ms | 1.50 | 1.00 ms | 0.50 |"


async def test_an_action_is_repeated_up_to_a_number_or_a_time() -> None:
    done: list[int] = []

    async def act() -> None:
        done.append(1)

    def spent() -> float:
        return len(done) / 1_000

    assert await cost_of(act, mongod=spent, process=spent, most=7, longest_s=60) == Cost(1.0, 1.0)
    assert await cost_of(act, mongod=spent, process=spent, most=7, longest_s=0) == Cost(1.0, 1.0)
    assert len(done) == 7 + 1


@pytest.mark.parametrize("name", FRAGMENTS)
def test_the_page_of_the_client_is_what_the_web_client_selects(root: Path, name: str) -> None:
    (fragment,) = re.findall(rf"fragment {name} on .*?(?=`)", (root / FRAGMENTS[name]).read_text(), re.DOTALL)
    assert " ".join(fragment.split()) in " ".join(CLIENT_PAGE.split())


def test_a_short_run_prints_all_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fan_outs, "FOLLOWERS", 10)
    monkeypatch.setattr(pages, "worlds", lambda: [WORLDS["plain posts"]])
    ran = CliRunner().invoke(main, ["--rounds", "1"])
    assert ran.exit_code == 0, ran.output
    rows = [line for line in ran.stdout.splitlines() if line.startswith("| ")]
    assert len(rows) == 1 + 6 + 2 + 3, "with the heads of three tables"
    assert "commit" in ran.stdout
