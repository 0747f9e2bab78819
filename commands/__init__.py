"""The subcommands of `tweeter` that start something; the others have rooms of their own."""
