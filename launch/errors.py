"""Failures to start a server or a process."""

from domain.errors import OperatorError


class LaunchError(OperatorError):
    """Something could not be started. The message says in a line or a few what to do about it."""
