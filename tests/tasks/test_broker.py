"""Celery's configuration in a worker. Each setting prevents lost tasks or needless repeats."""

import subprocess
import sys
from pathlib import Path

from launch import start_redis
from tasks.broker import TASK_TIME_LIMIT_S, make_celery
from tasks.broker_addresses import VISIBILITY_TIMEOUT_S
from tasks.messages import MAINTENANCE, QUEUES

CELERY = make_celery("redis://127.0.0.1:1/0")
RABBITMQ = make_celery("amqp://ann:p%40ss@rabbit:1234/tweeter")


def test_a_task_is_acknowledged_once_it_has_run() -> None:
    assert CELERY.conf.task_acks_late
    assert CELERY.conf.task_reject_on_worker_lost


def test_a_running_task_times_out_before_it_is_redelivered() -> None:
    assert CELERY.conf.task_time_limit == TASK_TIME_LIMIT_S
    assert CELERY.conf.broker_transport_options["visibility_timeout"] == VISIBILITY_TIMEOUT_S
    assert VISIBILITY_TIMEOUT_S > TASK_TIME_LIMIT_S


def test_workers_do_not_prefetch_and_results_are_not_stored() -> None:
    assert CELERY.conf.worker_prefetch_multiplier == 1
    assert CELERY.conf.task_ignore_result


def test_a_sender_does_not_wait_for_an_unreachable_broker() -> None:
    assert not CELERY.conf.task_publish_retry
    assert 0 < CELERY.conf.broker_transport_options["socket_connect_timeout"] <= 1
    assert CELERY.conf.broker_connection_max_retries is None, "a worker retries without limit"


def test_each_queue_has_its_own_key() -> None:
    """By default, Celery binds all queues to the key of the default queue, so every message would reach every queue."""
    queues = {queue.name: queue for queue in CELERY.conf.task_queues}
    assert queues.keys() == set(QUEUES)
    assert all((queue.routing_key, queue.exchange.name) == (name, name) for name, queue in queues.items())
    assert CELERY.conf.task_default_queue == MAINTENANCE
    assert not CELERY.conf.task_create_missing_queues


def test_rabbitmq_confirms_each_message_and_gets_no_option_of_redis() -> None:
    assert RABBITMQ.conf.broker_transport_options["confirm_publish"]
    assert "visibility_timeout" not in RABBITMQ.conf.broker_transport_options
    assert all(queue.durable for queue in RABBITMQ.conf.task_queues)


PATCHED = """
from kombu.transport import redis
from tasks.broker import make_celery
make_celery("amqp://127.0.0.1")
print(redis.Transport.Channel is redis.Channel)
make_celery("redis://127.0.0.1")
print(redis.Transport.Channel is redis.Channel)
"""


def test_kombus_redis_is_patched_only_for_a_redis(root: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", PATCHED], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["True", "False"]


FORKED = """
import sys
from billiard import Process
from tasks.broker import Broker, make_celery
from tasks.messages import fill_feed

broker = Broker(make_celery(sys.argv[1]))
broker.publish([fill_feed(1)])
child = Process(target=broker.publish, args=([fill_feed(2)],))
child.start()
child.join()
broker.publish([fill_feed(3)])
print(child.exitcode, broker.count())
"""


def test_a_process_forked_from_one_that_has_sent_sends_too(root: Path, tmp_path: Path) -> None:
    """Workers fork. kombu closes the pools of connections in the child for good, and Celery opens new ones."""
    server = start_redis(tmp_path)
    try:
        command = [sys.executable, "-c", FORKED, server.url]
        ran = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True, timeout=60)
    finally:
        server.kill()
    assert ran.stdout.split() == ["0", "3"], ran.stderr
