"""The composition root: the one place that turns settings into the services of a process."""
