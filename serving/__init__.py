"""HTTP: the GraphQL endpoint, pages, figures, and bounds on what comes in."""
