"""The limits of a document. The rules are built once, since documents known by other rules are validated again."""

from collections.abc import Iterator
from typing import cast

from graphql import ASTValidationRule
from strawberry.extensions import SchemaExtension

from compat.graphql_core.validation import bound_comparisons
from compat.strawberry.results import ParseOptions
from schema.execution.budget import Budgets
from schema.execution.shape import Bounds, bounds_rule

MAX_DOCUMENT_CHARACTERS = 16 * 1024
MAX_TOKENS = 1_000  # a full introspection takes some 400
MAX_ROOT_FIELDS = 20
MAX_SELECTIONS = 2_000  # after fragments are spread; a full introspection has 240, the web client's largest document 50
MAX_ALIASES = 30
MAX_DEPTH = 12
MAX_INTROSPECTION_DEPTH = 14  # one more than introspection tools ask for
MAX_DIRECTIVES = 50
MAX_DIRECTIVES_AT_ONCE = 4
MAX_DIGITS = 100  # digits of a number; a valid one has at most eleven
MAX_ERRORS = 20  # reported for a document
MAX_MESSAGE_CHARACTERS = 500  # of an error message, which quotes names of the document
MAX_COMPARISONS = 5_000  # of fields of one name, which take 5 ms; graphql-core's default of 500,000 takes half a second

WAITING_OF_ONE = 10  # waiting requests of one account or anonymous address, for each kind of turn
WAITING = 200  # waiting requests of all callers, for each kind of turn

MAX_COST = 25_000  # points: some 60 ms of the process. 100 posts with all their fields cost about two thirds of it
DEAR_COST = 6_000  # a page of 20 posts with all their fields costs less
CHEAP_COST = 1_000  # 20 posts of one author, or 20 followers, cost less
AT_ONCE = 8  # enough to keep the process busy while most of them wait for a distant MongoDB
LONG_CHARACTERS = 1_000  # some 4 ms to parse and validate; the longest take 40

BOUNDS = Bounds(
    root_fields=MAX_ROOT_FIELDS,
    selections=MAX_SELECTIONS,
    aliases=MAX_ALIASES,
    depth=MAX_DEPTH,
    introspection_depth=MAX_INTROSPECTION_DEPTH,
    directives=MAX_DIRECTIVES,
    directives_at_once=MAX_DIRECTIVES_AT_ONCE,
    digits=MAX_DIGITS,
    errors=MAX_ERRORS,
)
BUDGETS = Budgets(
    limit=MAX_COST,
    cheap=CHEAP_COST,
    dear=DEAR_COST,
    at_once=AT_ONCE,
    long=LONG_CHARACTERS,
    waiting_of_one=WAITING_OF_ONE,
    waiting=WAITING,
)

PARSE_OPTIONS = cast(ParseOptions, {"max_tokens": MAX_TOKENS, "max_source_length": MAX_DOCUMENT_CHARACTERS})
RULES: tuple[type[ASTValidationRule], ...] = (bounds_rule(BOUNDS),)
bound_comparisons(MAX_COMPARISONS)


class DocumentLimits(SchemaExtension):
    """Bounds parsing, and adds the validation rules."""

    def on_operation(self) -> Iterator[None]:
        context = self.execution_context
        context.parse_options = PARSE_OPTIONS
        context.validation_rules += RULES
        yield
