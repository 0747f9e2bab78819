"""Celery's configuration, shared by those who send and those who run."""

from celery import Celery
from kombu import Exchange, Queue

from compat.kombu import outlive_redis
from storage.redis.addresses import broker_address
from tasks.messages import MAINTENANCE, QUEUES

TASK_TIME_LIMIT_S = 30
ARGUMENTS_SHOWN = 100  # characters; they are ids, and Flower keeps them for every task
VISIBILITY_TIMEOUT_S = 60  # must exceed the time limit, or a running task is handed out again


def make_celery(redis_url: str) -> Celery:
    """An application that loses no task to a killed worker; connects when first used."""
    outlive_redis(QUEUES)
    address, tls = broker_address(redis_url)
    celery = Celery("tweeter", broker=address, set_as_current=False)
    celery.conf.update(
        broker_use_ssl=tls,
        # Each queue bound by its own name: Celery would give all of them the default queue's key, and every message.
        task_queues=[Queue(name, Exchange(name), routing_key=name) for name in QUEUES],
        task_default_queue=MAINTENANCE,
        task_create_missing_queues=False,
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_time_limit=TASK_TIME_LIMIT_S,
        task_publish_retry=False,
        task_send_sent_event=True,
        worker_send_task_events=True,
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_proc_alive_timeout=30,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "visibility_timeout": VISIBILITY_TIMEOUT_S,
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 1,
            "socket_timeout": 10,
            "socket_connect_timeout": 1,
            "socket_keepalive": True,
        },
    )
    celery.amqp.argsrepr_maxsize = ARGUMENTS_SHOWN
    return celery
