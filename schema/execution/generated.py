"""A Python function, written line by line and then compiled.

Nothing but response names of the document gets into its text, each as the literal that `repr` writes. Everything else
that the function needs is a constant among its globals. `dataclasses` generates its methods in the same way.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

ARGUMENT = "source"


class GeneratedFunction:
    """A function of one argument. Its variables and constants have names of their own, so that parts can be nested."""

    def __init__(self) -> None:
        self._lines = [f"def generated({ARGUMENT}):"]
        self.depth = 1  # of the blocks around the next line
        self._constants: dict[str, Any] = {}
        self._names: dict[int, str] = {}  # of the constants, by their identity
        self._numbers = count()

    def constant(self, value: object) -> str:
        """Return the name of a global with the value."""
        name = self._names.setdefault(id(value), f"c{len(self._names)}")
        self._constants[name] = value
        return name

    def variable(self) -> str:
        """Return the name of a new variable."""
        return f"v{next(self._numbers)}"

    def add(self, line: str) -> None:
        self._lines.append(" " * self.depth + line)

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Add what is added meanwhile below the head of a compound statement."""
        self.add(f"{head}:")
        self.depth += 1
        yield
        self.depth -= 1

    def compile(self, result: str) -> Callable[[Any], Any]:
        """Return the function. It returns the expression `result`."""
        self.add(f"return {result}")
        exec(compile("\n".join(self._lines), "<a selection>", "exec"), self._constants)  # noqa: S102  # see above
        function: Callable[[Any], Any] = self._constants.pop("generated")
        return function
