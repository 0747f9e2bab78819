class LaunchError(Exception):
    """Something could not be started. The message says in a line or a few what to do about it."""
