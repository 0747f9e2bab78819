"""HTTP: the GraphQL endpoint, pages, metrics, and limits on incoming requests."""
