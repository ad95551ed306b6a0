"""What is sent slowly holds few: a body is taken in before Django is asked, quickly or by one of few patient places.

A proxy that takes whole requests in does the same in front; without one, eight slow senders would hold eight threads.
Speaks with gunicorn's own socket and buffer; any other server passes through untouched.
"""

import array
import contextlib
import fcntl
import select
import socket
import tempfile
import termios
import threading
import time

from isf_police.front import ARRIVED

QUICK, HASTY = 2, 0.25  # seconds for everybody, while there are patient places and when there are none
PATIENT = 15  # seconds in a patient place, and as long again as its size takes at the lowest speed
LOWEST_SPEED = 30_000  # bytes a second
IN_MEMORY, MOST_BYTES = 1_000_000, 64_000_000
ANSWERS = {
    "408 Request Timeout": "What you sent arrived too slowly. Try again on a better connection; nothing was changed.\n",
    "411 Length Required": "Say how long your request is (Content-Length); nothing was changed.\n",
    "413 Content Too Large": "That is more than one request may hold (64 MB); nothing was changed.\n",
    "503 Service Unavailable": "Too much arrives slowly at the moment. Try again in a minute; nothing was changed.\n",
}


class TakenIn:
    """Around a WSGI application; `places` is how many slow senders one process waits for at a time."""

    def __init__(self, application, *, places):
        self.application = application
        self.places = threading.BoundedSemaphore(places)

    def __call__(self, environ, start_response):
        sock, length = environ.get("gunicorn.socket"), int(environ.get("CONTENT_LENGTH") or 0)
        if sock is None or not (length or environ.get("HTTP_TRANSFER_ENCODING")):
            return self.application(environ, start_response)
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as kept:
            if refusal := self.take_in(kept, sock, environ, length):
                hang_up(sock, environ["wsgi.input"])
                return refused(refusal, start_response)
            kept.seek(0)
            return self.application(environ | {"wsgi.input": kept}, start_response)

    def take_in(self, kept, sock, environ, length):
        """Nothing when all has arrived, else the status of the refusal."""
        if not length:
            return "411 Length Required"
        if length > MOST_BYTES:
            return "413 Content Too Large"
        source = environ["wsgi.input"]
        if arrived(sock, source) < length:
            environ.pop(ARRIVED, None)  # a front server that streams noted its beginning; it comes when it ends
        if fill(kept, sock, source, length, within=QUICK if self.has_room() else HASTY):
            return None
        if not self.places.acquire(blocking=False):
            return "503 Service Unavailable"
        try:
            whole = fill(kept, sock, source, length, within=PATIENT + length / LOWEST_SPEED)
        finally:
            self.places.release()
        return None if whole else "408 Request Timeout"

    def has_room(self):
        if room := self.places.acquire(blocking=False):
            self.places.release()
        return room


def fill(kept, sock, source, length, *, within):
    """Copy what arrives in so many seconds, without ever waiting longer; True when all of it has arrived."""
    until, ear = time.monotonic() + within, select.poll()
    ear.register(sock, select.POLLIN)
    while (missing := length - kept.tell()) > 0:
        if here := arrived(sock, source):
            kept.write(source.reader.read(min(here, missing)))  # beneath its own buffer, which waits for more
        elif (left := until - time.monotonic()) <= 0 or (ear.poll(left * 1000) and not arrived(sock, source)):
            return False  # the time is up, or the sender has gone
    return True


def arrived(sock, source):
    """Bytes that can be read without waiting: those that came with the headers, and those in the socket."""
    number = array.array("i", [0])
    fcntl.ioctl(sock.fileno(), termios.FIONREAD, number)
    return source.reader.unreader.buf.getbuffer().nbytes + number[0]


def hang_up(sock, source):
    """Nobody waits for the rest: not we, and not the server when it ends the connection."""
    source.failed = True  # gunicorn's word for a body that ends who knows where
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RD)


def refused(status, start_response):
    told = ANSWERS[status].encode()
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(told))), ("Retry-After", "60")]
    start_response(status, [*headers, ("Connection", "close")])
    return [told]
