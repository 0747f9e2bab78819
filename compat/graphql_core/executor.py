"""graphql-core's executor, as Strawberry extends it, with one named method for each thing that we change or read.

graphql-core takes a subclass (`executor_class`), and says that "the methods used internally for executing and
completing fields are not part of the public API":
https://github.com/graphql-python/graphql-core/blob/v3.3.2/src/graphql/execution/executor.py
Tried with: graphql-core 3.3.2, strawberry-graphql 0.341.2.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
)
from graphql.execution.collect_fields import FieldDetailsList
from graphql.pyutils import Path

from compat.graphql_core.unawaited import ClosingExecutor

Selected: TypeAlias = FieldDetailsList  # nodes that are executed as one field, since they have one name in the answer


Complete: TypeAlias = Callable[[Any], Any]  # from an object, or any value, to its form in the answer


class HookedExecutor(ClosingExecutor):
    """Lets a subclass complete objects in its own way."""

    @classmethod
    def build(
        cls,
        schema: GraphQLSchema,
        document: DocumentNode,
        root_value: Any = None,
        context_value: Any = None,
        raw_variable_values: dict[str, Any] | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> Any:
        """Return an executor, or the errors in the variables, which suggest names if all variables are in ASCII.

        Why: to suggest the right name for a wrong one, graphql-core compares both in lower case, and fails with an
        IndexError if that makes the wrong one longer, as it does for "İ". Names in documents are in ASCII.
        Upstream: `LexicalDistance` in pyutils/suggestion_list.py. There is no issue so far.
        """
        request = (schema, document, root_value, context_value, raw_variable_values, *args)
        executor = super().build(*request, **kwargs | {"hide_suggestions": True})
        if isinstance(executor, list) and str(raw_variable_values).isascii():
            executor = super().build(*request, **kwargs)
        if isinstance(executor, cls):
            executor.begin(document)
        return executor

    def begin(self, document: DocumentNode) -> None:
        """Hook: the executor has just been made for the document."""

    def find_completion(self, type_: GraphQLObjectType, selected: Selected) -> Complete | None:
        """Hook: return what completes an object of the type; None leaves it to graphql-core.

        An exception of the completion also leaves the object to graphql-core, which starts again.
        """
        return None

    def complete_object_value(
        self,
        return_type: GraphQLObjectType,
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,
        position_context: Any,
    ) -> Any:
        complete = self.find_completion(return_type, field_details_list)
        if complete is not None and position_context is None:  # otherwise the object is below a @defer
            try:
                return complete(result)
            except Exception:  # noqa: S110  # graphql-core meets it again, and knows what to do
                pass
        return super().complete_object_value(return_type, field_details_list, info, path, result, position_context)

    def build_per_event_executor(self, payload: Any) -> Any:
        """Give each event of a subscription its own cache.

        Why: the executors of one subscription's events share a cache of sub-selections. Its keys are lists that each
        event creates again, so the cache grows for as long as the subscription lives.
        Upstream: `build_per_event_executor` and `collect_subfields` in the file above. There is no issue so far.
        """
        executor: Any = super().build_per_event_executor(payload)
        executor._relevant_sub_fields = {}
        return executor

    def select_below(self, type_: GraphQLObjectType, selected: Selected) -> Mapping[str, Selected]:
        """Return the fields selected below, by response name, with directives evaluated and fragments merged."""
        return self.collect_subfields(type_, selected).grouped_field_set

    def definition(self, type_: GraphQLObjectType, selected: Selected) -> GraphQLField | None:
        return self.schema.get_field(type_, selected[0].node.name.value)

    @property
    def spread_fragments(self) -> Mapping[str, FragmentDefinitionNode]:
        return self.fragment_definitions

    @property
    def is_plain(self) -> bool:
        """Whether no extension of the schema wraps the resolvers by a `resolve`."""
        return self.middleware_manager is not None and not self.middleware_manager.middlewares


def nodes_of(selected: Selected) -> Iterator[FieldNode]:
    return (details.node for details in selected)
