"""prometheus_client's multiprocess mode, with files named after a slot instead of the process id.

Tried with: prometheus-client 0.26.0.
"""

from prometheus_client import values


def keep_values_in(slot: int) -> None:
    """Keep the values of metrics that are created after this call in the files of the slot.

    No other process may use the slot.

    The directory is that of PROMETHEUS_MULTIPROC_DIR.

    Why: files named after process ids are never removed, and a process that crashes again and again makes more of them.
    Upstream: the parameter was made for this, but neither it nor `ValueClass` is in the documentation.
    https://github.com/prometheus/client_python/issues/509,
    https://github.com/prometheus/client_python/blob/v0.26.0/prometheus_client/values.py
    """
    values.ValueClass = values.MultiProcessValue(process_identifier=lambda: slot)  # type: ignore[no-untyped-call]
