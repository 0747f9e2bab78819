"""Finds uses of libraries in syntax trees that are forbidden in product code."""

import ast
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tests.compat.documented import DOCUMENTED, SETTINGS

OWN_INSTANCE = ("self", "cls")
# Dunder names of the language. Any other belongs to a library.
PYTHONS = {
    *(name for kind in (object, type, dict, list, Exception, type(lambda: None)) for name in dir(kind)),
    *("_asdict", "_fields", "_make", "_replace"),  # of named tuples
    *("__orig_bases__", "__parameters__", "_abc_impl", "_is_protocol"),  # set by typing and abc
    *("__await__", "__file__", "__post_init__", "__wrapped__", "__traceback__", "__aiter__", "__anext__"),
}


class Found(NamedTuple):
    line: int
    problem: str


def is_private(name: str) -> bool:
    return name.startswith("_") and name not in PYTHONS


def is_others(module: str, own: Sequence[str]) -> bool:
    """Return whether the module belongs to a library: not to us and not to the standard library."""
    root = module.partition(".")[0]
    return root not in own and root not in sys.stdlib_module_names


class Checker(ast.NodeVisitor):
    """Visits one file. `own` holds the names of our top-level packages and modules."""

    def __init__(self, own: Sequence[str]) -> None:
        self.found: list[Found] = []
        self._own = own
        self._imported: dict[str, str] = {}  # the imported object of each name in the module
        self._classes: list[set[str]] = []  # the names that the enclosing classes define

    def visit_Import(self, node: ast.Import) -> None:
        for each in node.names:
            self._check_module(node, each.name)
            self._imported[each.asname or each.name.partition(".")[0]] = each.name

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        for each in node.names:
            inner = f"{module}.{each.name}"
            documented = DOCUMENTED.get(module.partition(".")[0], frozenset())
            self._check_module(node, inner if inner in documented else module)
            self._imported[each.asname or each.name] = inner
            if is_private(each.name) and is_others(module, self._own):
                self._add(node, f"imports the private {inner}")

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(set(defined_in(node)))
        self.generic_visit(node)
        self._classes.pop()

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if is_private(node.attr) and not self._is_own(node):
            self._add(node, f"uses the private {ast.unparse(node)}")
        if isinstance(node.ctx, ast.Store | ast.Del) and self._is_imported(node.value) and not self._is_setting(node):
            self._add(node, f"changes a library: {ast.unparse(node)}")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        match node:
            case ast.Call(
                func=ast.Name("getattr" | "setattr" | "hasattr" as name), args=[of, ast.Constant(str(attribute)), *_]
            ):
                if is_private(attribute):
                    self._add(node, f"uses the private {attribute!r} with {name}")
                if name == "setattr" and self._is_imported(of):
                    self._add(node, f"changes a library: {ast.unparse(node)}")
        self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        match node:
            case ast.Subscript(value=ast.Call(func=ast.Name("vars"), args=[_]) | ast.Attribute(attr="__dict__")):
                self._add(node, f"writes or reads attributes past their class: {ast.unparse(node)}")
        self.generic_visit(node)

    def _is_own(self, node: ast.Attribute) -> bool:
        if isinstance(node.value, ast.Name):
            if node.value.id in OWN_INSTANCE:
                return True
            if bound := self._imported.get(node.value.id):
                return not is_others(bound, self._own)
            return any(node.attr in names for names in self._classes)  # another object of the same class
        return False  # the result of an expression may not belong to the enclosing class

    def _is_imported(self, node: ast.expr) -> bool:
        while isinstance(node, ast.Attribute):  # ends: a tree has leaves
            node = node.value
        bound = self._imported.get(node.id) if isinstance(node, ast.Name) else None
        return bound is not None and is_others(bound, self._own)

    def _is_setting(self, node: ast.Attribute) -> bool:
        return isinstance(node.value, ast.Name) and f"{self._imported[node.value.id]}.{node.attr}" in SETTINGS

    def _check_module(self, node: ast.stmt, module: str) -> None:
        if not is_others(module, self._own):
            return
        root = module.partition(".")[0]
        if any(is_private(part) for part in module.split(".")):
            self._add(node, f"imports the private {module}")
        elif root in DOCUMENTED and module not in DOCUMENTED[root]:
            self._add(node, f"imports the undocumented {module}")

    def _add(self, node: ast.AST, problem: str) -> None:
        self.found.append(Found(getattr(node, "lineno", 0), problem))


def check(source: str, own: Sequence[str]) -> list[Found]:
    checker = Checker(own)
    checker.visit(ast.parse(source))
    return checker.found


def defined_in(node: ast.ClassDef) -> Iterator[str]:
    """Return the names that a class defines or sets on its objects."""
    for each in ast.walk(node):
        match each:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.Attribute(value=ast.Name("self" | "cls"), attr=name, ctx=ast.Store()):
                yield name
            case ast.AnnAssign(target=ast.Name(name)) | ast.Assign(targets=[ast.Name(name)]):
                yield name


def used_of_self(node: ast.ClassDef) -> Iterator[str]:
    """Return the private names that a class reads from its own objects."""
    for each in ast.walk(node):
        match each:
            case ast.Attribute(value=ast.Name("self" | "cls"), attr=name, ctx=ast.Load()) if is_private(name):
                yield name
