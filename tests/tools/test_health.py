"""What a container's health check says of its process."""

import os
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tools import health
from tools.ports import HOST


@pytest.fixture
def web(monkeypatch):
    """A web server that answers with this status; gives what it was asked."""
    asked = []

    class Answer(BaseHTTPRequestHandler):
        status = 200

        def do_GET(self):
            asked.append((self.path, self.headers["Host"]))
            self.send_response(self.status)
            self.end_headers()

        def log_message(self, *_words):
            """Tests are read, not these lines."""

    with HTTPServer((HOST, 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.05])
        thread.start()
        monkeypatch.setattr(health, "WEB", f"http://{HOST}:{server.server_port}")
        yield Answer, asked
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("hosts", "host"), [
    ("grants.example.eu", "grants.example.eu"), (" .example.eu , other.example.eu", "example.eu"),
])  # fmt: skip
def test_a_web_server_is_well_when_it_is_ready_and_is_asked_by_a_name_it_serves(web, monkeypatch, hosts, host):
    monkeypatch.setenv("ALLOWED_HOSTS", hosts)

    assert health.web()
    assert web[1] == [("/ready/", host)]


def test_without_database_or_cache_it_is_not_well_and_that_is_said(web, monkeypatch, capsys):
    monkeypatch.setenv("ALLOWED_HOSTS", "grants.example.eu")
    web[0].status = 503

    assert not health.web()
    assert "The web server is not well: HTTP Error 503" in capsys.readouterr().err


def test_a_web_server_that_is_not_there_is_not_well(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "grants.example.eu")
    with socket.socket() as door:  # taken, and nobody listens
        door.bind((HOST, 0))
        monkeypatch.setattr(health, "WEB", f"http://{HOST}:{door.getsockname()[1]}")

        assert not health.web()


@pytest.mark.parametrize(("age", "is_well"), [(0, True), (500, True), (600, False), (None, False)])
def test_a_beat_is_well_as_long_as_it_writes_its_schedule_down(tmp_path, monkeypatch, age, is_well):
    monkeypatch.setattr(health, "BEAT_SCHEDULE", tmp_path / "beat-schedule")
    if age is not None:
        written = tmp_path / "beat-schedule.db"
        written.touch()
        os.utime(written, (time.time() - age,) * 2)

    assert health.beat() is is_well
