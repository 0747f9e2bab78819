"""Failures to start a server or a process."""

from domain.errors import OperatorError


class LaunchError(OperatorError):
    """Something could not be started. The message has one or a few lines and says what to do."""
