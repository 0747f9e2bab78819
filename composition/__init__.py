"""The composition root: turns settings into the services of a process."""
