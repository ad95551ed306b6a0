"""The proxy of docker-compose.yml as it is, before a small web of ours: TLS, who is believed, who is told to wait."""

import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from contextlib import ExitStack
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from isf_police.front import Front
from tools import doctor
from tools.places import CHECKOUT
from tools.ports import HOST, is_free

CADDY = shutil.which("caddy")
CADDYFILE = CHECKOUT / "docker" / "Caddyfile"
SECRET = "what-only-the-proxy-knows"
SITE = "grants.example.eu"
pytestmark = pytest.mark.skipif(CADDY is None, reason=doctor.sentence([doctor.PROXY]))


class Quiet(WSGIRequestHandler):
    def log_message(self, *_words):
        """Tests are read, not these lines."""


@pytest.fixture
def web():
    """A web server as the house's, which notes what it is told; gives its port and the notes."""
    told = []

    def application(environ, start_response):
        told.append(environ)
        start_response("200 OK", [("Content-Type", "text/plain"), ("Server", "who knows")])
        return [b"the house"]

    with make_server(HOST, 0, Front(application, secret=SECRET), handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.05])
        thread.start()
        yield server.server_port, told
        server.shutdown()
        thread.join()


def some_ports(number):
    """Drawn by the system, for another test may look for one at the same time."""
    with ExitStack() as open_ones:
        doors = [open_ones.enter_context(socket.socket()) for _one in range(number)]
        for door in doors:
            door.bind((HOST, 0))
        return [door.getsockname()[1] for door in doors]


@pytest.fixture
def start_proxy(tmp_path):
    started = []

    def start(web_port):
        ports = dict(zip(("HTTP_PORT", "HTTPS_PORT", "HEALTH_PORT"), some_ports(3), strict=True))
        said = {name: str(port) for name, port in ports.items()} | {
            "SITE_HOST": SITE, "ARRIVAL_SECRET": SECRET, "WEB_HOST": "localhost", "WEB_PORT": str(web_port),
        }  # fmt: skip
        with (tmp_path / "proxy.log").open("wb") as log:
            command = [CADDY, "run", "--config", CADDYFILE, "--adapter", "caddyfile"]
            started.append(subprocess.Popen(command, env=surroundings(tmp_path) | said, stdout=log, stderr=log))
        wait_for(lambda: not any(map(is_free, ports.values())) and is_certified(ports, tmp_path), tmp_path)
        return ports

    yield start
    for process in started:
        process.terminate()
        process.wait()


def surroundings(tmp_path):
    """Its authority and certificates lie in the test's folder."""
    kept = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config"), "HOME": str(tmp_path)}
    return {"PATH": os.environ["PATH"], **kept}


def is_certified(ports, tmp_path):
    """It listens before it has made its certificate."""
    try:
        ask(ports["HTTPS_PORT"], authority=authority_of(tmp_path))
    except OSError:
        return False
    return True


def wait_for(done, tmp_path):
    end = time.monotonic() + 60
    while not done():
        if time.monotonic() > end:
            pytest.fail((tmp_path / "proxy.log").read_text())
        time.sleep(0.05)


def ask(port, *lines, authority=None, path="/", host=SITE):
    """One request; gives its head and its body. With an authority, over TLS, and trusting nobody else."""
    text = "\r\n".join([f"GET {path} HTTP/1.1", f"Host: {host}", "Connection: close", *lines, "", ""])
    with socket.create_connection((HOST, port), timeout=20) as line:
        if authority:
            line = ssl.create_default_context(cafile=authority).wrap_socket(line, server_hostname=host)
        line.sendall(text.encode())
        said = b"".join(iter(lambda: line.recv(65536), b""))
        line.close()
    head, _, body = said.decode().partition("\r\n\r\n")
    return head, body


def authority_of(tmp_path):
    return tmp_path / "data" / "caddy" / "pki" / "authorities" / "local" / "root.crt"


@pytest.mark.parametrize("certificate", ["internal", "it@grants.example.eu"])
def test_its_file_is_valid_with_a_certificate_of_its_own_and_with_a_public_one(tmp_path, certificate):
    said = surroundings(tmp_path) | {"SITE_HOST": SITE, "CERTIFICATE": certificate, "ARRIVAL_SECRET": SECRET}

    command = [CADDY, "validate", "--config", CADDYFILE, "--adapter", "caddyfile"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=said)

    assert "Valid configuration" in done.stdout + done.stderr
    assert done.returncode == 0


def test_a_visitor_comes_in_by_tls_alone_and_what_he_says_of_himself_is_replaced(web, start_proxy, tmp_path):
    web_port, told = web
    ports = start_proxy(web_port)
    told.clear()

    head, _body = ask(ports["HTTP_PORT"], path="/calls/")
    assert head.split()[1] in {"301", "308"}
    assert f"Location: https://{SITE}" in head
    assert told == []

    before = time.time()
    invented = ["X-Forwarded-For: 198.51.100.7", "X-Forwarded-Proto: http", "X-Arrived: 1ms guess"]
    head, body = ask(ports["HTTPS_PORT"], *invented, authority=authority_of(tmp_path))

    assert (head.split()[1], body) == ("200", "the house")
    assert "server:" not in head.lower()
    assert (told[0]["HTTP_X_FORWARDED_PROTO"], told[0]["HTTP_X_FORWARDED_FOR"]) == ("https", HOST)
    assert (told[0]["HTTP_HOST"], told[0]["REMOTE_ADDR"]) == (SITE, HOST)
    moment, secret = told[0]["HTTP_X_ARRIVED"].split(" ")
    assert secret == SECRET
    assert before - 0.01 <= int(moment.removesuffix("ms")) / 1000 <= time.time()


def test_whoever_goes_round_the_proxy_is_not_believed(web):
    web_port, told = web

    ask(web_port, "X-Forwarded-For: 198.51.100.7", "X-Forwarded-Proto: https", "X-Arrived: 1ms guess")

    assert told[0]["REMOTE_ADDR"] == HOST
    assert not {"HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_ARRIVED"} & set(told[0])


def test_its_health_is_that_of_a_web_server_behind_it(web, start_proxy):
    web_port, told = web
    health = start_proxy(web_port)["HEALTH_PORT"]

    head, _body = ask(health, host=HOST)

    assert head.split()[1] == "200"
    assert (told[-1]["PATH_INFO"], told[-1]["HTTP_HOST"]) == ("/live/", SITE)


def test_while_no_web_server_answers_people_are_told_to_come_back(start_proxy, tmp_path):
    ports = start_proxy(*some_ports(1))

    head, body = ask(ports["HTTPS_PORT"], authority=authority_of(tmp_path))

    assert head.split()[1] == "503"
    assert "Retry-After: 30" in head
    assert "server:" not in head.lower()
    assert body == "The site does not answer at the moment. Try again in a minute."
