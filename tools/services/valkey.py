"""The private Valkey: broker, cache and locks, over a socket, kept in an append-only file."""

import contextlib
import socket

from tools.services.account import service_account
from tools.services.addresses import broker_socket
from tools.services.binaries import broker_binary
from tools.services.processes import spawn, wait_for_end

NAME = "Valkey"
# Test runs that go on at the same time, and for each a pair of databases for each of its workers.
DATABASES = 256


def is_ready(instance):
    return _ask(instance, "PING").startswith("+PONG")


def launch(instance):
    account = service_account()
    binary = broker_binary(copies=instance.home / "binaries", account=account)
    if pid := running_pid(instance):
        return pid
    broker_socket(instance).unlink(missing_ok=True)
    return spawn([binary, *_settings(instance)], log=log_of(instance), account=account)


def furnish(instance):
    """It starts furnished."""


def stop(instance):
    if pid := running_pid(instance):
        _ask(instance, "SHUTDOWN")
        wait_for_end(pid)


def log_of(instance):
    return instance.folder / "kv.log"


def running_pid(instance):
    """The server tells its own id; there is no file that could lie."""
    for line in _ask(instance, "INFO server").splitlines():
        if line.startswith("process_id:"):
            return int(line.partition(":")[2])
    return None


def _settings(instance):
    values = {
        "port": 0,
        "unixsocket": broker_socket(instance),
        "unixsocketperm": 700,
        "dir": instance.folder / "kv",
        "save": "",
        "appendonly": "yes" if instance.durable else "no",
        "databases": DATABASES,
        "daemonize": "no",
    }
    return [part for name, value in values.items() for part in (f"--{name}", str(value))]


def _ask(instance, command):
    """One question over the socket; nothing when nobody answers."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
        line.settimeout(2)
        line.connect(str(broker_socket(instance)))
        line.sendall(f"{command}\r\n".encode())
        return line.recv(16384).decode("utf-8", "replace")
    return ""
