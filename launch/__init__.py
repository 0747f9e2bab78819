"""Starts processes: embedded servers, the commands that need them, and all of `tweeter up`."""

from launch.embedded import open_servers as open_servers
from launch.errors import LaunchError as LaunchError
from launch.mongod import start_mongod as start_mongod
from launch.redis_server import start_redis as start_redis
from launch.servers import Server as Server
