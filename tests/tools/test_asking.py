"""What the tools say about addresses, ports and health, without starting anything."""

import http.server
import os
import threading
import time

import pytest

from tools import health, ports
from tools.services.__main__ import parsed, partition
from tools.services.addresses import PAIRS, broker_url, database_urls, test_database, urls
from tools.services.instance import LONGEST_SOCKET_FOLDER, Instance, instance_of

database_of_slot = test_database  # not a test of pytest's
del test_database


@pytest.fixture
def house():
    """A site that answers with the status it is told."""

    class Answer(http.server.BaseHTTPRequestHandler):
        status, asked = 200, []

        def do_GET(self):
            self.asked.append((self.path, self.headers["Host"]))
            self.send_response(self.status)
            self.end_headers()

        def log_message(self, *words):
            pass

    server = http.server.HTTPServer((ports.HOST, 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server, Answer
    server.shutdown()
    server.server_close()


# ports


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("8000", 8000), ("65535", 65535), ("08", 8)])
def test_a_port_is_a_number(text, number):
    assert ports.wanted_port(text) == number


@pytest.mark.parametrize("text", ["0", "65536", "-1", "", "http", "80.0", " 80", "1e3", "²"])
def test_what_is_no_port_is_said_with_an_example(text):
    with pytest.raises(SystemExit, match="as in 'make demo PORT=9000'"):
        ports.wanted_port(text)


def test_where_no_port_is_free_the_sentence_says_so(monkeypatch):
    monkeypatch.setattr(ports, "is_free", lambda port: False)

    with pytest.raises(SystemExit, match="No port from 65500 on is free"):
        ports.free_port(65500)


def test_a_site_is_well_when_it_says_so_itself(house):
    server, answer = house
    address = f"http://{ports.HOST}:{server.server_port}"

    assert ports.is_well(address)
    answer.status = 500
    assert not ports.is_well(address)
    assert answer.asked[0][0] == "/health/"


def test_a_port_where_nobody_listens_is_not_well():
    assert not ports.is_well(f"http://{ports.HOST}:1")


# health of a container


@pytest.mark.parametrize(("hosts", "asked"), [
    ("grants.example.eu", "grants.example.eu"), (" .example.eu , other.eu", "example.eu"), ("a.eu,b.eu", "a.eu"),
])  # fmt: skip
def test_the_web_server_is_asked_under_a_name_it_serves(house, monkeypatch, hosts, asked):
    server, answer = house
    real = health.urllib.request.Request
    here = f"http://{ports.HOST}:{server.server_port}/health/"
    monkeypatch.setattr(health.urllib.request, "Request", lambda url, headers: real(here, headers=headers))
    monkeypatch.setenv("ALLOWED_HOSTS", hosts)
    answer.asked = []

    assert health.web()
    assert answer.asked == [("/health/", asked)]


def test_a_web_server_that_answers_with_an_error_is_not_well(house, monkeypatch, capsys):
    server, answer = house
    answer.status = 503
    real = health.urllib.request.Request
    here = f"http://{ports.HOST}:{server.server_port}/health/"
    monkeypatch.setattr(health.urllib.request, "Request", lambda url, headers: real(here, headers=headers))
    monkeypatch.setenv("ALLOWED_HOSTS", "a.eu")

    assert not health.web()
    assert "The web server is not well:" in capsys.readouterr().err


@pytest.mark.parametrize(("ago", "is_well"), [(0, True), (3 * 180 - 20, True), (3 * 180 + 20, False)])
def test_a_beat_that_has_not_written_for_long_hangs(tmp_path, monkeypatch, ago, is_well):
    schedule = tmp_path / "beat-schedule"
    for ending in ("", "-wal"):
        (tmp_path / f"beat-schedule{ending}").touch()
        os.utime(tmp_path / f"beat-schedule{ending}", (time.time() - ago,) * 2)
    monkeypatch.setattr(health, "BEAT_SCHEDULE", schedule)

    assert health.beat() is is_well


# addresses


@pytest.mark.parametrize(("words", "own", "command"), [
    (["run", "--", "ls", "-l"], ["run"], ["ls", "-l"]), (["status"], ["status"], []),
    (["run", "--instance", "test", "--", "a", "--", "b"], ["run", "--instance", "test"], ["a", "--", "b"]),
])  # fmt: skip
def test_what_stands_behind_the_dashes_is_the_command(words, own, command):
    assert partition(words) == (own, "--", command)


@pytest.mark.parametrize("words", [["run"], ["run", "--"], ["status", "--", "ls"], [], ["dance"], ["stop", "--what"]])
def test_a_wrong_question_gets_the_usage(words, capsys):
    with pytest.raises(SystemExit) as refused:
        parsed(words)

    assert refused.value.code == 2
    assert "usage: python -m tools.services" in capsys.readouterr().err


def test_the_demo_is_meant_unless_another_is_named():
    assert parsed(["status"])[0].instance == "demo"
    assert parsed(["run", "--instance", "test", "--", "ls"])[0].instance == "test"


def test_each_test_run_has_databases_of_its_own(tmp_path):
    here = Instance("test", checkout=tmp_path)

    assert database_of_slot(0) == {}
    assert database_of_slot(2) == {"TEST_DB": "isf_police_2"}
    numbers = [int(broker_url(here, slot=slot)["REDIS_URL"].partition("?db=")[2]) for slot in range(3)]
    assert numbers == [0, 2 * PAIRS, 4 * PAIRS]


def test_a_database_of_the_users_own_is_used_by_both_roles_unless_two_are_named(monkeypatch, tmp_path):
    here = Instance("demo", checkout=tmp_path)
    monkeypatch.setenv("DATABASE_URL", "postgres://one")

    assert database_urls(here) == {"DATABASE_URL": "postgres://one", "DATABASE_OWNER_URL": "postgres://one"}
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://two")
    assert database_urls(here)["DATABASE_OWNER_URL"] == "postgres://two"


def test_the_runtime_is_never_the_owner(tmp_path):
    told = urls(Instance("demo", checkout=tmp_path))

    assert told["DATABASE_URL"].startswith("postgresql://isf_app@")
    assert told["DATABASE_OWNER_URL"].startswith("postgresql://owner@")


@pytest.mark.parametrize("name", ["test", "demo", "prod"])
def test_only_the_tests_trade_durability_for_speed(name):
    assert Instance(name).durable is (name != "test")
    assert instance_of(name) == instance_of(Instance(name)) == Instance(name)


@pytest.mark.parametrize("folder", ["short", "With Capitals", "per%cent", "x" * LONGEST_SOCKET_FOLDER, "ümlaut"])
def test_a_socket_lies_where_every_address_can_name_it(tmp_path, folder):
    sockets = str(Instance("test", checkout=tmp_path / folder).sockets)

    assert len(os.fsencode(sockets)) <= LONGEST_SOCKET_FOLDER
    assert sockets == sockets.lower()
    assert not set(sockets) & set(" %ü")
