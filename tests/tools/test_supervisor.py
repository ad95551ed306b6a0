"""The private servers survive what happened to others' before: each case was seen on a real machine."""

import contextlib
import os
import signal
import time

import psycopg2
import pytest
import redis

from tools.services import ensure, postgres, release, start, status, stop, urls, valkey
from tools.services.processes import is_alive, wait_for_end
from tools.services.supervisor import revive

BOTH = ["PostgreSQL", "Valkey"]


def ask(instance, sql, *, role="DATABASE_OWNER_URL"):
    with contextlib.closing(psycopg2.connect(urls(instance)[role])) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        connection.commit()
        return cursor.fetchall() if cursor.description else []


def broker(instance):
    return redis.from_url(urls(instance)["REDIS_URL"])


def wait_until(condition):
    while not condition():
        time.sleep(0.01)


def pids(instance):
    return postgres.running_pid(instance), valkey.running_pid(instance)


def test_starts_both_and_the_addresses_lead_there(instance):
    assert start(instance) == BOTH

    assert ask(instance, "SELECT current_user, current_database()") == [("owner", "isf_police")]
    with broker(instance) as line:
        assert line.ping()


def test_the_runtime_role_owns_nothing(instance):
    start(instance)

    flags = ask(instance, "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = 'isf_app'")

    assert flags == [(False, False, False)]
    assert ask(instance, "SELECT current_user", role="DATABASE_URL") == [("isf_app",)]
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(instance, "CREATE TABLE mine ()", role="DATABASE_URL")


def test_a_second_start_finds_the_first(instance):
    start(instance)
    before = pids(instance)

    assert start(instance) == []
    assert pids(instance) == before


def test_two_starts_at_once_start_each_server_once(instance, elsewhere):
    racers = [elsewhere("print(start(here))", instance) for _ in range(2)]

    said = sorted(racer.communicate(timeout=60)[0].strip() for racer in racers)

    assert said == [str(BOTH), "[]"]


def test_kill_9_of_the_servers_loses_nothing(make_instance):
    durable = make_instance("demo")
    start(durable)
    ask(durable, "CREATE TABLE kept AS SELECT 7 AS n")
    with broker(durable) as line:
        line.set("kept", "yes")
        time.sleep(1.1)  # the append-only file is written once a second
    for pid in pids(durable):
        os.kill(pid, signal.SIGKILL)
        wait_for_end(pid)

    assert start(durable) == BOTH
    assert ask(durable, "SELECT n FROM kept") == [(7,)]
    with broker(durable) as line:
        assert line.get("kept") == b"yes"


def test_kill_9_of_the_starter_leaves_servers_that_are_adopted(instance, elsewhere):
    starter = elsewhere("start(here); import os; os.kill(os.getpid(), 9)", instance)
    starter.communicate(timeout=60)
    assert starter.returncode == -signal.SIGKILL
    before = pids(instance)

    assert start(instance) == []
    assert pids(instance) == before


def test_a_process_id_that_belongs_to_a_stranger_is_not_trusted(instance):
    start(instance)
    stop(instance)
    stale = instance.folder / "pg" / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{instance.folder / 'pg'}\n")

    assert start(instance) == BOTH


def test_an_interrupted_initdb_is_started_anew(instance, elsewhere):
    starter = elsewhere("start(here)", instance)
    while not list(instance.folder.glob("pg.draft-*/base")):
        time.sleep(0.001)
    starter.kill()
    starter.communicate()
    assert not (instance.folder / "pg").exists()

    assert start(instance) == BOTH
    assert ask(instance, "SELECT 1") == [(1,)]


def test_half_a_cluster_of_another_tool_is_started_anew(instance):
    (instance.folder / "pg" / "base").mkdir(parents=True)

    assert start(instance) == BOTH


def test_data_of_another_version_is_refused_untouched(instance):
    data = instance.folder / "pg"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("13\n")

    with pytest.raises(SystemExit, match=r"is of PostgreSQL 13.*pg_dumpall"):
        start(instance)
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


@pytest.mark.parametrize("length", [10, 150])
def test_a_path_of_any_length_has_a_socket(make_instance, folder, length):
    instance = make_instance(checkout=folder / ("x" * length))

    assert start(instance) == BOTH
    assert len(os.fsencode(instance.sockets / ".s.PGSQL.5432.lock")) < 108


def test_two_checkouts_live_side_by_side(make_instance, folder):
    one, other = (make_instance(checkout=folder / name) for name in ("one", "other"))
    start(one)
    start(other)
    ask(one, "CREATE TABLE only_here ()")

    with pytest.raises(psycopg2.errors.UndefinedTable):
        ask(other, "SELECT FROM only_here")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to an account that cannot get into every folder")
def test_a_checkout_the_servers_cannot_enter_keeps_its_data_outside(make_instance, folder, capsys):
    folder.chmod(0o700)
    instance = make_instance()

    assert start(instance) == BOTH
    assert not instance.folder.is_relative_to(folder)
    assert f"their data lies in {instance.home}" in capsys.readouterr().err
    assert (instance.folder / "pg" / "PG_VERSION").exists()


def test_the_last_to_leave_stops_the_servers(instance, elsewhere):
    user = elsewhere("ensure(here); print('in', flush=True); input()", instance)
    assert user.stdout.readline() == "in\n"
    ensure(instance)
    running = pids(instance)

    release(instance)
    assert pids(instance) == running
    with pytest.raises(SystemExit, match="in use"):
        stop(instance)

    user.communicate("go\n", timeout=30)
    ensure(instance)
    release(instance)
    assert not any(is_alive(pid) for pid in running)


def test_a_server_that_died_is_revived_and_still_stopped_by_the_last_to_leave(instance):
    ensure(instance)
    os.kill(postgres.running_pid(instance), signal.SIGKILL)
    wait_until(lambda: not postgres.is_ready(instance))

    assert revive(instance) == ["PostgreSQL"]
    assert revive(instance) == []
    release(instance)
    assert pids(instance) == (None, None)


def test_two_test_runs_have_databases_of_their_own(instance, elsewhere):
    other = elsewhere("print(ensure(here).get('TEST_DB'), flush=True); input()", instance)
    assert other.stdout.readline().strip() == "None"

    ours = ensure(instance)

    assert ours["TEST_DB"] == "isf_police_1"
    assert ours["REDIS_URL"].endswith("?db=16")
    with redis.from_url(ours["REDIS_URL"]) as line:
        assert line.ping()


def test_an_address_of_the_users_own_is_used_and_nothing_is_started(instance, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://me@db.example.eu/mine")
    monkeypatch.setenv("REDIS_URL", "redis://cache.example.eu:6379/0")

    given = ensure(instance)

    assert given == {
        "DATABASE_URL": "postgresql://me@db.example.eu/mine",
        "DATABASE_OWNER_URL": "postgresql://me@db.example.eu/mine",
        "REDIS_URL": "redis://cache.example.eu:6379/0",
    }
    assert not instance.folder.exists()


def test_one_given_address_leaves_the_other_server_private(instance, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://me@db.example.eu/mine")

    assert start(instance) == ["Valkey"]
    assert status(instance)[0] == "PostgreSQL: given by DATABASE_URL"


def test_asking_for_the_addresses_makes_nothing(instance):
    urls(instance)

    assert not list(instance.checkout.iterdir())
