"""Starting, sharing and stopping the servers of an instance.

Whoever uses an instance holds a shared lock on `users.lock`; whoever leaves may stop the servers
only when nobody else holds it. So two test runs, a shell and a demo never end each other's server.
"""

import functools
import os
import time

from tools.places import say
from tools.services import postgres, valkey
from tools.services.addresses import urls
from tools.services.folders import locked, prepare, remove
from tools.services.instance import instance_of
from tools.services.processes import is_alive, last_words
from tools.services.slots import claim_slot, hold, is_held

GIVEN = {postgres: "DATABASE_URL", valkey: "REDIS_URL"}
NUMBERED = {"test"}  # instances that several processes fill with different data at the same time
# After kill -9 of PostgreSQL its last sessions need a moment to notice and go.
ORPHANS = "pre-existing shared memory block"
_held = {}  # what this process holds, until it ends or releases


def ensure(named="demo"):
    """Start what is not running, keep it while this process lives, give Django's environment.

    Several processes may call it at once. In the test instance each gets a database name and a pair
    of Redis databases of its own; a child that inherits DATABASE_URL shares its parent's.
    """
    instance = instance_of(named)
    if wanted() and instance not in _held:
        start(instance)
    slot = _held[instance][1].number if instance in _held and instance.name in NUMBERED else 0
    return urls(instance, slot=slot)


def wanted():
    """The services nobody has given an address for."""
    return [service for service, variable in GIVEN.items() if not os.environ.get(variable)]


def start(named="demo"):
    """Start what is not running and hold it; give the names of what was started."""
    instance = instance_of(named)
    with locked(instance):
        if instance not in _held:
            _held[instance] = hold(instance), claim_slot(instance)
        prepare(instance)
        return [service.NAME for service in wanted() if _bring_up(service, instance)]


def revive(named="demo"):
    """Start again what has died; give its names."""
    if all(service.is_ready(instance_of(named)) for service in wanted()):
        return []
    return start(named)


def release(named="demo"):
    """Let go; the last to leave stops the servers."""
    instance = instance_of(named)
    with locked(instance):
        for lock in _let_go(instance):
            os.close(lock)
        if not is_held(instance):
            _take_down(instance)


def stop(named="demo", *, force=False):
    """Stop the servers; refuses while another process uses them."""
    instance = instance_of(named)
    if not instance.folder.exists():
        return
    with locked(instance):
        for lock in _let_go(instance):
            os.close(lock)
        if is_held(instance) and not force:
            raise SystemExit(
                f"The '{instance.name}' servers are in use: end 'make demo', the tests or the shell that use "
                "them first, or say 'python -m tools.services stop --force'."
            )
        _take_down(instance)


def discard(named="demo"):
    """Stop and remove everything the instance keeps."""
    instance = instance_of(named)
    stop(instance)
    remove(instance)


def status(named="demo"):
    """One line for each service."""
    instance = instance_of(named)
    return [f"{service.NAME}: {_state(service, instance)}" for service in GIVEN]


def _state(service, instance):
    if service not in wanted():
        return f"given by {GIVEN[service]}"
    if not service.is_ready(instance):
        return "stopped"
    return f"running as process {service.running_pid(instance)}, data in {instance.folder}"


def _let_go(instance):
    lock, slot = _held.pop(instance, (None, None))
    return [lock, slot.lock] if lock else []


def _take_down(instance):
    for service in reversed(GIVEN):
        service.stop(instance)


def _bring_up(service, instance):
    """True when it was not running."""
    started = not service.is_ready(instance)
    if started:
        _say_where(instance)
        _launch_until_ready(service, instance)
    service.furnish(instance)
    return started


def _launch_until_ready(service, instance, *, timeout=60):
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        log = service.log_of(instance)
        before = log.stat().st_size if log.exists() else 0
        pid = service.launch(instance)
        if _becomes_ready(service, instance, pid=pid, end=end):
            return
        said = last_words(log, since=before)
        if ORPHANS not in said:
            raise SystemExit(f"{service.NAME} did not start. It said: {said or 'nothing'} (log: {log})")
        time.sleep(0.2)
    raise SystemExit(f"{service.NAME} was not ready after {timeout} s; its log is {service.log_of(instance)}.")


def _becomes_ready(service, instance, *, pid, end):
    while time.monotonic() < end:
        if service.is_ready(instance):
            return True
        if not is_alive(pid):
            return False
        time.sleep(0.02)
    return False


@functools.cache
def _say_where(instance):
    """Once, and only when it is not where one would look."""
    if not instance.home.is_relative_to(instance.checkout):
        say(f"The servers cannot use {instance.checkout / 'var'}, so their data lies in {instance.home}.")
