"""Alternating measurements of contestants."""

from benchmarks.alternating import alternate, ratios


async def test_the_order_alternates_and_warm_up_rounds_are_dropped() -> None:
    turns: list[str] = []
    said: list[str] = []

    async def measure_a() -> float:
        turns.append("a")
        return len(turns)

    async def measure_b() -> float:
        turns.append("b")
        return len(turns)

    results = await alternate({"a": measure_a, "b": measure_b}, rounds=3, warm_up=1, say=said.append)
    assert "".join(turns) == "ba" + "ab" + "ba" + "ab"
    assert results == {"a": [3, 6, 7], "b": [4, 5, 8]}
    assert said == ["a / b: warming up", *(f"a / b: round {number} of 3" for number in (1, 2, 3))]


def test_ratios_are_of_the_same_round() -> None:
    assert ratios([2, 9], [1, 3]) == [2, 3]
