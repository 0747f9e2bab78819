"""Only compat/ relies on undocumented parts of libraries."""

import ast
import importlib
import inspect
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from tests.compat.rules import check, defined_in, is_others, is_private, used_of_self

ROOT = Path(__file__).parent.parent.parent
WHEEL = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
SHIPPED = ["tweeter.py", *WHEEL["only-include"]]
OWN = [Path(each).stem for each in SHIPPED]


def product_files() -> Iterator[Path]:
    for each in (ROOT / shipped for shipped in SHIPPED if shipped != "compat"):
        yield from sorted(each.rglob("*.py")) if each.is_dir() else [each]


FILES = list(product_files())


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_product_code_uses_only_documented_names(file: Path) -> None:
    found = [f"{file.relative_to(ROOT)}:{line}: {problem}" for line, problem in check(file.read_text(), OWN)]
    assert not found, "behind one function in compat/, or by another way:\n" + "\n".join(found)


def test_no_class_overrides_or_reads_private_names_of_a_library() -> None:
    """This inspects the classes, because the syntax does not show inherited names of `self`."""
    found = [problem for kind in product_classes() for problem in private_in(kind)]
    assert not found, "\n".join(found)


def product_classes() -> Iterator[type]:
    for file in FILES:
        if any(isinstance(node, ast.ClassDef) for node in ast.parse(file.read_text()).body):
            name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            module = importlib.import_module(name.removesuffix(".__init__"))
            yield from (each for each in vars(module).values() if inspect.isclass(each) and each.__module__ == name)


def private_in(kind: type) -> Iterator[str]:
    foreign = [base for base in kind.__mro__ if is_others(base.__module__, OWN)]
    if not foreign:
        return
    for name in vars(kind).keys() - given_by_metaclass(kind):
        if is_private(name) and any(name in vars(base) for base in foreign):
            yield f"{kind.__module__}.{kind.__qualname__} overrides the private {name}"
    ours = [base for base in kind.__mro__ if base.__module__.partition(".")[0] in OWN]
    known = {name for base in ours for node in class_node(base) for name in defined_in(node)}
    for node in class_node(kind):
        for name in set(used_of_self(node)) - known:
            yield f"{kind.__module__}.{kind.__qualname__} reads the private {name}, which no class of ours defines"


def given_by_metaclass(kind: type) -> set[str]:
    """Return the names that a library's metaclass gives a class without a body, except those that ours defines."""
    if not is_others(type(kind).__module__, OWN):
        return set()
    empty = type(kind)("Empty", kind.__bases__, {"__module__": __name__})
    return vars(empty).keys() - {name for node in class_node(kind) for name in defined_in(node)}


def class_node(kind: type) -> list[ast.ClassDef]:
    """Return the class in the syntax tree of its module, or None for a class that was made by a call."""
    module = ast.parse(inspect.getsource(inspect.getmodule(kind) or kind))
    return [node for node in ast.walk(module) if isinstance(node, ast.ClassDef) and node.name == kind.__name__]


PLANTED = {
    "an attribute of an argument": "def f(info): return info._raw_info",
    "an attribute of an attribute": "def f(context): return context.schema._schema",
    "an attribute of a result": "def f(schema): return schema.graphql()._schema",
    "an attribute of a module": "import celery\ncelery._state",
    "an attribute of super": "class A:\n    def f(self): return super()._f()",
    "a dunder of a library": "def f(enum): return enum.__strawberry_definition__",
    "an attribute by its name": "def f(info): return getattr(info, '_raw_info')",
    "one that another class defines": "class A:\n    _schema = 1\n\ndef f(schema): return schema._schema",
    "a private module": "from uvicorn._types import Scope",
    "a private module of any library": "import orjson._impl",
    "a private name": "from pymongo.errors import _Wrapped",
    "an undocumented module": "from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol",
    "an undocumented module by name": "from graphql import pyutils, execution\nfrom graphql.pyutils import Path",
    "an undocumented module under another name": "import kombu.transport.redis as broker",
    "PyMongo's pool": "from pymongo.asynchronous.pool import Pool",
    "a dependency of a dependency": "from cross_web import HTTPException",
    "an attribute set on a module": "import celery\ncelery.maxsize = 1",
    "an attribute set on a class": "from starlette.requests import Request\nRequest.body.size = 1",
    "an attribute set by a call": "import celery\nsetattr(celery, 'maxsize', 1)",
    "an attribute removed": "import celery\ndel celery.maxsize",
    "an attribute planted past the class": "def f(document): vars(document)['x'] = 1",
    "another one": "def f(document): document.__dict__['x'] = 1",
}

ALLOWED = {
    "what is one's own": "class A:\n    def __init__(self): self._a = 1\n    def f(self): return self._a",
    "what another object of the class has": "class A:\n    _a = 1\n    def f(self, other): return other._a < self._a",
    "the standard library": "import os\nos._exit(1)",
    "what the language gives": "def f(x): return x.__class__.__name__, x.__doc__, x.__traceback__",
    "what is documented": "from pymongo.asynchronous.collection import AsyncCollection\nimport redis.asyncio",
    "one's own modules": "from domain import text\nfrom compat.uvicorn.http import HTTPConnection",
    "an attribute of an object": "import celery\ndef f(): app = celery.Celery(); app.conf = 1",
}


@pytest.mark.parametrize("source", PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_use_is_found(source: str) -> None:
    assert check(source, OWN)


@pytest.mark.parametrize("source", ALLOWED.values(), ids=ALLOWED.keys())
def test_documented_and_own_names_are_allowed(source: str) -> None:
    assert check(source, OWN) == []


def test_a_planted_class_is_found() -> None:
    base = type("Base", (), {"_execute": 1, "__module__": "strawberry.schema"})
    kind = type("Overriding", (base,), {"_execute": 2, "__module__": __name__})
    assert list(private_in(kind)) == [f"{__name__}.Overriding overrides the private _execute"]


def test_only_names_that_a_class_defines_itself_count_as_overridden() -> None:
    class Given(BaseModel):
        pass

    class Defining(BaseModel):
        __pydantic_complete__ = True

    assert not list(private_in(Given))
    assert [problem.rpartition(" ")[2] for problem in private_in(Defining)] == ["__pydantic_complete__"]
