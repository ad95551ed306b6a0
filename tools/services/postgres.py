"""The private PostgreSQL: initdb once, start, its role and its database, stop."""

import contextlib
import os
import shutil
import signal

import psycopg2

from tools.services.account import service_account
from tools.services.addresses import DATABASE, OWNER, RUNTIME, database_url
from tools.services.binaries import major_version, postgres_bin
from tools.services.folders import make_private
from tools.services.processes import is_alive, mentions, run_as, spawn, wait_for_end

NAME = "PostgreSQL"
DURABLE = {"max_connections": 100}
# Test data is thrown away, and many test runs share one server.
FAST = {
    "max_connections": 300,
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


def is_ready(instance):
    """A real connection: process ids and socket files lie after a crash."""
    try:
        psycopg2.connect(_maintenance(instance), connect_timeout=2).close()
    except psycopg2.OperationalError:
        return False
    return True


def launch(instance):
    """Give the process id of a server that now starts, or was already on its way up."""
    account = service_account()
    binaries = postgres_bin(copies=instance.home / "binaries", account=account)
    _require_cluster(instance, binaries=binaries, account=account)
    if pid := running_pid(instance):
        return pid
    _forget_the_dead(instance)
    command = [binaries / "postgres", "-D", _data(instance), *_settings(instance)]
    return spawn(command, log=log_of(instance), account=account)


def furnish(instance):
    """The runtime's role, which owns nothing, and the database, which is the owner's."""
    with contextlib.closing(psycopg2.connect(_maintenance(instance))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [RUNTIME])
            if not cursor.fetchone():
                cursor.execute(f"CREATE ROLE {RUNTIME} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE")
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")


def stop(instance):
    """The fast way down: sessions are ended, everything committed is on disk."""
    if pid := running_pid(instance):
        os.kill(pid, signal.SIGINT)
        wait_for_end(pid)


def log_of(instance):
    return instance.folder / "pg.log"


def running_pid(instance):
    """The server of this folder, alive; a process id that was given to somebody else is not."""
    try:
        pid = int((_data(instance) / "postmaster.pid").read_text(encoding="utf-8").split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pid if is_alive(pid) and mentions(pid, _data(instance)) else None


def _data(instance):
    return instance.folder / "pg"


def _maintenance(instance):
    return database_url(instance, role=OWNER, database="postgres")


def _settings(instance):
    values = {
        "listen_addresses": "",
        "unix_socket_directories": instance.sockets,
        "unix_socket_permissions": "0700",
        "timezone": "UTC",
        "log_timezone": "UTC",
    } | (DURABLE if instance.durable else FAST)
    return [part for name, value in values.items() for part in ("-c", f"{name}={value}")]


def _require_cluster(instance, *, binaries, account):
    version = major_version(binaries)
    try:
        existing = int((_data(instance) / "PG_VERSION").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return _make_cluster(instance, binaries=binaries, version=version, account=account)
    if existing != version:
        raise SystemExit(
            f"The data in {_data(instance)} is of PostgreSQL {existing}, the program here is {version}: "
            f"dump it with pg_dumpall of version {existing}, move the folder away, start again and "
            "restore the dump with psql."
        )
    return None


def _make_cluster(instance, *, binaries, version, account):
    """Made aside and renamed: an initdb that was interrupted leaves no half cluster behind."""
    shutil.rmtree(_data(instance), ignore_errors=True)
    # A name of our own: the initdb of a starter that was killed may still be writing to its.
    draft = instance.folder / f"pg.draft-{os.getpid()}"
    make_private(draft, account=account)
    trust = ["--auth=trust", "-U", OWNER]  # bounded by the 0700 socket folder
    # Only 17 and later carry their own locale; before, C.UTF-8 is the system's.
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if version >= 17 else []
    text = ["--encoding=UTF8", "--locale=C.UTF-8", *builtin]
    speed = [] if instance.durable else ["--no-sync"]
    run_as(account, binaries / "initdb", "-D", draft, *trust, *text, *speed)
    draft.rename(_data(instance))


def _forget_the_dead(instance):
    """After kill -9 PostgreSQL trusts its old process id, even when a zombie or a stranger has it."""
    (_data(instance) / "postmaster.pid").unlink(missing_ok=True)
    for leftover in instance.sockets.glob(".s.PGSQL.*"):
        leftover.unlink()
    for draft in instance.folder.glob("pg.draft-*"):
        shutil.rmtree(draft, ignore_errors=True)
