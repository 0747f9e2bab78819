"""A schema with every kind of field, data with odd values, and generated valid documents."""

import asyncio
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from random import Random
from typing import Annotated, Any, cast

import strawberry
from graphql import Undefined
from strawberry.permission import BasePermission
from strawberry.schema.config import StrawberryConfig

from compat.graphql_core.unawaited import ClosingExecutor
from schema.execution.compiled import CompiledExecutor
from schema.scalars import SCALARS


@strawberry.enum
class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Forbidden(BasePermission):
    message = "forbidden"

    def has_permission(self, source: Any, info: Any, **kwargs: Any) -> bool:
        return bool(source.flag)


@strawberry.interface
class Named:
    name: str


@strawberry.type
class Leaf(Named):
    id: strawberry.ID
    number: int
    ratio: float
    flag: bool
    colour: Colour
    when: datetime
    maybe: str | None
    numbers: list[int]
    maybe_numbers: list[int | None] | None


@strawberry.type
class Plain:
    """A type without interfaces, so that no check of an object's type is made."""

    text: str
    leaf: Leaf | None


@strawberry.type
class Branch(Named):
    flag: bool
    leaf: Leaf
    plain: Plain
    leaves: list[Leaf]
    maybe_leaves: list[Leaf | None] | None
    grid: list[list[Plain]]
    child: "Branch | None"
    either: Annotated["Leaf | Plain", strawberry.union("Either")] | None
    named: Named | None
    guarded: str = strawberry.field(permission_classes=[Forbidden])

    @strawberry.field
    def shouted(self) -> str:
        return self.name.upper()

    @strawberry.field
    async def whispered(self, times: int = 1) -> str | None:
        await asyncio.sleep(0)
        return self.name.lower() * times

    @strawberry.field
    async def later(self) -> "Branch | None":
        await asyncio.sleep(0)
        return self.child


class Kin(Leaf):
    """Not a type of the schema, but its instances are accepted as those of one."""


@strawberry.type
class Query:
    branch: Branch | None
    branches: list[Branch | None]
    plain: Plain

    @strawberry.field
    async def strict(self) -> Branch:
        return cast(Branch, self.branch)


def make_schema(*, compiled: bool) -> strawberry.Schema:
    return strawberry.Schema(
        Query,
        execution_context_class=CompiledExecutor if compiled else ClosingExecutor,
        config=StrawberryConfig(scalar_map=SCALARS),
    )


class Odd:
    def __repr__(self) -> str:
        return "odd"


class OddList(Odd):
    def __init__(self, value: object) -> None:
        self._value = value

    def __iter__(self) -> Iterator[object]:
        yield self._value


# -- data -------------------------------------------------------------------------------------------------------------


@dataclass
class Later:
    """An awaitable that, unlike a coroutine, gives no warning if it is not awaited."""

    value: object

    def __await__(self) -> Generator[None, None, object]:
        yield
        return self.value


class Data:
    """Make odd data. The same seed gives the same data."""

    def __init__(self, seed: int) -> None:
        self._dice = Random(seed)
        self._oddity = self._dice.choice([0, 0, 0.01, 0.05, 0.3])

    def query(self) -> Query:
        return Query(branch=self._branch(3), branches=self._several(lambda: self._branch(1)), plain=self._plain())

    def _maybe_odd(self, value: Any) -> Any:
        return value if self._dice.random() >= self._oddity else self._odd(value)

    def _odd(self, value: Any) -> Any:
        kinds: list[Callable[[], Any]] = [
            *[lambda: None, lambda: Undefined, lambda: ValueError("an odd value"), lambda: Odd(), lambda: "odd"],
            *[lambda: 2**31, lambda: -(2**31), lambda: True, lambda: 1.0, lambda: 1.5, lambda: float("nan")],
            *[lambda: 7, lambda: b"x", dict, lambda: [value], lambda: (value, value), lambda: {"name": "x"}],
            *[lambda: Colour.RED, lambda: "RED", lambda: datetime(2026, 1, 1)],  # odd, since it has no time zone
            *[
                lambda: self._leaf(Kin),
                lambda: strawberry.cast(Leaf, Plain(text="x", leaf=None)),
                lambda: self._plain(),
            ],
            *[lambda: OddList(value), lambda: {"odd"}],
        ]
        odd = self._dice.choice(kinds)()
        return Later(odd) if self._dice.random() < 0.2 else odd

    def _several(self, make: Callable[[], Any]) -> Any:
        return self._maybe_odd([make() for _ in range(self._dice.randrange(4))])

    def _leaf(self, cls: type[Leaf] = Leaf) -> Any:
        odd = self._maybe_odd
        leaf = cls(
            name=odd("Lea"),
            id=odd(strawberry.ID("1")),
            number=odd(5),
            ratio=odd(0.5),
            flag=odd(True),
            colour=odd(Colour.BLUE),
            when=odd(datetime(2026, 1, 1, tzinfo=UTC)),
            maybe=odd(self._dice.choice([None, "be"])),
            numbers=self._several(lambda: odd(1)),
            maybe_numbers=self._several(lambda: odd(self._dice.choice([None, 2]))),
        )
        if self._dice.random() < self._oddity:
            del leaf.number
        return odd(leaf)

    def _plain(self) -> Any:
        return self._maybe_odd(Plain(text=self._maybe_odd("text"), leaf=self._dice.choice([None, self._leaf()])))

    def _branch(self, depth: int) -> Any:
        odd = self._maybe_odd
        return odd(
            Branch(
                name=odd("Bran"),
                flag=odd(self._dice.random() < 0.8),
                leaf=self._leaf(),
                plain=self._plain(),
                leaves=self._several(self._leaf),
                maybe_leaves=self._several(lambda: self._dice.choice([None, self._leaf()])),
                grid=self._several(lambda: self._several(self._plain)),
                child=self._branch(depth - 1) if depth else None,
                either=self._dice.choice([None, self._leaf(), self._plain()]),
                named=self._dice.choice([None, self._leaf()]),
                guarded=odd("guarded"),
            )
        )


