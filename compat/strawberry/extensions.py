"""The hooks of Strawberry's extensions, found once for each class of extension.

Why: for each request, Strawberry finds out anew for each extension and stage whether its hook is a generator, and wraps
it. In a profile of pages, that is a tenth of the time.
Upstream: https://github.com/strawberry-graphql/strawberry/blob/0.341.2/strawberry/extensions/context.py and
https://github.com/strawberry-graphql/strawberry/blob/0.341.2/strawberry/extensions/runner.py. There is no issue so far.
Tried with: strawberry-graphql 0.341.2.
"""

from collections.abc import Callable
from contextlib import asynccontextmanager, contextmanager
from functools import lru_cache, partial
from inspect import isasyncgenfunction, isgeneratorfunction
from typing import Any

from strawberry.extensions import SchemaExtension
from strawberry.extensions.context import (
    ExecutingContextManager,
    ExtensionContextManagerBase,
    OperationContextManager,
    ParsingContextManager,
    ValidationContextManager,
    WrappedHook,
)
from strawberry.extensions.runner import SchemaExtensionsRunner

Manager = Callable[[SchemaExtension], Any]  # a hook as a context manager


class FoundHooks(ExtensionContextManagerBase):
    def get_hook(self, extension: SchemaExtension) -> WrappedHook | None:
        """Return the hook as Strawberry does."""
        hook = getattr(type(extension), self.HOOK_NAME)
        wrapped = None if hook is self.default_hook else _wrapped(hook)
        if wrapped is None:
            return super().get_hook(extension)
        manager, is_async = wrapped
        return WrappedHook(extension=extension, hook=partial(manager, extension), is_async=is_async)


class Operation(FoundHooks, OperationContextManager): ...


class Parsing(FoundHooks, ParsingContextManager): ...


class Validation(FoundHooks, ValidationContextManager): ...


class Executing(FoundHooks, ExecutingContextManager): ...


class QuickRunner(SchemaExtensionsRunner):
    """Runs the hooks as Strawberry's runner does."""

    def operation(self) -> Operation:
        return Operation(self.extensions)

    def parsing(self) -> Parsing:
        return Parsing(self.extensions)

    def validation(self) -> Validation:
        return Validation(self.extensions)

    def executing(self) -> Executing:
        return Executing(self.extensions)


@lru_cache
def _wrapped(hook: Callable[[SchemaExtension], Any]) -> tuple[Manager, bool] | None:
    """Return the hook as a context manager, and whether that is asynchronous. Return None if it is no generator."""
    if isasyncgenfunction(hook):
        return asynccontextmanager(hook), True
    return (contextmanager(hook), False) if isgeneratorfunction(hook) else None
