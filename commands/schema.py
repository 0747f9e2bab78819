"""`tweeter schema`: the GraphQL schema, from which clients are generated."""

import click

from schema import schema


@click.command("schema")
def print_schema() -> None:
    """Print the GraphQL schema."""
    click.echo(schema.as_str())
