"""Who may say where a request came from: our own front server, by its secret, and nobody else in the network."""

import socket

import pytest
from gunicorn.config import Config
from gunicorn.http import RequestParser

from isf_police.bodies import TakenIn
from isf_police.front import ARRIVED, FORWARDED, Front

SECRET = "what only the front server knows"
PROXY, VISITOR = "172.18.0.5", "203.0.113.9"
SAID = {
    "REMOTE_ADDR": PROXY, "HTTP_HOST": "grants.example.eu", "HTTP_X_FORWARDED_FOR": VISITOR,
    "HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_HOST": "grants.example.eu", "HTTP_FORWARDED": "proto=https",
    "wsgi.url_scheme": "https",
}  # fmt: skip


def seen(environ, *, secret=SECRET):
    """What the application behind the front is told."""
    found = []
    Front(lambda told, _start: found.append(dict(told)), secret=secret)(environ, None)
    return found[0]


def test_our_front_server_is_believed_and_the_log_has_the_visitors_address():
    environ = SAID | {ARRIVED: f"1611244792000ms {SECRET}"}

    told = seen(environ)

    assert told == environ
    assert told["REMOTE_ADDR"] == environ["REMOTE_ADDR"] == VISITOR
    assert told["HTTP_X_FORWARDED_PROTO"] == "https"


@pytest.mark.parametrize("word", [
    None, "", SECRET, "1ms", "1ms ", "1ms another", f"1 {SECRET} ", f"1 {SECRET[:-1]}", "1ms \xe9",
], ids=["none", "empty", "no moment", "no secret", "no text", "another", "longer", "shorter", "odd sign"])  # fmt: skip
def test_whoever_does_not_know_the_secret_is_taken_for_what_it_is(word):
    environ = SAID | ({ARRIVED: word} if word is not None else {})

    told = seen(environ)

    assert told == {"REMOTE_ADDR": PROXY, "HTTP_HOST": "grants.example.eu", "wsgi.url_scheme": "http"}
    assert not {ARRIVED, *FORWARDED} & set(environ)


@pytest.mark.parametrize("written", ["10.0.0.1, 203.0.113.9", "<script>,10.0.0.1,203.0.113.9", "203.0.113.9 "])
def test_what_the_visitor_wrote_before_it_does_not_count(written):
    told = seen(SAID | {ARRIVED: f"1 {SECRET}", "HTTP_X_FORWARDED_FOR": written})

    assert told["REMOTE_ADDR"] == VISITOR


def test_a_front_server_that_names_no_visitor_is_the_visitor():
    told = seen({"REMOTE_ADDR": PROXY, ARRIVED: f"1 {SECRET}"})

    assert told["REMOTE_ADDR"] == PROXY


def test_without_a_secret_nothing_is_changed():
    environ = SAID | {ARRIVED: "1 x"}

    assert seen(environ, secret="") == environ
    assert environ["REMOTE_ADDR"] == PROXY


# a front server that streams


@pytest.fixture
def line():
    here, there = socket.socketpair()
    with here, there:
        yield here, there


class Looked:
    """A socket whose sender goes on after the first look at it, however slow or fast the machine is."""

    def __init__(self, line, *, rest):
        (self.here, self.there), self.rest, self.looks = line, rest, 0

    def fileno(self):
        self.looks += 1
        if self.looks == 2:
            self.there.sendall(self.rest)
        return self.here.fileno()


def taken_in(line, *, rest=b""):
    """What the application is told of a request on this line, read by the web server's own parser."""
    here, _there = line
    request = next(RequestParser(Config(), here, ("127.0.0.1", 0)))
    told = {}

    def application(environ, _start):
        told.update(environ, body=environ["wsgi.input"].read())

    length = dict(request.headers)["CONTENT-LENGTH"]
    environ = {"gunicorn.socket": Looked(line, rest=rest), "wsgi.input": request.body, "CONTENT_LENGTH": length}
    environ[ARRIVED] = f"1 {SECRET}"
    TakenIn(application, places=1)(environ, None)
    return told


def test_what_was_all_there_arrived_when_the_front_server_says(line):
    line[1].sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nwhole")

    told = taken_in(line)

    assert (told["body"], told[ARRIVED]) == (b"whole", f"1 {SECRET}")


def test_what_was_still_on_its_way_arrived_when_its_end_did(line):
    """Else a request begun before the closing time could be written on after it."""
    line[1].sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nwho")

    told = taken_in(line, rest=b"le")

    assert told["body"] == b"whole"
    assert ARRIVED not in told
