"""Finds uses of libraries' private names: underscored modules, imports and attributes that a tree does not define."""

import ast
from collections.abc import Iterator, Sequence

Function = ast.FunctionDef | ast.AsyncFunctionDef
PUBLIC = {"_replace", "_asdict", "_fields", "_make", "_exit"}  # documented: those of named tuples, and os._exit


def private_uses(trees: Sequence[ast.Module]) -> list[str]:
    """Return the underscored names that the files use but do not define, once for each use.

    A name on `super()` always counts, since the overriding class did not introduce it.
    """
    defined = {name for tree in trees for name in defined_in(tree)} | PUBLIC
    inherited = [name for tree in trees for name in inherited_in(tree)]
    return inherited + [name for tree in trees for name in used_in(tree) if name not in defined]


def inherited_in(tree: ast.Module) -> Iterator[str]:
    """Yield each underscored name that is read from `super()`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call) and is_private(node.attr):
            function = node.value.func
            if isinstance(function, ast.Name) and function.id == "super":
                yield node.attr


def used_in(tree: ast.Module) -> Iterator[str]:
    """Yield each underscored name that is imported, read from an object or passed as a keyword argument."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [part for alias in node.names for part in alias.name.split(".")]
        elif isinstance(node, ast.Attribute):
            names = [node.attr]
        elif isinstance(node, ast.keyword):
            names = [node.arg or ""]
        else:
            continue
        yield from filter(is_private, names)


def defined_in(tree: ast.Module) -> Iterator[str]:
    """Yield the functions, classes, arguments, variables and attributes that a file defines."""
    for node in ast.walk(tree):
        if isinstance(node, Function | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")