# -- documents --------------------------------------------------------------------------------------------------------

LEAF = {"name": "", "id": "", "number": "", "ratio": "", "flag": "", "colour": "", "when": "", "maybe": ""} | {
    "numbers": "",
    "maybeNumbers": "",
}
FIELDS: dict[str, dict[str, str]] = {
    "Query": {"branch": "Branch", "branches": "Branch", "plain": "Plain", "strict": "Branch"},
    "Branch": {"name": "", "flag": "", "leaf": "Leaf", "plain": "Plain", "leaves": "Leaf", "maybeLeaves": "Leaf"}
    | {"grid": "Plain", "child": "Branch", "either": "Either", "named": "Named", "guarded": "", "shouted": ""}
    | {"whispered": "", "later": "Branch"},
    "Leaf": LEAF,
    "Plain": {"text": "", "leaf": "Leaf"},
    "Named": {"name": ""},
    "Either": {},
}
CONDITIONS = {
    "Query": ["Query"],
    "Branch": ["Branch", "Named"],
    "Leaf": ["Leaf", "Named"],
    "Plain": ["Plain"],
    "Named": ["Named", "Leaf", "Branch"],
    "Either": ["Leaf", "Plain", "Either"],
}
DIRECTIVES = ["@skip(if: false)", "@skip(if: $yes)", "@include(if: $yes)", "@include(if: false)", "@include(if: $no)"]


class Documents:
    """Make valid documents: a field always has the same arguments under the same alias."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._fragments: dict[str, str] = {}
        self._resolvers = dice.random() < 0.5  # otherwise only plain attributes
        self._directives = dice.choice([0, 0, 0.05])

    def document(self) -> str:
        selection = self._selection("Query", 4)
        used = "{ __typename @include(if: $yes) @skip(if: $no) "
        fragments = " ".join(self._fragments.values())
        return f"query ($yes: Boolean = true, $no: Boolean!) {used}{selection[1:]} {fragments}"

    def _selection(self, type_: str, depth: int) -> str:
        parts = list(self._parts(type_, depth)) or ["__typename"]
        return "{ " + " ".join(parts) + " }"

    def _parts(self, type_: str, depth: int) -> Iterable[str]:
        for _ in range(self._dice.randrange(1, 6)):
            match self._dice.randrange(12):
                case 0:
                    yield self._directed(f"... on {self._condition(type_, depth)}")
                case 1:
                    yield self._directed("...") + f" {self._selection(type_, depth - 1)}" if depth > 1 else "__typename"
                case 2:
                    yield self._directed(f"...{self._fragment(type_, depth)}") if depth > 1 else "__typename"
                case 3:
                    yield self._dice.choice(["__typename", "kind: __typename"])
                case _:
                    yield from self._field(type_, depth)

    def _directed(self, text: str) -> str:
        if self._dice.random() >= self._directives:
            return text
        directive = self._dice.choice(DIRECTIVES)
        head, brace, rest = text.partition(" {")
        return f"{head} {directive}{brace}{rest}"

    def _condition(self, type_: str, depth: int) -> str:
        condition = self._dice.choice(CONDITIONS[type_])
        return f"{condition} {self._selection(condition, depth - 1)}" if depth > 1 else f"{condition} {{ __typename }}"

    def _fragment(self, type_: str, depth: int) -> str:
        """Make a fragment named by its place, so that none spreads itself."""
        condition = self._dice.choice(CONDITIONS[type_])
        name = f"{condition}{depth}"
        if name not in self._fragments:
            self._fragments[name] = ""
            self._fragments[name] = f"fragment {name} on {condition} {self._selection(condition, depth - 1)}"
        return name

    def _field(self, type_: str, depth: int) -> Iterable[str]:
        usable = {
            name: of
            for name, of in FIELDS[type_].items()
            if (depth > 1 or not of)
            and (self._resolvers or name not in ("shouted", "whispered", "later", "guarded", "strict"))
        }
        if usable:
            name = self._dice.choice(list(usable))
            alias = self._dice.choice(["", "", f"{name}Again: "])
            arguments = "(times: 2)" if name == "whispered" else ""
            inner = f" {self._selection(usable[name], depth - 1)}" if usable[name] else ""
            yield self._directed(f"{alias}{name}{arguments}") + inner
