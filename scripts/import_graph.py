"""Finds import cycles among the files of a tree."""

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

Graph = dict[str, set[str]]


def cycles(files: Mapping[Path, ast.Module]) -> list[list[str]]:
    """Return import cycles, one at a time until none is left. Imports for type checkers alone do not count."""
    graph, found = graph_of(files), []
    while circle := one_cycle(graph):
        found.append(circle)
        graph[circle[0]].discard(circle[1])
    return found


def graph_of(files: Mapping[Path, ast.Module]) -> Graph:
    """Return the modules that each module of the tree imports."""
    modules = {module_of(path): path for path in files}
    return {
        module: {found for name in imported_by(files[path], package_of(path)) if (found := nearest(name, modules))}
        - {module}
        for module, path in modules.items()
    }


def one_cycle(graph: Graph) -> list[str]:
    """Return the modules of a cycle in the order in which they import each other; none if there is no cycle."""
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        # The sorter lists a cycle from the imported to the importing module.
        return list(error.args[1])[::-1]
    return []


def imported_by(tree: ast.Module, package: str) -> Iterator[str]:
    """Yield the full names that a file imports, each name of a `from` import with its module."""
    for node in at_run_time(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def at_run_time(node: ast.AST) -> Iterator[ast.AST]:
    """Yield each node below, except in the bodies of functions and of `if TYPE_CHECKING`."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        yield child
        yield from at_run_time(child)


def module_of(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def package_of(path: Path) -> str:
    return ".".join(path.parts[:-1])


def nearest(name: str, modules: Mapping[str, Path]) -> str:
    """Return the module that holds the name: itself or the nearest above it; "" for one of another tree."""
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name
