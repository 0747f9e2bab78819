"""What a document may ask for. The rules are built once: documents known by other rules are validated again."""

from collections.abc import Callable

from graphql import ASTValidationRule
from strawberry.extensions import AddValidationRules, MaxTokensLimiter, SchemaExtension
from strawberry.extensions.max_aliases import create_validator as aliases_rule
from strawberry.extensions.query_depth_limiter import create_validator as depth_rule

MAX_TOKENS = 2_000  # a full introspection takes some 400
MAX_DEPTH = 12
MAX_ALIASES = 30

RULES: list[type[ASTValidationRule]] = [depth_rule(MAX_DEPTH, None, None), aliases_rule(MAX_ALIASES)]

EXTENSIONS: list[type[SchemaExtension] | Callable[[], SchemaExtension]] = [
    lambda: MaxTokensLimiter(MAX_TOKENS),
    lambda: AddValidationRules(RULES),
]
