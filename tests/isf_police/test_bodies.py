"""Slow senders against the real web server: they hold few threads, for a while, and everybody else is served."""

import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from django.conf import settings

from isf_police import bodies
from tests.worker import environment
from tools.ports import HOST, free_port, is_well

THREADS, PATIENT_PLACES = 8, 4
HEAD = "POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
HEAD += "Content-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture
def server(transactional_db, tmp_path):
    """One process as in operation; gives its port."""
    port = free_port(8431)
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "isf_police.wsgi",
        "--bind",
        f"{HOST}:{port}",
        "--worker-class=gthread",
    ]
    command += ["--workers=1", f"--threads={THREADS}", "--no-control-socket"]
    with (tmp_path / "web.log").open("wb") as log:
        web = subprocess.Popen(command, env=environment(), cwd=settings.BASE_DIR, stdout=log, stderr=log)
    end = time.monotonic() + 60
    while not is_well(f"http://{HOST}:{port}") and time.monotonic() < end:
        time.sleep(0.2)
    yield port
    web.kill()
    web.wait()


def sender(port, text):
    """A connection that has sent this much and waits."""
    one = socket.create_connection((HOST, port), timeout=60)
    one.sendall(text.encode())
    return one


def answer_of(one):
    said = b""
    while part := one.recv(65536):
        said += part
    return said.decode(errors="replace")


@pytest.mark.slow
def test_twice_as_many_slow_bodies_as_threads_hold_half_of_them_and_the_site_goes_on(server):
    slow = [sender(server, f"{HEAD}Content-Length: 5000\r\n\r\nlogin=") for _one in range(2 * THREADS)]
    time.sleep(bodies.QUICK + 1)  # by then the first ones sit in patient places
    took = []
    for _one in range(5):
        began = time.monotonic()
        with urllib.request.urlopen(f"http://{HOST}:{server}/live/", timeout=30) as answer:
            assert answer.status == 200
        took.append(time.monotonic() - began)
    assert max(took) < 1, took
    answers = [answer_of(one) for one in slow]
    statuses = sorted(answer.split(" ", 2)[1] for answer in answers)
    assert set(statuses) == {"408", "503"}
    assert statuses.count("408") <= PATIENT_PLACES
    assert all("nothing was changed" in answer for answer in answers)
    for one in slow:
        one.close()


@pytest.mark.slow
def test_a_body_that_comes_in_pieces_arrives_whole_and_one_without_length_is_refused(server):
    body = "login=nobody%40example.eu&password=" + "x" * 3000
    one = sender(server, f"{HEAD}Content-Length: {len(body)}\r\n\r\n")
    for start in range(0, len(body), 700):
        one.sendall(body[start : start + 700].encode())
        time.sleep(0.05)
    assert answer_of(one).startswith("HTTP/1.1 403")  # Django has read it, and misses the form's token
    with_no_length = sender(server, f"{HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\nlogin\r\n")
    assert answer_of(with_no_length).startswith("HTTP/1.1 411")
    too_much = sender(server, f"{HEAD}Content-Length: {bodies.MOST_BYTES + 1}\r\n\r\nx")
    assert answer_of(too_much).startswith("HTTP/1.1 413")
    gone = sender(server, f"{HEAD}Content-Length: 5000\r\n\r\nlogin=")
    gone.shutdown(socket.SHUT_WR)
    assert answer_of(gone)[:12] in ("HTTP/1.1 408", "HTTP/1.1 503")


def test_another_server_than_gunicorn_reads_for_itself():
    seen = []
    around = bodies.TakenIn(lambda environ, start: seen.append(environ["wsgi.input"]), places=1)
    around({"wsgi.input": "its own", "CONTENT_LENGTH": "5"}, None)
    assert seen == ["its own"]
