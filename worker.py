"""The Celery application: what `celery -A worker` runs. The cores of the tasks say what each does."""

import asyncio
import gc
import sys
from collections.abc import Coroutine
from contextlib import ExitStack
from functools import partial
from typing import Any

import structlog
from celery import Celery
from celery.signals import (
    beat_init,
    setup_logging,
    task_postrun,
    task_prerun,
    worker_init,
    worker_process_init,
    worker_process_shutdown,
    worker_ready,
    worker_shutdown,
    worker_shutting_down,
)

import logs
from compat.flower import count_queues_with
from composition.storage import refuse_cluster, until_usable
from composition.tasks import task_services_of
from composition.tracing import check_tracing, tracing_of
from domain.errors import OperatorError
from monitoring.worker_monitor import WorkerMonitor
from running import with_servers_of_up
from settings import BadSetting, Settings
from storage import Misconfigured
from tasks.broker import REQUEST_ID, TRACEPARENT, Broker, make_celery
from tasks.cores import CORES, SWEEP_EVERY_S, Core
from tasks.requests import task_class
from tasks.runtime import Runtime
from tasks.sweeps import sweeps
from tracing import spans


def read_settings() -> Settings:
    """Return the settings, with the servers of a running `tweeter up`.

    Raises:
        SystemExit: There are bad variables. A line for each is on standard error.
    """
    try:
        return with_servers_of_up(Settings.from_environment())
    except BadSetting as error:
        sys.stderr.writelines(f"tweeter: {line}\n" for line in str(error).splitlines())
        raise SystemExit(2) from None


settings = read_settings()


def log_in_one_format() -> None:
    logs.configure(settings.log_level, settings.log_format, process=logs.celery_process(sys.argv[1:]))


log_in_one_format()  # Flower adds a format of its own only if there is none yet
celery: Celery = make_celery(settings.broker)
broker = Broker(celery)
count_queues_with(broker.counts)
celery.conf.beat_scheduler = "celery.beat:Scheduler"  # keeps no file
celery.conf.beat_schedule = sweeps()
monitor = WorkerMonitor(
    settings.data_dir / "metrics",
    host=settings.admin_host,
    port=settings.worker_admin_port,
    token=settings.metrics_token,
    tasks=CORES,
    sweeps=SWEEP_EVERY_S,
)
runtime = Runtime(partial(task_services_of, settings, count_waiting=broker.depth, note_delivery=monitor.note_delivery))
exporting = ExitStack()  # of the traces of a forked process
MonitoredTask = task_class(note_timeout=monitor.note_timeout, note_loss=monitor.note_loss)


def register(name: str, core: Core) -> None:
    """The core under its name, as a task that is the thinnest shell around it."""

    @celery.task(name=name, base=MonitoredTask, bind=True)
    def run(self: Any, *args: Any) -> None:
        is_redelivered = bool((self.request.delivery_info or {}).get("redelivered"))
        continues = spans.continued(name, kind="consumer", traceparent=self.request.get(TRACEPARENT) or "")
        with continues as span, monitor.running(name, is_redelivered=is_redelivered):
            if span is not None:
                structlog.contextvars.bind_contextvars(trace_id=span.trace_id)
            found = runtime.run(core, *args)
            broker.publish(found)
        monitor.note_sweep(name, len(found))


for name, core in CORES.items():
    register(name, core)


@setup_logging.connect
def configure_logging(**_: Any) -> None:
    """Configure them once more. Celery configures its own way if nothing is connected to the signal."""
    log_in_one_format()


@worker_init.connect
def wait_for_servers(**_: Any) -> None:
    """Take no message before MongoDB answers.

    Raises:
        SystemExit: Waiting cannot help, or the admin port cannot be used. The status is 2.
    """
    try:
        check_tracing(settings)
        monitor.start()
    except OperatorError as error:
        structlog.get_logger().critical("misconfigured", reason=str(error))
        raise SystemExit(2) from None
    _complete(until_usable(settings))


@beat_init.connect
def look_at_redis(**_: Any) -> None:
    """End with status 2 on a Redis Cluster."""
    _complete(refuse_cluster(settings))


def _complete(check: Coroutine[None, None, None]) -> None:
    log_in_one_format()
    try:
        asyncio.run(check)
    except Misconfigured as misconfigured:
        structlog.get_logger().critical("misconfigured", reason=str(misconfigured))
        raise SystemExit(2) from None


@task_prerun.connect
def bind_ids(task: Any, task_id: str, **_: Any) -> None:
    """Bind the ids of the task and its request to every log line until `unbind_ids`, also to Celery's own."""
    structlog.contextvars.bind_contextvars(task=task.name, task_id=task_id)
    if request_id := task.request.get(REQUEST_ID):
        structlog.contextvars.bind_contextvars(request_id=request_id)


@task_postrun.connect
def unbind_ids(**_: Any) -> None:
    structlog.contextvars.unbind_contextvars("task", "task_id", "request_id", "trace_id")


@worker_ready.connect
def note_ready(**_: Any) -> None:
    monitor.is_ready = True


@worker_shutting_down.connect
def note_stopping(sig: str, how: str, **_: Any) -> None:
    structlog.get_logger().info("worker.stopping", signal=sig, how=how.lower())
    monitor.is_ready = False


@worker_process_init.connect
def measure(**_: Any) -> None:
    monitor.continue_in_child()
    exporting.enter_context(tracing_of(settings, service="tweeter-worker"))  # it has a thread, which no fork copies


@worker_process_init.connect
def settle(**_: Any) -> None:
    """What is there by now stays. To look through it for garbage, every few dozen large posts, took 50 to 100 ms."""
    gc.collect()
    gc.freeze()


@worker_process_shutdown.connect
@worker_shutdown.connect
def close(**_: Any) -> None:
    runtime.close()
    exporting.close()
    monitor.stop()
