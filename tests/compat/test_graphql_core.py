"""The undocumented parts of graphql-core that we rely on."""

import inspect
from typing import Any

import pytest
from graphql import (
    Executor,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    parse,
    specified_rules,
    validate,
)
from graphql.execution.incremental import IncrementalExecutor
from graphql.validation.rules import overlapping_fields_can_be_merged

from compat.graphql_core.executor import Complete, HookedExecutor, Selected, nodes_of
from compat.graphql_core.validation import AbortingRule, bound_comparisons
from tests.compat.canaries import check_attributes, check_signature

PET = GraphQLObjectType("Pet", {"name": GraphQLField(GraphQLString), "age": GraphQLField(GraphQLString)})
SCHEMA = GraphQLSchema(GraphQLObjectType("Query", {"pet": GraphQLField(PET)}))
TEXT = "{ pet { name ...f } } fragment f on Pet { age }"


def test_the_overridden_methods_exist() -> None:
    names = ("return_type", "field_details_list", "info", "path", "result", "position_context")
    check_signature(Executor.complete_object_value, "self", *names)
    check_signature(Executor.collect_subfields, "self", "return_type", "field_details_list")
    check_signature(Executor.build_per_event_executor, "self", "payload")
    given = ("schema", "document", "root_value", "context_value", "raw_variable_values")
    assert tuple(inspect.signature(Executor.build).parameters)[: len(given)] == given
    check_signature(Executor.execute_operation, "self", "serially")
    item = ("item_type", "field_details_list", "info", "item_path", "position_context")
    check_signature(Executor.complete_list_item_value, "self", "item", "complete_results", *item)
    check_signature(Executor.complete_awaitable_list_item_value, "self", "item", *item)
    assert issubclass(HookedExecutor, IncrementalExecutor), "Strawberry's is another kind of executor now"


def test_an_executor_has_the_attributes_that_are_read() -> None:
    executor = HookedExecutor.build(SCHEMA, parse(TEXT))
    names = ("schema", "fragment_definitions", "middleware_manager", "is_awaitable", "background_futures")
    check_attributes(executor, *names, "_relevant_sub_fields")
    assert set(executor.spread_fragments) == {"f"}


class Upper(HookedExecutor):
    """Completes a Pet itself if its name is not a number."""

    asked: list[list[str]]

    def begin(self, document: object) -> None:
        self.asked = []

    def find_completion(self, type_: GraphQLObjectType, selected: Selected) -> Complete | None:
        below = self.select_below(type_, selected)
        self.asked.append([*below, *(node.name.value for node in nodes_of(selected))])
        assert self.definition(type_, below["name"]) is PET.fields["name"]

        def complete(pet: Any) -> dict[str, Any]:
            return {name: pet[name].upper() for name in below}

        return complete


@pytest.mark.parametrize(
    ("pet", "answer"),
    [({"name": "ida", "age": "x"}, {"name": "IDA", "age": "X"}), ({"name": 1}, {"name": "1", "age": None})],
)
def test_objects_that_a_subclass_cannot_complete_fall_back_to_graphql_core(pet: object, answer: object) -> None:
    executor = Upper.build(SCHEMA, parse(TEXT), {"pet": pet})
    assert executor.execute_operation().data == {"pet": answer}
    assert executor.asked == [["name", "age", "pet"]]


def test_each_events_executor_has_its_own_cache() -> None:
    """Stock executors share one. If this fails, `build_per_event_executor` can be removed."""
    stock, ours = Executor.build(SCHEMA, parse(TEXT)), HookedExecutor.build(SCHEMA, parse(TEXT))
    assert isinstance(stock, Executor)
    assert stock.build_per_event_executor({})._relevant_sub_fields is stock._relevant_sub_fields
    assert ours.build_per_event_executor({})._relevant_sub_fields is not ours._relevant_sub_fields


async def test_each_coroutine_of_an_operation_is_awaited_or_closed() -> None:
    """tests/schema/execution/test_unawaited.py cancels at each step, and makes each field fail."""
    begun: list[str] = []

    async def slow(*_: object) -> str:
        begun.append("slow")
        return "x"

    def fail(*_: object) -> str:
        raise ValueError

    from_ = GraphQLObjectType(
        "Query", {"slow": GraphQLField(GraphQLString, resolve=slow), "fail": GraphQLField(GraphQLString, resolve=fail)}
    )
    executor = HookedExecutor.build(GraphQLSchema(from_), parse("{ slow fail }"))
    result = await executor.execute_operation()
    assert result.data == {"slow": "x", "fail": None}
    assert begun == ["slow"]
    assert executor._created
    assert all(coroutine.cr_frame is None for coroutine in executor._created), "each is awaited or closed"


class Few(AbortingRule):
    most_errors = 2


class Never(AbortingRule):
    most_errors = 100

    def enter_document(self, *_: object) -> None:
        self.abort("never")


def test_a_validation_ends_after_the_maximum_number_of_errors() -> None:
    errors = validate(SCHEMA, parse("{ a b c d }"), [Few, *specified_rules])
    assert [error.message for error in errors][2:] == ["There are more errors than these 2."]


def test_a_rule_ends_a_validation_before_another_finds_anything() -> None:
    errors = validate(SCHEMA, parse("{ a b c d }"), [Never, *specified_rules])
    assert [error.message for error in errors] == ["never"]


def test_comparisons_are_bounded_by_the_modules_constant(monkeypatch: pytest.MonkeyPatch) -> None:
    many = parse("{ pet { name } " + " ".join("pet { name age }" for _ in range(30)) + " }")
    monkeypatch.setattr(overlapping_fields_can_be_merged, "MAX_COMPLEXITY_BUDGET", 500_000)
    assert validate(SCHEMA, many) == []
    bound_comparisons(10)
    assert [error.message for error in validate(SCHEMA, many)] == ["Validation aborted."]
