"""A port to serve on."""

import socket
import urllib.request

from tools.places import say

HOST = "127.0.0.1"


def wanted_port(text):
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    raise SystemExit(f"PORT is a number from 1 to 65535, not '{text}', as in 'make demo PORT=9000'.")


def free_port(wanted):
    """The wanted one, else the next that nobody listens on."""
    port = next((port for port in range(wanted, min(wanted + 200, 65536)) if is_free(port)), None)
    if port is None:
        raise SystemExit(f"No port from {wanted} on is free: choose another, as in 'make demo PORT=9000'.")
    if port != wanted:
        say(f"Port {wanted} is taken, so this demo uses {port}.")
    return port


def is_free(port):
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
        except OSError:
            return False
    return True


def is_well(address):
    """Does the site say so itself? Its port is open long before it can answer."""
    try:
        with urllib.request.urlopen(f"{address}/health/", timeout=10) as answer:  # noqa: S310  # nosec B310 - ours
            return answer.status == 200
    except OSError:
        return False
