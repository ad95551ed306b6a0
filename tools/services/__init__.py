"""A private PostgreSQL and a private Valkey for one checkout: no port, no root, no server to install.

    ensure("test")   start what is not running, hold it for this process, give the environment for Django
    urls("demo")     the same addresses, without touching anything
    start, stop, status, discard

A variable DATABASE_URL or REDIS_URL that is already set wins: that service is then never started.
"""

from tools.services.addresses import urls
from tools.services.instance import Instance
from tools.services.supervisor import discard, ensure, release, start, status, stop

__all__ = ["Instance", "discard", "ensure", "release", "start", "status", "stop", "urls"]
