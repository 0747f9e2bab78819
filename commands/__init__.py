"""The subcommands of `tweeter` that start processes or print the schema. The others have rooms of their own."""
