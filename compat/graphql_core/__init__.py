"""graphql-core, tried with 3.3.2."""
